"""What the bureau and the other rooms may know of cases: open duties, kept and broken promises (§3.2.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from pingyi.bureau.hooks import Held
from pingyi.rules.case.stages import Stage
from pingyi.rules.commitment import Outcome
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries.listing import OPEN, past


def open_references(section: str) -> list[str]:
    """Return the numbers of the cases that a section still holds or is offered: they keep it from being closed."""
    rows = Case.objects.filter(Q(section__reference=section) | Q(offered_to__reference=section), stage__in=OPEN)
    return list(rows.order_by("due_on", "pk").values_list("reference", flat=True)[:50])


def held(member: str) -> list[Held]:
    """Return the open cases that a member holds: each is handed over before the person leaves (首问负责)."""
    rows = Case.objects.filter(holder__reference=member, stage__in=OPEN).order_by("due_on", "pk")
    return [
        Held(reference=row.reference, title=row.title, url=reverse("cases:act", args=[row.reference, "assign"]))
        for row in rows[:50]
    ]


def outcomes(references: Collection[str], since: date, on: date) -> Sequence[Outcome]:
    """Return how many cases received from `since` on kept each promise by `on`, broke it, or still may keep it."""
    rows = Case.objects.filter(limit_source__in=references, received_on__range=(since, on)).exclude(
        stage=Stage.MERGED.value
    )
    is_closed = Q(stage=Stage.CLOSED.value)
    is_late = Q(has_been_late=True) | (~is_closed & past(on=on) & Q(stopped_on=None))
    counted = rows.values("limit_source").annotate(
        kept=Count("pk", filter=is_closed & Q(has_been_late=False)),
        broken=Count("pk", filter=is_late),
        running=Count("pk", filter=~is_closed & ~is_late),
    )
    return [
        Outcome(reference=row["limit_source"], kept=row["kept"], broken=row["broken"], running=row["running"])
        for row in counted.order_by("limit_source")
    ]
