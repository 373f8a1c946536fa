"""Many rows written in few statements: Django asks every value of every row whether it is an expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType
from typing import Any, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from pingyi.record.personal import PersonalField, stored

M = TypeVar("M", bound=models.Model)

Field: TypeAlias = "models.Field[Any, Any]"
Column = Sequence[Any]
MOST_ROWS = 500  # in one statement, where the database takes that many values
# Fields that the databases take as they are, while the value is of the plain type.
AS_IT_IS: tuple[tuple[type[Field], type], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.CharField, str),
    (models.TextField, str),
)
WORTH_COPYING = 50  # rows: for fewer, one statement is less talk than a stream
FEW = (frozenset({date}), frozenset({datetime}))  # a column of them holds few different ones: each is written once


def fresh(model: type[M], **values: Any) -> M:
    """Return `model(**values)` built by hand: an import makes tens of thousands, and Django asks much of each."""
    row = model.__new__(model)
    row._state = ModelState()
    constants, made, links = _blank(model)
    held = row.__dict__
    held.update(constants)
    held.update({attname: default() for attname, default in made if attname not in values})
    for name, value in values.items():
        if (attname := links.get(name)) is None:
            held[name] = value
        else:
            row._state.fields_cache[name] = value
            held[attname] = None if value is None else value.pk
    return row


def insert(rows: Sequence[M], *, over: Sequence[str] = ()) -> None:
    """Insert rows of one model and give them their keys; `over` overwrites these fields where the key is known."""
    if not rows:
        return
    model, connection = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    fields = _inserted(model)
    if not connection.features.can_return_rows_from_bulk_insert or any(map(_writes_by_itself, fields)):
        model._default_manager.bulk_create(rows)
        return
    _link(rows)
    keys = insert_columns(model, {str(one.attname): _column(one, rows) for one in fields}, over)
    for row, given in zip(rows, keys, strict=True):
        row.pk = given
        row._state.adding, row._state.db = False, connection.alias


def insert_columns(model: type[models.Model], columns: Mapping[str, Column], over: Sequence[str] = ()) -> list[Any]:
    """Insert rows that need never be objects, column by column; return their keys."""
    connection = connections[DEFAULT_DB_ALIAS]
    fields = _inserted(model)
    if columns.keys() != {field.attname for field in fields}:
        raise TypeError(f"{model.__name__} has the columns {', '.join(field.attname for field in fields)}")
    written = [_written(field, columns[field.attname], connection) for field in fields]
    if connection.vendor == "postgresql" and not over and len(written[0]) >= WORTH_COPYING:
        keys = _copied(model, written)
    else:
        send = _one_by_one if connection.vendor == "sqlite" else _many_at_once
        keys = send(model, list(zip(*written, strict=True)), over)
    return keys if model._meta.pk not in fields else list(columns[str(model._meta.pk.attname)])


def update(rows: Sequence[models.Model]) -> None:
    """Send all updates at once: Django's bulk_update writes a CASE for each value, minutes for thousands of rows."""
    connection = connections[DEFAULT_DB_ALIAS]
    meta, quote = rows[0]._meta, connection.ops.quote_name
    key: Field = meta.pk
    fields = [field for field in meta.concrete_fields if field is not key]
    assigned = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {assigned} WHERE {quote(str(key.column))} = %s"  # noqa: S608 - no values
    written = [_written(field, _column(field, rows), connection) for field in (*fields, key)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*written, strict=True)))


