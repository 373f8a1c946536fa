"""The worker draws up the figures for everybody once a day, and the bulletin of each week once it is over (§3.2.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from pingyi.record import bindings
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import OpenFigures, WeeklyBulletin
from pingyi.stations.cases.queries import bulletin as bulletins
from pingyi.stations.cases.queries import open_figures
from pingyi.stations.cases.queries import week as weeks
from pingyi.stations.cases.queries.bulletin import Bulletin
from pingyi.stations.cases.queries.week import Week


def draw_up(*, at: datetime) -> bool:
    """Write today's figures where they are not written yet; the names of kinds are kept in Chinese."""
    day = day_of(at)
    if OpenFigures.objects.filter(day=day).exists():
        return False
    with override("zh-hans"):
        said = open_figures.draw_up(at=at)
    with transaction.atomic():
        OpenFigures.objects.bulk_create(  # plain row
            [OpenFigures(day=day, drawn_at=at, said=said)], ignore_conflicts=True
        )
        bindings.keep(list(OpenFigures.objects.filter(day=day)), at=at)
    return True


def issue_last(*, at: datetime) -> Bulletin:
    """Draw the bulletin of the last whole week, where it is not drawn yet."""
    return issue(weeks.week_of("", on=day_of(at)), at=at)


def issue(week: Week, *, at: datetime) -> Bulletin:
    """Return the bulletin of a week that is over, as it was first drawn; printed again it says the same."""
    known = WeeklyBulletin.objects.filter(week=week.name)
    if not known.exists():
        said = bulletins.to_plain(bulletins.bulletin(week))
        with transaction.atomic():
            WeeklyBulletin.objects.bulk_create(  # plain row
                [WeeklyBulletin(week=week.name, drawn_at=at, said=said)], ignore_conflicts=True
            )
            bindings.keep(list(known.all()), at=at)
    return bulletins.from_plain(week, known.get().said)
