"""What was ordered: the list, one matter, its report with proof, its check."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.record import queries as record
from pingyi.stations.results import forms
from pingyi.stations.results.actions import consequence as actions
from pingyi.stations.results.queries import certainty
from pingyi.stations.results.queries import order as queries
from pingyi.stations.results.queries import verdict as verdicts
from pingyi.stations.results.views.doors import posted, room, the_verdict


@room
def index(request: HttpRequest) -> HttpResponse:
    """Show everything that was drafted or ordered, as far as the reader may see it."""
    verdict = the_verdict()
    found = queries.of(verdict, seen_by=pages.actor_of(request))
    shown = [(one, queries.standing(one, on=clock.today())) for one in found]
    return pages.show(request, "results/consequences.html", verdict=verdict, orders=shown)


@room
def order(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one consequence for one section."""
    found = queries.one(reference, seen_by=pages.actor_of(request))
    return pages.show(
        request,
        "results/consequence.html",
        order=found,
        triggers=certainty.of_order(found),
        assessed=verdicts.assessed(found.verdict),
        standing=queries.standing(found, on=clock.today()),
        history=record.history(found.subject, with_words=True),
        is_doer=pages.actor_of(request).did_any(found.doers),
    )


@room
@asking("consequence.report")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how it was carried out."""
    form = forms.Report(request.POST or None, request.FILES or None)
    return _do(request, reference, form, actions.report, title=_("Report"), said=_("The report was handed in."))


@room
@asking("consequence.accept")
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept the report."""
    form = forms.Confirm(posted(request))
    return _do(request, reference, form, actions.accept, title=_("Accept the report"), said=_("The matter is closed."))


@room
@asking("consequence.return")
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the report."""
    form = forms.Reason(request.POST or None)
    return _do(request, reference, form, actions.send_back, title=_("Return the report"), said=_("It was returned."))


@room
@asking("consequence.waive")
def waive(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide that it is not carried out."""
    form = forms.Reason(request.POST or None)
    return _do(request, reference, form, actions.waive, title=_("Not to be carried out"), said=_("It was decided."))


@room
@asking("consequence.lift")
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """End what is in force."""
    form = forms.Reason(request.POST or None)
    return _do(request, reference, form, actions.lift, title=_("Lift it"), said=_("It was lifted."))


@room
def proof(request: HttpRequest, reference: str) -> HttpResponse:
    """Download the proof."""
    found = queries.one(reference, seen_by=pages.actor_of(request))
    if found.proof is None:
        raise Http404
    name = content_disposition_header(True, found.proof_name) or ""  # noqa: FBT003 - Django's own
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(found.proof), content_type="application/octet-stream", headers=headers)


def _do(
    request: HttpRequest, reference: str, form: Form, action: Callable[..., object], *, title: str, said: str
) -> HttpResponse:
    found = queries.one(reference, seen_by=pages.actor_of(request))
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "results:consequence", reference, said=said)
    return pages.show(request, "results/consequence_do.html", form=form, order=found, title=title)
