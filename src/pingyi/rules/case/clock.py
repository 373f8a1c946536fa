"""A case's clock as it stands: its limit, the date it ends on, and every move that led there (§3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pingyi.rules.calendar import Step
from pingyi.rules.case.counting import Count
from pingyi.rules.plan.conduct import DayUnit


class Cause(StrEnum):
    """Why a due date is what it is."""

    RECEIVED = "received"  # the limit, counted from the day of receipt
    HOTLINE = "hotline"  # the hotline's own deadline, which is earlier
    CLASSIFIED = "classified"  # another kind has a shorter limit
    PROMISED = "promised"  # a service commitment is shorter
    STOPPED = "stopped"  # the clock stood still
    EXTENDED = "extended"
    MERGED = "merged"  # the earlier deadline of a case that was merged into this one
    SPLIT = "split"  # the deadline of the case that this one was split from
    CORRECTED = "corrected"  # the kind had been a slip, and the limit of the right one counts from the beginning
    RECOUNTED = "recounted"  # the year's holidays were published, and an earlier day came out
    UNDATED = "undated"  # moves nothing: the hotline told in time or late but no day, so its closing day is reckoned
    REOPENED = "reopened"  # the limit, counted anew from the day of reopening


SET = frozenset({Cause.HOTLINE, Cause.MERGED, Cause.SPLIT})  # somebody named a day, and no limit was counted
ANEW = frozenset({Cause.REOPENED, Cause.CORRECTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A time limit: days of one unit, how many an extension may add, and where it comes from."""

    days: int
    unit: DayUnit = DayUnit.WORKING
    extension_days: int = 0
    source: str = "plan"  # or the reference of a service commitment's version


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One step on the way to the present due date; with the count that led to it, where days were counted."""

    cause: Cause
    on: date  # the day it happened
    to: date  # the due date from then on
    days: int = 0  # of the limit, or that the clock stood still
    unit: DayUnit = DayUnit.WORKING
    source: str = ""
    count: Count | None = None  # none where a day was set, and in moves of former versions

    @property
    def steps(self) -> tuple[Step, ...]:
        """The days one by one, as they were counted when the date was set."""
        return self.count.steps if self.count else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A case's clock: the limit it runs by, the date it ends on, and how that came about."""

    began_on: date  # the day of receipt, or of the last reopening
    limit: Limit
    due_on: date
    moves: tuple[Move, ...] = ()
    stopped_on: date | None = None
    asked_until: date | None = None
    asked_by: str = ""
    is_extended: bool = False
    is_provisional: bool = False  # a year's holidays on the way are not published yet
    lawful_on: date | None = None  # where the limit itself ends later than the citizen was told

    @property
    def judged_on(self) -> date:
        """The last day on which it is in time: what the limit gives, also where the citizen was told an earlier day."""
        return self.lawful_on or self.due_on
