"""A kept file as an answer of the site: shown only where it is a picture, never as a page of this site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from pingyi.bureau import shelf

SHOWN = frozenset({"image/jpeg", "image/png"})


def hand_out(sha256: str, *, name: str, mime: str, public: bool = False) -> HttpResponse:
    """Return a file from the shelf; one that is lost or altered is refused."""
    response = HttpResponse(shelf.take(sha256), content_type=mime)
    response.headers["Content-Disposition"] = content_disposition_header(mime not in SHOWN, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=3600" if public else "no-store"
    return response
