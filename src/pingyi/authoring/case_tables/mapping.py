"""Which column is what: proposed from heads and cells, corrected by people, remembered by the heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pingyi.authoring.case_tables.columns import Column
from pingyi.authoring.case_tables.fields import BY_ID, FIELDS, Field, Holds, head_key, head_tokens
from pingyi.authoring.case_tables.heads import is_unread
from pingyi.authoring.case_tables.moments import SERIALS, moment
from pingyi.authoring.case_tables.problems import RowProblem
from pingyi.authoring.case_tables.terms import settle
from pingyi.authoring.tables.cells import number

COMPACT = (8, 12, 14)  # digits of a date without marks between its parts
EXACT, ENOUGH = 100.0, 40.0
# Shares of cells from which a column without a telling head is taken for what it holds.
BY_CELLS: dict[str, tuple[Holds, float]] = {
    "kind": (Holds.KIND, 0.7),
    "status": (Holds.STATUS, 0.9),
    "phone": (Holds.PHONE, 0.8),
    "unit": (Holds.UNIT, 0.8),
    "channel": (Holds.CHANNEL, 0.8),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnMapping:
    """For each column of a head the id of what it is, empty where it is not read; and how its dates are written."""

    labels: tuple[str, ...]
    fields: tuple[str, ...]
    day_first: bool = False
    asked: tuple[int, ...] = ()  # columns of days of which nothing tells what they are: a person says it
    answered_stays_open: bool = False  # of a row with an answer and no state; else it was closed with the answer

    def columns(self, field: str) -> list[int]:
        """Return the columns that are this field."""
        return [index for index, one in enumerate(self.fields) if one == field]

    @property
    def tells_answers(self) -> bool:
        """Whether rows may have an answer and no state, so that it must be settled what they are."""
        return bool(self.columns("answer") or self.columns("answered_at"))

    def corrected(
        self, fields: Mapping[int, str], *, day_first: bool | None = None, answered_stays_open: bool = False
    ) -> ColumnMapping:
        """Return the mapping with these columns changed."""
        changed = tuple(fields.get(index, one) for index, one in enumerate(self.fields))
        return replace(
            self, fields=changed, asked=(), day_first=self.day_first if day_first is None else day_first,
            answered_stays_open=answered_stays_open,
        )  # fmt: skip

    def remembered(self, earlier: Mapping[str, str]) -> ColumnMapping:
        """Return the mapping as it was settled before, for every column of a known name."""
        changed = tuple(earlier.get(label, one) for label, one in zip(self.labels, self.fields, strict=True))
        asked = tuple(index for index in self.asked if self.labels[index] not in earlier)
        return replace(self, fields=changed, asked=asked)

    def problems(self) -> list[RowProblem]:
        """Return what must be settled before rows can be read."""
        found = [
            RowProblem(row=0, column="", code="mapping.twice", facts={"field": field.zh})
            for field in FIELDS
            if not field.is_many and len(self.columns(field.id)) > 1
        ]
        if not self.columns("received_at"):
            found.append(RowProblem(row=0, column="", code="mapping.needs", facts={"field": BY_ID["received_at"].zh}))
        if not any(self.columns(field) for field in ("title", "text", "theme")):
            found.append(RowProblem(row=0, column="", code="mapping.needs", facts={"field": BY_ID["text"].zh}))
        return found


def propose(columns: Sequence[Column]) -> ColumnMapping:
    """Propose what each column is: the best pairs of column and field first, each field once."""
    scored = [
        (score, -column.index, column, field)
        for column in columns
        if not is_unread(column.label)
        for field in FIELDS
        if (score := _score(column, field)) >= ENOUGH
    ]
    taken: dict[int, str] = {}
    used: set[str] = set()
    for _, _, column, field in sorted(scored, key=lambda one: one[:2], reverse=True):
        if column.index not in taken and (field.is_many or field.id not in used):
            taken[column.index] = field.id
            used.add(field.id)
    _take_by_cells(columns, taken)
    terms, asked = settle([one for one in columns if not is_unread(one.label)], taken)
    taken |= terms
    orders = [column.day_first for column in columns if column.day_first is not None]
    return ColumnMapping(
        labels=tuple(column.label for column in columns),
        fields=tuple(taken.get(column.index, "") for column in columns),
        day_first=any(orders),
        asked=asked,
    )


def _take_by_cells(columns: Sequence[Column], taken: dict[int, str]) -> None:
    """Find by its cells what no head named: the kind, the unit, a telephone, the time of receipt, the long text."""
    free = [column for column in columns if column.index not in taken and not is_unread(column.label) and column.filled]
    for field, (holds, least) in BY_CELLS.items():
        fitting = [one for one in free if one.known[holds] >= least and one.index not in taken and one.moments < 0.5]
        if field not in taken.values() and fitting and not (field == "phone" and fitting[0].length < 7):
            taken[max(fitting, key=lambda one: one.known[holds]).index] = field
    dated = [one for one in free if one.moments >= 0.8 and one.index not in taken]
    if "received_at" not in taken.values() and dated:
        taken[min(dated, key=lambda one: one.middle or date.max).index] = "received_at"  # nothing is earlier
    long = [one for one in free if one.length >= 30 and one.distinct > 0.5 and one.index not in taken]
    if "text" not in taken.values() and long:
        taken[max(long, key=lambda one: one.length).index] = "text"


def _score(column: Column, field: Field) -> float:
    by_head = max((_head_score(column.label, head) for head in field.heads), default=0.0)
    return by_head + _cells_score(column, field) if by_head else 0.0


def _head_score(label: str, head: str) -> float:
    mine, theirs = head_key(label), head_key(head)
    if mine == theirs:
        return EXACT
    if head.isascii():
        tokens, wanted = head_tokens(label), head_tokens(head)
        is_most = wanted <= tokens and len(wanted) >= 0.6 * len(tokens) and "id" not in tokens - wanted
        return 30 + 40 * len(wanted) / len(tokens) if wanted and is_most else 0
    return 30 + 50 * len(theirs) / len(mine) if len(theirs) > 1 and theirs in mine else 0


def _cells_score(column: Column, field: Field) -> float:
    """Cells confirm what a head says, or rule it out."""
    if not column.filled:
        return 0 if field.holds is not Holds.KIND else -20
    judge = _JUDGES.get(field.holds)
    return judge(column) if judge else -200.0 * (column.moments > 0.8)


def _known(holds: Holds, *, need: float = 0.3) -> Callable[[Column], float]:
    return lambda column: 20 * column.known[holds] if column.known[holds] >= need else -60.0


def _number(column: Column) -> float:
    if column.moments > 0.5 or column.length > 40:
        return -200.0
    return 20.0 if column.distinct > 0.95 else -60.0


def _moment(column: Column) -> float:
    serials = column.numeric > 0.9 and all(_is_serial(one) for one in column.samples)
    return 20.0 * column.moments if column.moments > 0.4 else 10.0 if serials else -200.0


def _is_serial(text: str) -> bool:
    """Whether a number may be a date under a head that says so: a spreadsheet's, or 20260302 with or without a time."""
    found = number(text)
    if found is None:  # a few cells may say why there is no date
        return True
    return SERIALS[0] <= found[0] <= SERIALS[1] or (len(text) in COMPACT and moment(text) is not None)


def _prose(column: Column) -> float:
    return 20.0 if column.length >= 15 else -40.0 if column.numeric > 0.9 or column.moments > 0.5 else -15.0


def _title(column: Column) -> float:
    if column.numeric > 0.9 or column.moments > 0.5:
        return -200.0
    return 10.0 if column.distinct > 0.5 else -70.0  # a subject that a hundred matters share is a class


_JUDGES: Mapping[Holds, Callable[[Column], float]] = {
    Holds.NUMBER: _number,
    Holds.MOMENT: _moment,
    Holds.PROSE: _prose,
    Holds.TITLE: _title,
    Holds.UNIT: lambda column: 20 * column.known[Holds.UNIT],
    Holds.KIND: _known(Holds.KIND),
    Holds.STATUS: _known(Holds.STATUS),
    Holds.ON_TIME: _known(Holds.ON_TIME),
    Holds.FLAG: _known(Holds.FLAG, need=0.8),
    Holds.COUNT: lambda column: 10.0 if column.numeric > 0.8 else -200.0,
    Holds.PHONE: lambda column: 20.0 if column.known[Holds.PHONE] > 0.3 or column.numeric > 0.5 else -60.0,
}
