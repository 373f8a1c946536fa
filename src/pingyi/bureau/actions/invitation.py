"""Invitations: a link for one person, once; only the digest of its token is kept.

To a role that checks, a link opens nothing without the second word, which another person than the issuer gives the
invited by voice (ADR 0013).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.urls import reverse
from django.utils.crypto import salted_hmac

from pingyi.bureau import logins, notices
from pingyi.bureau.models import Invitation, Login, Member
from pingyi.record.acts import Change, act
from pingyi.record.references import new_reference
from pingyi.rules import membership as rules
from pingyi.rules import motion as two
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import hour_of
from pingyi.rules.refused import Refused

DAYS = 14
SALT = "pingyi.bureau.invitation"
WORD = 8  # letters of the second word: 38 bits, typed once


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A fresh invitation and its token, which is shown this once."""

    invitation: Invitation
    token: str


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def spoken(word: str) -> str:
    """Return what is kept of a second word, however it was typed; keyed, for the record is public and words few."""
    plain = "".join(letter for letter in word.upper() if letter.isalnum())
    return salted_hmac(SALT, plain, algorithm="sha256").hexdigest()


def issue(members: Sequence[str], *, days: int = DAYS, by: Actor, at: datetime) -> list[Issued]:
    """Invite appointed people to make their logins; an earlier open invitation of the same person ends."""
    with act("invitation.issue", by=by, at=at) as opened:
        people = opened.lock_all(Member.objects.filter(reference__in=members))
        if not people or len(people) < len(set(members)):
            raise Refused("missing")
        _check_invitable(people)
        _end_earlier(opened, people, at=at)
        issued = [_fresh(person, days=days, by=by, at=at) for person in people]
        opened.save_all([one.invitation for one in issued])
        return issued


def give_word(reference: str, *, by: Actor, at: datetime) -> str:
    """Make the second word of an invitation, as another person than issued it; it is shown this once (§5.4)."""
    with act("invitation.give_word", by=by, at=at) as opened:
        row = opened.lock(Invitation, reference=reference)
        rules.check_open(row.state(at=at))
        if not row.needs_word:
            raise Refused("invitation.needs_no_word")
        word = new_reference()[:WORD]
        row.word_by, row.word_sha256 = by.reference, spoken(word)
        opened.save(row)
        return word


def revoke(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Invitation:
    """Make an open invitation's link worthless."""
    with act("invitation.revoke", by=by, at=at, ground=ground, reason=reason) as opened:
        row = opened.lock(Invitation, reference=reference)
        rules.check_open(row.state(at=at))
        row.revoked_at = hour_of(at)
        return opened.save(row)


def accept(
    token: str,
    *,
    username: str = "",
    password: str = "",
    word: str = "",
    login: Login | None = None,
    is_founders_browser: bool = False,
    by: Actor,
    at: datetime,
) -> Member:
    """Take up a post: with a new login, or with the login the person already has; the link is then used up.

    A post that checks, taken up in the browser in which the bureau was founded, is noted for whoever verifies.
    """
    with act("invitation.accept", by=by, at=at) as opened:
        row = opened.lock(Invitation, token_sha256=digest(token))
        rules.check_open(row.state(at=at))
        two.check_word(is_needed=bool(row.needs_word), kept=row.word_sha256, given=spoken(word))
        person = opened.lock(Member, pk=row.member_id)
        _check_invitable([person])
        if login is None:
            person.person = person.person or new_reference()
            person.login = logins.make(
                username=username, password=password, name=person.name, person=person.person, at=at
            )
        else:
            _take_up(person, login)
        _bind(person, row)
        row.accepted_at = hour_of(at)
        opened.save(row)
        opened.save(person)
        if is_founders_browser and two.needs_two(person.role):
            opened.note(person, is_founders_browser=True)
        officers = Member.objects.filter(role=Role.SUPERVISION_OFFICE.value, dismissed_on=None).exclude(pk=person.pk)
        url = reverse("bureau:member", args=[person.reference])
        notices.queue("invitation.accepted", to=officers, about=person, at=at, url=url, name=person.name)
        return person


def _take_up(person: Member, login: Login) -> None:
    """Join a post to a login that is there: from now on both are known as one person."""
    whose = logins.person_of(login)
    two.check_person(post=person.person, login=whose, is_taken=logins.is_taken(person.person))
    person.person, person.login = whose, login


def _bind(person: Member, row: Invitation) -> None:
    """Remember who alone gave the invitation out: for a role that checks there were two."""
    if row.issued_by and not two.needs_two(person.role):
        person.made_by = sorted({*(person.made_by or ()), row.issued_by})


def _needs_word(person: Member) -> bool:
    """Whether another person must give the second word; at the first start there is nobody else (ADR 0013)."""
    has_begun = Invitation.objects.exclude(accepted_at=None).exists()
    return two.needs_two(person.role) and (has_begun or person.made_by != [])


def _check_invitable(people: Sequence[Member]) -> None:
    for person in people:
        if person.dismissed_on is not None:
            raise Refused("member.dismissed")
        if person.login_id is not None:
            raise Refused("invitation.has_login", name=person.name)


def _end_earlier(opened: Change, people: Sequence[Member], *, at: datetime) -> None:
    earlier = opened.lock_all(Invitation.objects.filter(member__in=people, accepted_at=None, revoked_at=None))
    for row in earlier:
        row.revoked_at = hour_of(at)
    if earlier:
        opened.save_all(earlier)


def _fresh(person: Member, *, days: int, by: Actor, at: datetime) -> Issued:
    token = secrets.token_urlsafe(24)
    row = Invitation(
        member=person, token_sha256=digest(token), issued_at=hour_of(at), expires_at=_end(at, days=days),
        issued_by=by.reference, needs_word=_needs_word(person),
    )  # fmt: skip
    return Issued(invitation=row, token=token)


def _end(at: datetime, *, days: int = DAYS) -> datetime:
    """Return the full hour at which the link ends, so many days later."""
    return hour_of(at) + timedelta(days=days)


def founding(change: Change, person: Member, *, at: datetime) -> Issued:
    """Invite a second person whom the server's operator founds, within that act: nobody is there to give a word."""
    token = secrets.token_urlsafe(24)
    row = Invitation(
        member=person, token_sha256=digest(token), issued_at=hour_of(at), expires_at=_end(at), needs_word=False
    )
    return Issued(invitation=change.save(row), token=token)
