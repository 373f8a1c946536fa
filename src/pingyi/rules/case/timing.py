"""When a case is due, and why; each change of the date is a move with its cause (限时办结, §3.2.2, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Calendar, Step
from pingyi.rules.commitment import Promise
from pingyi.rules.plan.conduct import DayUnit, TimeLimit
from pingyi.rules.refused import Refused

UNPLANNED_DAYS = 15  # working days for a kind of case that the plan gives no time limit


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
    RECOUNTED = "recounted"  # the year's holidays were published, and an earlier day came out
    UNDATED = "undated"  # moves nothing: the hotline told in time or late but no day, so its closing day is reckoned
    REOPENED = "reopened"  # the limit, counted anew from the day of reopening


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A time limit: days of one unit, how many an extension may add, and where it comes from."""

    days: int
    unit: DayUnit = DayUnit.WORKING
    extension_days: int = 0
    source: str = "plan"  # or the reference of a service commitment's version


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One step on the way to the present due date."""

    cause: Cause
    on: date  # the day it happened
    to: date  # the due date from then on
    days: int = 0  # of the limit, or that the clock stood still
    unit: DayUnit = DayUnit.WORKING
    source: str = ""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One move with its days counted one by one."""

    move: Move
    steps: tuple[Step, ...]


def limit_of(kind: str, limits: Iterable[TimeLimit], promises: Iterable[Promise] = ()) -> Limit:
    """Return the plan's limit for a kind of case; a kind without one has fifteen working days (§3.2.2)."""
    planned = next((one for one in limits if one.kind.value == kind), None)
    limit = (
        Limit(days=planned.days, unit=planned.unit, extension_days=planned.extension_days)
        if planned
        else Limit(days=UNPLANNED_DAYS)
    )
    for promise in promises:
        limit = promised(limit, promise)
    return limit


def promised(limit: Limit, promise: Promise) -> Limit:
    """Return the shorter of the two; days of different units are compared by a week of five days in seven.

    A promise of exactly the plan's days moves nothing, yet the case stands under it: it is kept or broken (§3.2.3).
    """
    long, most = _weight(promise.days, promise.unit), _weight(limit.days, limit.unit)
    if long > most or (long == most and promise.unit is not limit.unit):
        return limit
    return replace(limit, days=promise.days, unit=promise.unit, source=promise.reference)


def start(
    received_on: date, *, limit: Limit, calendar: Calendar, not_after: date | None = None, cause: Cause = Cause.RECEIVED
) -> Clock:
    """Start the clock; a deadline set by the hotline counts where it is earlier."""
    due = days.due_date(received_on, days=limit.days, unit=limit.unit, calendar=calendar)
    first = Move(cause=cause, on=received_on, to=due.date, days=limit.days, unit=limit.unit, source=limit.source)
    clock = Clock(began_on=received_on, limit=limit, due_on=due.date, moves=(first,), is_provisional=due.is_provisional)
    return clock if not_after is None else no_later(clock, not_after, cause=Cause.HOTLINE, on=received_on)


def dated(clock: Clock, *, is_told: bool, on: date) -> Clock:
    """Mark a clock whose closing day the source never told, so that no duration is reckoned from it; or unmark it."""
    if is_told:
        return replace(clock, moves=tuple(move for move in clock.moves if move.cause is not Cause.UNDATED))
    if any(move.cause is Cause.UNDATED for move in clock.moves):
        return clock
    return _moved(clock, Move(cause=Cause.UNDATED, on=on, to=clock.due_on))


def no_later(clock: Clock, than: date, *, cause: Cause, on: date, source: str = "") -> Clock:
    """Bring the due date forward where the other one is earlier; it never moves back by this."""
    if than >= clock.due_on:
        return clock
    return _moved(clock, Move(cause=cause, on=on, to=than, source=source))


def reclassify(clock: Clock, *, limit: Limit, on: date, calendar: Calendar, cause: Cause = Cause.CLASSIFIED) -> Clock:
    """Follow another limit, of a kind or of a service commitment, but only where that is earlier for the citizen."""
    due = days.due_date(clock.began_on, days=limit.days, unit=limit.unit, calendar=calendar).date
    due = _pushed(due, _stopped_days(clock), unit=limit.unit, calendar=calendar)
    if due >= clock.due_on:
        return clock
    move = Move(cause=cause, on=on, to=due, days=limit.days, unit=limit.unit, source=limit.source)
    return replace(_moved(clock, move), limit=limit)


def stop(clock: Clock, *, on: date) -> Clock:
    """Stop the clock; one that has run out cannot be stopped any more."""
    if clock.stopped_on is not None:
        raise Refused("case.is_stopped")
    if on > clock.due_on:
        raise Refused("case.too_late_to_stop", due_on=clock.due_on)
    return replace(clock, stopped_on=on)


