"""The seconds of the reader that one visitor or one login takes, counted together in all processes."""

from __future__ import annotations

from math import ceil

from pingyi.limits import Limit
from pingyi.reader.door import MOST_SECONDS, WINDOW

TENTHS = Limit(use="reader seconds", most=int(MOST_SECONDS * 10), seconds=int(WINDOW))


class SharedMeter:
    """The meter that the reader's door asks in a web process."""

    def may(self, asker: str) -> bool:
        """Whether this asker has seconds left."""
        return not TENTHS.is_reached(asker)

    def spent(self, asker: str, seconds: float) -> None:
        """Count what one file took, in tenths of a second."""
        TENTHS.count(asker, by=ceil(seconds * 10))
