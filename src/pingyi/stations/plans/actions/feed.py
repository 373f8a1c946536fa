"""A member's calendar address: opened, and revoked when it has got into other hands."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from pingyi.record.acts import Change, act
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import CalendarFeed
from pingyi.stations.plans.queries import people


def open_feed(*, by: Actor, at: datetime) -> str:
    """Make a new secret address for the member and close the one before; return the token, shown only now."""
    token = secrets.token_urlsafe(24)
    with act("calendar.open", by=by, at=at) as change:
        _close(change, by.reference, at=at)
        change.save(
            CalendarFeed(member=people.acting(by), token_sha256=hashed(token), opened_on=day_of(at)),
        )
    return token


def revoke_feed(member: str, *, by: Actor, at: datetime) -> None:
    """Close a member's address for good."""
    with act("calendar.revoke", by=by, at=at) as change:
        if not _close(change, member, at=at):
            raise Refused("calendar.none_open")


def hashed(token: str) -> str:
    """Return the digest under which a token is kept."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def _close(change: Change, member: str, *, at: datetime) -> int:
    rows = change.lock_all(CalendarFeed.objects.filter(member__reference=member, revoked_on=None))
    for row in rows:
        row.revoked_on = day_of(at)
    if rows:
        change.save_all(rows)
    return len(rows)
