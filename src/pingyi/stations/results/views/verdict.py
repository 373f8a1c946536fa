"""The verdict's pages: where it stands, the ranking, what each trigger says, and its moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau import hooks, readiness
from pingyi.bureau.entrance import asking
from pingyi.record import queries as record
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.rules.result import FINAL, Stage
from pingyi.stations.results import checks, forms
from pingyi.stations.results.actions import verdict as actions
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import certainty, ranking
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import mending as mendings
from pingyi.stations.results.queries import method as methods
from pingyi.stations.results.queries import order as orders
from pingyi.stations.results.queries import recount as recounts
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.views.doors import posted, room, the_round, the_verdict
from pingyi.words import refusal


@room
def overview(request: HttpRequest) -> HttpResponse:
    """Show where the year's result stands, and what comes next."""
    round_ = gathering.open_round()
    verdict = queries.standing(round_) if round_ else None
    fed = sources.sources(round_, on=clock.today()) if round_ else []
    correction = hooks.correction(round_.year) if round_ else None
    return pages.show(
        request,
        "results/overview.html",
        round=round_,
        verdict=verdict,
        sources=fed,
        has_evidence=any(one.imported or one.own for one in fed),
        history=list(queries.history(round_)) if round_ else [],
        objections=queries.objections_of(verdict) if verdict else None,
        is_current=queries.is_current(verdict) if verdict else True,
        is_final=bool(verdict and Stage(verdict.stage) in FINAL),
        publishing=hooks.publishing(round_.year) if round_ else "",
        is_put_off=bool(verdict and any(one.is_put_off for one in orders.of(verdict, seen_by=pages.actor_of(request)))),
        steps=queries.steps(verdict, correction=correction),
        correction=correction,
        mending=mendings.mending(round_) if round_ else None,
    )


@room
def verdict_page(request: HttpRequest) -> HttpResponse:
    """Show the ranking with the scores in their parts, and what follows."""
    verdict, actor = the_verdict(), pages.actor_of(request)
    found, plan = queries.results(verdict, seen_by=actor), queries.plan(verdict)
    sees_all = len(found) == verdict.sections
    parts, assessment = ranking.parts(found, plan=plan), queries.assessment(verdict)
    is_final, kept = Stage(verdict.stage) in FINAL, orders.of(verdict, seen_by=actor)
    return pages.show(
        request,
        "results/verdict.html",
        verdict=verdict,
        classes=ranking.classes(found, plan=plan, assessment=assessment),
        sure=certainty.pictured(certainty.classes(assessment, plan=plan, found=found)) if sees_all else [],
        assessed=queries.assessed(verdict),
        parts=parts,
        chart=ranking.chart(parts, plan=plan, label=_("pass mark")),
        sees_all=sees_all,
        is_final=is_final,
        is_current=is_final or queries.is_current(verdict),
        mending=mendings.mending(verdict.round),
        **({} if is_final or not sees_all else _drafted(verdict, plan)),
        orders=kept,
        is_put_off=any(one.is_put_off for one in kept),
        publishing=hooks.publishing(verdict.round.year),
        history=record.history(verdict.subject, with_words=True),
        is_own=actor.did_any((verdict.settled_by.reference,)),
        opening=_opening(verdict, may_open=may(actor, "result.open_preview", verdict.about())),
        **recounts.beside(verdict, seen_by=actor),
    )


def _opening(verdict: Verdict, *, may_open: bool) -> dict[str, Any] | None:
    """Return the form that shows each section its sheet, and until when it is heard: the page itself is looked over."""
    if not may_open or Stage(verdict.stage) is not Stage.COMPUTED or not verdict.is_complete:
        return None
    if not queries.is_current(verdict) or mendings.mending(verdict.round):
        return None
    return {"form": forms.Confirm(), "last_day": queries.preview_end(queries.plan(verdict), on=clock.today())}


def _drafted(verdict: Verdict, plan: Plan) -> dict[str, Any]:
    """Return what would follow; where it can no longer be computed, the page says so and stays open (§5.4)."""
    try:
        return {"drafts": ranking.drafts(verdict, on=clock.today(), plan=plan)}
    except Refused as refused:
        return {"altered": refusal(refused)}


