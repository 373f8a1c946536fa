"""Invitations: issue, hand out, withdraw; and the page that an invited person opens."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.authoring.people_templates import invitation_sheet
from pingyi.bureau import queries
from pingyi.bureau.actions import invitation as actions
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.login import Accept
from pingyi.bureau.forms.posts import Reason
from pingyi.bureau.middleware import CURRENT
from pingyi.bureau.models import Login
from pingyi.rules.membership import InvitationState
from pingyi.rules.refused import Refused
from pingyi.words import refusal

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    """Issue one invitation and show its link, this once."""
    try:
        issued = actions.issue([reference], by=pages.actor_of(request), at=clock.now())[0]
    except Refused as refused:
        messages.error(request, refusal(refused))
        return redirect("bureau:invitations")
    return pages.show(request, "bureau/issued.html", issued=issued, link=_link(request, issued.token))


@never_cache
@require_POST
@asking("invitation.issue")
def sheet(request: HttpRequest) -> HttpResponse:
    """Invite everybody who has neither login nor invitation; answer with a sheet of their links."""
    at = clock.now()
    waiting = [one.reference for one in queries.uninvited(at=at)]
    try:
        issued = actions.issue(waiting, by=pages.actor_of(request), at=at)
    except Refused:
        messages.info(request, gettext("Everybody already has a login or an open invitation."))
        return redirect("bureau:invitations")
    rows = (_row(request, one) for one in issued)
    headers = {"Content-Disposition": f'attachment; filename="invitations-{at:%Y%m%d}.xlsx"'}
    return HttpResponse(invitation_sheet(rows), content_type=XLSX, headers=headers)


@asking("invitation.revoke")
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw an invitation, with a reason."""
    form = Reason(request.POST or None)
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
    form: Form = Form(request.POST) if own else Accept(request.POST or None)
    more = {"login": signed_in} if own else {}
    if form.is_valid() and pages.attempt(request, form, actions.accept, token, **more):
        if not own:
            sign_in(request, Login.objects.get(username=form.cleaned_data["username"].strip()), backend=BACKEND)
        request.session[CURRENT] = row.member.reference
        return pages.done(request, "bureau:welcome")
    return pages.show(request, "bureau/accept.html", form=form, invitation=row, bureau=queries.bureau())


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("bureau:accept", args=[token]))


def _row(request: HttpRequest, one: actions.Issued) -> tuple[str, str, str, str, str]:
    person = one.invitation.member
    until = f"{localtime(one.invitation.expires_at):%Y-%m-%d %H:%M}"
    section = person.section.name if person.section else ""
    return person.name, section, str(person.get_role_display()), _link(request, one.token), until
