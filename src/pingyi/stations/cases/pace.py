"""How many calls a channel's key may make in a minute: a loop gone wrong at a hotline must not stop the others.

Counts live in this process's memory, by the key's digest.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache

from pingyi import clock
from pingyi.stations.cases import keyed

A_MINUTE = 60


def wait_for(secret: str) -> int:
    """Count one call of a key; return the seconds to wait where it was one too many, else nothing."""
    most: int = settings.PINGYI.calls_a_minute
    if not most:
        return 0
    minute, second = divmod(int(clock.now().timestamp()), A_MINUTE)
    counted = f"pace:{keyed.secret_digest(secret)[:32]}:{minute}"
    if cache.add(counted, 1, 2 * A_MINUTE):
        return 0
    return 0 if cache.incr(counted) <= most else A_MINUTE - second
