"""The room's job: provisional due dates of consequences, counted again (§4.4c)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pingyi.jobs import HOUR, MINUTE, Turn, job
from pingyi.stations.results.actions import recounting


@job("results.recount", title=_("Due dates of consequences, counted again"), every=HOUR, most=10 * MINUTE)
def recount(turn: Turn) -> None:
    """Make firm what a newly published calendar makes firm."""
    recounting.recount(at=turn.at())
