"""Invitations: a link for one person, once; only the digest of its token is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.urls import reverse

from pingyi.bureau import logins, notices
from pingyi.bureau.models import Invitation, Login, Member
from pingyi.record.acts import Change, act
from pingyi.rules import membership as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused

DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A fresh invitation and its token, which is shown this once."""

    invitation: Invitation
    token: str


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def issue(members: Sequence[str], *, days: int = DAYS, by: Actor, at: datetime) -> list[Issued]:
    """Invite appointed people to make their logins; an earlier open invitation of the same person ends."""
    with act("invitation.issue", by=by, at=at) as opened:
        people = opened.lock_all(Member.objects.filter(reference__in=members))
        if not people or len(people) < len(set(members)):
            raise Refused("missing")
        _check_invitable(people)
        _end_earlier(opened, people, at=at)
        issued = [_fresh(person, days=days, at=at) for person in people]
        opened.save_all([one.invitation for one in issued])
        return issued


def revoke(reference: str, *, reason: str, by: Actor, at: datetime) -> Invitation:
    """Make an open invitation's link worthless."""
    with act("invitation.revoke", by=by, at=at, reason=reason) as opened:
        row = opened.lock(Invitation, reference=reference)
        rules.check_open(row.state(at=at))
        row.revoked_at = at
        return opened.save(row)


def accept(
    token: str, *, username: str = "", password: str = "", login: Login | None = None, by: Actor, at: datetime
) -> Member:
    """Take up a post: with a new login, or with the login the person already has; the link is then used up."""
    with act("invitation.accept", by=by, at=at) as opened:
        row = opened.lock(Invitation, token_sha256=digest(token))
        rules.check_open(row.state(at=at))
        person = opened.lock(Member, pk=row.member_id)
        _check_invitable([person])
        person.login = login or logins.make(username=username, password=password, name=person.name)
        row.accepted_at = at
        opened.save(row)
        opened.save(person)
        officers = Member.objects.filter(role=Role.SUPERVISION_OFFICE.value, dismissed_on=None).exclude(pk=person.pk)
        url = reverse("bureau:member", args=[person.reference])
        notices.queue("invitation.accepted", to=officers, about=person, at=at, url=url, name=person.name)
        return person


def _check_invitable(people: Sequence[Member]) -> None:
    for person in people:
        if person.dismissed_on is not None:
            raise Refused("member.dismissed")
        if person.login_id is not None:
            raise Refused("invitation.has_login", name=person.name)


def _end_earlier(opened: Change, people: Sequence[Member], *, at: datetime) -> None:
    earlier = opened.lock_all(Invitation.objects.filter(member__in=people, accepted_at=None, revoked_at=None))
    for row in earlier:
        row.revoked_at = at
    if earlier:
        opened.save_all(earlier)


def _fresh(person: Member, *, days: int, at: datetime) -> Issued:
    token = secrets.token_urlsafe(24)
    expires = at + timedelta(days=days)
    return Issued(
        invitation=Invitation(member=person, token_sha256=digest(token), issued_at=at, expires_at=expires),
        token=token,
    )