def _one_by_one(model: type[models.Model], rows: Sequence[Column], over: Sequence[str]) -> list[int]:
    """SQLite runs one prepared statement quickest; nobody else writes meanwhile, so it counts the keys in a row."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(_statement(model, 1, over), rows)
        cursor.execute("SELECT last_insert_rowid()")
        (last,) = cursor.fetchone()
    return list(range(last - len(rows) + 1, last + 1))


def _copied(model: type[models.Model], written: Sequence[Column]) -> list[int]:
    """PostgreSQL takes many rows quickest as a stream; their keys are drawn from its counter before."""
    connection = connections[DEFAULT_DB_ALIAS]
    meta, quote = model._meta, connection.ops.quote_name
    fields = _inserted(model)
    keys = [] if meta.pk in fields else _drawn(model, len(written[0]))
    if keys:
        fields, written = (*fields, meta.pk), (*written, keys)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in zip(*written, strict=True):
            copy.write_row(row)
    return keys


def _drawn(model: type[models.Model], count: int) -> list[int]:
    table, column = model._meta.db_table, str(model._meta.pk.column)
    counter = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(counter, [table, column, count])
        return [key for (key,) in cursor.fetchall()]


def _many_at_once(model: type[models.Model], rows: Sequence[Column], over: Sequence[str]) -> list[Any]:
    """A server takes many rows in one statement, and tells their keys."""
    connection = connections[DEFAULT_DB_ALIAS]
    width, key = len(_inserted(model)), model._meta.pk
    most = connection.features.max_query_params or MOST_ROWS * width
    size = max(1, min(MOST_ROWS, most // width))
    keys: list[Any] = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            returning = f" RETURNING {connection.ops.quote_name(str(key.column))}"
            cursor.execute(_statement(model, len(part), over) + returning, list(chain.from_iterable(part)))
            keys += [given for (given,) in cursor.fetchall()]
    return keys


def _statement(model: type[models.Model], count: int, over: Sequence[str]) -> str:
    meta, quote = model._meta, connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = _inserted(model)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {marks}"  # noqa: S608 - no values
    if over:
        written = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in over)
        statement += f" ON CONFLICT ({quote(str(meta.pk.column))}) DO UPDATE SET {written}"
    return statement


def _link(rows: Sequence[models.Model]) -> None:
    """Take the keys of rows that got theirs after they were linked; Django refuses links to rows without one."""
    links = [field for field in rows[0]._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for row in rows:
        others = row._state.fields_cache
        if any(row.__dict__.get(one.attname) is None and others.get(one.name) is not None for one in links):
            row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]


@cache
def _inserted(model: type[models.Model]) -> tuple[Field, ...]:
    """Every field with a column but the key that the database counts."""
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))


@cache
def _blank(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], dict[str, str]]:
    """What an empty row holds: values that all rows share, those that each makes anew, and the links' columns."""
    fields: list[Any] = list(model._meta.concrete_fields)
    made = [(one.attname, one.default) for one in fields if one.has_default() and callable(one.default)]
    names = {attname for attname, _ in made}
    constants = {one.attname: one.get_default() for one in fields if one.attname not in names}
    return constants, made, {one.name: one.attname for one in fields if isinstance(one, models.ForeignKey)}


def _writes_by_itself(field: Field) -> bool:
    """Whether a field does something of its own when it is saved: a day of change, a file, a cast."""
    is_dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return is_dated or isinstance(field, models.FileField) or hasattr(field, "get_placeholder")


def _column(field: Field, rows: Sequence[models.Model]) -> Column:
    """Return a field's values, those of personal fields encrypted."""
    if isinstance(field, PersonalField):
        return stored(field, rows)
    return list(map(attrgetter(field.attname), rows))


def _written(field: Field, values: Column, connection: BaseDatabaseWrapper) -> Column:
    """Return a column's values as the database takes them."""
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = next((type_ for kind, type_ in AS_IT_IS if isinstance(target, kind)), NoneType)
    kinds = frozenset(map(type, values)) - {NoneType}
    if kinds <= {plain}:
        return values
    if kinds in FEW:
        known = {one: field.get_db_prep_save(one, connection) for one in set(values) - {None}}
        return [None if one is None else known[one] for one in values]
    if kinds == {list}:  # most lists of a row are empty
        empty = field.get_db_prep_save([], connection)
        return [None if one is None else field.get_db_prep_save(one, connection) if one else empty for one in values]
    return [None if one is None else field.get_db_prep_save(one, connection) for one in values]
