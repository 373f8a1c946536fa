"""The page of the second count: what it does, who may, who has done it and when (§5.4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import pages
from pingyi.bureau.entrance import asking
from pingyi.stations.results import forms
from pingyi.stations.results.actions import recount as actions
from pingyi.stations.results.queries import recount as queries
from pingyi.stations.results.views.doors import posted, room, the_verdict


@room
@asking("result.recount")
def recount(request: HttpRequest) -> HttpResponse:
    """Count the numbers again."""
    verdict, actor = the_verdict(), pages.actor_of(request)
    form = forms.Confirm(posted(request))
    if form.is_valid() and pages.attempt(request, form, actions.recount, verdict.number):
        return pages.done(request, "results:recount", said=_("Counted again: everything came out equal."))
    beside = queries.beside(verdict, seen_by=actor)
    return pages.show(request, "results/recount.html", form=form, verdict=verdict, **beside)
