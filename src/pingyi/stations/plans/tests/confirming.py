"""Confirming what presets chose, as a person does who has looked at each."""

from __future__ import annotations

from pingyi.authoring.deciding import decides
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.version import checked


def all_looked_at(row: PlanVersion) -> dict[str, object]:
    """Return what the form of choices is given by whoever ticks each that decides, and the rest together."""
    plan = checked(row.text).located.plan
    choices = plan.choices if plan else ()
    deciding = [str(number) for number, one in enumerate(choices) if not one.confirmed and decides(one.path)]
    return {"seen_sha256": row.text_sha256, "everything": "on", "deciding": deciding}
