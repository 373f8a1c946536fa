"""The operator's pages: what may be published, what stands, taking it back with a reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.record import queries as record
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.queries.lost import lost_left
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.forms import publish as forms
from pingyi.stations.publication.queries import offers, published


@asking("publication.publish")
def index(request: HttpRequest) -> HttpResponse:
    """List what may be published and what was."""
    rows = list(published.everything())
    return pages.show(request, "publication/publications.html", offers=offers.offers(), rows=rows)


@asking("publication.publish")
def publish_verdict(request: HttpRequest, year: int) -> HttpResponse:
    """Publish a year's verdict."""
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, actions.publish_verdict, year):
        return pages.done(request, "publication:verdict", year, said=_("The verdict is public."))
    return pages.show(
        request, "publication/publish.html", form=form, year=year, kind="verdict", barred=offers.barred(year)
    )


@asking("publication.publish")
def publish_plan(request: HttpRequest, year: int) -> HttpResponse:
    """Publish a year's plan."""
    opened = plans.round_of(year)
    lost = lost_left(opened, at=clock.now()) if opened else ()
    form = (forms.Damaged if lost else forms.Confirm)(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, actions.publish_plan, year):
        return pages.done(request, "publication:plan", year, said=_("The plan is public."))
    return pages.show(request, "publication/publish.html", form=form, year=year, kind="plan", lost=lost)


@asking("publication.publish")
def publish_notice(request: HttpRequest) -> HttpResponse:
    """Publish a notice."""
    form = forms.Notice(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.publish_notice):
        return pages.done(request, "publication:publications", said=_("The notice is public."))
    return pages.show(request, "publication/publish_notice.html", form=form)


@asking("publication.correct")
def correct(request: HttpRequest, year: int) -> HttpResponse:
    """Correct a year's published award bars."""
    form = forms.Reason(request.POST or None, verb="publication.correct")
    if form.is_valid() and pages.attempt(request, form, actions.correct, year):
        return pages.done(request, "publication:awards", year, said=_("The correction is public."))
    return pages.show(
        request, "publication/correct.html", form=form, year=year, orders=list(offers.to_correct(year).values())
    )


@asking("publication.withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a publication back."""
    row = published.one(reference)
    if row is None:
        raise Http404
    form = forms.Reason(request.POST or None, verb="publication.withdraw")
    if form.is_valid() and pages.attempt(request, form, actions.withdraw, reference):
        return pages.done(request, "publication:publications", said=_("It was taken back; its address says so."))
    return pages.show(
        request, "publication/withdraw.html", form=form, row=row, history=record.history(row.subject, with_words=True)
    )
