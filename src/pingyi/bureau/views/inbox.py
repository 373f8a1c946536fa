"""One's own notices, one's own posts, the welcome after an invitation."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.bureau import middleware, notices, queries
from pingyi.bureau.entrance import members_only
from pingyi.bureau.models import Login


@members_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one's notices, unread first."""
    me = pages.actor_of(request).reference
    page = Paginator(notices.inbox(me), 30).get_page(request.GET.get("page"))
    lines = [(one, notices.text(one)) for one in page]
    return pages.show(request, "bureau/notices.html", page=page, lines=lines, unread=notices.unread(me))


@require_POST
@members_only
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one notice read and go to its matter."""
    notice = notices.read(pages.actor_of(request).reference, at=clock.now(), number=number)
    if notice is None:
        raise Http404
    safe = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and safe else "bureau:notices")


@require_POST
@members_only
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices read."""
    notices.read(pages.actor_of(request).reference, at=clock.now())
    return redirect("bureau:notices")


@members_only
def posts(request: HttpRequest) -> HttpResponse:
    """Show one's posts, and act in another one from now on."""
    if request.method == "POST":
        if not middleware.switch(request, request.POST.get("post", "")):
            raise Http404
        return pages.done(request, "bureau:posts", said=gettext("You now act in this post."))
    login = request.user
    held = queries.memberships(login, on=clock.today()) if isinstance(login, Login) else []
    return pages.show(request, "bureau/posts.html", held=held)


@members_only
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet a new member: what to do next, and the second factor."""
    return pages.show(request, "bureau/welcome.html", member=queries.member(pages.actor_of(request).reference))
