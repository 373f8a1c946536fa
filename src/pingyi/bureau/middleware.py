"""Sets `request.actor`: who acts in this request; and answers where the limits of the sign-in were reached."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pingyi import clock
from pingyi.bureau import queries
from pingyi.bureau.attempts import HOUR, LockedError
from pingyi.bureau.logins import AlteredError
from pingyi.bureau.models import Login, Member
from pingyi.bureau.passwords import PATIENCE, CrowdedError
from pingyi.limits import address_of
from pingyi.reader.door import asked_by
from pingyi.rules.actor import VISITOR

CURRENT = "membership"


class ActorMiddleware:
    """Finds the member behind the login; a visitor is an actor too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor` and `request.member` before the view runs, and whose files the reader is asked about."""
        member = current(request)
        request.member = member  # type: ignore[attr-defined]
        request.actor = member.actor() if member else VISITOR  # type: ignore[attr-defined]
        with asked_by(f"login {request.user.pk}" if request.user.is_authenticated else address_of(request)):
            return self.get_response(request)


class LimitMiddleware:
    """Turns what the limits of the sign-in refuse into a page that says why, and when it is open again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Say that it is locked, crowded or altered; leave every other fault alone."""
        if isinstance(fault, LockedError):
            hours = ceil(fault.seconds / HOUR) if fault.seconds > HOUR else 0
            words = {"why": fault.why, "hours": hours, "minutes": ceil(fault.seconds / 60)}
            response = render(request, "bureau/locked_out.html", words, status=429)
            response["Retry-After"] = str(fault.seconds)
            return response
        if isinstance(fault, CrowdedError):
            response = render(request, "bureau/crowded.html", status=503)
            response["Retry-After"] = str(ceil(PATIENCE))
            return response
        return render(request, "bureau/login_altered.html", status=403) if isinstance(fault, AlteredError) else None


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
