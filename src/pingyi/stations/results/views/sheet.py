"""A section's sheet: by source and by criterion, down to the evidence of each line, and how the number came about."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import pages
from pingyi.bureau.entrance import asking
from pingyi.rules.result import Stage
from pingyi.stations.results import forms
from pingyi.stations.results.actions import objection as objecting
from pingyi.stations.results.queries import certainty_sheet, rows
from pingyi.stations.results.queries import mending as mendings
from pingyi.stations.results.queries import objection as objections
from pingyi.stations.results.queries import order as orders
from pingyi.stations.results.queries import sheet as sheets
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.views.doors import room, the_verdict


@room
def sheet(request: HttpRequest, section: str) -> HttpResponse:
    """Show one section's sheet."""
    verdict, actor = the_verdict(), pages.actor_of(request)
    found = queries.result(verdict, section=section, seen_by=actor)
    plan, assessment = queries.plan(verdict), queries.assessment(verdict)
    return pages.show(
        request,
        "results/sheet.html",
        verdict=verdict,
        sheet=sheets.show(found, plan=plan, assessment=assessment, alone=verdict.alone or ()),
        sure=certainty_sheet.sheet(assessment, plan=plan, found=found),
        row=found.row,
        is_preview=verdict.stage == Stage.PREVIEW.value,
        is_own=actor.section == section,
        objections=objections.of(verdict, section=section, seen_by=actor),
        orders=[one for one in orders.of(verdict, seen_by=actor) if one.section.reference == section],
    )


@room
def why(request: HttpRequest, section: str) -> HttpResponse:
    """Explain step by step how a section's number came about."""
    verdict = the_verdict()
    found = queries.result(verdict, section=section, seen_by=pages.actor_of(request))
    plan = queries.plan(verdict)
    return pages.show(
        request,
        "results/why.html",
        verdict=verdict,
        sheet=sheets.show(found, plan=plan, alone=verdict.alone or ()),
        plan=plan,
        again=queries.recomputes(verdict, section=section),
    )


@room
def line(request: HttpRequest, section: str, indicator: str) -> HttpResponse:
    """Show the evidence that one line rests on, each row with its entry."""
    verdict = the_verdict()
    found = queries.result(verdict, section=section, seen_by=pages.actor_of(request))
    plan = queries.plan(verdict)
    shown = sheets.show(found, plan=plan)
    said = next((one for group in shown.by_source for one in group.lines if one.indicator == indicator), None)
    behind = queries.behind(verdict, section=section, indicator=indicator)
    page = Paginator(behind, 50).get_page(request.GET.get("page"))
    words = rows.shown([row for row, _subject in page], plan=plan)
    pairs = list(zip(words, [subject for _row, subject in page], strict=True))
    return pages.show(request, "results/line.html", verdict=verdict, sheet=shown, line=said, page=page, rows=pairs)


@room
@asking("result.object")
def objection(request: HttpRequest) -> HttpResponse:
    """Object to the own sheet."""
    form = forms.Objection(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, objecting.file_objection):
        return pages.done(request, "results:mine", said=_("Your objection was filed. Another person will answer it."))
    return pages.show(request, "results/objection_file.html", form=form, verdict=the_verdict())


@room
def objection_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an objection, and take its answer."""
    actor = pages.actor_of(request)
    found = objections.one(reference, seen_by=actor)
    form = forms.Answer(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, objecting.answer, reference):
        return pages.done(request, "results:objection", reference, said=_("The objection was answered."))
    return pages.show(
        request,
        "results/objection.html",
        form=form,
        objection=found,
        is_doer=actor.did_any(found.doers),
        mending=mendings.mending(found.verdict.round),
    )