def resume(clock: Clock, *, on: date, calendar: Calendar) -> Clock:
    """Let the clock run on; the due date moves by the days that it stood still, and by no day more."""
    if clock.stopped_on is None:
        raise Refused("case.is_running")
    still = _days_between(clock.stopped_on, max(on, clock.stopped_on), unit=clock.limit.unit, calendar=calendar)
    running = replace(clock, stopped_on=None)
    if not still:
        return running
    due = _pushed(clock.due_on, still, unit=clock.limit.unit, calendar=calendar)
    return _moved(running, Move(cause=Cause.STOPPED, on=on, to=due, days=still, unit=clock.limit.unit))


def extend_ask(clock: Clock, *, until: date, reason: str, by: str, on: date, calendar: Calendar) -> Clock:
    """Ask for more time, before it is over, once, and within what the plan allows."""
    if on > clock.due_on and clock.stopped_on is None:
        raise Refused("case.asked_too_late", due_on=clock.due_on)
    if clock.is_extended:
        raise Refused("case.extended_already")
    if clock.asked_until is not None:
        raise Refused("case.already_asked")
    if not clock.limit.extension_days:
        raise Refused("case.no_extension")
    last = latest_extension(clock, calendar=calendar)
    if not clock.due_on < until <= last:
        raise Refused("case.extension_out_of_range", field="until", due_on=clock.due_on, last=last)
    if not reason.strip():
        raise Refused("case.reason_needed", field="reason")
    return replace(clock, asked_until=until, asked_by=by)


def extend_grant(clock: Clock, *, by: str, on: date) -> Clock:
    """Give the time that was asked for; never by the person who asked (§5.4)."""
    until = _asked(clock, by=by)
    granted = replace(clock, asked_until=None, asked_by="", is_extended=True)
    return _moved(granted, Move(cause=Cause.EXTENDED, on=on, to=until)) if until > clock.due_on else granted


def extend_deny(clock: Clock, *, by: str, reason: str) -> Clock:
    """Refuse the time that was asked for, with a reason; never by the person who asked."""
    _asked(clock, by=by)
    if not reason.strip():
        raise Refused("case.reason_needed", field="reason")
    return replace(clock, asked_until=None, asked_by="")


def latest_extension(clock: Clock, *, calendar: Calendar) -> date:
    """Return the latest day that an extension may reach."""
    return _pushed(clock.due_on, clock.limit.extension_days, unit=clock.limit.unit, calendar=calendar)


def reopen(clock: Clock, *, on: date, calendar: Calendar) -> Clock:
    """Start the same limit anew on the day of reopening."""
    again = start(on, limit=clock.limit, calendar=calendar, cause=Cause.REOPENED)
    return replace(again, moves=(*clock.moves, *again.moves))


def recount(clock: Clock, *, on: date, calendar: Calendar) -> Clock:
    """Count a provisional date again now that the holidays are known; it never moves against the citizen.

    A later day changes nothing but that the date stands firm; an earlier one counts, though not before today: nobody
    was late by a date that could not be known. What was granted or set as a day stands.
    """
    due = days.due_date(clock.began_on, days=clock.limit.days, unit=clock.limit.unit, calendar=calendar)
    firm = replace(clock, is_provisional=due.is_provisional)
    to = max(_pushed(due.date, _stopped_days(clock), unit=clock.limit.unit, calendar=calendar), on)
    if clock.is_extended or due.is_provisional or to >= clock.due_on:
        return firm
    return _moved(firm, Move(cause=Cause.RECOUNTED, on=on, to=to, days=clock.limit.days, unit=clock.limit.unit))


def why(clock: Clock, *, calendar: Calendar) -> tuple[Reason, ...]:
    """Explain the due date: every move, and the days of each counted one by one."""
    return tuple(Reason(move=move, steps=_steps(move, calendar=calendar)) for move in clock.moves)


def _steps(move: Move, *, calendar: Calendar) -> tuple[Step, ...]:
    if move.cause in {Cause.RECEIVED, Cause.REOPENED}:
        return days.due_date(move.on, days=move.days, unit=move.unit, calendar=calendar).steps
    return ()


def _moved(clock: Clock, move: Move) -> Clock:
    return replace(clock, due_on=move.to, moves=(*clock.moves, move))


def _asked(clock: Clock, *, by: str) -> date:
    if clock.asked_until is None:
        raise Refused("case.nothing_asked")
    if by == clock.asked_by:
        raise Refused("case.own_request")
    return clock.asked_until


def _stopped_days(clock: Clock) -> int:
    """Return how long the clock stood still since it began; reopening begins it anew."""
    since = max((number for number, move in enumerate(clock.moves) if move.cause is Cause.REOPENED), default=0)
    return sum(move.days for move in clock.moves[since:] if move.cause is Cause.STOPPED)


def _days_between(begins_on: date, ends_on: date, *, unit: DayUnit, calendar: Calendar) -> int:
    if unit is DayUnit.CALENDAR:
        return (ends_on - begins_on).days
    return days.working_days_between(begins_on, ends_on, calendar=calendar)


def _pushed(due_on: date, by: int, *, unit: DayUnit, calendar: Calendar) -> date:
    return days.due_date(due_on, days=by, unit=unit, calendar=calendar).date if by else due_on


def _weight(number: int, unit: DayUnit) -> int:
    return number * (7 if unit is DayUnit.WORKING else 5)
