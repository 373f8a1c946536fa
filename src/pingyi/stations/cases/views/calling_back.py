"""Independent call-backs: lots, who is to be asked, what was said, where answers disagree (§3.2.2)."""

from __future__ import annotations

from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.stations.cases.actions import calling_back
from pingyi.stations.cases.forms import protection as forms
from pingyi.stations.cases.models import CallBackDraw
from pingyi.stations.cases.queries import calling_back as queries

RECENT = 3  # lots shown at once; the earlier ones are folded away


@asking("case.call_back")
def call_backs(request: HttpRequest) -> HttpResponse:
    """Show the lots, the call-backs to make, and where rating and call-back disagree."""
    draws, page = list(queries.draws()), pages.page_of(request, queries.made(), 20)
    named = [*chain.from_iterable(lot.drawn for lot in draws), *(row.case.reference for row in page)]
    return pages.show(
        request, "cases/call_backs.html", recent=draws[:RECENT], earlier=draws[RECENT:],
        opened=queries.readable_among(named, seen_by=pages.actor_of(request)), waiting=queries.waiting(), page=page,
        by_section=queries.discordance_by_section(), by_operator=queries.discordance_by_operator(),
        today=clock.today(),
    )  # fmt: skip


@asking("case.draw_call_backs")
def announce(request: HttpRequest) -> HttpResponse:
    """Announce a lot before the numbers that decide exist."""
    form = forms.Announce(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, calling_back.announce):
        return pages.done(request, "cases:call-backs", said=_("The lot was announced and stands in the record."))
    return pages.show(request, "cases/call_back_announce.html", form=form)


@asking("case.draw_call_backs")
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw with the published numbers."""
    row = get_object_or_404(CallBackDraw, reference=reference)
    form = forms.Draw(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, calling_back.draw, reference):
        return pages.done(request, "cases:call-backs", said=_("The lot was drawn; anybody can repeat it."))
    return pages.show(request, "cases/call_back_draw.html", form=form, draw=row)


@asking("case.call_back")
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the citizen said."""
    asking_ = queries.asking(reference, seen_by=pages.actor_of(request))
    form = forms.CallBack(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, calling_back.call_back, reference):
        return pages.done(request, "cases:call-backs", said=_("The call-back was written down."))
    return pages.show(request, "cases/call_back.html", form=form, asking=asking_, case=asking_.row.case)
