"""Declarations of interest: one's own, and for the office who declared and who did not yet (§5.4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pingyi import clock, pages
from pingyi.bureau import interests, queries
from pingyi.bureau.actions import interest as actions
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.interest import Declaration
from pingyi.rules.actor import Role

OVERSEERS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR})


@asking("interest.declare")
def own(request: HttpRequest) -> HttpResponse:
    """Show one's declaration of this year, and take a new one."""
    actor, year = pages.actor_of(request), interests.year() or clock.today().year
    form = Declaration(request.POST or None, actor=actor)
    if form.is_valid() and pages.attempt(request, form, actions.declare, year=year):
        return pages.done(request, "bureau:interests", said=gettext("Your declaration was taken."))
    stands = interests.own(actor, year=year)
    names = {row.reference: row.name for row in queries.sections()}
    return pages.show(
        request,
        "bureau/interests.html",
        form=form,
        year=year,
        stands=stands,
        sections=[names.get(one, one) for one in stands.sections] if stands else [],
        everybody=interests.listed(year=year, on=clock.today()) if actor.role in OVERSEERS else [],
        sees_details=actor.role is Role.SUPERVISION_OFFICE,
    )
