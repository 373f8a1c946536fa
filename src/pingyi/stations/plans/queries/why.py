"""Why a task is due on its day: where the date comes from, and every day until then (§4.4a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from pingyi.authoring.calendars import load_calendar
from pingyi.rules import calendar as rules
from pingyi.rules.calendar import Calendar, DayKind
from pingyi.rules.plan.schedule import Task as PlanTask
from pingyi.stations.plans.models import Task

LONGEST = 370


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day on the way, with how many working days are left after it."""

    day: date
    kind: DayKind
    name: str
    left: int
    is_today: bool


@dataclass(frozen=True, kw_only=True)
class Why:
    """A due date, explained."""

    task: Task
    in_plan: PlanTask | None
    planned_on: date | None  # what the plan says, where an extension moved it
    is_own_date: bool  # the plan gives the task a date of its own; otherwise its phase ends then
    falls_on: DayKind
    name: str  # of the holiday
    last_working_day: date
    working_days_left: int
    months: tuple[tuple[date, tuple[Day, ...]], ...]
    provisional_years: tuple[int, ...]
    versions: tuple[str, ...]

    @property
    def is_day_off(self) -> bool:
        """Whether people do not work on the due date: hand in before it."""
        return self.falls_on in {DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.ASSUMED}


def why(task: Task, *, in_plan: PlanTask | None, planned_on: date | None, on: date) -> Why:
    """Explain a task's due date on a day."""
    calendar = load_calendar()
    begins = max(min(task.opens_on, task.due_on), task.due_on - timedelta(days=LONGEST))
    days = _days(begins, task.due_on, calendar=calendar, today=on)
    years = sorted({day.day.year for day in days})
    return Why(
        task=task,
        in_plan=in_plan,
        planned_on=planned_on if planned_on != task.due_on else None,
        is_own_date=in_plan is None or in_plan.due_on is not None,
        falls_on=rules.kind_of(task.due_on, calendar=calendar),
        name=rules.name_of(task.due_on, calendar=calendar),
        last_working_day=rules.previous_working_day(task.due_on, calendar=calendar),
        working_days_left=rules.working_days_between(on, task.due_on, calendar=calendar),
        months=tuple((key, tuple(found)) for key, found in groupby(days, key=lambda day: day.day.replace(day=1))),
        provisional_years=tuple(year for year in years if not calendar.is_published(year)),
        versions=tuple(calendar.years[year].version for year in years if year in calendar.years),
    )


def day_off(day: date) -> str:
    """Return "weekend" or the holiday's name where people do not work on this day; empty on a working day."""
    calendar = load_calendar()
    if rules.is_working_day(day, calendar=calendar):
        return ""
    return rules.name_of(day, calendar=calendar) or DayKind.WEEKEND.value


def _days(begins: date, ends: date, *, calendar: Calendar, today: date) -> list[Day]:
    found: list[Day] = []
    left = 0
    for number in range((ends - begins).days + 1):
        day = ends - timedelta(days=number)
        kind = rules.kind_of(day, calendar=calendar)
        name = rules.name_of(day, calendar=calendar)
        found.append(Day(day=day, kind=kind, name=name, left=left, is_today=day == today))
        left += rules.is_working_day(day, calendar=calendar)
    return found[::-1]
