"""The database wrapper that Django loads by this module's name (§5.4)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db.backends.sqlite3 import base as django
from django.db.utils import OperationalError

from pingyi.storage.sqlite.journal import write_ahead
from pingyi.storage.turn import Turn, turn_at

NAME = ".write"


class DatabaseWrapper(django.DatabaseWrapper):
    """Takes its turn before each transaction, so that the kernel wakes the next writer.

    SQLite itself lets writers sleep and look again, ever longer: of many at once some wait for a second while the
    others overtake them. A single statement outside a transaction still waits that way.
    """

    _turn: Turn | None = None

    def get_new_connection(self, conn_params: dict[str, object]) -> sqlite3.Connection:
        """Open the file with its write-ahead journal; what is named by an address is in memory or only read."""
        opened: sqlite3.Connection = super().get_new_connection(conn_params)
        name = str(self.settings_dict["NAME"])
        if not name.startswith("file:"):
            write_ahead(opened, Path(name))
        return opened

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self._turn is not None or self.is_in_memory_db():
            return
        turn = turn_at(Path(self.settings_dict["NAME"]).with_name(NAME))
        if not turn.take(float(self.settings_dict["OPTIONS"].get("timeout", 5))):
            raise OperationalError("database is locked")
        self._turn = turn

    def _end_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.end()
