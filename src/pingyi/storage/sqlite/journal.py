"""The switch of a database file to its write-ahead journal, once in the file's life (§5.4)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path


def write_ahead(opened: sqlite3.Connection, path: Path) -> None:
    """Let the file have a write-ahead journal; who opens a new file at the same moment waits.

    SQLite itself does not wait here, whatever its timeout: of two that switch at once one is told "locked".
    """
    if opened.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with _one_at_a_time(path):
            opened.execute("PRAGMA journal_mode=WAL")


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    try:
        door = os.open(path.with_name(f"{path.name}.switch"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        yield  # a folder that nobody may write to: the database itself will say so
        return
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)  # which unlocks it
