"""The bureau's job: files that no row names are taken from the shelf."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pingyi.bureau import shelf
from pingyi.jobs import HOUR, MINUTE, Turn, job


@job("bureau.sweep", title=_("Clearing away files that nothing names"), every=HOUR, most=10 * MINUTE)
def sweep(turn: Turn) -> None:
    """Take away what was handed in for forms that were never sent."""
    shelf.sweep(at=turn.at())
