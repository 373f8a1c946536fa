"""Invitations: issue, send or print, the second word, withdraw; and the page that an invited person opens."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pingyi import clock, pages, site
from pingyi.bureau import attempts, delivery, founding, queries
from pingyi.bureau.actions import invitation as actions
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.login import Accept, Own
from pingyi.bureau.forms.posts import Reason
from pingyi.bureau.middleware import CURRENT
from pingyi.bureau.models import Login
from pingyi.rules.membership import InvitationState
from pingyi.rules.refused import Refused
from pingyi.words import refusal

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@asking("invitation.issue")
def invitations(request: HttpRequest) -> HttpResponse:
    """Show who still waits for an invitation, and all invitations."""
    at = clock.now()
    found = {"invitations": queries.invitations(at=at), "uninvited": queries.uninvited(at=at)}
    return pages.show(request, "bureau/invitations.html", **found)


@never_cache
@require_POST
@asking("invitation.issue")
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    """Issue one invitation; its link goes to the invited, by mail or on a sealed sheet."""
    try:
        site.link(request, "/")
        issued = actions.issue([reference], by=pages.actor_of(request), at=clock.now())
    except Refused as refused:
        messages.error(request, refusal(refused))
        return redirect("bureau:invitations")
    return _deliver(request, issued)


@never_cache
@require_POST
@asking("invitation.issue")
def sheet(request: HttpRequest) -> HttpResponse:
    """Invite everybody who has neither login nor invitation."""
    at = clock.now()
    waiting = [one.reference for one in queries.uninvited(at=at)]
    try:
        site.link(request, "/")
        issued = actions.issue(waiting, by=pages.actor_of(request), at=at)
    except Refused as refused:
        everybody = gettext("Everybody already has a login or an open invitation.")
        messages.info(request, everybody if waiting == [] else refusal(refused))
        return redirect("bureau:invitations")
    return _deliver(request, issued)


@never_cache
@asking("invitation.give_word")
def word(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the second word of an invitation and show it, this once."""
    row = queries.invitation_of(reference)
    form = Form(request.POST or None) if request.method == "GET" else Form(request.POST)
    said = ""
    if request.method == "POST":
        try:
            said = actions.give_word(reference, by=pages.actor_of(request), at=clock.now())
        except Refused as refused:
            form.is_valid()
            form.add_error(None, refusal(refused))
    return pages.show(request, "bureau/word.html", form=form, invitation=row, word=said)


@asking("invitation.revoke")
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw an invitation, with a reason."""
    form = Reason(request.POST or None, verb="invitation.revoke")
    if form.is_valid() and pages.attempt(request, form, actions.revoke, reference):
        return pages.done(request, "bureau:invitations", said=gettext("The invitation was withdrawn."))
    row = queries.invitation_of(reference)
    return pages.show(request, "bureau/revoke.html", form=form, invitation=row)


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the invited person choose a user name and a password, or use the login already signed in."""
    row = queries.invitation(actions.digest(token))
    state = row.state(at=clock.now())
    if state is not InvitationState.OPEN:
        return pages.show(request, "bureau/invitation_over.html", why=refusal(Refused(f"invitation.{state.value}")))
    signed_in = request.user if isinstance(request.user, Login) else None
    own = signed_in is not None and "own" in request.POST
    asks = bool(row.needs_word)
    form = Accept(None if own else request.POST or None, needs_word=asks)
    joining = Own(request.POST if own else None, needs_word=asks)
    chosen: Form = joining if own else form
    more = {"is_founders_browser": founding.was_here(request), **({"login": signed_in} if own else {})}
    if chosen.is_valid() and asks:
        attempts.take_word(row.reference)
    if chosen.is_valid() and pages.attempt(request, chosen, actions.accept, token, **more):
        if not own:
            sign_in(request, Login.objects.get(username=form.cleaned_data["username"].strip()), backend=BACKEND)
        request.session[CURRENT] = row.member.reference
        return pages.done(request, "bureau:welcome")
    shown = {"invitation": row, "bureau": queries.bureau(), "fresh": form, "joining": joining}
    return pages.show(request, "bureau/accept.html", form=chosen, **shown)


def _deliver(request: HttpRequest, issued: Sequence[actions.Issued]) -> HttpResponse:
    """Send what can be sent, and answer with the sheet of the others."""
    house = queries.bureau()
    assert house is not None  # noqa: S101 - who issues invitations is a member, and members have a bureau
    done = delivery.deliver(issued, link=lambda token: _link(request, token), bureau=house)
    if done.failed:
        names = "、".join(done.failed)
        messages.error(request, gettext("No mail went out to %(names)s; print the sheet.") % {"names": names})
    if done.mailed:
        count = len(done.mailed)
        said = ngettext("%(count)s invitation was mailed.", "%(count)s invitations were mailed.", count)
        messages.success(request, said % {"count": count})
    if not done.sheet:
        return redirect("bureau:invitations")
    headers = {"Content-Disposition": f'attachment; filename="invitations-{clock.now():%Y%m%d}.pdf"'}
    return HttpResponse(done.sheet, content_type="application/pdf", headers=headers)


def _link(request: HttpRequest, token: str) -> str:
    return site.link(request, reverse("bureau:accept", args=[token]))
