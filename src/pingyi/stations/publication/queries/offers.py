"""What may be published now, for the operator and the desk (§4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor
from pingyi.rules.permissions import may
from pingyi.rules.result import Stage
from pingyi.stations.plans.models import Round
from pingyi.stations.publication import frozen
from pingyi.stations.publication.models import PublicationKind
from pingyi.stations.publication.queries import published
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import verdict as results


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Something that is ready and not yet published."""

    kind: str
    year: int
    since: date | None


def offers() -> list[Offer]:
    """Return confirmed verdicts and adopted plans that do not stand published."""
    verdicts = [
        Offer(kind="verdict", year=row.round.year, since=row.confirmed_on)
        for row in Verdict.objects.filter(stage=Stage.CONFIRMED.value).select_related("round").order_by("-round__year")
    ]
    plans = [
        Offer(kind="plan", year=row.year, since=row.opened_on)
        for row in Round.objects.order_by("-year")
        if published.standing(PublicationKind.PLAN, year=row.year) is None
    ]
    return [*verdicts, *plans]


def barred(year: int) -> list[str]:
    """Return the names of the sections that the publication would name as barred from awards (§4.4c)."""
    verdict = results.final(year)
    if verdict is None:
        return []
    found, plan = results.all_results(verdict), results.plan(verdict)
    bars = frozen.barred(verdict, plan, found)
    return [one.said.sheet.section.name for one in found if one.section in bars]


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay a confirmed verdict that waits to be published on the desks of those who may."""
    if not may(actor, "publication.publish"):
        return []
    title = _("The confirmed verdict of %d waits to be published")
    return [
        DeskItem(
            kind=DeskKind.WAITING,
            title=title % one.year,
            url=reverse("publication:publish-verdict", args=[one.year]),
            room="publication",
        )
        for one in offers()
        if one.kind == "verdict"
    ]
