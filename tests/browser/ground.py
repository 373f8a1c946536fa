"""The ground that browser tests stand on: a database that is laid once and laid again in a moment for every test."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, TypeVar

from django.db import connection

Told = TypeVar("Told")


class Ground:
    """Copies of the test database by name, each with what its maker told of it.

    What a test needs is made through the actions once a run; every further test begins with a copy of it, and after
    every test the database is as it was before.
    """

    def __init__(self) -> None:
        """Begin with nothing laid."""
        self._kept: dict[str, tuple[sqlite3.Connection, Any]] = {}

    @contextmanager
    def lent(self) -> Iterator[Ground]:
        """Lend the database to one test, and give it back as it was."""
        connection.ensure_connection()
        before = _copied(connection.connection)
        try:
            yield self
        finally:
            before.backup(connection.connection)

    def laid(self, name: str, make: Callable[[], Told]) -> Told:
        """Bring the database to what `make` made of it, and return what it told."""
        if name not in self._kept:
            told = make()
            self._kept[name] = (_copied(connection.connection), deepcopy(told))
        copy, kept = self._kept[name]
        copy.backup(connection.connection)
        return deepcopy(kept)  # type: ignore[no-any-return]


def _copied(database: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    database.backup(copy)
    return copy
