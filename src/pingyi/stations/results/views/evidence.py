"""Evidence comes in: templates, upload, preview, confirmation; a table can be taken out again."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.authoring.evidence_tables import EvidenceTable, RowProblem, kinds
from pingyi.authoring.evidence_templates import ballot_template, blanks, template
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.columns import Columns, asked_columns
from pingyi.record import queries as record
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results import forms, uploads
from pingyi.stations.results.actions import evidence as actions
from pingyi.stations.results.queries import evidence as queries
from pingyi.stations.results.queries import rows, sides
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.queries import verdict as verdicts
from pingyi.stations.results.queries.sheet import Names
from pingyi.stations.results.views.doors import posted, room, the_round
from pingyi.words import refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200  # problems and rows on the preview; all problems are in the download


@room
def index(request: HttpRequest) -> HttpResponse:
    """Show what there is for each source, the tables that were brought in, and the form for another."""
    round_ = the_round()
    plan = plans.plan(round_)
    form = forms.Table(sources=plan.sources)
    if request.method == "POST":
        return _upload(request)
    return pages.show(
        request,
        "results/evidence.html",
        form=form,
        plan=plan,
        **_kept(round_, plan),
    )


def _kept(round_: Round, plan: Plan) -> dict[str, object]:
    """Return what there is by source and what can be filled in, and each table with how many rows do not count."""
    idle = sources.counting_rows(round_, on=clock.today())
    tables = [(one, idle.get(one.pk, 0)) for one in queries.batches(round_)]
    empty = [(one, one.name or forms.ADJUSTED[one.source]) for one in blanks(plan)]
    return {
        "sources": sources.sources(round_, on=clock.today()),
        "batches": tables,
        "blanks": empty,
        "is_settled": verdicts.standing(round_) is not None,
    }


@asking("evidence.import")
def _upload(request: HttpRequest) -> HttpResponse:
    round_ = the_round()
    plan = plans.plan(round_)
    form = forms.Table(request.POST, request.FILES, sources=plan.sources)
    if form.is_valid():
        file = form.cleaned_data["table"]
        try:
            kept = uploads.keep(file.name, content=file.read(), by=pages.actor_of(request), at=clock.now())
        except Refused as refused:
            form.add_error("table", refusal(refused))
        else:
            return redirect(_preview_address(kept.token, form))
    return pages.show(request, "results/evidence.html", form=form, plan=plan, **_kept(round_, plan))


def _preview_address(token: str, form: forms.Table) -> str:
    day = form.cleaned_data["happened_on"]
    said = {"source": form.cleaned_data["source"], "happened_on": day.isoformat() if day else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("results:upload", args=[token]) + (f"?{query}" if query else "")


@room
@asking("evidence.import")
def blank(request: HttpRequest, source: str, wide: str = "") -> HttpResponse:
    """Download the empty table of one source."""
    plan = plans.plan(the_round())
    blank = next((one for one in blanks(plan) if one.source == source), None)
    if blank is None or (wide and not blank.has_ballots):
        raise Http404
    make = ballot_template if wide else template
    content = make(plan, sections=queries.facts(plan), source=source)
    kind = f" {_('counts of ballots')}" if wide else ""
    name = f"{blank.name or forms.ADJUSTED[source]}{kind}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@room
@asking("evidence.import")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a kept table would bring in, with every problem; import it when the word is given."""
    if not uploads.is_kept(token, by=pages.actor_of(request)) and posted(request) is not None:
        # Pressed twice, or taken in by another tab: the list tells what became of it.
        messages.info(request, _("This file no longer waits here: see in the list whether it was imported."))
        return redirect("results:evidence")
    upload = uploads.kept(token, by=pages.actor_of(request))
    known, round_ = _known(request), the_round()
    table = queries.read(upload, **known)
    columns = Columns(asked_columns(request), columns=table.columns, kinds=kinds.NAMES)
    if columns.is_valid():
        return redirect(_with_columns(request, columns))
    asked = sides.asked_of(table.evidence, round_, on=clock.today())
    may_choose = may(pages.actor_of(request), "evidence.choose")
    form = forms.Import(
        posted(request), initial={**known, "columns": request.GET.get("columns", "")}, asked=asked if may_choose else ()
    )
    if form.is_valid() and pages.attempt(request, form, actions.import_upload, token):
        return pages.done(request, "results:evidence", said=_("The table was imported."))
    same = queries.same_table(round_, sha256=table.digest, rows_sha256=table.rows_digest)
    plan = plans.plan(round_)
    mended = forms.Table(sources=plan.sources, initial=known)
    shown = _shown(table, plan)
    return pages.show(
        request, "results/upload.html", form=form, upload=upload, same=same, mended=mended, asked=asked,
        columns=columns, may_choose=may_choose,
        decided=sides.decided_of(table.evidence, round_, on=clock.today()),
        **shown,
    )  # fmt: skip


