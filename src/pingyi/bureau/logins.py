"""Logins are plain rows: made when an invitation is accepted or the bureau is created."""

from __future__ import annotations

from pingyi.bureau.models import Login
from pingyi.rules.refused import Refused


def make(*, username: str, password: str, name: str = "") -> Login:
    """Make a login; a name that is taken is refused."""
    wanted = username.strip()
    if Login.objects.filter(username__iexact=wanted).exists():
        raise Refused("login.taken", field="username")
    return Login.objects.create_user(username=wanted, password=password, first_name=name[:30])
