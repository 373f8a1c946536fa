"""The weekly bulletin: page, DOCX and PDF (公报, §3.2.2)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from pingyi import clock, pages
from pingyi.bureau.entrance import members_only
from pingyi.reader.papers import KINDS
from pingyi.stations.cases.actions import drawing_up
from pingyi.stations.cases.queries import people
from pingyi.stations.cases.queries import week as weeks


@members_only
def bulletin(request: HttpRequest) -> HttpResponse:
    """Show a week's bulletin to those who oversee the bureau."""
    _check(request)
    week = weeks.week_of(request.GET.get("week", ""), on=clock.today())
    after = week.moved(1)
    has_next = after == weeks.week_of(after.name, on=clock.today())
    made = drawing_up.issue(week, at=clock.now())
    return pages.show(
        request, "cases/bulletin.html", made=made, week=week, before=week.moved(-1), after=after if has_next else None
    )


@members_only
def download(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Hand out a week's bulletin as a document to edit, or to print."""
    _check(request)
    found = weeks.week_of(week, on=clock.today())
    if form not in {"bulletin.docx", "bulletin.pdf"} or found.name != week:
        raise Http404
    made, kind = drawing_up.issue(found, at=clock.now()), form.rpartition(".")[2]
    response = HttpResponse(made.pdf() if kind == "pdf" else made.docx(), content_type=KINDS[kind])
    name = f"{made.title}-{week}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(kind != "pdf", name) or "inline"
    return response


def _check(request: HttpRequest) -> None:
    if pages.actor_of(request).role not in people.READERS:
        raise PermissionDenied
