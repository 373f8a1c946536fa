"""The close of the year on one page: filings, the bureau's summary, the sections' summaries (§4.4a)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pingyi import clock, pages
from pingyi.bureau import queries as bureaus
from pingyi.stations.plans import queries as plans
from pingyi.stations.publication.queries import filing as filings
from pingyi.stations.publication.queries import report as queries
from pingyi.stations.publication.queries.report import Draft
from pingyi.stations.publication.views.doors import download, room, round_of


@room
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the current year's page."""
    round_ = plans.current_round()
    if round_ is None:
        return pages.show(request, "publication/reports.html", round=None)
    return redirect("publication:reports-year", round_.year)


@room
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show what is to be filed and summed up, as far as it concerns the reader."""
    round_, actor, on = round_of(year), pages.actor_of(request), clock.today()
    return pages.show(
        request,
        "publication/reports.html",
        round=round_,
        filings=filings.filings(round_, on=on, seen_by=actor),
        summaries=queries.summaries_seen(round_, on=on, seen_by=actor),
        oversees=actor.role in queries.OVERSEERS,
    )


@room
def bureau(request: HttpRequest, year: int) -> HttpResponse:
    """Show the bureau's summary as the record drafts it."""
    return _show(request, year, _of_bureau(request, year), docx="publication:report-bureau-docx")


@room
def bureau_docx(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out the bureau's summary as an editable document."""
    return download(_of_bureau(request, year).docx())


@room
def section(request: HttpRequest, year: int, section: str) -> HttpResponse:
    """Show a section's summary as the record drafts it."""
    draft = _of_section(request, year, section)
    return _show(request, year, draft, docx="publication:report-section-docx", section=section)


@room
def section_docx(request: HttpRequest, year: int, section: str) -> HttpResponse:
    """Hand out a section's summary as an editable document."""
    return download(_of_section(request, year, section).docx())


def _of_bureau(request: HttpRequest, year: int) -> Draft:
    return queries.of_bureau(round_of(year), on=clock.today(), seen_by=pages.actor_of(request))


def _of_section(request: HttpRequest, year: int, section: str) -> Draft:
    row = bureaus.section(section)
    return queries.of_section(round_of(year), row, on=clock.today(), seen_by=pages.actor_of(request))


def _show(request: HttpRequest, year: int, draft: Draft, *, docx: str, section: str = "") -> HttpResponse:
    return pages.show(request, "publication/report.html", year=year, draft=draft, docx=docx, section=section)
