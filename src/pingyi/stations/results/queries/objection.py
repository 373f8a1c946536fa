"""Objections, seen by the section that filed them and by those who run or oversee the evaluation."""

from __future__ import annotations

from pingyi.rules.actor import Actor
from pingyi.rules.refused import Refused
from pingyi.stations.results.models import Objection, Verdict
from pingyi.stations.results.queries.verdict import ALL_SHEETS


def of(verdict: Verdict, *, section: str = "", seen_by: Actor) -> list[Objection]:
    """Return a verdict's objections that this reader may see."""
    rows = Objection.objects.filter(verdict=verdict).select_related("section", "filed_by", "verdict__settled_by")
    found = rows.filter(section__reference=section) if section else rows
    return [row for row in found.order_by("pk") if _sees(row, seen_by)]


def one(reference: str, *, seen_by: Actor) -> Objection:
    """Return one objection; another section's is not there."""
    rows = Objection.objects.select_related(
        "section", "filed_by", "answered_by", "verdict__settled_by", "verdict__round"
    )
    row: Objection | None = rows.filter(reference=reference).first()
    if row is None or not _sees(row, seen_by):
        raise Refused("missing", kind="objection")
    return row


def _sees(row: Objection, actor: Actor) -> bool:
    return actor.role in ALL_SHEETS or actor.section == row.section.reference
