"""A member's calendar address, and the feed behind it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi import clock, pages, site
from pingyi.bureau.entrance import asking, members_only
from pingyi.rules.day import day_of
from pingyi.stations.plans import feeds
from pingyi.stations.plans.actions import feed as actions
from pingyi.stations.plans.forms.task import Nothing
from pingyi.stations.plans.queries import feed as queries


@members_only
def address(request: HttpRequest) -> HttpResponse:
    """Say what the calendar address is for, and whether one is open."""
    feed = queries.open_feed(pages.actor_of(request).reference)
    return pages.show(request, "plans/calendar.html", feed=feed, url="")


@asking("calendar.open")
@require_POST
def open_feed(request: HttpRequest) -> HttpResponse:
    """Open a new address and show it, this one time."""
    token = actions.open_feed(by=pages.actor_of(request), at=clock.now())
    feed = queries.open_feed(pages.actor_of(request).reference)
    url = site.as_asked(request, f"/calendar/{token}.ics")
    response = pages.show(request, "plans/calendar.html", feed=feed, url=url)
    response.headers["Cache-Control"] = "no-store"
    return response


@asking("calendar.revoke")
@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """Close the address."""
    form = Nothing(request.POST)
    member = pages.actor_of(request).reference
    if form.is_valid() and pages.attempt(request, form, actions.revoke_feed, member):
        return pages.done(request, "plans:calendar", said=_("The address is closed; calendars no longer read it."))
    return pages.show(request, "plans/calendar.html", feed=None, url="", form=form)


def ics(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program; whoever has the address reads it."""
    at = clock.now()
    dates = queries.dates(actions.hashed(token), on=day_of(at))
    if dates is None:
        raise Http404
    own = site.as_asked(request, "/").rstrip("/")
    response = HttpResponse(feeds.calendar(dates, site=own), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="pingyi.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    return response
