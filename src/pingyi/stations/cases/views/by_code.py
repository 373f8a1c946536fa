"""Pages that the code of a receipt opens: never indexed, never kept by a cache, friendly to a wrong code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pingyi import pages
from pingyi.rules.actor import Actor, Role, citizen, reader
from pingyi.stations.cases import gate
from pingyi.stations.cases.forms import public as forms
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import codes
from pingyi.stations.cases.queries.codes import Opening

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keep a page out of search engines, caches and other sites' logs."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        response = view(request, *args, **more)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return shown


def by_code(view: View) -> View:
    """Open a page for what the code in the address opens; a wrong code leads to the page that asks for it."""

    @private
    @wraps(view)
    def opened(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        plain = forms.plain_code(code)
        if gate.is_pressing(request, "miss") and not gate.has_passed(request, plain):
            return _ask(request, code)
        found = codes.opening(plain)
        if found is None:
            gate.count(request, "miss")
            return _ask(request, code)
        return view(request, found, **more)

    return opened


def with_case(view: View) -> View:
    """Open a page that needs the case itself; while it is being numbered the follow page says so."""

    @by_code
    @wraps(view)
    def opened(request: HttpRequest, found: Opening, **more: Any) -> HttpResponse:
        if found.case is None:
            return redirect("citizens:follow", found.code)
        return view(request, found, found.case, **more)

    return opened


def deciding(view: View) -> View:
    """Open a page that the secret code alone opens; with the reading code it says how to come by the other."""

    @with_case
    @wraps(view)
    def opened(request: HttpRequest, found: Opening, case: Case, **more: Any) -> HttpResponse:
        if found.decides:
            return view(request, found, case, **more)
        response = pages.show(request, "cases/public/reading.html", found=found, case=case)
        response.status_code = 403
        return response

    return opened


def follower(request: HttpRequest, found: Opening, case: Case) -> Actor:
    """Return who acts by the code; a member of the bureau stays a member, and is refused what is the citizen's."""
    actor = pages.actor_of(request)
    if actor.role is not Role.PUBLIC:
        return actor
    return citizen(case.reference) if found.decides else reader(case.reference)


def _ask(request: HttpRequest, code: str) -> HttpResponse:
    asked = gate.new_sum() if gate.is_pressing(request, "miss") else None
    form = forms.Code({"code": code}, asked=asked)
    form.is_valid()
    if asked is None:
        form.add_error("code", forms.NO_SUCH_CODE)
    else:
        del form.errors["sum"]
    response = pages.show(request, "cases/public/find.html", form=form)
    response.status_code = 404
    return response
