"""Provisional due dates, counted again once a year's holidays are published (限时办结, §3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.calendar import Calendar
from pingyi.rules.case import timing
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import listing, year

AT_ONCE = 200
_counted_by: list[Calendar | None] = [None]  # the calendar that every open case was last held against


def recount(*, at: datetime) -> int:
    """Count the open cases' dates by today's calendar; return how many became firm, came nearer, or are judged later.

    Provisional ones are looked at each time, firm ones once for each calendar that this process comes to know.
    """
    calendar, on = year.calendar(), day_of(at)
    waiting = listing.unfinished(Case.objects.all())
    looked = waiting if calendar is not _counted_by[0] else waiting.filter(is_provisional=True)
    rows = looked.defer("text", "answer", "result").order_by("pk").iterator(chunk_size=AT_ONCE)
    stale = [row.pk for row in rows if timing.recount(row.clock, on=on, calendar=calendar) != row.clock]
    done = sum(_recount(stale[first : first + AT_ONCE], at=at) for first in range(0, len(stale), AT_ONCE))
    _counted_by[0] = calendar
    return done


def _recount(keys: Sequence[int], *, at: datetime) -> int:
    calendar = year.calendar()
    with act("case.recount", by=machine("calendar"), at=at) as change:
        rows = change.lock_all(listing.unfinished(Case.objects.filter(pk__in=keys)))
        for row in rows:
            row.clock = timing.recount(row.clock, on=day_of(at), calendar=calendar)
        return len(change.save_all(rows))