@room
def triggers(request: HttpRequest) -> HttpResponse:
    """Show what each trigger says of each section, with the numbers."""
    verdict = the_verdict()
    found, plan = queries.results(verdict, seen_by=pages.actor_of(request)), queries.plan(verdict)
    return pages.show(
        request,
        "results/triggers.html",
        verdict=verdict,
        classes=ranking.classes(found, plan=plan, assessment=queries.assessment(verdict)),
        plan=plan,
    )


@room
def method(request: HttpRequest) -> HttpResponse:
    """Show by which rules a result is called sure."""
    verdict = the_verdict()
    return pages.show(request, "results/method.html", verdict=verdict, method=methods.method(queries.plan(verdict)))


@room
@asking("result.settle")
def settle(request: HttpRequest) -> HttpResponse:
    """Compute the verdict from the evidence."""
    round_ = the_round()
    found = sources.sources(round_, on=clock.today())
    form = forms.Settle(posted(request), alone=[name for one in found for name in one.alone])
    if form.is_valid() and pages.attempt(request, form, actions.settle):
        return pages.done(request, "results:verdict", said=_("The verdict was computed. Look it over."))
    waits = [one.source.name for one in found if one.meeting and one.meeting.choice is None]
    occasion = next(iter(checks.occasions(clock.now())), None)
    ready = readiness.look(occasion) if occasion else None
    return pages.show(request, "results/settle.html", form=form, sources=found, waits=waits, round=round_, ready=ready)


@room
@asking("result.open_preview")
def open_preview(request: HttpRequest) -> HttpResponse:
    """Show each section its own sheet."""
    last_day = queries.preview_end(queries.plan(the_verdict()), on=clock.today())
    said = _("Each section now sees its own sheet and may object until the end of %(day)s.") % {"day": last_day}
    return _ask(request, "open_preview", actions.open_preview, last_day=last_day, said=said)


@room
@asking("result.confirm")
def confirm(request: HttpRequest) -> HttpResponse:
    """Make the verdict final; where a trigger fires beyond what is confirmed, with the meeting's decision."""
    row = the_verdict()
    open_ = certainty.open_lines(row)
    asked = ranking.to_rule_on(row, on=clock.today(), plan=queries.plan(row)) if open_ else []
    alone = queries.alone(row)
    fields = partial(forms.Decision, asked=asked, alone=alone) if open_ else partial(forms.Final, alone=alone)
    said = _("The verdict is final.")
    return _ask(request, "confirm", actions.confirm, row=row, fields=fields, said=said, open_firings=open_)


@room
@asking("result.apply")
def apply(request: HttpRequest) -> HttpResponse:
    """Order what follows, or what the meeting had put off."""
    row = the_verdict()
    fields = forms.TakenUp if row.applied_on else forms.Confirm
    said = _("The consequences were ordered; the sections were told.")
    kept = orders.of(row, seen_by=pages.actor_of(request))
    return _ask(request, "apply", actions.apply, fields=fields, said=said, orders=kept, assessed=queries.assessed(row))


@room
@asking("result.withdraw")
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the verdict back."""
    fields = partial(forms.Withdrawal, verb="result.withdraw")
    return _ask(request, "withdraw", actions.withdraw, fields=fields, said=_("The verdict was withdrawn."))


@room
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the own section's sheet."""
    section = pages.actor_of(request).section
    return redirect("results:sheet", section) if section else redirect("results:verdict")


def _ask(
    request: HttpRequest,
    verb: str,
    action: Callable[..., object],
    *,
    said: str,
    fields: Callable[..., Form] = forms.Confirm,
    row: Verdict | None = None,
    **more: object,
) -> HttpResponse:
    verdict, actor = row or the_verdict(), pages.actor_of(request)
    form = fields(posted(request))
    if form.is_valid() and pages.attempt(request, form, action, verdict.number):
        return pages.done(request, "results:overview" if verb == "withdraw" else "results:verdict", said=said)
    allowed = may(actor, f"result.{verb}", verdict.about())
    if verb == "confirm" and allowed:
        more["drafts"] = ranking.drafts(verdict, on=clock.today(), plan=queries.plan(verdict))
    return pages.show(request, "results/ask.html", form=form, verdict=verdict, verb=verb, allowed=allowed, **more)
