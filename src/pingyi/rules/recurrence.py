"""Duties that recur: each month, quarter or half-year of their time is a duty with a date of its own (§1.1, §4)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Period, Phase, Task

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6}
MOST = 24  # dates of one duty: the months of two years


def dated_tasks(plan: Plan) -> tuple[Task, ...]:
    """Return the plan's tasks as they fall due: one that recurs once for each period, under an id of its own."""
    phases = {phase.id: phase for phase in plan.phases}
    return tuple(one for task in plan.tasks for one in _dated(task, phases.get(task.phase)))


def period_begins(day: date, every: Period) -> date:
    """Return the first day of the month, quarter or half-year that a day lies in."""
    return date(day.year, day.month - (day.month - 1) % MONTHS[every], 1)


def _dated(task: Task, phase: Phase | None) -> list[Task]:
    if task.every is None or phase is None:
        return [task]
    until = task.due_on or phase.ends_on
    days = [day for day in _days(task, task.every, begins=phase.begins_on, until=until) if day >= phase.begins_on]
    return [replace(task, id=f"{task.id}@{_last_month(day, task.every)}", due_on=day) for day in days[:MOST] or [until]]


def _days(task: Task, every: Period, *, begins: date, until: date) -> Iterator[date]:
    """Yield the day of each period that overlaps the time; none is later than its end."""
    first = period_begins(begins, every)
    for number in range(MOST + 1):
        month = first.year * 12 + first.month - 1 + number * MONTHS[every]
        if month > until.year * 12 + until.month - 1:
            return
        year, last = divmod(month + MONTHS[every] - 1, 12)
        day = min(max(task.every_day or 31, 1), monthrange(year, last + 1)[1])
        yield min(date(year, last + 1, day), until)


def _last_month(day: date, every: Period) -> str:
    return f"{day.year}-{period_begins(day, every).month + MONTHS[every] - 1:02}"
