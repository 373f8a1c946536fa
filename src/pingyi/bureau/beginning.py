"""Before there is a bureau every page leads to the first run: nobody can sign in yet, and there is nothing to read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pingyi.bureau import queries

# The front page turns by itself; the others have no page to turn from.
OPEN = frozenset({"/", "/first-run/", "/accessibility/", "/components/", "/record/"})
FOR_PROGRAMS = ("/api/", "/open311/", "/record/", "/static/", "/i18n/", "/look/")


class FirstRunMiddleware:
    """Turns pages of a site without a bureau to the first run; once there is one, it asks no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response
        self.has_begun = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever, or lead to the first run."""
        response = self.get_response(request)
        if self.has_begun or not _is_page(request, response):
            return response
        self.has_begun = queries.bureau() is not None
        return response if self.has_begun else redirect("bureau:first_run")


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a person opened a page; public files and copies are read without asking any other table."""
    if request.method not in {"GET", "HEAD"} or request.path in OPEN or request.path.startswith(FOR_PROGRAMS):
        return False
    if response.status_code in {301, 302}:
        return response.headers["Location"].startswith(reverse("account_login"))
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return response.status_code in {403, 404} or not request.path.startswith("/public/")
