"""Choosing which side counts where a table and this house both tell of one figure (§4.4b)."""

from __future__ import annotations

from datetime import date, datetime

from pingyi.bureau.models import Member
from pingyi.record.acts import act
from pingyi.rules import counting, figures
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results.models import SourceChoice
from pingyi.stations.results.queries import evidence as queries


def choose(source: str, *, counts: str, since: date | None = None, by: Actor, at: datetime) -> SourceChoice:
    """Record which side counts for a source; it can be chosen anew until a verdict is final."""
    with act("evidence.choose", by=by, at=at) as change:
        round_ = queries.open_round()
        if round_ is None:
            raise Refused("evidence.no_round")
        Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
        if queries.is_final(round_):
            raise Refused("evidence.result_is_final")
        plan = plans.plan(round_)
        if source not in {one.id for one in plan.sources}:
            raise Refused("missing", kind="source")
        chosen = counting.choose(counts, since=since, is_parted=figures.is_parted(plan, source))
        if SourceChoice.objects.filter(round=round_, source=source).exists():
            row = change.lock(SourceChoice, round=round_, source=source)
        else:
            row = SourceChoice(round=round_, source=source)
        row.counts, row.since = chosen.counts.value, chosen.since
        row.chosen_on, row.chosen_by = day_of(at), Member.objects.get(reference=by.reference)
        change.save(row)
    return row
