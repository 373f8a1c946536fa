"""What was ordered, as far as a reader may see it (§4.4c)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from pingyi.authoring.calendars import load_calendar
from pingyi.rules.actor import Actor, Role
from pingyi.rules.calendar import due_date
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.refused import Refused
from pingyi.rules.result import RELEASED, UNFINISHED, OrderStage
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import verdict

# A talk with a section's head is nobody else's business: other sections see only their own.
ALL_ORDERS = frozenset(
    {Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR, Role.DISTRICT_OFFICE, Role.CITY_BUREAU}
)


def of(verdict_: Verdict, *, seen_by: Actor) -> list[ConsequenceOrder]:
    """Return a verdict's consequences that this reader may see, by section."""
    rows = ConsequenceOrder.objects.filter(verdict=verdict_).defer("proof").select_related("section", "verdict")
    return [row for row in rows.order_by("section__order", "pk") if sees(row, seen_by=seen_by)]


def one(reference: str, *, seen_by: Actor) -> ConsequenceOrder:
    """Return one consequence; another section's is not there."""
    rows = ConsequenceOrder.objects.select_related("section", "verdict__round")
    row: ConsequenceOrder | None = rows.filter(reference=reference).first()
    if row is None or not sees(row, seen_by=seen_by):
        raise Refused("missing", kind="consequence")
    return row


def sees(row: ConsequenceOrder, *, seen_by: Actor) -> bool:
    """Whether a reader may see this consequence: a section only what was ordered for it."""
    if seen_by.role in ALL_ORDERS:
        return True
    return row.order_stage is not OrderStage.DRAFTED and row.section.reference == seen_by.section


def freed(verdict_: Verdict) -> dict[str, ConsequenceOrder]:
    """Return section → the latest decision by which no award bar of this verdict holds for it any more (§4.4c)."""
    rows = of_kind(verdict_, ConsequenceKind.AWARD_BAR)
    bars = list(rows.select_related("section").order_by("closed_on", "pk"))
    held = {one.section_id for one in bars if one.order_stage not in RELEASED}
    return {one.section.reference: one for one in bars if one.section_id not in held}


def bars_put_off(verdict_: Verdict) -> list[str]:
    """Return the names of the sections of which the meeting has still to say whether they are barred from awards."""
    rows = of_kind(verdict_, ConsequenceKind.AWARD_BAR).filter(is_postponed=True, stage=OrderStage.DRAFTED.value)
    return list(rows.order_by("section__order", "pk").values_list("section__name", flat=True))


def left_out(verdict_: Verdict) -> list[ConsequenceOrder]:
    """Return what the meeting decided not to order, or put off, of what the triggers ask for (§4.4c)."""
    ruled = Q(is_postponed=True) | Q(stage=OrderStage.WAIVED.value)
    rows = ConsequenceOrder.objects.filter(ruled, verdict=verdict_, ordered_on=None).defer("proof")
    return list(rows.select_related("section").order_by("section__order", "pk"))


def of_kind(verdict_: Verdict, kind: ConsequenceKind) -> QuerySet[ConsequenceOrder]:
    """Return the consequences of one kind that a verdict has."""
    return ConsequenceOrder.objects.filter(verdict=verdict_, kind_id=kind.value).defer("proof")


def provisional() -> QuerySet[ConsequenceOrder]:
    """Return the unfinished consequences whose due date was counted before the holidays were known."""
    stages = [one.value for one in UNFINISHED]
    rows = ConsequenceOrder.objects.filter(is_provisional=True, stage__in=stages, verdict__confirmed_on__isnull=False)
    return rows.select_related("section", "verdict__round").order_by("pk")


def counted(row: ConsequenceOrder) -> date | None:
    """Return the due date by the published calendars; None while a year's holidays are still unknown."""
    asked = next(one for one in verdict.plan(row.verdict).consequences if one.id == row.consequence)
    if row.verdict.confirmed_on is None or asked.days is None:
        return None
    due = due_date(row.verdict.confirmed_on, days=asked.days, unit=asked.unit, calendar=load_calendar())
    return None if due.is_provisional else due.date


def standing(row: ConsequenceOrder, *, on: date) -> str:
    """Return how it looks today, as the kind of tag."""
    if row.is_late(on=on):
        return "late"
    kinds = {
        OrderStage.DRAFTED: "neutral",
        OrderStage.ORDERED: "due",
        OrderStage.REPORTED: "waiting",
        OrderStage.RETURNED: "returned",
        OrderStage.DONE: "done",
        OrderStage.WAIVED: "neutral",
        OrderStage.LIFTED: "neutral",
    }
    return kinds[row.order_stage]
