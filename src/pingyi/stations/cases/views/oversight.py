"""The pages of oversight: the escalation board, letters, breaches (督办、催办、责任追究, §3.2.3)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking, members_only
from pingyi.documents import letter as papers
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.stations.cases import words_oversight as words
from pingyi.stations.cases.actions import oversight as actions
from pingyi.stations.cases.forms import oversight as forms
from pingyi.stations.cases.queries import breaches as charges
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import escalation as boards
from pingyi.stations.cases.queries import letters as written
from pingyi.words import refusal


@members_only
def escalation(request: HttpRequest) -> HttpResponse:
    """Show what asks for the supervision office's hand."""
    try:
        board = boards.board(seen_by=pages.actor_of(request), at=clock.now())
    except Refused as refused:
        return render(request, "cases/closed.html", {"said": refusal(refused)}, status=403)
    return pages.show(request, "cases/escalation.html", board=board)


@members_only
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters about cases that the reader may see, the newest first."""
    found = written.letters(seen_by=pages.actor_of(request))
    return pages.show(request, "cases/letters.html", page=pages.page_of(request, found, 20))


@members_only
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a letter as it is printed."""
    found = written.find(reference, seen_by=pages.actor_of(request))
    return pages.show(request, "cases/letter.html", found=found, row=found.row, paper=written.paper(found.row))


@members_only
def letter_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a letter as PDF."""
    row = written.find(reference, seen_by=pages.actor_of(request)).row
    paper = written.paper(row)
    response = HttpResponse(papers.pdf(paper), content_type="application/pdf")
    name = f"{paper.title}-{row.case.reference}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"  # noqa: FBT003
    return response


@members_only
def breaches(request: HttpRequest) -> HttpResponse:
    """List the breaches that the reader may see."""
    stage = request.GET.get("stage", "")
    stage = stage if stage in words.STAGES else ""
    page = pages.page_of(request, charges.listed(seen_by=pages.actor_of(request), stage=stage), 20)
    lines = [charges.Line(row) for row in page]
    return pages.show(
        request, "cases/breaches.html", breaches=lines, page=page, stage=stage, stages=words.STAGES.items()
    )


@members_only
def breach(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a breach: what is said against whom, what that person says, what was decided."""
    opened = charges.find(reference, seen_by=pages.actor_of(request), on=clock.today())
    return pages.show(request, "cases/breach.html", opened=opened, row=opened.row)


@asking("breach.raise")
def raise_breach(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a breach by hand."""
    actor = pages.actor_of(request)
    row = cases.find(reference, seen_by=actor)
    if not may(actor, "breach.raise"):
        raise PermissionDenied
    form = forms.Raise(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.raise_by_hand, reference):
        return pages.done(request, "cases:case", reference, said=_("The breach was raised. Somebody else decides."))
    return pages.show(request, "cases/breach_raise.html", form=form, case=row)


@asking("breach.hear")
def hear(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what the one concerned says."""
    opened = charges.find(reference, seen_by=pages.actor_of(request), on=clock.today())
    form = forms.Hear(request.POST or None, initial={"words": opened.row.statement})
    if form.is_valid() and pages.attempt(request, form, actions.hear, reference):
        return pages.done(request, "cases:breach", reference, said=_("Noted. Whoever decides reads it first."))
    return pages.show(request, "cases/breach_hear.html", form=form, opened=opened, row=opened.row)


@asking("breach.decide")
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Uphold or dismiss a breach."""
    opened = charges.find(reference, seen_by=pages.actor_of(request), on=clock.today())
    form = forms.Decide(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.decide, reference):
        return pages.done(request, "cases:breach", reference, said=_("The breach was decided."))
    return pages.show(request, "cases/breach_decide.html", form=form, opened=opened, row=opened.row)
