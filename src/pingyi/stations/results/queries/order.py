"""What was ordered, as far as a reader may see it (§4.4c)."""

from __future__ import annotations

from datetime import date

from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused
from pingyi.rules.result import OrderStage
from pingyi.stations.results.models import ConsequenceOrder, Verdict

# A talk with a section's head is nobody else's business: other sections see only their own.
ALL_ORDERS = frozenset(
    {Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR, Role.DISTRICT_OFFICE, Role.CITY_BUREAU}
)


def of(verdict: Verdict, *, seen_by: Actor) -> list[ConsequenceOrder]:
    """Return a verdict's consequences that this reader may see, by section."""
    rows = ConsequenceOrder.objects.filter(verdict=verdict).defer("proof").select_related("section", "verdict")
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
    }
    return kinds[row.order_stage]
