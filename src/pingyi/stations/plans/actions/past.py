"""A start in mid-year: what was due before the round began is taken over as done, with its day and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pingyi.record.acts import act
from pingyi.rules import task as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries import people


def take_over(*, done: Mapping[str, date], reason: str, ground: str = "", by: Actor, at: datetime) -> list[Task]:
    """Take over tasks (reference → the day on which each was done) in one act; all of them, or none."""
    if not done:
        raise Refused("task.nothing_chosen")
    with act("task.take_over", by=by, at=at, ground=ground, reason=reason) as change:
        tasks = change.lock_all(Task.objects.filter(reference__in=done))
        for task in tasks:
            doer = by.known_as(task.responsible.reference, *task.doers)
            day = done[task.reference]
            task.state = rules.take_over(task.state, done_on=day, words=reason, by=doer, on=day_of(at))
            task.checked_by, task.checked_on, task.check_note = people.acting(by), day_of(at), reason
        change.save_all(tasks)
    return tasks
