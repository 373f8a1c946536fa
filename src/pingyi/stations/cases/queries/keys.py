"""Which channel a key speaks for, and the list of keys."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.stations.cases import keyed
from pingyi.stations.cases.models import ChannelKey
from pingyi.stations.cases.queries import year
from pingyi.stations.plans import queries as plans


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A key with the name of its channel."""

    key: ChannelKey
    channel: str


def channel_of(secret: str) -> str:
    """Return the channel that this secret speaks for; empty for an unknown or revoked one."""
    row = ChannelKey.objects.filter(secret_sha256=keyed.secret_digest(secret), revoked_on=None).first()
    return row.channel_id if secret and row else ""


def everything() -> list[Listed]:
    """Return all keys, those in use first."""
    round_ = plans.current_round()
    rows = ChannelKey.objects.select_related("issued_by").order_by("revoked_on", "-issued_on", "pk")
    return [Listed(key=row, channel=year.channel_name(round_, row.channel_id)) for row in rows]


def key_of(reference: str) -> ChannelKey | None:
    """Return one key."""
    row: ChannelKey | None = ChannelKey.objects.filter(reference=reference).first()
    return row
