"""How allauth and axes are held to the house's rules: sign-up by invitation only, a lock that says how long."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the open sign-up; invitations make logins."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, str] | None
) -> HttpResponse:
    """Say that signing in is locked, and for how long."""
    minutes = round(get_cool_off(request).total_seconds() / 60)
    return render(request, "bureau/locked_out.html", {"minutes": minutes}, status=429)
