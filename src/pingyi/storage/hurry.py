"""Commits that need not stand on the disk one by one: a rehearsal that is played again whole where a cut hits it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def hurry() -> Iterator[None]:
    """Let commits come to the disk in any order and late, all of them by the end; for what no one was promised.

    On SQLite a play of a year syncs thousands of times otherwise. PostgreSQL keeps its own pace.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # syncs the log, then the database
            cursor.execute("PRAGMA synchronous=FULL")
