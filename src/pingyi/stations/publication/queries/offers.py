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
from pingyi.rules.result import Correction, Stage
from pingyi.stations.plans.models import Round
from pingyi.stations.publication import frozen
from pingyi.stations.publication.models import PublicationKind
from pingyi.stations.publication.queries import published
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import order as orders
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
    return [*corrections(), *verdicts, *plans]


def corrections() -> list[Offer]:
    """Return the published verdicts that say of award bars what no longer holds, since the decision."""
    years = Verdict.objects.filter(stage=Stage.PUBLISHED.value).order_by("-round__year")
    found = ((year, to_correct(year)) for year in years.values_list("round__year", flat=True))
    return [
        Offer(kind="correction", year=year, since=min(one.closed_on for one in orders.values() if one.closed_on))
        for year, orders in found
        if orders
    ]


def freed(verdict: Verdict, copy: published.Copy) -> dict[str, ConsequenceOrder]:
    """Return the sections that are published as barred although no award bar holds for them any more (§4.4c)."""
    told = {one["section"] for one in copy.sections if one["award_bar"]}
    return {section: order for section, order in orders.freed(verdict).items() if section in told}


def to_correct(year: int) -> dict[str, ConsequenceOrder]:
    """Return what a correction of a year's published verdict would mend."""
    verdict = results.final(year)
    if verdict is None or not orders.freed(verdict):
        return {}  # nearly always: the copy, which is long, is read only where a bar was waived or lifted
    copy = published.latest(PublicationKind.VERDICT, year=year)
    return {} if copy is None or copy.row.withdrawn_on is not None else freed(verdict, copy)


def correction(year: int) -> Correction | None:
    """Return what of a year's published verdict is to be corrected, or was; None where nothing is (§4.4c)."""
    row = published.standing(PublicationKind.VERDICT, year=year)
    if row is None:
        return None
    if waiting := to_correct(year):
        return Correction(to_correct=tuple(waiting), url=reverse("publication:correct", args=[year]))
    made = published.correction(row)
    return Correction(corrected_on=made.published_on, url=made.get_absolute_url()) if made else None


def publishing(year: int) -> str:
    """Return the address at which a year's confirmed verdict is published."""
    return reverse("publication:publish-verdict", args=[year])


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
    said = {
        "verdict": (_("The confirmed verdict of %d waits to be published"), "publication:publish-verdict"),
        "correction": (_("Of %d an award bar is published that no longer holds: correct it"), "publication:correct"),
    }
    return [
        DeskItem(
            kind=DeskKind.WAITING,
            title=said[one.kind][0] % one.year,
            url=reverse(said[one.kind][1], args=[one.year]),
            room="publication",
        )
        for one in offers()
        if one.kind in said
    ]
