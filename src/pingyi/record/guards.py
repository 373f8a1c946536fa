"""The database's own refusal to change what the record holds: it hinders; replay and witnesses prove (§5.4)."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from pingyi.record.models import Apart, Checkpoint, Cosignature, Entry, Leaf, Node

TABLES = [model._meta.db_table for model in (Entry, Leaf, Node, Checkpoint, Cosignature, Apart)]
SAID = "the record is only ever added to"

POSTGRES = """
CREATE OR REPLACE FUNCTION record_only_adds() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record is only ever added to'; END $$;
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse UPDATE, DELETE and, where it knows the word, TRUNCATE on the record's tables."""
    present = [table for table in TABLES if table in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and present:
            cursor.execute(POSTGRES)
        for table in present:
            for statement in _made(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the refusals away, for a database that is itself to be thrown away."""
    present = [table for table in TABLES if table in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        for table in present:
            for word in _words(connection.vendor):
                target = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, word)}{target}")


def after_migrate(*, using: str, **_: Any) -> None:
    """Install the refusals whenever tables were made; connected to post_migrate."""
    install(connections[using])


def _made(vendor: str, table: str) -> list[str]:
    return [_statement(vendor, table, word) for word in _words(vendor)]


def _words(vendor: str) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE")


def _name(table: str, word: str) -> str:
    return f"{table}_no_{word.lower()}"


def _statement(vendor: str, table: str, word: str) -> str:
    name = _name(table, word)
    if vendor == "postgresql":
        each = f"BEFORE {word} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION record_only_adds()"
        return f"CREATE OR REPLACE TRIGGER {name} {each}"
    return f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {word} ON {table} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
