"""Sets `request.actor`: who acts in this request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pingyi import clock
from pingyi.bureau import queries
from pingyi.bureau.models import Login, Member
from pingyi.rules.actor import VISITOR

CURRENT = "membership"


class ActorMiddleware:
    """Finds the member behind the login; a visitor is an actor too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor` and `request.member` before the view runs."""
        member = current(request)
        request.member = member  # type: ignore[attr-defined]
        request.actor = member.actor() if member else VISITOR  # type: ignore[attr-defined]
        return self.get_response(request)


def current(request: HttpRequest) -> Member | None:
    """Return the membership that the session chose, or the login's first one in office today."""
    login = request.user
    if not isinstance(login, Login):
        return None
    held = list(queries.memberships(login, on=clock.today()))
    chosen = request.session.get(CURRENT)
    return next((one for one in held if one.reference == chosen), held[0] if held else None)


def switch(request: HttpRequest, reference: str) -> bool:
    """Act in another of one's own memberships from now on; False for somebody else's."""
    login = request.user
    if "\0" in reference:  # which no database takes
        return False
    own = isinstance(login, Login) and queries.memberships(login, on=clock.today()).filter(reference=reference)
    if not own:
        return False
    request.session[CURRENT] = reference
    return True
