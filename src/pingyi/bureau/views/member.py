"""A member's pages: look, appoint, change, dismiss; for a role that checks, what one officer does is a motion."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pingyi import pages
from pingyi.bureau import hooks, queries
from pingyi.bureau.actions import member as actions
from pingyi.bureau.actions import motion as motions
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.forms.posts import Appoint, ChangedMember, Reason
from pingyi.record import queries as record
from pingyi.rules.motion import needs_two


@members_only
def member(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one member; the phone to those who may see it."""
    row = queries.member(reference)
    return pages.show(
        request,
        "bureau/member.html",
        member=row,
        phone=row.phone if queries.sees_phone(row, seen_by=pages.actor_of(request)) else "",
        posts=queries.posts(row),
        history=record.history(row.subject),
    )


@asking("member.appoint")
def appoint(request: HttpRequest) -> HttpResponse:
    """Appoint a person."""
    form = Appoint(request.POST or None, section=request.GET.get("section", ""))
    two = form.is_valid() and needs_two(form.cleaned_data["role"])
    if form.is_valid() and pages.attempt(request, form, motions.appoint if two else actions.appoint):
        if two:
            return pages.done(request, "bureau:motions", said=_proposed(form.cleaned_data["name"]))
        said = gettext("%(name)s was appointed. Invite the person next.") % {"name": form.cleaned_data["name"]}
        return pages.done(request, "bureau:invitations", said=said)
    return pages.show(request, "bureau/member_form.html", form=form)


@asking("member.change")
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a member."""
    row = queries.member(reference)
    form = ChangedMember(request.POST or None, member=row)
    two = form.is_valid() and needs_two(form.cleaned_data["role"], row.role)
    if form.is_valid() and pages.attempt(request, form, motions.change if two else actions.change, reference):
        if two:
            return pages.done(request, "bureau:motions", said=_proposed(row.name))
        return pages.done(request, "bureau:member", reference, said=gettext("The member was changed."))
    return pages.show(request, "bureau/member_form.html", form=form, member=row)


@asking("member.dismiss")
def dismiss(request: HttpRequest, reference: str) -> HttpResponse:
    """Dismiss a member, with a reason."""
    row = queries.member(reference)
    form = Reason(request.POST or None, verb="member.dismiss")
    if form.is_valid() and pages.attempt(request, form, actions.dismiss, reference):
        return pages.done(request, "bureau:member", reference, said=gettext("The member was dismissed."))
    return pages.show(request, "bureau/member_dismiss.html", form=form, member=row, held=hooks.held(reference))


@asking("member.withdraw_login")
def withdraw_login(request: HttpRequest, reference: str) -> HttpResponse:
    """Part a member's post from its login, with a reason."""
    row = queries.member(reference)
    form, two = Reason(request.POST or None, verb="member.withdraw_login"), needs_two(row.role)
    withdraw = motions.withdraw_login if two else actions.withdraw_login
    if form.is_valid() and pages.attempt(request, form, withdraw, reference):
        if two:
            return pages.done(request, "bureau:motions", said=_proposed(row.name))
        return pages.done(
            request, "bureau:invitations", said=gettext("The login was withdrawn. Invite the person anew.")
        )
    return pages.show(request, "bureau/withdraw_login.html", form=form, member=row)


def _proposed(name: str) -> str:
    said = gettext("It was proposed. A second person must confirm it before anything changes for %(name)s.")
    return said % {"name": name}
