"""The roster of stand-ins: who pairs with whom, who is away, who acts today (AB角, §3.2.3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pingyi import clock, pages
from pingyi.bureau import queries
from pingyi.bureau.actions import roster as actions
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.forms.roster import Away, Nothing, Pair
from pingyi.bureau.models import Member
from pingyi.rules.actor import Actor
from pingyi.rules.permissions import may


@members_only
def roster(request: HttpRequest) -> HttpResponse:
    """Show the pairs and the absences of today and the days to come."""
    today = clock.today()
    return pages.show(
        request,
        "bureau/roster.html",
        pairs=queries.pairs(on=today),
        away=queries.away(on=today),
        absences=queries.absences(since=today),
        sections=[row for row in queries.sections() if may(pages.actor_of(request), "post.set", row.about())],
        today=today,
    )


@asking("post.set")
def pair(request: HttpRequest, section: str) -> HttpResponse:
    """Make two people of a section each other's stand-in."""
    row = queries.section(section)
    form = Pair(request.POST or None, people=queries.members(section=section))
    if form.is_valid() and pages.attempt(request, form, actions.set_post, section):
        return pages.done(request, "bureau:roster", said=gettext("The pair stands in for each other from today."))
    return pages.show(request, "bureau/roster_ask.html", form=form, section=row)


@asking("absence.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """Enter days on which somebody is away."""
    form = Away(request.POST or None, people=_enterable(pages.actor_of(request)))
    if form.is_valid() and pages.attempt(request, form, actions.enter_absence):
        return pages.done(request, "bureau:roster", said=gettext("The absence was entered; the stand-in acts then."))
    return pages.show(request, "bureau/roster_ask.html", form=form)


@asking("absence.cancel")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an absence back."""
    row = queries.absence(reference)
    form = Nothing(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, actions.cancel_absence, reference):
        return pages.done(request, "bureau:roster", said=gettext("The absence was cancelled."))
    return pages.show(request, "bureau/roster_ask.html", form=form, absence=row)


def _enterable(actor: Actor) -> list[Member]:
    return [one for one in queries.members() if may(actor, "absence.enter", one.about())]
