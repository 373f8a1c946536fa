"""Every verb on one case as one page: a form to ask, and its post to do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi import pages
from pingyi.bureau import entrance
from pingyi.bureau.entrance import members_only
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, clock, custody, holding, intake, oversight, protection, slips
from pingyi.stations.cases.forms import oversight as oversight_forms
from pingyi.stations.cases.forms import verbs as forms
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import proposals
from pingyi.words import refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Verb:
    """One verb's page: what it asks, what it does, what is said before and after."""

    form: type[forms.OnCase]
    action: Callable[..., object]
    title: str | Promise
    said: str | Promise
    lead: str | Promise = ""


VERBS: Mapping[str, Verb] = {
    "accept": Verb(
        form=forms.OnCase, action=custody.accept, title=_("Accept the case"), said=_("You hold the case from now on."),
        lead=_("From this moment you hold the case and answer for it."),
    ),
    "decline": Verb(
        form=forms.Decline, action=custody.decline, title=_("Refuse the offer"),
        said=_("The offer was refused. The case stays with its giver."),
        lead=_("The case stays with its giver, and the refusal is counted and shown."),
    ),
    "assign": Verb(
        form=forms.Assign, action=custody.assign, title=_("Hand over"),
        said=_("The case is on offer. You hold it until it is accepted."),
        lead=_("You hold the case until somebody accepts it."),
    ),
    "recall": Verb(
        form=forms.Recall, action=custody.recall, title=_("Take the offer back"), said=_("The offer was taken back.")
    ),
    "answer": Verb(
        form=forms.Answer, action=answer.answer, title=_("Answer the citizen"), said=_("The answer was sent."),
        lead=_("An answer and a result are two things; the case is closed when it has both."),
    ),
    "settle": Verb(
        form=forms.Settle, action=answer.settle, title=_("Write down the result"),
        said=_("The result was written down."),
        lead=_("An answer and a result are two things; the case is closed when it has both."),
    ),
    "close": Verb(
        form=forms.OnCase, action=answer.close, title=_("Close the case"), said=_("The case was closed."),
        lead=_("Read the answer and the result first: by closing you vouch for both."),
    ),
    "reopen": Verb(
        form=forms.Reopen, action=answer.reopen, title=_("Open the case again"), said=_("The case was opened again."),
        lead=_("It needs a new answer and a new result; the limit begins anew."),
    ),
    "readmit": Verb(
        form=forms.Readmit, action=protection.readmit, title=_("Let it come in anew"),
        said=_("The hotline's number may come in again, as a new case."),
        lead=_("A hotline's next table or system may bring the erased matter in again. What was erased stays erased."),
    ),
    "stop_clock": Verb(
        form=forms.StopClock, action=clock.stop_clock, title=_("Stop the clock"), said=_("The clock stands still."),
        lead=_("The due date moves by the days that the clock stands still."),
    ),
    "resume_clock": Verb(
        form=forms.OnCase, action=clock.resume_clock, title=_("Let the clock run on"), said=_("The clock runs again.")
    ),
    "let_stand": Verb(
        form=forms.LetStand, action=clock.let_stand, title=_("Let the stop stand"),
        said=_("Noted: you looked at it, and the clock stands still."),
        lead=_("You looked at the matter and find that the clock may stand still. Otherwise let it run on."),
    ),
    "extend_ask": Verb(
        form=forms.ExtendAsk, action=clock.extend_ask, title=_("Ask for an extension"),
        said=_("You asked for an extension. Somebody else decides."),
    ),
    "extend_grant": Verb(
        form=forms.ExtendGrant, action=clock.extend_grant, title=_("Grant the extension"),
        said=_("The extension was granted."),
    ),
    "extend_deny": Verb(
        form=forms.ExtendDeny, action=clock.extend_deny, title=_("Refuse the extension"),
        said=_("The extension was refused, with your reason."),
    ),
    "notify": Verb(
        form=forms.Notify, action=clock.notify, title=_("List the missing papers"),
        said=_("The list was given. Hand the citizen a copy."),
    ),
    "classify": Verb(
        form=forms.Classify, action=intake.classify, title=_("Change kind or theme"),
        said=_("The kind and theme were set."),
        lead=_("A kind with a shorter limit brings the due date forward; none moves it back."),
    ),
    "correct_kind": Verb(
        form=forms.CorrectKind, action=slips.correct_kind, title=_("Put right a wrong kind"),
        said=_("The kind was put right, and the due date counted from the beginning."),
        lead=_("For a slip: the due date becomes what the right kind gives, also where that is later. Your reason goes "
               "into the record."),
    ),
    "split": Verb(
        form=forms.Split, action=intake.split, title=_("Split into two cases"), said=_("A second case was made."),
        lead=_("The second case keeps the holder, the person who raised it and the earlier due date."),
    ),
    "merge": Verb(
        form=forms.Merge, action=intake.merge, title=_("Merge into another case"), said=_("The cases were merged."),
        lead=_("The other case goes on and keeps the earlier of both due dates."),
    ),
    "hold": Verb(
        form=forms.Hold, action=holding.hold, title=_("Keep it from being erased"),
        said=_("It is kept until you let it go."),
        lead=_("For a case that another matter needs, such as a report of misconduct. Only the office knows of it."),
    ),
    "release": Verb(
        form=forms.OnCase, action=holding.release, title=_("Let it be erased again"),
        said=_("Its term and its citizen's wish count again."),
    ),
    "urge": Verb(
        form=oversight_forms.Letter, action=oversight.urge, title=_("Urge formally"), said=_("The case was urged."),
        lead=_("A letter goes to the holder and the section's head, with a copy to the bureau's leader."),
    ),
    "criticize": Verb(
        form=oversight_forms.Letter, action=oversight.criticize, title=_("Criticize in writing"),
        said=_("The delay was criticized."),
        lead=_("For those who let an urging pass. The letter goes to the holder, the head and the bureau's leader."),
    ),
}  # fmt: skip


@members_only
def act(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Ask what a verb needs to know, and do it; the second of two clerks is told what changed."""
    asked = VERBS.get(verb.replace("-", "_"))
    if asked is None:
        raise Http404
    entrance.ask(request, f"case.{verb.replace('-', '_')}")
    actor = pages.actor_of(request)
    if cases.has_moved_on(reference, seen_by=actor):
        return render(request, "cases/closed.html", {"said": refusal(Refused("case.moved_on"))}, status=409)
    row = cases.find(reference, seen_by=actor)
    posted = request.POST if request.method == "POST" else None
    form = asked.form(posted, request.FILES or None, holder=actor.reference, case=row)
    form.initial.update({name: value for name, value in request.GET.items() if name in form.fields})
    if form.is_valid() and pages.attempt(request, form, asked.action, reference):
        return pages.done(request, "cases:case", reference, said=str(asked.said))
    beside = {"proposals": proposals.beside(verb, row), "vouched": cases.vouched(row) if verb == "close" else None}
    return pages.show(request, "cases/ask.html", form=form, case=row, verb=asked, name=verb, **beside)
