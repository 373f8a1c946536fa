"""Who may bring tables in; what is not there or cannot be read becomes a page that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pingyi.bureau.entrance import asking
from pingyi.rules.refused import Refused
from pingyi.words import refusal

View = Callable[..., HttpResponse]


def importers(view: View) -> View:
    """Let those in who may bring tables in; a lost file is told, a wrong address is a page that is not there."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except Refused as refused:
            if refused.code == "missing":
                raise Http404 from refused
            return render(request, "cases/closed.html", {"said": refusal(refused)}, status=409)

    return asking("case.import")(opened)
