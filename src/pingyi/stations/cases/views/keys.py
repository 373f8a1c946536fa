"""Keys of channels: the list, issuing one, revoking one."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.stations.cases.actions import keys as actions
from pingyi.stations.cases.actions.keys import Issued
from pingyi.stations.cases.forms.keys import Issue
from pingyi.stations.cases.queries import keys as queries
from pingyi.stations.cases.queries import year


@never_cache
@asking("key.issue")
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys, and give a channel a new one, which is shown this once."""
    channels = year.channels(year.round_on(clock.today()))
    form = Issue(request.POST or None, channels=channels)
    issued: list[Issued] = []
    if form.is_valid():
        pages.attempt(request, form, lambda **told: issued.append(actions.issue(**told)))
    addresses = {
        "open311": request.build_absolute_uri(reverse("cases-open311:services", args=["json"])).rpartition("/")[0],
        "interface": request.build_absolute_uri(reverse("cases-interface:page")),
    }
    return pages.show(
        request,
        "cases/keys.html",
        form=Issue(channels=channels) if issued else form,
        issued=issued[0] if issued else None,
        keys=queries.everything(),
        channels=channels,
        addresses=addresses,
    )


@asking("key.revoke")
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a key worthless."""
    row = queries.key_of(reference)
    if row is None:
        raise Http404
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, actions.revoke, reference):
        return pages.done(request, "cases:keys", said=_("The key is worthless from now on."))
    return pages.show(request, "cases/key_revoke.html", form=form, key=row)
