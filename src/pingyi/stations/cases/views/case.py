"""A case's page, why it is due then, who held it when, and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from pingyi import clock, pages
from pingyi.bureau.entrance import members_only
from pingyi.bureau.handing_out import hand_out
from pingyi.rules.refused import Refused
from pingyi.stations.cases.forms.sieve import AtMoment
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import alike as alikes
from pingyi.stations.cases.queries import breaches as charges
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import files, holding, protected, timing
from pingyi.stations.cases.queries import hot as hots
from pingyi.stations.cases.queries import letters as written
from pingyi.words import refusal


@members_only
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case."""
    actor, at = pages.actor_of(request), clock.now()
    opened = cases.case(reference, seen_by=actor, at=at)
    found = alikes.alike(opened.case, seen_by=actor, at=at)
    together = alikes.together(opened.case, seen_by=actor, at=at)
    return pages.show(
        request, "cases/case.html", opened=opened, case=opened.case, alike=found, together=together,
        around=hots.around(opened.case, seen_by=actor), beside=protected.beside(opened.case, seen_by=actor),
        letters=written.of(opened.case.pk), breaches=charges.of(opened.case.pk, seen_by=actor),
    )  # fmt: skip


@members_only
def why(request: HttpRequest, reference: str) -> HttpResponse:
    """Explain the due date day by day."""
    row = _found(request, reference)
    return pages.show(request, "cases/why.html", case=row, why=timing.why(row, on=clock.today()))


@members_only
def held(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer who held the case at any moment."""
    row = _found(request, reference)
    form = AtMoment(request.GET or None)
    answered = holding.at_moment(row, form.cleaned_data["at"]) if form.is_valid() else None
    return pages.show(
        request, "cases/held.html", case=row, form=form, answered=answered, stretches=holding.stretches(row)
    )


@members_only
def file(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a file to those who may see its case."""
    row = files.find(reference, seen_by=pages.actor_of(request))
    try:
        return hand_out(row.sha256, name=row.name, mime=row.mime)
    except Refused as refused:
        raise Http404(refusal(refused)) from refused


def _found(request: HttpRequest, reference: str) -> Case:
    return cases.find(reference, seen_by=pages.actor_of(request))
