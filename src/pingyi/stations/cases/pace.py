"""How many calls a channel's key may make in a minute: a loop gone wrong at a hotline must not stop the others.

The minute begins with the key's first call, and is counted in all processes together.
"""

from __future__ import annotations

from django.conf import settings

from pingyi.limits import Limit
from pingyi.stations.cases import keyed

A_MINUTE = 60


def wait_for(secret: str) -> int:
    """Count one call of a key; return the seconds to wait where it was one too many, else nothing."""
    most: int = settings.PINGYI.calls_a_minute
    if not most:
        return 0
    calls = Limit(use="cases.calls", most=most, seconds=A_MINUTE)
    key = keyed.secret_digest(secret)
    return 0 if calls.take(key) else max(calls.wait(key), 1)
