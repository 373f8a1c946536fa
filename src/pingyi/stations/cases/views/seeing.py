"""Seeing the whole: search, cases that look alike, groups, hot matters (§1.4, §3.2.2)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from pingyi import clock, pages
from pingyi.bureau.entrance import asking, members_only
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import group as actions
from pingyi.stations.cases.forms import seeing as forms
from pingyi.stations.cases.queries import alike as alikes
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import hot as hots
from pingyi.stations.cases.queries import search as searches
from pingyi.words import refusal


@members_only
def search(request: HttpRequest) -> HttpResponse:
    """Find cases by words of the matter, the answer or the result."""
    query = request.GET.get("q", "")[: forms.LONGEST]
    before = request.GET.get("before", "")
    after = int(before) if before.isdecimal() and len(before) < 19 else None
    hits = searches.search(query, seen_by=pages.actor_of(request), at=clock.now(), before=after)
    form = forms.Search(request.GET if query.strip() else None)
    return pages.show(request, "cases/search.html", sieve=form, hits=hits, is_first=after is None)


@never_cache
@asking("case.merge")  # who joins what one person raised twice may look for it
def caller(request: HttpRequest) -> HttpResponse:
    """Find what somebody raised before; what is asked is sent, so that no number stands in an address or a log."""
    form = forms.Caller(request.POST or None)
    actor, found = pages.actor_of(request), None
    if form.is_valid():
        found = searches.raised_by(form.cleaned_data["person"], seen_by=actor, at=clock.now())
    return pages.show(request, "cases/caller.html", form=form, found=found)


@members_only
def hot(request: HttpRequest) -> HttpResponse:
    """Show what many raise at once, and what is raised more than usual."""
    days = request.GET.get("days", "")
    try:
        page = hots.page(
            days=int(days) if days.isdecimal() and len(days) < 5 else 30,
            seen_by=pages.actor_of(request),
            at=clock.now(),
        )
    except Refused as refused:
        return render(request, "cases/closed.html", {"said": refusal(refused)}, status=403)
    return pages.show(request, "cases/hot.html", page=page)


@members_only
def alike(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the cases that look like this one, and why; from here they are merged or grouped."""
    actor, at = pages.actor_of(request), clock.now()
    row = cases.find(reference, seen_by=actor)
    found = alikes.alike(row, seen_by=actor, at=at)
    together = alikes.together(row, seen_by=actor, at=at)
    return pages.show(
        request, "cases/alike.html", case=row, alike=found, together=together, around=hots.around(row, seen_by=actor)
    )


@asking("case.group")
def group(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a case into one group with another."""
    row = cases.find(reference, seen_by=pages.actor_of(request))
    form = forms.Group(request.POST or None, case=row, other=request.GET.get("other", ""))
    if form.is_valid() and pages.attempt(request, form, actions.group, reference):
        return pages.done(request, "cases:alike", reference, said=_("The cases are one group now."))
    return pages.show(request, "cases/group_do.html", form=form, case=row)


@asking("case.ungroup")
def ungroup(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a case out of its group."""
    row = cases.find(reference, seen_by=pages.actor_of(request))
    form = forms.Leave(request.POST if request.method == "POST" else None, case=row)
    if form.is_valid() and pages.attempt(request, form, actions.ungroup, reference):
        return pages.done(request, "cases:alike", reference, said=_("The case was taken out of the group."))
    return pages.show(request, "cases/ungroup.html", form=form, case=row)


@members_only
def group_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a group with its cases."""
    together = alikes.group(reference, seen_by=pages.actor_of(request), at=clock.now())
    if together is None:
        raise Http404
    return pages.show(request, "cases/group.html", together=together)
