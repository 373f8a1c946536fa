"""A broken rule of service becomes an entry that somebody else decides on (责任追究, §3.2.3)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions.oversight import tell_raised
from pingyi.stations.cases.models import Breach, Case
from pingyi.stations.cases.queries.audience import Audience


def raise_breach(case: Case, *, kind: str, once: str = "", note: str = "", by: Actor, at: datetime) -> Breach | None:
    """Raise a breach against whoever holds the case now, once; None where it was raised before."""
    if Breach.objects.filter(case=case, kind=kind, once=once).exists():
        return None
    with act("breach.raise", by=by, at=at) as change:
        row = Breach(
            case=case,
            kind=kind,
            once=once,
            section=case.section,
            member=case.holder,
            raised_on=day_of(at),
            note=note,
        )
        change.save(row)
        tell_raised(row, Audience(on=day_of(at)), at=at)
        return row
