"""Keys of channels: issued, shown once, and revoked when they have got into other hands (§3.2.2, §5.4)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed
from pingyi.stations.cases.models import ChannelKey
from pingyi.stations.cases.queries import people, year

SECRET_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A new key and its secret, which is shown now and never again."""

    key: ChannelKey
    secret: str


def issue(*, channel: str, label: str, by: Actor, at: datetime) -> Issued:
    """Give a channel's system a key of its own."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with act("key.issue", by=by, at=at) as change:
        if channel not in {one.id for one in year.channels(year.round_on(day_of(at)))}:
            raise Refused("key.no_such_channel", field="channel")
        key = ChannelKey(
            channel_id=channel,
            label=label,
            secret_sha256=keyed.secret_digest(secret),
            issued_on=day_of(at),
            issued_by=people.acting(by),
        )
        change.save(key)
    return Issued(key=key, secret=secret)


def revoke(reference: str, *, by: Actor, at: datetime) -> ChannelKey:
    """Make a key worthless from now on; what came in by it stays."""
    with act("key.revoke", by=by, at=at) as change:
        key = change.lock(ChannelKey, reference=reference)
        if key.revoked_on is not None:
            raise Refused("key.revoked_already")
        key.revoked_on = day_of(at)
        return change.save(key)
