"""Who may bring tables in; what is not there or cannot be read becomes a page that says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from pingyi.bureau.entrance import asking, telling

View = Callable[..., HttpResponse]


def importers(view: View) -> View:
    """Let those in who may bring tables in; a lost file is told, a wrong address is a page that is not there."""
    return asking("case.import")(telling("cases/closed.html", status=409)(view))
