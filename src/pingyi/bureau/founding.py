"""Whether a post is taken up in the browser in which the bureau was founded: one person must not be both unseen (§5.4).

A cookie says it, signed and for the addresses of invitations alone. Who wants to hide it uses another browser; who does
not know better, or is in a hurry, is found.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "founded-here"
SALT = "pingyi.bureau.founding"
PATH = "/invitation/"
KEPT_FOR = 400 * 24 * 60 * 60  # what browsers keep at most


def remember(response: HttpResponse) -> HttpResponse:
    """Leave the cookie with whoever has just founded the bureau."""
    response.set_cookie(
        COOKIE,
        signing.dumps("founded", salt=SALT),
        max_age=KEPT_FOR,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def was_here(request: HttpRequest) -> bool:
    """Whether this is the browser in which the bureau was founded."""
    try:
        return bool(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR) == "founded")
    except signing.BadSignature:
        return False
