"""A case's page: facts, who holds it, until when and why, what was done, what may be done next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pingyi import clock, pages
from pingyi.bureau.entrance import members_only
from pingyi.stations.cases.queries import case as cases


@members_only
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case."""
    opened = cases.case(reference, seen_by=pages.actor_of(request), at=clock.now())
    return pages.show(request, "cases/case.html", opened=opened, case=opened.case)
