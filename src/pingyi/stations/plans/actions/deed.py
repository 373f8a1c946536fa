"""Reporting a duty by an act that already stands in the record; a person says so, never the machine (§3.2.1, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import shelf
from pingyi.rules.actor import Actor
from pingyi.rules.refused import Refused
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries import deed as queries


def report(reference: str, *, deed: str, by: Actor, at: datetime) -> Task:
    """Report a task by one of the deeds that are offered to it; the deed's own entry is the proof."""
    task = Task.objects.select_related("section", "round").filter(reference=reference).first()
    if task is None:
        raise Refused("missing", kind="task")
    found = next((one for one in queries.offered(task) if one.subject == deed), None)
    if found is None:
        raise Refused("task.deed_not_offered")
    kept = shelf.put(queries.paper(found))
    return tasks.report(reference, text=queries.said(found), proofs=[kept], by=by, at=at)
