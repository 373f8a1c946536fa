"""Whether the site works, for the proxy and whoever watches it: one line, no session, and nothing written."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, outages
from pingyi.bureau import leases


def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 where the database answers and the worker lives, else 503; in words either way."""
    del request
    try:
        is_at_work = leases.is_anybody_at_work(at=clock.now())
    except DatabaseError:
        return _told(_("The database does not answer."), status=503)
    if not is_at_work:
        return _told(_("The worker does not run: what is handed in is kept, and gets no number yet."), status=503)
    return _told(_("The site works."), status=200)


def _told(words: str, *, status: int) -> HttpResponse:
    response = HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(outages.AGAIN)
    return response
