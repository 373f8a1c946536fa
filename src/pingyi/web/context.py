"""What every page's frame needs."""

from __future__ import annotations

from django.http import HttpRequest

from pingyi import pages
from pingyi.web.look import look_of


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the actor, for what a page lets them do, and the look of the page's frame."""
    return {"actor": pages.actor_of(request), "look": look_of(request)}
