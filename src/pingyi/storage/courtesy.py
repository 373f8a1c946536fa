"""How long work that can wait gives way to those who hand in or act (§5.4).

On SQLite they wait for the same turn to write. On a server nobody waits for a row of the worker's, but its statements
take the processors that answers need.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from pingyi.storage.sqlite.base import NAME
from pingyi.storage.turn import Turn, turn_at

SHARE = 10  # rests so many times as long as it held the turn, or used a processor
LONGEST = 5.0  # seconds: a storm that lasts does not stop the numbers for good
LOAD = Path("/proc/loadavg")  # its fourth word tells how many run or wait for a processor, of how many


class Courtesy:
    """Rests between two pieces of work where somebody waits for what they take."""

    def __init__(self, *, sleep: Callable[[float], object] = time.sleep) -> None:
        """Begin with the first piece."""
        self._sleep = sleep
        self._taken = _taken()

    def rest(self) -> None:
        """End a piece of work, and begin the next one after the rest that it calls for."""
        before, self._taken = self._taken, _taken()
        if _is_wanted():
            self._sleep(min((self._taken - before) * SHARE, LONGEST))


def write_turn() -> Turn | None:
    """Return the turn to write; None on PostgreSQL, where writers do not wait for each other, and in memory."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and name.startswith("/")
    return turn_at(Path(name).with_name(NAME)) if is_file else None


def _taken() -> float:
    """Return for how many seconds this process has held what others wait for: the turn, or a processor."""
    turn = write_turn()
    return turn.held if turn else time.process_time()


def _is_wanted() -> bool:
    turn = write_turn()
    return turn.is_wanted() if turn else is_crowded()


def is_crowded() -> bool:
    """Whether more want a processor at this moment than there are; never where the system does not tell."""
    try:
        running = int(LOAD.read_text(encoding="ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return False
    return running > (os.cpu_count() or 1)
