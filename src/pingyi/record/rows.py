"""Many rows written in few statements: Django asks every value of every row whether it is an expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=models.Model)

Field = models.Field[Any, Any]
Write = Callable[[models.Model], Any]
MOST_ROWS = 500  # in one statement, where the database takes that many values
# Fields that the databases take as they are, while the value is of the plain type.
AS_IT_IS: tuple[tuple[type[Field], type], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.CharField, str),
    (models.TextField, str),
)


def insert(rows: Sequence[M], *, over: Sequence[str] = ()) -> None:
    """Insert rows of one model and give them their keys; `over` overwrites these fields where the key is known."""
    if not rows:
        return
    model, connection = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    fields = _inserted(model)
    if not connection.features.can_return_rows_from_bulk_insert or any(map(_writes_by_itself, fields)):
        model._default_manager.bulk_create(rows)
        return
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]
    most = connection.features.max_query_params or MOST_ROWS * len(fields)
    size = max(1, min(MOST_ROWS, most // len(fields)))
    for start in range(0, len(rows), size):
        _insert(model, rows[start : start + size], over=over)


def update(rows: Sequence[models.Model]) -> None:
    """Send all updates at once: Django's bulk_update writes a CASE for each value, minutes for thousands of rows."""
    connection = connections[DEFAULT_DB_ALIAS]
    meta, quote = rows[0]._meta, connection.ops.quote_name
    key: Field = meta.pk
    fields = [field for field in meta.concrete_fields if field is not key]
    assigned = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {assigned} WHERE {quote(str(key.column))} = %s"  # noqa: S608 - no values
    with connection.cursor() as cursor:
        values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
        cursor.executemany(statement, [[*row_values, row.pk] for row_values, row in zip(values, rows, strict=True)])


def _insert(model: type[M], rows: Sequence[M], *, over: Sequence[str]) -> None:
    connection = connections[DEFAULT_DB_ALIAS]  # the connection itself: the usual name looks it up for every value
    meta, quote = model._meta, connection.ops.quote_name
    fields, key = _inserted(model), meta.pk
    writes = [_write(field, connection) for field in fields]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {marks}"  # noqa: S608 - no values
    is_counted = key not in fields
    if over:
        written = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in over)
        statement += f" ON CONFLICT ({quote(str(key.column))}) DO UPDATE SET {written}"
    if is_counted:
        statement += f" RETURNING {quote(str(key.column))}"
    with connection.cursor() as cursor:
        cursor.execute(statement, list(chain.from_iterable([write(row) for write in writes] for row in rows)))
        keys = [given for (given,) in cursor.fetchall()] if is_counted else [row.pk for row in rows]
    for row, given in zip(rows, keys, strict=True):
        row.pk = given
        row._state.adding, row._state.db = False, connection.alias


@cache
def _inserted(model: type[models.Model]) -> tuple[Field, ...]:
    """Every field with a column but the key that the database counts."""
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))


def _writes_by_itself(field: Field) -> bool:
    """Whether a field does something of its own when it is saved: a day of change, a file, a cast."""
    is_dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return is_dated or isinstance(field, models.FileField) or hasattr(field, "get_placeholder")


def _write(field: Field, connection: BaseDatabaseWrapper) -> Write:
    """Return how a row's value is written for this field."""
    name = str(field.attname)
    plain = next((type_ for kind, type_ in AS_IT_IS if isinstance(field, kind)), None)

    def write(row: models.Model) -> Any:
        value = getattr(row, name)
        if value is None or type(value) is plain:
            return value
        return field.get_db_prep_save(value, connection)

    return write
