"""Provisional due dates, counted again once a year's holidays are published (限时办结, §3.2.3)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.case import timing
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import listing, year

AT_ONCE = 200


def recount(*, at: datetime) -> int:
    """Count the open cases' provisional dates by today's calendar; return how many became firm."""
    calendar, done = year.calendar(), 0
    waiting = listing.unfinished(Case.objects.filter(is_provisional=True))
    firm = [
        row.pk
        for row in waiting.order_by("pk")
        if not timing.recount(row.clock, on=day_of(at), calendar=calendar).is_provisional
    ]
    for first in range(0, len(firm), AT_ONCE):
        with act("case.recount", by=machine("calendar"), at=at) as change:
            rows = change.lock_all(waiting.filter(pk__in=firm[first : first + AT_ONCE]))
            for row in rows:
                row.clock = timing.recount(row.clock, on=day_of(at), calendar=calendar)
            done += len(change.save_all(rows))
    return done
