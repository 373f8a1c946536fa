"""Which rows count where a table and a room of this house both tell of one figure (§4.4b)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Measure
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO


class Counts(StrEnum):
    """What counts."""

    TABLE = "table"  # the imported tables alone
    HOUSE = "house"  # what this house knows itself, alone
    UNTIL = "until"  # tables for the days before the start, this house from the start on


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What was chosen for one source."""

    counts: Counts
    since: date | None = None  # the first day that this house counts itself

    @property
    def brief(self) -> str:
        """The choice as one word, with its day."""
        return f"{self.counts.value}:{self.since.isoformat()}" if self.since else self.counts.value

    def takes(self, on: date) -> bool:
        """Whether the row of a table of this day counts."""
        if self.counts is Counts.UNTIL:
            return self.since is not None and on < self.since
        return self.counts is Counts.TABLE


EVENTS = frozenset({BONUS, DEDUCTION, VETO})  # single events: those of a table and of the house add up

Own = Callable[[date | None], Iterable[Evidence]]  # what the rooms know from a day on, or of the whole year


def choose(counts: str, *, since: date | None, is_parted: bool) -> Choice:
    """Make a choice; only what can be parted by a day is."""
    if counts not in set(Counts):
        raise Refused("evidence.choice_needed", field="counts")
    chosen = Counts(counts)
    if chosen is not Counts.UNTIL:
        return Choice(counts=chosen)
    if not is_parted:
        raise Refused("evidence.choice_not_parted", field="counts")
    if since is None:
        raise Refused("evidence.choice_day_needed", field="since")
    return Choice(counts=chosen, since=since)


def read(brief: str) -> Choice:
    """Read a choice back from its one word."""
    counts, _, since = brief.partition(":")
    return Choice(counts=Counts(counts), since=date.fromisoformat(since) if since else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """Both sides where they tell of the same indicators, and which rows of each count."""

    rows: tuple[Evidence, ...]
    both: Mapping[str, tuple[str, ...]]  # source → indicators that a table and a room both tell of
    undecided: tuple[str, ...]  # sources of those for which nobody chose; neither side counts


def meet(tables: Collection[Evidence], own: Own, *, choices: Mapping[str, Choice]) -> Met:
    """Bring tables and rooms together: where both tell of one indicator of a source, what was chosen counts."""
    whole = tuple(own(None))
    known = {(row.source, row.indicator) for row in whole}
    both = {key for key in {(row.source, row.indicator) for row in tables} if key in known and key[0] not in EVENTS}
    kept = [row for row in tables if (row.source, row.indicator) not in both or _takes(row, choices)]
    found = [row for row in whole if (row.source, row.indicator) not in both]
    for source in sorted({source for source, _ in both}):
        chosen = choices.get(source)
        if chosen is not None and chosen.counts is not Counts.TABLE:
            rows = whole if chosen.since is None else own(chosen.since)
            found += [row for row in rows if row.source == source and (source, row.indicator) in both]
    named = {source: tuple(sorted(each for one, each in both if one == source)) for source, _ in both}
    return Met(rows=(*kept, *found), both=named, undecided=tuple(sorted(one for one in named if one not in choices)))


def _takes(row: Evidence, choices: Mapping[str, Choice]) -> bool:
    chosen = choices.get(row.source)
    return chosen is not None and chosen.takes(row.happened_on)


def alone(plan: Plan, counted: Mapping[str, int], *, sections: int) -> tuple[str, ...]:
    """Return the indicators of which there is one answer only, in the plan's order, where several are compared.

    Single events that cost marks are no answers; a bureau of one section compares nobody.
    """
    marks = [one.id for one in plan.indicators if one.measure is not Measure.DEMERITS]
    return tuple(one for one in marks if counted.get(one) == 1) if sections > 1 else ()
