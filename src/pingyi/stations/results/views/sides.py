"""Which side counts where tables and this house both tell of one figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.stations.results import forms
from pingyi.stations.results.actions import source as actions
from pingyi.stations.results.queries import sides as queries
from pingyi.stations.results.views.doors import posted, room, the_round


@room
@asking("evidence.choose")
def choose(request: HttpRequest, source: str) -> HttpResponse:
    """Ask which side counts for one source."""
    round_ = the_round()
    known = queries.source_of(round_, source)
    if known is None:
        raise Http404
    asked = queries.asked(known, round_, on=clock.today())
    form = forms.Sides(posted(request), asked=asked) if asked.choices else None
    if form is not None and form.is_valid() and pages.attempt(request, form, actions.choose, source):
        return pages.done(request, "results:evidence", said=_("It is recorded which side counts."))
    return pages.show(request, "results/choose.html", form=form, asked=asked)
