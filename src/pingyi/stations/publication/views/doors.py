"""How the pages of reports and filings answer what is not there or not open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from pingyi.bureau.entrance import members_only
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.words import refusal

View = Callable[..., HttpResponse]


def room(view: View) -> View:
    """Let members in; a refused reading becomes a page that says why."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except Refused as refused:
            if refused.code == "missing":
                raise Http404 from refused
            return render(request, "publication/closed.html", {"said": refusal(refused)}, status=403)

    return members_only(opened)


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
