"""What was handed to the offices above, as the proof of a duty (§4.3d, §4.4a)."""

from __future__ import annotations

from pingyi.rules.deed import Deed, DeedKind
from pingyi.rules.filing import FilingStage
from pingyi.stations.publication.models import Filing


def own(year: int) -> list[Deed]:
    """Return the year's papers that were filed and not returned."""
    kept = [FilingStage.FILED.value, FilingStage.RECEIVED.value]
    rows = Filing.objects.filter(round__year=year, stage__in=kept).exclude(filed_on=None).defer("document", "scan")
    return [
        Deed(
            kind=DeedKind.FILING,
            title=row.title,
            on=row.filed_on,
            subject=row.subject,
            url=row.get_absolute_url(),
            of=row.recipient,
            is_received=row.stage == FilingStage.RECEIVED.value,
        )
        for row in rows.order_by("pk")
    ]
