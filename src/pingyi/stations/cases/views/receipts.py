"""Sealed receipts: print a roll, count them, make some void, give one for a case that came before (§5.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from pingyi import pages, site
from pingyi.bureau.entrance import asking
from pingyi.documents import sealed_receipts as papers
from pingyi.stations.cases.actions import receipts as actions
from pingyi.stations.cases.actions.receipts import Printed
from pingyi.stations.cases.forms import receipts as forms
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import receipts as queries


@asking("receipt.print")
def receipts(request: HttpRequest) -> HttpResponse:
    """Show every roll and what became of its receipts."""
    return pages.show(request, "cases/receipts.html", rolls=queries.rolls())


@never_cache
@asking("receipt.print")
def print_roll(request: HttpRequest) -> HttpResponse:
    """Make a roll, and hand it out as a paper this once: nobody can print the same codes again."""
    form = forms.PrintRoll(request.POST or None)
    made: list[Printed] = []

    def make(**told: Any) -> None:
        site.link(request, "/")  # refused before codes are made that no paper could carry
        made.append(actions.print_roll(**told))

    if form.is_valid() and pages.attempt(request, form, make):
        return _paper(request, made[0])
    return pages.show(request, "cases/receipts_print.html", form=form)


@asking("receipt.void")
def void(request: HttpRequest, reference: str) -> HttpResponse:
    """Make receipts of a roll worthless."""
    row = queries.roll(reference)
    form = forms.Void(request.POST or None)
    counts: list[int] = []
    if form.is_valid() and pages.attempt(request, form, lambda **told: counts.append(actions.void(reference, **told))):
        said = ngettext("%(count)s receipt is void.", "%(count)s receipts are void.", counts[0])
        return pages.done(request, "cases:receipts", said=said % {"count": counts[0]})
    return pages.show(request, "cases/receipts_void.html", form=form, roll=row)


@asking("receipt.bind")
def bind(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a sealed receipt for a case that came by telephone, letter or table."""
    case = cases.find(reference, seen_by=pages.actor_of(request))
    form = forms.Bind(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.bind, reference):
        return pages.done(request, "cases:case", reference, said=_("The receipt belongs to the case from now on."))
    return pages.show(request, "cases/bind.html", form=form, case=case)


def _paper(request: HttpRequest, made: Printed) -> HttpResponse:
    page = site.link(request, reverse("citizens:find"))
    response = HttpResponse(
        papers.pdf(queries.sheets(made.roll, made.leaves, site=page)), content_type="application/pdf"
    )
    name = f"密封回执-{made.roll.number:03}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003
    return response
