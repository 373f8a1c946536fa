"""How the pages of reports and filings answer what is not there or not open to the reader."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from pingyi.bureau.entrance import members_only, telling
from pingyi.documents.handed_in import HandedIn
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round

View = Callable[..., HttpResponse]


def room(view: View) -> View:
    """Let members in; a refused reading becomes a page that says why."""
    return members_only(telling("publication/closed.html")(view))


def round_of(year: int) -> Round:
    """Return the year's round; a year without one is not there."""
    found = plans.round_of(year)
    if found is None:
        raise Http404
    return found


def download(paper: HandedIn) -> HttpResponse:
    """Hand a paper out."""
    name = content_disposition_header(True, paper.name) or ""  # noqa: FBT003 - Django's own
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(paper.content, content_type=paper.mime, headers=headers)
