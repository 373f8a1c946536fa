"""How each section kept what it promised, as evidence for the verdict (§3.2.3, §4.4b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from pingyi.rules import figures
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan.measure import Indicator, Measure
from pingyi.stations.commitments.queries.figures import Kept, kept
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round


def evidence(round: Round, *, on: date) -> list[Evidence]:  # noqa: A002 - the glossary's word
    """Return one piece for the kept and one for the broken of each commitment, weighing as many as there were."""
    indicators = figures.fed(plans.plan(round), figures.COMMITMENTS)
    if not indicators:
        return []
    found = [one for one in kept(year=round.year, on=on) if one.row.section.is_evaluated]
    return [piece for one in found for piece in _pieces(one, indicators, on=on)]


def _pieces(one: Kept, indicators: Sequence[Indicator], *, on: date) -> Iterator[Evidence]:
    """Each promise counts once for every indicator, by the share of it that was kept; n is its times."""
    for indicator in indicators:
        for count, is_kept in ((one.outcome.kept, True), (one.outcome.broken, False)):
            if count:
                yield Evidence(
                    section=one.row.section.reference,
                    indicator=indicator.id,
                    source=indicator.source,
                    happened_on=on,
                    value=_value(indicator, is_kept=is_kept),
                    times=count,
                    reference=one.row.subject,
                )


def _value(indicator: Indicator, *, is_kept: bool) -> Decimal:
    if indicator.measure is Measure.DEMERITS:
        return Decimal(0) if is_kept else Decimal(1)
    return indicator.maximum if is_kept else Decimal(0)
