"""The head of a table: which column is what, under title lines and in one row or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pingyi.authoring.evidence_tables import columns as judged
from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.names import Names
from pingyi.authoring.evidence_tables.problems import RowProblem
from pingyi.authoring.tables.cells import Cell, day_within, key, text

SEARCHED_ROWS = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Wide:
    """A column of counts for one option, or of marks for one indicator."""

    column: int
    label: str
    option: str = ""  # the option's compared label
    indicator: str = ""  # as written in the head, where it is


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where the table begins and what its columns are."""

    row: int  # index of the first data row
    head_row: int  # index of the head row, for messages
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    wide: tuple[Wide, ...] = ()
    titles: tuple[str, ...] = ()
    dated: date | None = None
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kinds that several columns could be

    @property
    def is_readable(self) -> bool:
        """Whether there is a section, and something that is said of it."""
        says = self.wide or {kinds.VALUE, kinds.INDICATOR} & {*self.columns, *self.open}
        return kinds.SECTION in {*self.columns, *self.open} and bool(says)

    @property
    def told(self) -> Iterator[tuple[int, str, str]]:
        """Every column that has a head: its place, the head, and what it was taken for; nothing where it is not read.

        A column of one option's counts or one indicator's marks is that whatever its cells hold: it is no kind.
        """
        kind_of = {place: kind for kind, place in self.columns.items()}
        wide = {one.column for one in self.wide}
        for place, label in self.labels.items():
            if label and place not in wide:
                yield place, label, kind_of.get(place, "")

    def unsettled(self, *, has_day: bool) -> RowProblem | None:
        """Return what a person must choose before rows can be read: one of several columns, or any."""
        for kind, labels in self.open.items():
            if kind != kinds.HAPPENED_ON or not (has_day or self.dated):
                return _asked(kind, code="head.several", columns="、".join(labels))
        return None if kinds.SECTION in self.columns else _asked(kinds.SECTION, code="head.not_chosen")

    def chosen(self, given: Mapping[int, str]) -> Head:
        """Return the head with these columns taken as a person says; each kind is one column."""
        places = {kind: place for kind, place in self.columns.items() if place not in given}
        places |= {kind: place for place, kind in given.items() if kind}
        return replace(self, columns=places, open={kind: of for kind, of in self.open.items() if kind not in places})


def _asked(kind: str, *, code: str, **facts: str) -> RowProblem:
    return RowProblem(row=0, column="", code=code, facts={"what": kind, **facts})


def find_head(rows: Sequence[Sequence[Cell]], *, names: Names) -> Head | None:
    """Return the table's head, or None where no row looks like one."""
    for index in range(min(SEARCHED_ROWS, len(rows))):
        for head in _heads_at(index, rows, names):
            if head.is_readable:
                return head
    return None


def _heads_at(index: int, rows: Sequence[Sequence[Cell]], names: Names) -> Iterator[Head]:
    """Yield the two-row head that may begin here, then the one-row head; a row with a value column needs no second."""
    upper = [text(cell) for cell in rows[index]]
    one = _head(index, upper, None, rows, names)
    if index + 1 < len(rows) and kinds.VALUE not in one.columns:
        lower = [text(cell) for cell in rows[index + 1]]
        if _adds(upper, lower, names):
            two = _settled(_head(index, upper, lower, rows, names), rows, names)
            place = two.columns.get(kinds.SECTION)
            # A row of the table names a section; the second row of a head leaves that cell empty or repeats it.
            if place is not None and place < len(lower) and lower[place] in {"", upper[place]}:
                yield two
    if one.is_readable:
        yield _settled(one, rows, names)
    elif judged.looks_like_head(upper, names=names):
        settled = _settled(one, rows, names)
        if _begins(settled, rows, names):
            yield settled


def _begins(head: Head, rows: Sequence[Sequence[Cell]], names: Names) -> bool:
    """Whether the first row below is one of the table; below a title line stands the head itself."""
    place = head.columns.get(kinds.SECTION)
    if place is None or head.row >= len(rows):
        return kinds.SECTION in head.open
    row = rows[head.row]
    return place < len(row) and judged.is_section(text(row[place]), names=names)


def _settled(head: Head, rows: Sequence[Sequence[Cell]], names: Names) -> Head:
    """Let the cells decide what the columns are."""
    wide = {one.column for one in head.wide}
    labels = {
        place: label
        for place, label in head.labels.items()
        if label and place not in wide and key(label) not in kinds.UNREAD
    }
    found = judged.settle(labels, head.columns, rows[head.row :], names=names, is_wide=bool(wide))
    return replace(head, columns=found.places, open=found.open)


def _adds(upper: Sequence[str], lower: Sequence[str], names: Names) -> bool:
    """Whether the second row says what a column is."""
    new = [key(below) for above, below in zip(upper, lower, strict=False) if below and below != above]
    return any(
        word in kinds.KNOWN or word.removesuffix("票数").removesuffix("票") in names.option_labels for word in new
    )


def _head(
    index: int, upper: Sequence[str], lower: Sequence[str] | None, rows: Sequence[Sequence[Cell]], names: Names
) -> Head:
    """Return the head as its words say it."""
    columns: dict[str, int] = {}
    labels: dict[int, str] = {}
    wide: list[Wide] = []
    for column, above in enumerate(upper):
        below = lower[column] if lower is not None and column < len(lower) else ""
        label = below or above
        labels[column] = label
        kind = kinds.KNOWN.get(key(label)) or ""
        found = _wide(column, label=label, above=above if below else "", names=names)
        if kind and kind not in columns and not (found and found.option):
            columns[kind] = column
        elif found:
            wide.append(found)
    titles = tuple(dict.fromkeys(words for row in rows[:index] for cell in row if (words := text(cell))))
    return Head(
        row=index + (1 if lower is None else 2),
        head_row=index,
        columns=columns,
        labels=labels,
        wide=tuple(wide),
        titles=titles,
        dated=next((found_on for title in titles if (found_on := day_within(title))), None),
    )


def _wide(column: int, *, label: str, above: str, names: Names) -> Wide | None:
    word = key(label.removesuffix("票数").removesuffix("票"))
    above_item = above if key(above) in names.items else ""
    if word in names.option_labels:
        return Wide(column=column, label=label, option=word, indicator=above_item)
    if key(label) in names.items:
        return Wide(column=column, label=label, indicator=label)
    return None
