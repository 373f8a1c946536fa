"""The site's own pages."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi import clock, desk, outages, pages
from pingyi.bureau import role_words
from pingyi.bureau.entrance import ClosedError
from pingyi.web import examples, faults, unavailable
from pingyi.web.front import front as front_of
from pingyi.web.look import COOKIES

A_YEAR = 365 * 24 * 3600


def front(request: HttpRequest) -> HttpResponse:
    """Show what is happening this year; an empty site begins with the first run."""
    found = front_of(at=clock.now())
    return pages.show(request, "web/front.html", front=found) if found.bureau_name else redirect("bureau:first_run")


@login_required
def work(request: HttpRequest) -> HttpResponse:
    """Show what is late, due, waiting and changed for this person."""
    at = clock.now()
    groups = desk.items(pages.actor_of(request), at=at)
    return pages.show(request, "web/desk.html", groups=groups, total=sum(map(len, groups.values())), at=at)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its example."""
    return render(request, "web/components.html", examples.context())


def accessibility(request: HttpRequest) -> HttpResponse:
    """State how the site can be used by everybody, and whom to tell where it cannot."""
    return pages.show(request, "web/accessibility.html")


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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood."""
    return faults.page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this reader may not open the page."""
    if not isinstance(exception, ClosedError):
        return faults.page(request, 403)
    todo = _("This step is for: %(roles)s. If it should be done, ask one of them.")
    return faults.page(request, 403, todo=todo % {"roles": role_words.who_may(*exception.verbs)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was open too long, and that what was typed is one step back."""
    return faults.page(request, 403, fault="form")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return faults.page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, or that nothing can be kept now; drawn without the database, which may be out."""
    fault = sys.exc_info()[1]
    outage = outages.outage_of(fault)
    if outage is None:
        return faults.page(request, 500)
    outages.note(outage, fault)
    return outages.for_programs(request, outage) or unavailable.page(request, outage)


def _inside(request: HttpRequest) -> str:
    to = request.POST.get("next", "/")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else "/"
