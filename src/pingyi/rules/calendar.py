"""Working days, holidays and make-up days (调休); every due date comes with a day-by-day "why" (§3.2.2, §4.4a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pingyi.rules.holidays import fixed
from pingyi.rules.plan.conduct import DayUnit

ONE_DAY = timedelta(days=1)
LONGEST = 3660  # days; a longer limit is a slip of the pen


class DayKind(StrEnum):
    """What a day is."""

    WORKING = "working"
    MAKE_UP = "make_up"  # a Saturday or Sunday worked in exchange (调休)
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    ASSUMED = "assumed"  # off by the regulation itself, in a year whose notice is not out yet


class WhenOff(StrEnum):
    """What becomes of a calendar-day limit whose last day is a day off."""

    NEXT = "next"  # it ends on the next working day
    BEFORE = "before"  # it ends on the working day before
    STAY = "stay"


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDay:
    """A day that a published notice makes a day off or a working day."""

    on: date
    name: str
    is_off: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class YearVersion:
    """One year's published arrangement: which notices it follows, and which state of them."""

    year: int
    version: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """All published years together; without a notice weekends and the regulation's own days are off, provisionally."""

    name: str
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    years: Mapping[int, YearVersion] = field(default_factory=dict)

    def is_published(self, year: int) -> bool:
        """Whether the year's notice is known."""
        return year in self.years


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One day on the way to a due date; `counted` is its number in the count, 0 for a day that does not count."""

    day: date
    kind: DayKind
    reason: str  # the holiday's name, for holidays and make-up days
    counted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A due date and how it came about; provisional where a year's notice has not come out."""

    date: date
    steps: tuple[Step, ...]  # the first is the day of receipt, the last is the due date
    is_provisional: bool
    unit: DayUnit
    days: int
    versions: tuple[YearVersion, ...]


def kind_of(day: date, *, calendar: Calendar) -> DayKind:
    """Say what a day is."""
    special = calendar.days.get(day)
    is_weekend = day.weekday() >= 5
    if special is None and is_weekend:
        return DayKind.WEEKEND
    if special is None:
        return DayKind.ASSUMED if _is_assumed(day, calendar=calendar) else DayKind.WORKING
    if special.is_off:
        return DayKind.HOLIDAY
    return DayKind.MAKE_UP if is_weekend else DayKind.WORKING


def is_working_day(day: date, *, calendar: Calendar) -> bool:
    """Whether people work on this day."""
    return kind_of(day, calendar=calendar) in {DayKind.WORKING, DayKind.MAKE_UP}


def due_date(
    received_on: date, *, days: int, unit: DayUnit, calendar: Calendar, when_off: WhenOff = WhenOff.NEXT
) -> Due:
    """Return when a limit of so many days ends; the day of receipt is not counted (§3.2.2).

    A working-day limit always ends on a working day; `when_off` says what happens to a calendar-day limit that
    ends on a day off, and to a limit of no days.
    """
    if not 0 <= days <= LONGEST:
        raise ValueError(f"a time limit has 0 to {LONGEST} days, not {days}")
    steps = [_step(received_on, calendar=calendar, counted=0)]
    while steps[-1].counted < days:
        steps += _until_next(steps[-1], unit=unit, calendar=calendar)
    if unit is DayUnit.CALENDAR or days == 0:
        steps = _settle(steps, calendar=calendar, when_off=when_off)
    years = sorted({step.day.year for step in steps})
    return Due(
        date=steps[-1].day,
        steps=tuple(steps),
        is_provisional=not all(calendar.is_published(year) for year in years),
        unit=unit,
        days=days,
        versions=tuple(calendar.years[year] for year in years if year in calendar.years),
    )


def latest_receipt(
    due_on: date, *, days: int, unit: DayUnit, calendar: Calendar, when_off: WhenOff = WhenOff.NEXT
) -> date:
    """Return the last day of receipt from which the limit ends on or before `due_on`: the inverse of `due_date`."""

    def ends(received_on: date) -> date:
        return due_date(received_on, days=days, unit=unit, calendar=calendar, when_off=when_off).date

    day = due_on - timedelta(days=days)
    while ends(day) > due_on:
        day -= ONE_DAY
    while ends(day + ONE_DAY) <= due_on:
        day += ONE_DAY
    return day


def working_days_between(begins_on: date, ends_on: date, *, calendar: Calendar) -> int:
    """Count the working days after `begins_on` up to and with `ends_on`; negative when the days run backwards."""
    if ends_on < begins_on:
        return -working_days_between(ends_on, begins_on, calendar=calendar)
    return sum(is_working_day(day, calendar=calendar) for day in _days_after(begins_on, ends_on))


def next_working_day(day: date, *, calendar: Calendar) -> date:
    """Return the day itself if people work on it, else the next on which they do."""
    while not is_working_day(day, calendar=calendar):
        day += ONE_DAY
    return day


def previous_working_day(day: date, *, calendar: Calendar) -> date:
    """Return the day itself if people work on it, else the last before it on which they do."""
    while not is_working_day(day, calendar=calendar):
        day -= ONE_DAY
    return day


def name_of(day: date, *, calendar: Calendar) -> str:
    """Return the holiday that a day off or a make-up day belongs to; empty for an ordinary day."""
    special = calendar.days.get(day)
    if special is not None:
        return special.name
    return fixed(day.year)[day] if _is_assumed(day, calendar=calendar) else ""


def _is_assumed(day: date, *, calendar: Calendar) -> bool:
    return not calendar.is_published(day.year) and day in fixed(day.year)


def _step(day: date, *, calendar: Calendar, counted: int) -> Step:
    kind = kind_of(day, calendar=calendar)
    reason = "" if kind in {DayKind.WORKING, DayKind.WEEKEND} else name_of(day, calendar=calendar)
    return Step(day=day, kind=kind, reason=reason, counted=counted)


def _until_next(last: Step, *, unit: DayUnit, calendar: Calendar) -> list[Step]:
    """Return the days up to and with the next that counts."""
    steps: list[Step] = []
    day = last.day + ONE_DAY
    while unit is DayUnit.WORKING and not is_working_day(day, calendar=calendar):
        steps.append(_step(day, calendar=calendar, counted=0))
        day += ONE_DAY
    # A holiday between two counted days carries 0; the count goes on from the last counted day.
    return [*steps, _step(day, calendar=calendar, counted=last.counted + 1)]


def _settle(steps: list[Step], *, calendar: Calendar, when_off: WhenOff) -> list[Step]:
    """Move a last day that is off, by the stated rule."""
    last = steps[-1].day
    if when_off is WhenOff.NEXT:
        moved = next_working_day(last, calendar=calendar)
        return steps + [_step(day, calendar=calendar, counted=0) for day in _days_after(last, moved)]
    if when_off is WhenOff.BEFORE:
        moved = previous_working_day(last, calendar=calendar)
        kept = [step for step in steps if step.day <= moved]
        return kept or [_step(moved, calendar=calendar, counted=0)]
    return steps


def _days_after(begins_on: date, ends_on: date) -> Iterator[date]:
    return (begins_on + timedelta(days=number) for number in range(1, (ends_on - begins_on).days + 1))
