"""The one-time notice for the citizen, as a page to print and as PDF: at the counter, and by the code (§3.2.3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from pingyi import pages
from pingyi.bureau.entrance import members_only
from pingyi.documents import one_time_notice as papers
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import one_time_notice as queries
from pingyi.stations.cases.queries.codes import Opening
from pingyi.stations.cases.views.by_code import with_case


@members_only
def notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show the notice as it is handed to the citizen."""
    case = cases.find(reference, seen_by=pages.actor_of(request))
    return _page(request, "cases/one_time_notice.html", case, number)


@members_only
def notice_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Hand out the notice as PDF."""
    return _pdf(cases.find(reference, seen_by=pages.actor_of(request)), number)


@with_case
def copy(request: HttpRequest, found: Opening, case: Case, number: int) -> HttpResponse:
    """Show the citizen's own copy."""
    return _page(request, "cases/public/one_time_notice.html", case, number, found=found)


@with_case
def copy_pdf(request: HttpRequest, found: Opening, case: Case, number: int) -> HttpResponse:
    """Hand the citizen's copy out as PDF."""
    return _pdf(case, number)


def _page(
    request: HttpRequest, template: str, case: Case, number: int, *, found: Opening | None = None
) -> HttpResponse:
    row = queries.find(case, number)
    return pages.show(request, template, case=case, found=found, row=row, paper=queries.paper(case, row))


def _pdf(case: Case, number: int) -> HttpResponse:
    response = HttpResponse(papers.pdf(queries.paper(case, queries.find(case, number))), content_type="application/pdf")
    name = content_disposition_header(False, f"一次性告知书-{case.reference}-{number}.pdf")  # noqa: FBT003 - Django's own
    response.headers["Content-Disposition"] = name or "inline"
    return response
