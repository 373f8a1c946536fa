"""The pages of figures: for members, and for everybody (§3.2.2)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from pingyi import clock, pages
from pingyi.bureau.entrance import members_only
from pingyi.stations.cases.forms.figures import PeriodForm
from pingyi.stations.cases.queries import figures_page, open_figures, people, year
from pingyi.stations.cases.queries.desk import WORKERS


@members_only
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period: the bureau, its sections, kinds and channels."""
    if pages.actor_of(request).role not in WORKERS | people.READERS:
        raise PermissionDenied
    today = clock.today()
    form = PeriodForm(request.GET or None, channels=year.channels(year.round_on(today)))
    period = form.period(first=today.replace(month=1, day=1), last=today)
    if not form.is_bound:
        form = PeriodForm({"since": period.since, "until": period.until}, channels=year.channels(year.round_on(today)))
    oversees = pages.actor_of(request).role in people.READERS
    page = figures_page.page(period, at=clock.now())
    return pages.show(request, "cases/figures.html", sieve=form, page=page, oversees=oversees)


def for_everybody(request: HttpRequest) -> HttpResponse:
    """Show everybody the year's figures as they were last drawn up; of few cases nothing is told."""
    return pages.show(request, "cases/figures_public.html", drawn=open_figures.latest())
