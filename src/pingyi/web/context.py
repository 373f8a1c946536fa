"""What every page's frame needs."""

from __future__ import annotations

from django.http import HttpRequest

from pingyi import pages


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the actor, for the navigation."""
    return {"actor": pages.actor_of(request)}
