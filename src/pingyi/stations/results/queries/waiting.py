"""What of a year is still disputed, so that nothing it rests on may be destroyed (申诉、复核, §5.4)."""

from __future__ import annotations

from pingyi.rules.result import ObjectionStage, Stage
from pingyi.stations.results.models import Objection, Verdict


def rests_on(year: int) -> bool:
    """Whether a verdict of the year is on show, or an objection to one waits for its second look."""
    on_show = Verdict.objects.filter(round__year=year, stage=Stage.PREVIEW.value)
    filed = Objection.objects.filter(verdict__round__year=year, stage=ObjectionStage.FILED.value)
    return on_show.exists() or filed.exists()
