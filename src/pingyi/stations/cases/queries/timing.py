"""Why a case is due when it is, day by day, for clerk and citizen (限时办结, §3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Step
from pingyi.rules.case import timing as rules
from pingyi.rules.case.timing import Move
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import stops, year
from pingyi.stations.cases.queries.stops import Stood


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One move of the due date in words, with its days counted one by one."""

    move: Move
    said: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """The due date, how it came about, and what is left."""

    due_on: date
    told: tuple[Told, ...]
    stops: tuple[Stood, ...]  # when the clock stood still, and who looked at it
    working_days_left: int
    is_provisional: bool


def why(case: Case, *, on: date) -> Why:
    """Explain a case's due date; nothing in it says who raised the case."""
    calendar = year.calendar()
    return Why(
        due_on=case.due_on,
        told=tuple(
            Told(move=one.move, said=str(words.CAUSES[one.move.cause.value]), steps=one.steps)
            for one in rules.why(case.clock, calendar=calendar)
        ),
        stops=stops.of(case),
        working_days_left=days.working_days_between(on, case.due_on, calendar=calendar),
        is_provisional=case.is_provisional,
    )


def latest_extension(case: Case) -> date:
    """Return the latest day that an extension of this case may reach."""
    return rules.latest_extension(case.clock, calendar=year.calendar())
