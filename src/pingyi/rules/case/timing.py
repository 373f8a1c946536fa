"""When a case is due, and why; each change of the date is a move with its cause (限时办结, §3.2.2, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Calendar
from pingyi.rules.case.clock import ANEW, SET, Cause, Clock, Limit, Move
from pingyi.rules.case.counting import Count, count
from pingyi.rules.commitment import Promise
from pingyi.rules.plan.conduct import DayUnit, TimeLimit
from pingyi.rules.refused import Refused

UNPLANNED_DAYS = 15  # working days for a kind of case that the plan gives no time limit


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
    counted = count(received_on, days=limit.days, unit=limit.unit, calendar=calendar)
    clock = Clock(
        began_on=received_on, limit=limit, due_on=counted.ends_on, is_provisional=counted.is_provisional,
        moves=(_by_limit(cause, limit, counted, on=received_on),),
    )  # fmt: skip
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
    lawful = min(clock.judged_on, than)
    if than >= clock.due_on:
        return _judged(clock, lawful)
    return _moved(clock, Move(cause=cause, on=on, to=than, source=source), lawful=lawful)


def reclassify(clock: Clock, *, limit: Limit, on: date, calendar: Calendar, cause: Cause = Cause.CLASSIFIED) -> Clock:
    """Follow another limit, of a kind or of a service commitment, but only where that is earlier for the citizen."""
    counted = _since_beginning(clock, limit, calendar=calendar)
    if counted.ends_on >= clock.due_on:
        return _judged(clock, min(clock.judged_on, counted.ends_on))
    return replace(_moved(clock, _by_limit(cause, limit, counted, on=on)), limit=limit)


def correct(clock: Clock, *, limit: Limit, on: date, calendar: Calendar) -> Clock:
    """Undo a slip of the kind: the due date is what the right kind would have given from the beginning.

    Days that others set, and days for which the clock stood still, count as they did.
    """
    counted = count(clock.began_on, days=limit.days, unit=limit.unit, calendar=calendar)
    move = _by_limit(Cause.CORRECTED, limit, counted, on=on)
    fresh = replace(_moved(clock, move), limit=limit, is_provisional=counted.is_provisional)
    return _again(fresh, _run_of(clock), on=on, calendar=calendar)


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
    return _pushed_on(running, still, on=on, calendar=calendar)


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
    if until <= clock.due_on:
        return granted
    return _moved(granted, Move(cause=Cause.EXTENDED, on=on, to=until), lawful=max(clock.judged_on, until))


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
    """Count the date again by a calendar that came out since; it never moves against the citizen.

    Where the limit itself ends later, the citizen's day stands and the later one is what lateness is judged by. An
    earlier day counts only while the date was provisional, and not before today: nobody was late by a date that could
    not be known. What was granted or set as a day stands.
    """
    counted = count(clock.began_on, days=clock.limit.days, unit=clock.limit.unit, calendar=calendar)
    if clock.is_extended or counted.is_provisional:
        return replace(clock, is_provisional=counted.is_provisional)
    lawful, firm = by_calendar(clock, calendar=calendar), replace(clock, is_provisional=False)
    to = max(lawful, on)
    if lawful >= clock.due_on:
        return _judged(firm, max(lawful, clock.judged_on))
    if not clock.is_provisional or to >= clock.due_on:
        return firm
    move = _by_limit(Cause.RECOUNTED, clock.limit, _since_beginning(clock, clock.limit, calendar=calendar), on=on)
    return _moved(firm, replace(move, to=to))


def by_calendar(clock: Clock, *, calendar: Calendar) -> date:
    """Return the day on which the limit would end by this calendar, all else as it happened."""
    limit, first = clock.limit, clock.began_on
    bare = replace(start(first, limit=limit, calendar=calendar), moves=(), is_extended=clock.is_extended)
    return _again(bare, _run_of(clock), on=first, calendar=calendar).due_on


def _moved(clock: Clock, move: Move, *, lawful: date | None = None) -> Clock:
    return _judged(replace(clock, due_on=move.to, moves=(*clock.moves, move)), lawful or move.to)


def _judged(clock: Clock, lawful: date) -> Clock:
    return replace(clock, lawful_on=lawful if lawful > clock.due_on else None)


def _by_limit(cause: Cause, limit: Limit, counted: Count, *, on: date) -> Move:
    return Move(
        cause=cause, on=on, to=counted.ends_on, days=limit.days, unit=limit.unit, source=limit.source, count=counted
    )  # fmt: skip


def _since_beginning(clock: Clock, limit: Limit, *, calendar: Calendar) -> Count:
    still = _stopped_days(clock)
    return count(clock.began_on, days=limit.days, unit=limit.unit, calendar=calendar, still=still)


def _pushed_on(clock: Clock, by: int, *, on: date, calendar: Calendar) -> Clock:
    """Move the date by the days that the clock stood still, and the lawful one with it."""
    unit = clock.limit.unit
    counted = count(clock.due_on, days=by, unit=unit, calendar=calendar)
    lawful = count(clock.judged_on, days=by, unit=unit, calendar=calendar).ends_on
    move = Move(cause=Cause.STOPPED, on=on, to=counted.ends_on, days=by, unit=unit, count=counted)
    return _moved(clock, move, lawful=lawful)


def _again(clock: Clock, moves: Iterable[Move], *, on: date, calendar: Calendar) -> Clock:
    """Let happen again what did not come of the limit: days that were set, and stops."""
    for move in moves:
        if move.cause in SET:
            clock = no_later(clock, move.to, cause=move.cause, on=on, source=move.source)
        elif move.cause is Cause.STOPPED:
            clock = _pushed_on(clock, move.days, on=on, calendar=calendar)
        elif move.cause is Cause.EXTENDED and move.to > clock.due_on:
            clock = _moved(clock, Move(cause=Cause.EXTENDED, on=on, to=move.to))
    return clock


def _run_of(clock: Clock) -> tuple[Move, ...]:
    """Return the moves since the limit last began anew."""
    anew = (number for number, move in enumerate(clock.moves) if move.cause in ANEW)
    return clock.moves[max(anew, default=0) :]


def _asked(clock: Clock, *, by: str) -> date:
    if clock.asked_until is None:
        raise Refused("case.nothing_asked")
    if by == clock.asked_by:
        raise Refused("case.own_request")
    return clock.asked_until


def _stopped_days(clock: Clock) -> int:
    """Return how long the clock stood still since it began; reopening begins it anew."""
    return sum(move.days for move in _run_of(clock) if move.cause is Cause.STOPPED)


def _days_between(begins_on: date, ends_on: date, *, unit: DayUnit, calendar: Calendar) -> int:
    if unit is DayUnit.CALENDAR:
        return (ends_on - begins_on).days
    return days.working_days_between(begins_on, ends_on, calendar=calendar)


def _pushed(due_on: date, by: int, *, unit: DayUnit, calendar: Calendar) -> date:
    return days.due_date(due_on, days=by, unit=unit, calendar=calendar).date if by else due_on


def _weight(number: int, unit: DayUnit) -> int:
    return number * (7 if unit is DayUnit.WORKING else 5)