def _known(request: HttpRequest) -> dict[str, Any]:
    said = forms.Import(request.POST if request.method == "POST" else request.GET)
    said.is_valid()
    known = said.cleaned_data
    return {
        "source": known.get("source") or "",
        "happened_on": known.get("happened_on"),
        "columns": known.get("columns") or {},
    }


def _with_columns(request: HttpRequest, columns: Columns) -> str:
    """Return the page's address with the choice in it: what is imported is what was seen there."""
    said = {name: request.GET[name] for name in ("source", "happened_on") if request.GET.get(name)}
    return f"{request.path}?{urlencode({**said, 'columns': columns.as_chosen})}"


def _shown(table: EvidenceTable, plan: Plan) -> dict[str, object]:
    blocking = [problem for problem in table.problems if problem.is_blocking]
    notes = [problem for problem in table.problems if not problem.is_blocking]
    return {
        "table": table,
        "unreadable": [_said(problem) for problem in blocking if not problem.row][:SHOWN],
        "blocking": [(problem, _said(problem)) for problem in blocking if problem.row][:SHOWN],
        "notes": [problem.sentence(language=get_language() or "zh") for problem in notes][:SHOWN],
        "bad": len(blocking),
        "rows": rows.shown(table.evidence[:20], plan=plan),
    }


def _said(problem: RowProblem) -> str:
    return problem.words(language=get_language() or "zh")


@room
@asking("evidence.import")
def problems(request: HttpRequest, token: str) -> HttpResponse:
    """Download every problem of a kept table with its place."""
    upload = uploads.kept(token, by=pages.actor_of(request))
    table = queries.read(upload, **_known(request))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Sheet"), _("Row"), _("Column"), _("What to do")])
    for one in table.problems:
        writer.writerow([inert(one.sheet), one.row or "", inert(one.column), inert(_said(one))])
    name = content_disposition_header(True, f"{upload.name}-problems.csv") or ""  # noqa: FBT003 - Django's own
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


def inert(text: str) -> str:
    """Keep words that came from a file from being reckoned by the program that opens the list."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@room
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one imported table with its rows and entries."""
    found = queries.batch(reference)
    page = Paginator(found.pages.order_by("first"), 1).get_page(request.GET.get("page"))
    plan = plans.plan(found.round)
    names = Names(plan)
    shown = [(one, rows.numbered(queries.rows_of(one), plan=plan)) for one in page]
    return pages.show(
        request,
        "results/batch.html",
        batch=found,
        page=page,
        rows=shown if queries.may_read(pages.actor_of(request)) else [],
        sources=[names.source(one) for one in found.sources],
        may_read=queries.may_read(pages.actor_of(request)),
        history=record.history(found.subject, with_words=True),
    )


@room
@asking("evidence.withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a table out of the reckoning, with a reason."""
    found = queries.batch(reference)
    form = forms.Withdrawal(request.POST or None, verb="evidence.withdraw")
    if form.is_valid() and pages.attempt(request, form, actions.withdraw, reference):
        return pages.done(request, "results:batch", reference, said=_("The table no longer counts."))
    return pages.show(request, "results/batch_withdraw.html", form=form, batch=found)
