"""Motions about roles that check: look, confirm, refuse, take back (§5.4, ADR 0013)."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.bureau import motions
from pingyi.bureau.actions import motion as actions
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.posts import Note

READS = ("motion.make", "motion.confirm")


@asking(*READS)
def listing(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, and what was decided."""
    waiting, decided = list(motions.motions(is_open=True)), list(motions.motions(is_open=False)[:50])
    names = motions.named(*(one.proposed_by for one in (*waiting, *decided)), *(one.decided_by for one in decided))
    lines = [(one, names.get(one.proposed_by, "—")) for one in waiting]
    past = [(one, names.get(one.proposed_by, "—"), names.get(one.decided_by, "—")) for one in decided]
    alone = not [
        one
        for one in motions.able_to_confirm(on=clock.today())
        if not pages.actor_of(request).did_any((one.reference,))
    ]
    words = motions.to_speak(at=clock.now())
    return pages.show(request, "bureau/motions.html", waiting=lines, decided=past, alone=alone, words=words)


@asking(*READS)
def motion(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one motion with what would change, and the two answers to it."""
    row = motions.motion(reference)
    names = motions.named(row.proposed_by, row.decided_by)
    return pages.show(
        request,
        "bureau/motion.html",
        motion=row,
        particulars=motions.particulars(row),
        proposed_by=names.get(row.proposed_by, "—"),
        decided_by=names.get(row.decided_by, ""),
        is_own=pages.actor_of(request).did_any((row.proposed_by,)),
        form=Note(),
    )


@require_POST
@asking("motion.confirm")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm a motion as the second person."""
    form = Form(request.POST)
    if form.is_valid() and pages.attempt(request, form, actions.confirm, reference):
        row = motions.motion(reference)
        said = gettext("Confirmed: %(name)s.") % {"name": row.name}
        return pages.done(request, "bureau:motion", reference, said=said)
    return _again(request, reference, form)


@require_POST
@asking("motion.refuse")
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Refuse a motion, with a reason."""
    form = Note(request.POST)
    if form.is_valid() and pages.attempt(request, form, actions.refuse, reference):
        return pages.done(request, "bureau:motion", reference, said=gettext("The motion was refused."))
    return _again(request, reference, form)


@require_POST
@asking("motion.withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the own motion back."""
    form = Form(request.POST)
    if form.is_valid() and pages.attempt(request, form, actions.withdraw, reference):
        return redirect("bureau:motions")
    return _again(request, reference, form)


def _again(request: HttpRequest, reference: str, form: Form) -> HttpResponse:
    row = motions.motion(reference)
    names = motions.named(row.proposed_by, row.decided_by)
    said = {"proposed_by": names.get(row.proposed_by, "—"), "decided_by": names.get(row.decided_by, "")}
    own = pages.actor_of(request).did_any((row.proposed_by,))
    shown = {"motion": row, "particulars": motions.particulars(row), "is_own": own}
    return pages.show(request, "bureau/motion.html", form=form, **shown, **said)
