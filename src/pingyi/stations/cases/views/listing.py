"""The list of cases, page by page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import members_only
from pingyi.rules.actor import Actor, Role
from pingyi.stations.cases.forms.sieve import CaseSieve
from pingyi.stations.cases.queries import listing, people, year
from pingyi.stations.cases.queries.desk import WORKERS
from pingyi.stations.cases.queries.listing import Sieve

OFFICE = ("mine", "offered", "ready", "")
SECTION = ("mine", "section", "offered", "ready")


@members_only
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that this person may see, narrowed."""
    actor = pages.actor_of(request)
    channels = year.channels(year.round_on(clock.today()))
    sections = bureau.sections() if actor.role in people.READERS else ()
    form = CaseSieve(request.GET or {"standing": "open"}, channels=channels, sections=sections)
    asked = form.cleaned_data if form.is_valid() else {}
    whose = request.GET.get("whose", _first(actor))
    sieve = Sieve(**{**asked, "whose": whose, "after": request.GET.get("after", "")})
    found = listing.listed(sieve, seen_by=actor, at=clock.now())
    return pages.show(
        request,
        "cases/list.html",
        sieve_form=form,
        found=found,
        sieve=sieve,
        tabs=_tabs(actor),
        oversees=actor.role in people.READERS,
        has_figures=actor.role in WORKERS | people.READERS,
    )


def _first(actor: Actor) -> str:
    """A head begins with the section's cases, everybody else of a section with their own, the office with all."""
    return {Role.SECTION_HEAD: "section", Role.SECTION_STAFF: "mine"}.get(actor.role, "")


def _tabs(actor: Actor) -> tuple[str, ...]:
    if actor.role in people.READERS:
        return OFFICE if actor.role is Role.SUPERVISION_OFFICE else ("",)
    return SECTION
