"""Who may open the room's pages at all: members of the bureau and of the offices above."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from pingyi import pages
from pingyi.rules.actor import Role

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Send a visitor to sign in; a login without a post sees nothing."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if pages.actor_of(request).role is not Role.PUBLIC:
            return view(request, *args, **more)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    return opened
