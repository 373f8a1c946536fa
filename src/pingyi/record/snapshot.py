"""One state of the whole database, however long it is read and whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything inside read the database as it was at the first read; writing is refused by the database itself.

    Nobody waits for the reader: SQLite's journal and PostgreSQL's versions keep the old state for it. Inside a
    transaction that is open already nothing is opened: its own state is read.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _reading_sqlite():
            yield


@contextmanager
def _reading_sqlite() -> Iterator[None]:
    # Django's own transactions begin with the write lock, which a site in use needs and a read-only copy refuses.
    _run("PRAGMA query_only = ON")
    _run("BEGIN")
    try:
        yield
    finally:
        _run("ROLLBACK")
        _run("PRAGMA query_only = OFF")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
