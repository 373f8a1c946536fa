"""The worker draws up the figures for everybody, once a day (§3.2.2)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from pingyi.rules.day import day_of
from pingyi.stations.cases.models import OpenFigures
from pingyi.stations.cases.queries import open_figures


def draw_up(*, at: datetime) -> bool:
    """Write today's figures where they are not written yet; the names of kinds are kept in Chinese."""
    day = day_of(at)
    if OpenFigures.objects.filter(day=day).exists():
        return False
    with override("zh-hans"):
        said = open_figures.draw_up(at=at)
    OpenFigures.objects.bulk_create(  # plain row
        [OpenFigures(day=day, drawn_at=at, said=said)], ignore_conflicts=True
    )
    return True
