"""Provisional due dates of consequences, counted again once a year's holidays are published (§4.4c)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.record.acts import act
from pingyi.rules import result as rules
from pingyi.rules.actor import machine
from pingyi.rules.result import OrderStage
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.queries import order as queries


def recount(*, at: datetime) -> int:
    """Count provisional dates by the published calendars, later where they moved; return how many became firm."""
    firm = {row.pk: counted for row in queries.provisional() if (counted := queries.counted(row)) is not None}
    if not firm:
        return 0
    with act("consequence.recount", by=machine("calendar"), at=at) as change:
        rows = change.lock_all(queries.provisional().filter(pk__in=firm))
        for row in rows:
            before, row.is_provisional = row.due_on or firm[row.pk], False
            row.due_on = rules.recount(before, counted=firm[row.pk])
        change.save_all(rows)
        for row in rows:
            _tell(row, at=at)
    return len(rows)


def _tell(order: ConsequenceOrder, *, at: datetime) -> None:
    """Tell the section what it is bound by; of a draft it knows nothing yet."""
    person = bureau.responsible(order.section.reference)
    if person is not None and order.order_stage is not OrderStage.DRAFTED:
        url, due_on = f"/results/consequences/{order.reference}/", order.due_on
        said = due_on.isoformat() if due_on else "—"
        notices.queue("consequence.recounted", to=person, about=order, at=at, url=url, name=order.name, due_on=said)
