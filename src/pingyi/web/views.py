"""The site's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pingyi import pages
from pingyi.web import forms
from pingyi.web.look import COOKIES

A_YEAR = 365 * 24 * 3600


def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its example."""
    wrong = forms.Example({"title": "", "due_on": "2026-02-30", "kind": "complaint"})
    wrong.is_valid()
    return pages.show(request, "web/components.html", example=forms.Example(prefix="plain"), wrong=wrong)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of colors or type size in a cookie, and go back to the page."""
    response = redirect(_inside(request))
    for kind, (cookie, choices) in COOKIES.items():
        value = request.POST.get(kind, "")
        if value in choices:
            response.set_cookie(
                cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
            )
    return response


def _inside(request: HttpRequest) -> str:
    to = request.POST.get("next", "/")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else "/"
