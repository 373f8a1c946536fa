"""Provisional due dates, counted again once a year's holidays are published (限时办结, §3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.calendar import Calendar
from pingyi.rules.case import stages, timing
from pingyi.rules.case.imported import Judge
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import listing, year

AT_ONCE = 200
_counted_by: list[Calendar | None] = [None]  # the calendar that every open case was last held against


def recount(*, at: datetime) -> int:
    """Count the open cases' dates by today's calendar; return how many became firm, came nearer, or are judged later.

    Open provisional ones are looked at each time, all others once for each calendar that this process comes to know.
    """
    calendar, on = year.calendar(), day_of(at)
    waiting = listing.unfinished(Case.objects.all())
    looked = waiting if calendar is not _counted_by[0] else waiting.filter(is_provisional=True)
    rows = looked.defer("text", "answer", "result").order_by("pk").iterator(chunk_size=AT_ONCE)
    stale = [row.pk for row in rows if timing.recount(row.clock, on=on, calendar=calendar) != row.clock]
    done = sum(_recount(stale[first : first + AT_ONCE], at=at) for first in range(0, len(stale), AT_ONCE))
    done += _recount_closed(at=at) if calendar is not _counted_by[0] else 0
    _counted_by[0] = calendar
    return done


def _recount(keys: Sequence[int], *, at: datetime) -> int:
    calendar = year.calendar()
    with act("case.recount", by=machine("calendar"), at=at) as change:
        rows = change.lock_all(listing.unfinished(Case.objects.filter(pk__in=keys)))
        for row in rows:
            row.clock = timing.recount(row.clock, on=day_of(at), calendar=calendar)
        return len(change.save_all(rows))


def _recount_closed(*, at: datetime) -> int:
    """Judge by the lawful day what was closed while it was not known yet: nobody stays late by a day too early."""
    calendar, on = year.calendar(), day_of(at)
    waiting = Case.objects.filter(is_provisional=True, stage=Stage.CLOSED.value)
    rows = waiting.defer("text", "answer", "result").order_by("pk").iterator(chunk_size=AT_ONCE)
    firm = [row.pk for row in rows if not timing.recount(row.clock, on=on, calendar=calendar).is_provisional]
    for first in range(0, len(firm), AT_ONCE):
        with act("case.recount", by=machine("calendar"), at=at) as change:
            locked = change.lock_all(waiting.filter(pk__in=firm[first : first + AT_ONCE]))
            for row in locked:
                row.is_provisional, row.lawful_on = False, timing.recount(row.clock, on=on, calendar=calendar).lawful_on
                if row.judged_by in {None, Judge.LIMIT}:  # a source's own word and moments stand
                    row.has_been_late = stages.still_late(row.state)
            change.save_all(locked)
    return len(firm)
