"""Evidence comes in: templates, upload, preview, confirmation; a table can be taken out again."""

from __future__ import annotations

import csv
import io

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.authoring.evidence_tables import EvidenceTable
from pingyi.authoring.evidence_templates import ballot_template, template
from pingyi.bureau.entrance import asking
from pingyi.record import queries as record
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.results import forms, uploads
from pingyi.stations.results.actions import evidence as actions
from pingyi.stations.results.queries import evidence as queries
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
        sources=queries.sources(round_, on=clock.today()),
        batches=queries.batches(round_),
        plan=plan,
    )


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
    sources = queries.sources(round_, on=clock.today())
    return pages.show(
        request, "results/evidence.html", form=form, sources=sources, batches=queries.batches(round_), plan=plan
    )


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
    known = {one.id for one in plan.sources} | {"bonus", "deduction", "veto"}
    if source not in known:
        raise Http404
    make = ballot_template if wide else template
    content = make(plan, sections=queries.facts(plan), source=source)
    headers = {"Content-Disposition": f'attachment; filename="{source}{"-counts" if wide else ""}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@room
@asking("evidence.import")
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a kept table would bring in, with every problem; import it when the word is given."""
    upload = uploads.kept(token, by=pages.actor_of(request))
    said = forms.Import(request.POST if request.method == "POST" else request.GET)
    said.is_valid()
    known = {name: said.cleaned_data.get(name) for name in ("source", "happened_on")}
    table = queries.read(upload, source=known["source"] or "", happened_on=known["happened_on"])
    form = forms.Import(posted(request), initial=known)
    if form.is_valid() and pages.attempt(request, form, actions.import_upload, token):
        return pages.done(request, "results:evidence", said=_("The table was imported."))
    same = queries.same_table(the_round(), sha256=table.digest, rows_sha256=table.rows_digest)
    return pages.show(request, "results/upload.html", form=form, upload=upload, same=same, **_shown(table))


def _shown(table: EvidenceTable) -> dict[str, object]:
    language = get_language() or "zh"
    said = [(problem, problem.sentence(language=language)) for problem in table.problems]
    return {
        "table": table,
        "blocking": [one for one in said if one[0].is_blocking][:SHOWN],
        "notes": [one for one in said if not one[0].is_blocking][:SHOWN],
        "bad": sum(problem.is_blocking for problem in table.problems),
        "rows": table.evidence[:20],
    }


@room
@asking("evidence.import")
def problems(request: HttpRequest, token: str) -> HttpResponse:
    """Download every problem of a kept table with its place."""
    upload = uploads.kept(token, by=pages.actor_of(request))
    said = forms.Import(request.GET)
    said.is_valid()
    table = queries.read(
        upload, source=said.cleaned_data.get("source") or "", happened_on=said.cleaned_data.get("happened_on")
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Sheet"), _("Row"), _("Column"), _("What to do")])
    for one in table.problems:
        writer.writerow([one.sheet, one.row or "", one.column, one.sentence(language=get_language() or "zh")])
    name = content_disposition_header(True, f"{upload.name}-problems.csv") or ""  # noqa: FBT003 - Django's own
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@room
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one imported table with its rows and entries."""
    found = queries.batch(reference)
    page = Paginator(found.pages.order_by("first"), 1).get_page(request.GET.get("page"))
    rows = [(one, queries.rows_of(one)) for one in page]
    return pages.show(
        request,
        "results/batch.html",
        batch=found,
        page=page,
        rows=rows if queries.may_read(pages.actor_of(request)) else [],
        may_read=queries.may_read(pages.actor_of(request)),
        history=record.history(found.subject),
    )


@room
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a table out of the reckoning, with a reason."""
    found = queries.batch(reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.withdraw, reference):
        return pages.done(request, "results:batch", reference, said=_("The table no longer counts."))
    return pages.show(request, "results/batch_withdraw.html", form=form, batch=found)
