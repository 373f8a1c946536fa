"""How allauth is held to the house's rules: sign-up by invitation only, tries counted in the house's own limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from pingyi.bureau import attempts, logins
from pingyi.bureau.models import Login


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the open sign-up; invitations make logins. Every password that is looked at goes through here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave out allauth's own count, which each process keeps for itself."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Login | None:
        """Look at a password; raise `LockedError` where it may not be tried, `AlteredError` where it was forged."""
        attempt = attempts.begin(request, credentials.get("username", ""))
        login: Login | None = super().authenticate(request, **credentials)
        if login is None:
            logins.even_out(attempt.name, str(credentials.get("password", "")))
            attempt.failed()
        else:
            attempt.succeeded()
            logins.require_bound(login)
        return login

    def post_login(self, request: HttpRequest, user: Login, **more: Any) -> HttpResponse:
        """Go on after the sign-in, second factor and all; the device is known from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        attempts.remember(request, response, user)
        return response
