"""What a column is by what its cells are; the words of its head only break ties (§4.4b)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.crossed import numbers_of
from pingyi.authoring.evidence_tables.names import Names
from pingyi.authoring.tables.by_cells import MOST, SAMPLED, UNIT
from pingyi.authoring.tables.cells import Cell, day, key, number, text
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO

YEARS = range(1990, 2101)
SAYS_DAY = re.compile(r"(日期|时间|日|date)$", re.IGNORECASE)
SAYS_VALUE = re.compile(r"(分|分数|得分|评分|分值|成绩|score|mark)$", re.IGNORECASE)
COUNTED = {BONUS, DEDUCTION, VETO}  # a row of these counts once, so that any number beside them would count
JUDGED = (kinds.SECTION, kinds.INDICATOR, kinds.SOURCE, kinds.GROUP, kinds.HAPPENED_ON, kinds.VALUE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column that may be something: its place, its head, and the share of its cells that each kind could have."""

    place: int
    label: str
    shares: Mapping[str, float]
    numeric: float
    is_running: bool  # 1, 2, 3 …: the rows' own numbers

    def fits(self, kind: str) -> bool:
        """Whether the cells are what this kind of column holds."""
        return self.shares.get(kind, 0) >= MOST


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What the columns are, and for which kinds several could be it and nothing tells which."""

    places: Mapping[str, int]
    open: Mapping[str, tuple[str, ...]]  # kind → the heads of the columns that could be it


def settle(
    labels: Mapping[int, str],
    named: Mapping[str, int],
    rows: Sequence[Sequence[Cell]],
    *,
    names: Names,
    is_wide: bool = False,
) -> Settled:
    """Give each kind to the column whose cells are it; `named` is what the heads' own words say.

    In a wide table the values stand under options or indicators, and no other column is one.
    """
    sample = rows[:SAMPLED]
    columns = [_look(place, label, sample, names) for place, label in labels.items()]
    places, open_ = dict(named), dict[str, tuple[str, ...]]()
    for kind in JUDGED[:-1] if is_wide else JUDGED:
        found = _may_be(kind, columns, places)
        if len(found) == 1:
            places = {name: place for name, place in places.items() if place != found[0].place}
            places[kind] = found[0].place
        elif found:
            open_[kind] = tuple(one.label for one in found)
    if not is_wide and kinds.VALUE not in places and kinds.VALUE not in open_:
        places.update(_marks(columns, places, counts=_counts(sample, places, names)))
    answers = next((one for one in columns if one.place == places.get(kinds.VALUE)), None)
    if not is_wide and answers is not None and answers.fits(kinds.VALUE):
        filled = [row for row in rows if any(text(cell) for cell in row)]
        taken = set(places.values())
        places.update(numbers_of([one.place for one in columns if one.place not in taken], filled, places))
    return Settled(places=places, open=open_)


def looks_like_head(labels: Sequence[str], *, names: Names) -> bool:
    """Whether a row may be a head whose words nobody knows: several short words, none of which is data."""
    filled = [label for label in labels if label]
    if len(set(filled)) < 2 or len(set(filled)) < len(filled):
        return False
    return not any(_is_data(label, names) for label in filled)


def is_section(word: str, *, names: Names) -> bool:
    """Whether a cell names a section; without a list of them, whether it ends as their names do."""
    return key(word) in names.sections if names.sections else bool(UNIT.search(word))


def _is_data(label: str, names: Names) -> bool:
    return is_section(label, names=names) or number(label) is not None or day(label, year=names.plan.year) is not None


def _may_be(kind: str, columns: Sequence[Column], places: Mapping[str, int]) -> list[Column]:
    """Return the columns that are this kind by their cells, where its own head does not settle it."""
    named = next((one for one in columns if one.place == places.get(kind)), None)
    if named is not None and named.shares.get(kind):  # its faulty cells are told one by one
        return []
    taken = {place: name for name, place in places.items()}
    fitting = [one for one in columns if one.fits(kind) and one is not named and _is_free(one, taken.get(one.place))]
    telling = [one for one in fitting if SAYS_DAY.search(one.label)] if kind == kinds.HAPPENED_ON else []
    return telling if len(telling) == 1 else fitting


def _is_free(column: Column, kind: str | None) -> bool:
    """A head that says something else holds, unless its own cells speak against it."""
    return kind is None or (kind in JUDGED and not column.fits(kind))


def _marks(columns: Iterable[Column], places: Mapping[str, int], *, counts: bool) -> dict[str, int]:
    """Find the column of marks: numbers under a head that says so, or the only numbers that there are."""
    taken = set(places.values())
    free = [one for one in columns if one.place not in taken and one.numeric >= MOST and not one.is_running]
    telling = [one for one in free if SAYS_VALUE.search(one.label)]
    found = telling if telling or counts else free
    return {kinds.VALUE: found[0].place} if len(found) == 1 else {}


def _counts(sample: Sequence[Sequence[Cell]], places: Mapping[str, int], names: Names) -> bool:
    """Whether rows may name bonus, deductions or vetoes, whose numbers say how often."""
    items = (item for word in _cells(sample, places.get(kinds.INDICATOR)) for item in names.items.get(key(word), ()))
    return any(item.source in COUNTED for item in items)


def _look(place: int, label: str, sample: Sequence[Sequence[Cell]], names: Names) -> Column:
    cells = [row[place] for row in sample if place < len(row) and text(row[place])]
    words = [key(text(cell)) for cell in cells]
    numbers = [found[0] for cell in cells if (found := number(cell)) is not None]
    tests = _tests(names)
    shares = {kind: _share(words, test) for kind, test in tests.items()}
    says_day = bool(SAYS_DAY.search(label)) or kinds.KNOWN.get(key(label)) == kinds.HAPPENED_ON
    shares[kinds.HAPPENED_ON] = _share(cells, lambda cell: _is_day(cell, year=names.plan.year, says_day=says_day))
    return Column(
        place=place, label=label, shares=shares, numeric=len(numbers) / (len(cells) or 1),
        is_running=len(numbers) > 1 and numbers == [numbers[0] + step for step in range(len(numbers))],
    )  # fmt: skip


def _tests(names: Names) -> dict[str, Callable[[str], bool]]:
    return {
        kinds.SECTION: lambda word: is_section(word, names=names),
        kinds.INDICATOR: lambda word: word in names.items,
        kinds.SOURCE: lambda word: word in names.sources,
        kinds.GROUP: lambda word: word in names.groups,
        kinds.VALUE: lambda word: word in names.option_labels,
    }


def _is_day(cell: Cell, *, year: int, says_day: bool) -> bool:
    """A plain number is a day only under a head that says so."""
    if not isinstance(cell, date) and number(cell) is not None and not says_day:
        return False
    found = day(cell, year=year)
    return found is not None and found.year in YEARS


def _share(cells: Sequence[Cell], test: Callable[..., bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _cells(sample: Sequence[Sequence[Cell]], place: int | None) -> list[str]:
    return [] if place is None else [text(row[place]) for row in sample if place < len(row)]
