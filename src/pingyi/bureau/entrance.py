"""Who may open a page: members, or those whose role may do a verb; a visitor is led to the sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from pingyi import pages
from pingyi.rules.actor import Role
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.words import refusal

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class ClosedError(PermissionDenied):
    """A page of verbs that this member's role may not do."""

    def __init__(self, *verbs: str) -> None:
        """Keep the verbs."""
        super().__init__(*verbs)
        self.verbs = verbs


def members_only(view: View[P]) -> View[P]:
    """Let members in; a login without a post in office is told so."""

    def guarded(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
        if pages.actor_of(request).role is not Role.PUBLIC:
            return view(request, *args, **more)
        if request.user.is_authenticated:
            return render(request, "bureau/no_post.html", status=403)
        return _to_the_sign_in(request)

    update_wrapper(guarded, view)
    return guarded


def _to_the_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    # The session ended while a form was filled: after the sign-in the form's own page opens again.
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    parts = urlsplit(came_from)
    page = urlunsplit(("", "", parts.path or "/", parts.query, "")) if came_from and is_ours else request.path
    messages.info(request, _("Your session has ended. Sign in, and what you typed is there again."))
    return redirect_to_login(page)


def ask(request: HttpRequest, *verbs: str) -> None:
    """Refuse a member in whose role none of these verbs may be done at all; the page that tells so names who may."""
    if not any(may(pages.actor_of(request), verb) for verb in verbs):
        raise ClosedError(*verbs)


def asking(*verbs: str) -> Callable[[View[P]], View[P]]:
    """Let only those in whose role may do one of these verbs at all; the door asks again, for the row.

    Every page of a verb stands behind this: one rule for all rooms, and `asks` tells the tests which page is whose.
    """

    def wrap(view: View[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
            ask(request, *verbs)
            return view(request, *args, **more)

        update_wrapper(guarded, view)
        guarded.__dict__["asks"] = verbs
        return members_only(guarded)

    return wrap


def telling(template: str, *, status: int = 403) -> Callable[[View[P]], View[P]]:
    """Turn a refused reading into a page that says why and what to do; what is not there is not found."""

    def wrap(view: View[P]) -> View[P]:
        def told(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **more)
            except Refused as refused:
                if refused.code == "missing":
                    raise Http404 from refused
                return render(request, template, {"said": refusal(refused)}, status=status)

        update_wrapper(told, view)
        return told

    return wrap
