"""The database itself refuses to change or to delete what the record holds, whenever its tables were made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from pingyi.record import guards, sequence
from pingyi.record.tests.conftest import AT, opened, sql

pytestmark = pytest.mark.django_db
WAYS: list[Callable[[], None]] = [
    lambda: guards.install(connection),
    lambda: guards.after_migrate(using="default"),
]
STATEMENTS = ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}")


def refused() -> set[tuple[str, str]]:
    """Return each statement that is refused, with its table; what went through is undone."""
    found = set()
    for table, column in (("record_entry", "verb"), ("record_leaf", "position"), ("record_checkpoint", "size")):
        for statement in STATEMENTS:
            if guards.SAID in answer(statement.format(table, column)):
                found.add((statement.split()[0], table))
    return found


def answer(statement: str) -> str:
    try:
        with transaction.atomic():
            sql(statement)
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("again", WAYS)
def test_what_was_taken_away_is_there_again_after_tables_were_made(again: Callable[[], None]) -> None:
    opened()
    sequence.sequence(at=AT)
    everything = refused()
    assert len(everything) == 6
    guards.remove(connection)
    if connection.vendor == "postgresql":  # as before the very first of them
        sql("DROP FUNCTION record_only_adds()")
    with transaction.atomic():
        sql("UPDATE record_entry SET verb = verb")
    again()
    assert refused() == everything


def test_each_table_that_is_only_added_to_is_guarded_by_name() -> None:
    names = {model.rpartition("_")[2] for model in guards.TABLES}
    assert names == {"entry", "leaf", "node", "checkpoint", "cosignature", "apart"}
