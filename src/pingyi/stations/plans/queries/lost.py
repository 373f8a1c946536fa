"""The damaged passages of a plan in force that nobody has put right, nor accepted with a reason (§0)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import readiness
from pingyi.stations.plans.models import PlanVersion, Round
from pingyi.stations.plans.queries.outlook import occasion
from pingyi.stations.plans.queries.round import plan

CHECK = "plan.lost"


def lost_left(opened: Round, *, at: datetime) -> tuple[str, ...]:
    """Return the passages that a year's plan would be published with."""
    original = plan(opened).original
    row = PlanVersion.objects.filter(reference=opened.plan_version).first()
    if original is None or not original.lost or row is None:
        return original.lost if original else ()
    is_open = any(line.check.id == CHECK for line in readiness.look(occasion(row, at=at)).open)
    return original.lost if is_open else ()
