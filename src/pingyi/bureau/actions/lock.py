"""A name is unlocked by the server's operator, where an office has locked itself out (§5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import attempts
from pingyi.bureau.models import Member
from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.refused import Refused


def unlock(username: str, *, by: Actor, at: datetime) -> Member:
    """Set aside what was counted against a login so far, and say in the record that the operator did so."""
    with act("login.unlock", by=by, at=at) as change:
        member: Member | None = Member.objects.filter(login__username__iexact=username.strip()).order_by("pk").first()
        if member is None:
            raise Refused("missing", verb="login.unlock", kind="member")
        change.note(member)
    attempts.unlock(username)
    return member
