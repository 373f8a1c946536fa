"""How long work that can wait gives way to those who hand in or act: they wait for the same turn to write (§5.4)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from pingyi.storage.sqlite.base import NAME
from pingyi.storage.turn import Turn, turn_at

SHARE = 3  # rests so many times as long as it held the turn, while others wait
LONGEST = 5.0  # seconds: a storm that lasts does not stop the numbers for good


class Courtesy:
    """Rests between two pieces of work where somebody waits for the turn."""

    def __init__(self, *, sleep: Callable[[float], object] = time.sleep) -> None:
        """Begin with the first piece."""
        self._sleep = sleep
        self._held = 0.0

    def rest(self) -> None:
        """End a piece of work, and begin the next one after the rest that it calls for."""
        turn = write_turn()
        if turn is None:
            return
        held, self._held = turn.held - self._held, turn.held
        if turn.is_wanted():
            self._sleep(min(held * SHARE, LONGEST))


def write_turn() -> Turn | None:
    """Return the turn to write; None on PostgreSQL, where writers do not wait for each other, and in memory."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and name.startswith("/")
    return turn_at(Path(name).with_name(NAME)) if is_file else None
