"""Sets `request.actor`: who acts in this request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pingyi.rules.actor import VISITOR


class ActorMiddleware:
    """Finds the member behind the login; a visitor is an actor too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor` before the view runs."""
        request.actor = VISITOR  # type: ignore[attr-defined]
        return self.get_response(request)
