"""Who may open a page: members, or those whose role may do a verb; a visitor is led to the sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pingyi import pages
from pingyi.rules.actor import Role
from pingyi.rules.permissions import may

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def members_only(view: View[P]) -> View[P]:
    """Let members in; a login without a post in office is told so."""

    def guarded(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
        if pages.actor_of(request).role is not Role.PUBLIC:
            return view(request, *args, **more)
        if request.user.is_authenticated:
            return render(request, "bureau/no_post.html", status=403)
        return redirect_to_login(request.get_full_path())

    update_wrapper(guarded, view)
    return guarded


def asking(verb: str) -> Callable[[View[P]], View[P]]:
    """Let only those in whose role may do this verb at all; the door asks again, for the row."""

    def wrap(view: View[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
            if not may(pages.actor_of(request), verb):
                raise PermissionDenied
            return view(request, *args, **more)

        update_wrapper(guarded, view)
        return members_only(guarded)

    return wrap
