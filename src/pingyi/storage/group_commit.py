"""One transaction for all that waits: whoever hands in returns once it is on the disk, and many share the sync (§5.4).

While one transaction is synced, the next ones gather: a single one waits for nobody, and a storm syncs once for many.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

Row = TypeVar("Row")
MOST_WAITING = 512  # of one process; one more is told to come again, rather than wait without an end
BATCH = 256
PATIENCE = 10.0  # seconds


class FullError(Exception):
    """So many wait that nobody else is let in; nothing of this one was kept."""


class UnknownError(Exception):
    """It was not kept in time; it may be yet, so that only the same one may be sent again."""


@dataclass(slots=True)
class _Waiting(Generic[Row]):
    row: Row
    done: threading.Event = field(default_factory=threading.Event)
    kept: Row | None = None
    fault: Exception | None = None


class GroupCommit(Generic[Row]):
    """A queue of one process; `write` keeps rows within a transaction, and returns what stands for each afterwards.

    `ready` is called with the same rows before the transaction: what it brings to the disk elsewhere holds up nobody.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Row]], Sequence[Row]],
        *,
        ready: Callable[[Sequence[Row]], object] = lambda _: None,
    ) -> None:
        """Begin empty; the thread that writes is started by the first row, and again by the first after a fork."""
        self._write, self._ready = write, ready
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    def keep(self, row: Row) -> Row:
        """Return what stands for the row once it is committed; raise what its own writing raised."""
        if settings.COMMITS_INLINE:
            return self._alone(row)
        if connection.in_atomic_block:
            raise RuntimeError("the queue commits on a connection of its own, which would wait for this transaction")
        mine = _Waiting(row)
        with self._changed:
            if len(self._rows) >= MOST_WAITING:
                raise FullError
            self._rows.append(mine)
            self._start()
            self._changed.notify()
        if not mine.done.wait(PATIENCE):
            raise UnknownError
        if mine.fault is not None or mine.kept is None:
            raise mine.fault or UnknownError
        return mine.kept

    def _renew(self) -> None:
        self._rows: deque[_Waiting[Row]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="group commit", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._rows:
                    self._changed.wait()
                batch = [self._rows.popleft() for _ in range(min(BATCH, len(self._rows)))]
            try:
                self._commit(batch)
            finally:
                for one in batch:
                    one.done.set()

    def _commit(self, batch: Sequence[_Waiting[Row]]) -> None:
        connection.close_if_unusable_or_obsolete()
        try:
            self._ready([one.row for one in batch])
            with transaction.atomic(durable=True):
                kept = self._write([one.row for one in batch])
            for one, row in zip(batch, kept, strict=True):
                one.kept = row
        except Exception as fault:  # noqa: BLE001 - each one's own is handed to the thread that waits for it
            self._one_by_one(batch, fault)

    def _one_by_one(self, batch: Sequence[_Waiting[Row]], fault: Exception) -> None:
        """Let no bad row harm its neighbours; what hit the database hits all alike."""
        is_theirs = isinstance(fault, IntegrityError) or not isinstance(fault, (DatabaseError, sqlite3.Error, OSError))
        for one in batch:
            try:
                if not is_theirs:
                    raise fault
                one.kept = self._alone(one.row)
            except Exception as own:  # noqa: BLE001 - handed over
                one.fault = own
        if not is_theirs:
            connection.close()

    def _alone(self, row: Row) -> Row:
        try:
            return self._written(row)
        except IntegrityError:  # another process kept the same at this moment: now it can be seen
            return self._written(row)

    def _written(self, row: Row) -> Row:
        with transaction.atomic():
            return self._write([row])[0]
