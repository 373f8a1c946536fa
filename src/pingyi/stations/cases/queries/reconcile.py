"""The hotline's own list held against ours: what is missing on either side, late in one only, or different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pingyi.authoring.case_tables import CaseRow
from pingyi.authoring.case_tables.moments import Moment, day_of
from pingyi.rules import day
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.models import Case, HotlineTable, TableComparison
from pingyi.stations.cases.queries.tables import batches, key_of, opened

SHOWN = 50  # differences of each kind on the page; all are in the download


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
    counts: tuple[int, ...]  # differences of each kind, also of those that are left off
    differences: tuple[Difference, ...]

    def of(self, kind: Kind) -> list[Difference]:
        """Return the differences of one kind."""
        return [one for one in self.differences if one.kind is kind]

    @property
    def counted(self) -> list[tuple[Kind, int]]:
        """Return how many there are of each kind."""
        return list(zip(Kind, self.counts, strict=True))

    @property
    def shortened(self) -> Comparison:
        """Return it with the first differences of each kind alone."""
        return replace(self, differences=tuple(one for kind in Kind for one in self.of(kind)[:SHOWN]))


def waiting() -> TableComparison | None:
    """Return the comparison that the worker should make."""
    return TableComparison.objects.select_related("table").filter(is_waiting=True).order_by("at").first()


def latest(table: HotlineTable, *, on: date) -> TableComparison | None:
    """Return a large table's comparison: under way, or made on this day of the table as it is now."""
    found = TableComparison.objects.defer("whole").filter(table=table).first()
    if found is None or found.is_waiting or (found.at >= table.moved_at and day.day_of(found.at) == on):
        return found
    return None


def kept(found: Comparison) -> list[Any]:
    """Return what is kept of a comparison."""
    return list(astuple(found))


def again(told: list[Any]) -> Comparison:
    """Return a comparison as it was kept."""
    *counts, differences = told
    theirs, ours, same, unread, of_each = counts
    return Comparison(
        theirs=theirs, ours=ours, same=same, unread=unread, counts=tuple(of_each),
        differences=tuple(
            Difference(kind=Kind(kind), key=key, reference=reference, theirs=_side(one), ours=_side(other))
            for kind, key, reference, one, other in differences
        ),
    )  # fmt: skip


def _side(told: list[Any] | None) -> Side | None:
    if told is None:
        return None
    number, *days, is_closed, is_late = told
    received_on, due_on, closed_on = (date.fromisoformat(one) if one else None for one in days)
    return Side(
        number=number, received_on=received_on, due_on=due_on, closed_on=closed_on,
        is_closed=is_closed, is_late=is_late,
    )  # fmt: skip


def compare(table: HotlineTable, *, on: date, told: Callable[[int], None] = lambda _: None) -> Comparison:
    """Hold a table, as its columns were settled, against the cases of its channel; `told` hears how far it is."""
    found = opened(table)
    theirs: dict[str, Side] = {}
    unread = 0
    for batch in batches(found.reader(on=on).read(found.table.sheet)):
        for row in batch:
            if row.is_set_aside:
                unread += 1
            else:
                theirs[key_of(row, channel_id=table.channel_id)] = _their_side(row, on=on)
        told(len(theirs) + unread)
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
    kinds = Counter(one.kind for one in differences)
    return Comparison(
        theirs=len(theirs), ours=len(ours), same=same, unread=unread, counts=tuple(kinds[kind] for kind in Kind),
        differences=differences,
    )  # fmt: skip


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
