"""The hotline's own list held against ours: what is missing on either side, late in one only, or different."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pingyi.authoring.case_tables import CaseRow
from pingyi.authoring.case_tables.moments import Moment, day_of
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.models import Case, HotlineTable
from pingyi.stations.cases.queries.tables import key_of, opened


class Kind(StrEnum):
    """How a case differs between the two lists."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    LATE_HERE = "late_here"
    LATE_THERE = "late_there"
    STATE = "state"
    DATES = "dates"


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """What one list says of a case."""

    number: str = ""
    received_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    is_closed: bool | None = None
    is_late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One case that the two lists do not agree on."""

    kind: Kind
    key: str
    reference: str = ""  # ours, where we have it
    theirs: Side | None = None
    ours: Side | None = None

    @property
    def number(self) -> str:
        """The hotline's number."""
        side = self.theirs or self.ours
        return side.number if side else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """All differences, and how many cases were held against each other."""

    theirs: int
    ours: int
    same: int
    unread: int  # rows of the list that could not be read
    differences: tuple[Difference, ...]

    def of(self, kind: Kind) -> list[Difference]:
        """Return the differences of one kind."""
        return [one for one in self.differences if one.kind is kind]

    @property
    def counted(self) -> list[tuple[Kind, int]]:
        """Return how many there are of each kind."""
        return [(kind, len(self.of(kind))) for kind in Kind]


def compare(table: HotlineTable, *, on: date) -> Comparison:
    """Hold a table, as its columns were settled, against the cases of its channel."""
    found = opened(table)
    theirs: dict[str, Side] = {}
    unread = 0
    for row in found.reader(on=on).read(found.table.sheet):
        if row.is_set_aside:
            unread += 1
        else:
            theirs[key_of(row, channel_id=table.channel_id)] = _their_side(row, on=on)
    received = [side.received_on for side in theirs.values() if side.received_on]
    ours = _ours(table.channel_id, on=on)
    if received:
        first, last = min(received), max(received)
        ours = {
            number: one
            for number, one in ours.items()
            if number in theirs or (one[1].received_on and first <= one[1].received_on <= last)
        }
    differences = tuple(_differences(theirs, ours))
    touched = {one.key for one in differences}
    same = sum(key in ours and key not in touched for key in theirs)
    return Comparison(theirs=len(theirs), ours=len(ours), same=same, unread=unread, differences=differences)


def _ours(channel_id: str, *, on: date) -> dict[str, tuple[str, Side]]:
    names = (
        "external_key", "external_number", "reference", "stage", "received_on", "due_on", "closed_on", "has_been_late",
    )  # fmt: skip
    rows = Case.objects.filter(channel_id=channel_id).exclude(external_key="").values_list(*names)
    found = {}
    for key, number, reference, stage, received_on, due_on, closed_on, late in rows.iterator(chunk_size=5000):
        is_closed = stage == Stage.CLOSED
        side = Side(
            received_on=received_on, due_on=due_on, closed_on=closed_on, is_closed=is_closed,
            number=number,
            is_late=late or (not is_closed and stage != Stage.MERGED and due_on < on),
        )  # fmt: skip
        found[key] = (reference, side)
    return found


def _their_side(row: CaseRow, *, on: date) -> Side:
    due, closed = _day(row.due_at), _day(row.closed_at)
    is_late = row.is_on_time is False if row.is_closed else bool(due and due < on)
    return Side(
        number=row.number, received_on=_day(row.received_at), due_on=due, closed_on=closed,
        is_closed=row.is_closed, is_late=is_late,
    )  # fmt: skip


def _day(moment: Moment | None) -> date | None:
    return None if moment is None else day_of(moment)


def _differences(theirs: dict[str, Side], ours: dict[str, tuple[str, Side]]) -> Iterator[Difference]:
    for key, side in theirs.items():
        if key not in ours:
            yield Difference(kind=Kind.MISSING_HERE, key=key, theirs=side)
            continue
        reference, mine = ours[key]
        for kind in _kinds(side, mine):
            yield Difference(kind=kind, key=key, reference=reference, theirs=side, ours=mine)
    for key, (reference, mine) in ours.items():
        if key not in theirs:
            yield Difference(kind=Kind.MISSING_THERE, key=key, reference=reference, ours=mine)


def _kinds(theirs: Side, ours: Side) -> Iterator[Kind]:
    if theirs.is_late != ours.is_late:
        yield Kind.LATE_THERE if theirs.is_late else Kind.LATE_HERE
    if theirs.is_closed is not None and theirs.is_closed != ours.is_closed:
        yield Kind.STATE
    pairs = ((theirs.received_on, ours.received_on), (theirs.closed_on, ours.closed_on if theirs.closed_on else None))
    if any(one != other for one, other in pairs):
        yield Kind.DATES
