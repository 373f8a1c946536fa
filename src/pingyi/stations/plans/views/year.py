"""The page on which all dates of a draft are moved to another year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.authoring import another_year
from pingyi.authoring.calendars import load_calendar
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.forms.year import ToYear, Year
from pingyi.stations.plans.queries import version as queries


@asking("plan.edit")
def year(request: HttpRequest, reference: str) -> HttpResponse:
    """Show which dates would move, and move them all by one button."""
    row, house = queries.version(reference), bureau.bureau()
    wanted = _wanted(request, house.year if house else clock.today().year)
    given = request.POST if request.method == "POST" else None
    form = ToYear(given, row=row, initial={"year": wanted}, auto_id="to_%s")
    if form.is_valid() and pages.attempt(request, form, actions.edit, reference):
        said = _("All dates were moved to %(year)s.") % {"year": wanted}
        return pages.done(request, "plans:version", reference, said=said)
    plan = queries.checked(row.text).located.plan
    moves = another_year.moves(plan, year=wanted, calendar=load_calendar()) if plan and wanted != plan.year else []
    shown = [(one, one.place(plan, language=queries.language())) for one in moves] if plan else []
    title = another_year.title(plan, year=wanted) if plan else ""
    return pages.show(
        request,
        "plans/version_year.html",
        form=form,
        choice=Year(initial={"year": wanted}),
        version=row,
        plan=plan,
        year=wanted,
        moves=shown,
        off=sum(one.is_off_now for one in moves),
        new_title=title if plan and title != plan.title else "",
    )


def _wanted(request: HttpRequest, usual: int) -> int:
    """Return the year that was asked for; the bureau's where none was, or no such one is offered."""
    asked = (request.POST if request.method == "POST" else request.GET).get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and 1990 <= int(asked) <= 2200 else usual
