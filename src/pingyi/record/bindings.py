"""Plain rows that feed a page for everybody or decide who acts: each is bound to the record by a row of its own (§5.4).

Such a table cannot be recorded itself: the framework writes it, or its insert must wait for nothing. So a `Binding`
(绑定) holds a digest of each covered column, its entry commits to the digests with a salt, and the audit compares.
Of what is encrypted the digest is over the stored text: it tells nothing, and less once the key is destroyed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from pingyi.record import replay
from pingyi.record.acts import Change, act
from pingyi.record.ciphertext import Sealed
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Binding
from pingyi.record.personal import PersonalField
from pingyi.rules.actor import machine

BINDER = machine("record")

More = Callable[[Any], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """A table whose rows are bound: by which columns, by what else, and which of its rows are kept apart."""

    columns: tuple[str, ...]
    more: More
    is_apart: Callable[[Any], bool]


_covered: dict[type[models.Model], Covered] = {}


def cover(
    model: type[models.Model],
    *columns: str,
    more: More = lambda _: {},
    is_apart: Callable[[Any], bool] = lambda _: False,
) -> None:
    """Have a table's rows bound by these columns, and by `more`; called from AppConfig.ready.

    Whoever writes such a row calls `keep` in the same transaction.
    """
    _covered[model] = Covered(columns=columns, more=more, is_apart=is_apart)


def covered() -> Mapping[type[models.Model], Covered]:
    """Return the tables that are bound."""
    return _covered


def keep(rows: Sequence[models.Model], *, at: datetime, are_new: bool = False) -> None:
    """Bind rows of one table as they now stand; of those that are bound so already nothing is written.

    Personal fields must be as they are stored: read the rows anew, or write them with `personal.close`.
    """
    if not rows:
        return
    said = {str(row.pk): row for row in rows}
    known = {} if are_new else {one.row: one.digests for one in _of(type(rows[0]), said)}
    changed = [row for key, row in said.items() if known.get(key) != digests(row)]
    if changed:
        within(lambda change: _write(change, changed, are_new=are_new), at=at)


def holds(row: models.Model) -> bool:
    """Whether a row stands as it was bound: asked where much hangs on it, such as at a sign-in."""
    return [one.digests for one in _of(type(row), [str(row.pk)])] == [digests(row)]


def digests(row: models.Model) -> dict[str, str]:
    """Return a digest for each covered column of a row."""
    kind = _covered[type(row)]
    values = {name: _value(row, name) for name in kind.columns}
    return {name: _digest(name, value) for name, value in (values | dict(kind.more(row))).items()}


def _value(row: models.Model, name: str) -> object:
    field: Any = row._meta.get_field(name)
    value = row.__dict__[field.attname]
    if isinstance(field, PersonalField):
        if type(value) is not Sealed and value:
            raise TypeError(f"{type(row).__name__}.{name} is bound as it is stored: read the row anew")
        return value.text if type(value) is Sealed else ""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _digest(name: str, value: object) -> str:
    return sha256(json.dumps([name, value], cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _of(model: type[models.Model], keys: Iterable[str]) -> models.QuerySet[Binding]:
    return Binding.objects.filter(table=model._meta.db_table, row__in=list(keys))


def _write(change: Change, rows: Sequence[models.Model], *, are_new: bool) -> None:
    kind, table = _covered[type(rows[0])], rows[0]._meta.db_table
    keys = {str(row.pk): row for row in rows}
    locked = [] if are_new else change.lock_all(_of(type(rows[0]), keys))
    for one in locked:
        one.digests = digests(keys.pop(one.row))
    made = [
        Binding(table=table, row=key, digests=digests(row), is_hidden=kind.is_apart(row)) for key, row in keys.items()
    ]
    for written in (locked, made):
        if written:
            change.save_all(written)


def within(write: Callable[[Change], None], *, at: datetime) -> None:
    """Write as the record's own act, within whatever is open."""
    with act("record.bind", by=BINDER, at=at, is_inside=True) as change:
        write(change)


def faults() -> Iterator[Fault]:
    """Yield the rows that are not as they were bound, those that nothing binds, and those that are gone."""
    tables = set(replay.tables())
    for model in _covered:
        if model._meta.db_table not in tables:
            yield fault("table.missing", table=model._meta.db_table)
            continue
        try:
            yield from _of_table(model)
        except replay.UNREADABLE as why:  # the key of a row, by which it would be named
            yield fault("bound.unreadable", table=model._meta.db_table, row="?", why=str(why))


def _of_table(model: type[models.Model]) -> Iterator[Fault]:
    table, seen = model._meta.db_table, set[str]()
    unread: list[Fault] = []

    def lost(key: Any, why: Exception) -> None:
        seen.add(str(key))
        unread.append(fault("bound.unreadable", table=table, row=key, why=str(why)))

    for part in replay.parts(model, model._default_manager.all(), lost=lost):
        bound = {one.row: one.digests for one in replay.readable(_of(model, [str(row.pk) for row in part]))}
        for row in part:
            seen.add(str(row.pk))
            yield from _of_row(row, bound.get(str(row.pk)))
    yield from unread
    for one in replay.readable(Binding.objects.filter(table=table)):
        if one.row not in seen:
            yield fault("bound.missing", table=table, row=one.row, subject=one.subject)


def _of_row(row: models.Model, bound: Mapping[str, str] | None) -> Iterator[Fault]:
    named = {"table": row._meta.db_table, "row": row.pk}
    if not bound:
        yield fault("bound.unrecorded", **named)
        return
    try:
        found = digests(row)
    except replay.UNREADABLE as why:
        yield fault("bound.unreadable", **named, why=str(why))
        return
    for name in sorted(found.keys() | bound.keys()):
        if found.get(name) != bound.get(name):
            yield fault("bound.changed", **named, field=name)
