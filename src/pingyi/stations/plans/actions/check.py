"""The check of a report, by the office that set the task and never by a doer (§3.2.1, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.record.acts import act
from pingyi.rules import task as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries import people


def accept(reference: str, *, reason: str = "", ground: str = "", by: Actor, at: datetime) -> Task:
    """Accept the report; for a task set by the district, `reason` gives the district's own word."""
    with act("task.accept", by=by, at=at, ground=ground, reason=reason) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.accept(task.state, by=by.reference, role=by.role, reason=reason)
        _checked(task, reason=reason, by=by, at=at)
        change.save(task)
        _tell("task.accepted", task, at=at)
    return task


def send_back(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Task:
    """Return the report with a reason that says what is missing."""
    with act("task.return", by=by, at=at, ground=ground, reason=reason) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.send_back(task.state, by=by.reference, role=by.role, reason=reason)
        _checked(task, reason=reason, by=by, at=at)
        change.save(task)
        _tell("task.returned", task, at=at)
    return task


def _checked(task: Task, *, reason: str, by: Actor, at: datetime) -> None:
    task.checked_by = people.acting(by)
    task.checked_on = day_of(at)
    task.check_note = reason


def _tell(code: str, task: Task, *, at: datetime) -> None:
    notices.queue(code, to=task.responsible, about=task, at=at, url=task.get_absolute_url(), title=task.title)
