"""Why a case is due when it is, day by day, for clerk and citizen (限时办结, §3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Step
from pingyi.rules.case import timing as rules
from pingyi.rules.case.clock import Cause, Move
from pingyi.rules.case.custody import OFFICE
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import stops, year
from pingyi.stations.cases.queries.stops import Stood

OWN = frozenset({"", "plan"})  # where a limit comes from, other than a section's promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One move of the due date in words, with its days as they were counted then."""

    move: Move
    said: str
    steps: tuple[Step, ...]
    promise: str  # the reference of the commitment that the limit comes from

    @property
    def counted_to(self) -> date | None:
        """Where the count ended, if not on the day that the move led to."""
        ends = self.steps[-1].day if self.steps else self.move.to
        return ends if ends != self.move.to else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """The due date, how it came about, and what is left."""

    due_on: date
    told: tuple[Told, ...]  # as they happened
    stops: tuple[Stood, ...]  # when the clock stood still, and who looked at it
    working_days_left: int
    is_provisional: bool
    today_gives: date | None  # what the calendar as it stands today would give, where that is another day
    lawful_on: date | None

    @property
    def in_force(self) -> Told | None:
        """The move that the due date comes from."""
        return next((one for one in reversed(self.told) if one.move.to == self.due_on and _sets(one.move)), None)

    @property
    def before(self) -> tuple[Told, ...]:
        """All other moves, as they happened."""
        return tuple(one for one in self.told if one is not self.in_force)


def why(case: Case, *, on: date) -> Why:
    """Explain a case's due date; nothing in it says who raised the case."""
    calendar, clock = year.calendar(), case.clock
    today = rules.by_calendar(clock, calendar=calendar)
    return Why(
        due_on=case.due_on,
        told=tuple(_told(move) for move in clock.moves),
        stops=stops.of(case),
        working_days_left=days.working_days_between(on, case.due_on, calendar=calendar),
        is_provisional=case.is_provisional,
        today_gives=today if today != case.due_on and not clock.is_extended else None,
        lawful_on=case.lawful_on,
    )


def latest_extension(case: Case) -> date:
    """Return the latest day that an extension of this case may reach."""
    return rules.latest_extension(case.clock, calendar=year.calendar())


def if_kind(case: Case, kind: str) -> date:
    """Return the due date that another kind would have given from the beginning."""
    section = case.section.reference if case.section else OFFICE
    limit = year.limit(case.round, kind=kind, section=section, on=case.began_on)
    return rules.correct(case.clock, limit=limit, on=case.began_on, calendar=year.calendar()).due_on


def _told(move: Move) -> Told:
    promise = "" if move.source in OWN or not move.days or move.cause is Cause.STOPPED else move.source
    cause = Cause.PROMISED if promise and move.cause is Cause.RECEIVED else move.cause
    return Told(move=move, said=str(words.CAUSES[cause.value]), steps=move.steps, promise=promise)


def _sets(move: Move) -> bool:
    return move.cause is not Cause.UNDATED
