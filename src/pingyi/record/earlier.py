"""What the database holds from before: encrypted or in clear; migrations encrypt it and clear old pages (§5.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import connection as default
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from pingyi.record import keyring, personal
from pingyi.record.ciphertext import MARK, Sealed, seal
from pingyi.record.personal import PersonalField

BATCH = 500

Naming = Callable[[Any], tuple[str, str]]  # of a row: its key's name, and what the row is called
Follower = Callable[[list[Any]], None]


def name_keys(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Give every row without one the name of a key of its own."""
    rows, quote = model._base_manager.filter(key_name="").order_by("pk"), connection.ops.quote_name
    last = 0
    statement = f"UPDATE {quote(model._meta.db_table)} SET {quote('key_name')} = %s WHERE {quote('id')} = %s"  # noqa: S608
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(keyring.new_name(), key) for key in keys])


def encrypt(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    *,
    naming: Naming,
    links: Collection[str] = (),
    follow: Follower = lambda _: None,
) -> None:
    """Encrypt what lies in clear in the personal fields of a model as a migration knows it; `follow` gets the rows."""
    last: Any = None
    rows = model._base_manager.select_related(*links).order_by("pk") if links else model._base_manager.order_by("pk")
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        last = batch[-1].pk
        _encrypt(connection, batch, naming=naming)
        follow(batch)


def clear_old_pages(connection: BaseDatabaseWrapper, tables: Collection[str]) -> None:
    """Let no old page keep what lay in clear; outside a transaction. File systems and backups keep their own copies."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT COUNT(*) FROM {quote(table)}" for table in tables))  # noqa: S608
        if not any(count for (count,) in cursor.fetchall()):
            return
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for table in tables if connection.vendor == "postgresql" else ():
            cursor.execute(f"VACUUM FULL {quote(table)}")


def is_anything_sealed() -> bool:
    """Whether the database holds anything under a key; asked before a keyring is made, which may only be missing."""
    there = set(default.introspection.table_names())
    with default.cursor() as cursor:
        for model in personal.models_with():
            table = model._meta.db_table
            told = default.introspection.get_table_description(cursor, table) if table in there else []
            columns = {one.name for one in told}  # in the midst of a migration some are not there yet
            mine = [str(field.column) for field in personal.fields_of(model) if field.column in columns]
            if any(_is_sealed(cursor, table, column) for column in mine):
                return True
    return False


def _encrypt(connection: BaseDatabaseWrapper, rows: list[Any], *, naming: Naming) -> None:
    quote, model = connection.ops.quote_name, type(rows[0])
    key = quote(str(model._meta.pk.column))
    fields = personal.fields_of(model)
    called = {row.pk: naming(row) for row in rows if any(_is_clear(row, one) for one in fields)}
    keys = keyring.ready(key_name for key_name, _ in called.values())
    for field in fields:
        statement = f"UPDATE {quote(model._meta.db_table)} SET {quote(str(field.column))} = %s WHERE {key} = %s"  # noqa: S608
        written = []
        for row in rows:
            if _is_clear(row, field):
                key_name, subject = called[row.pk]
                octets = field.to_octets(row.__dict__[field.attname])
                about = f"{subject}.{field.name}"
                written.append((seal(octets, key_name=key_name, key=keys[key_name], about=about).text, row.pk))
            elif type(row.__dict__[field.attname]) is not Sealed:
                written.append(("", row.pk))  # nothing told: in clear it may stand as an empty list
        with connection.cursor() as cursor:
            cursor.executemany(statement, written)


def _is_clear(row: Any, field: PersonalField) -> bool:
    value = row.__dict__[field.attname]
    return bool(value) and type(value) is not Sealed


def _is_sealed(cursor: Any, table: str, column: str) -> bool:
    quote = default.ops.quote_name
    there = f"CAST({quote(column)} AS TEXT) LIKE %s"  # in the midst of a migration a column may be another kind yet
    cursor.execute(f"SELECT 1 FROM {quote(table)} WHERE {there} LIMIT 1", [f"{MARK}%"])  # noqa: S608
    return cursor.fetchone() is not None
