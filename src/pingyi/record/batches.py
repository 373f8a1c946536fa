"""The halves of many rows' entries, written column by column; each is what the row alone would say (§5.4)."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from types import NoneType
from typing import Any

from django.db import models

from pingyi.record import facts
from pingyi.record.models import Recorded
from pingyi.rules import entry as entries
from pingyi.rules.entry import brief, canonical_text

Values = Sequence[Any]
Write = Callable[[Any], str]
Salts = Mapping[str, bytes]
_ABSENT = object()  # a column that was not read with its row


def shown_texts(rows: Sequence[Recorded]) -> list[str]:
    """Return the canonical texts of the rows' public halves: for each, `canonical_text(facts.shown(row))`."""
    said = [_texts(rows, *one) for one in _plan(type(rows[0]))]
    return [f"{{{','.join(parts)}}}" for parts in zip(*said, strict=True)] if said else ["{}"] * len(rows)


def sealed(rows: Sequence[Recorded]) -> list[dict[str, Any]]:
    """Return the values that each row's entry commits to: `facts.sealed(row)`."""
    names = type(rows[0]).sealed
    columns = [_values(rows, name) for name in names]
    return [dict(zip(names, one, strict=True)) for one in zip(*columns, strict=True)] if names else [{} for _ in rows]


def salted(rows: Sequence[Recorded], renewed: Sequence[frozenset[str]]) -> list[dict[str, bytes]]:
    """Return each row's salts: fresh ones for the sealed fields that are renewed or have none yet, its own else."""
    names = type(rows[0]).sealed
    draw = io.BytesIO(secrets.token_bytes(facts.SALT * len(names) * len(rows))).read
    return [
        facts.salted(row, renew=renew, draw=draw)
        if row.__dict__.get("salts", _ABSENT)
        else {name: draw(facts.SALT) for name in names}
        for row, renew in zip(rows, renewed, strict=True)
    ]


def keep_salts(rows: Sequence[Recorded], salts: Sequence[Salts]) -> None:
    """Give the rows their salts, as rows keep them."""
    texts = iter(entries.texts([salt for one in salts for salt in one.values()]))
    for row, one in zip(rows, salts, strict=True):
        row.salts = dict(zip(one, texts))  # noqa: B905 - each row takes its own from the one stream


def commitments_texts(values: Sequence[Mapping[str, Any]], salts: Sequence[Salts]) -> list[str]:
    """Return the canonical texts of the sealed halves: what stands for each value that has a salt."""
    names = [tuple(sorted(one)) for one in salts]
    digests = [
        entries.digest(given[name], name, held[name])
        for mine, held, given in zip(names, values, salts, strict=True)
        for name in mine
    ]
    texts = entries.texts(digests)
    places = iter(range(len(texts)))
    return [_frame(mine) % tuple([texts[place] for _, place in zip(mine, places)]) for mine in names]  # noqa: B905


@cache
def _frame(names: tuple[str, ...]) -> str:
    """An object with these names, and a place for the letters of each value."""
    return "{" + ",".join(f'"{name}":"%s"' for name in names) + "}"  # names of fields need no escape


@cache
def _plan(model: type[Recorded]) -> tuple[tuple[str, str, str, type | None], ...]:
    """The shown fields in the order of the alphabet, each with its column, its name as it stands, and its kind."""
    kinds = facts.kinds_of(model)
    fields: list[Any] = [model._meta.get_field(name) for name in sorted(model.shown)]
    return tuple(
        (
            one.name, one.attname, f"{canonical_text(one.name)}:",
            list if isinstance(one, models.JSONField) else kinds.get(one.name),
        )
        for one in fields
    )  # fmt: skip


def _texts(rows: Sequence[Recorded], name: str, attname: str, named: str, kind: type | None) -> list[str]:
    if kind is models.ForeignKey:
        return _linked(rows, name, attname, named)
    values = [row.__dict__.get(attname, _ABSENT) for row in rows]
    write = _WRITTEN.get(kind) if kind and set(map(type, values)) <= {kind, NoneType} else None
    if write is None:
        return [named + canonical_text(brief(facts.value_of(row, name))) for row in rows]
    if kind is list:
        keys = list(map(repr, values))  # lists that look alike are alike: they hold plain values
        told = {key: named + write(one) for key, one in dict(zip(keys, values, strict=True)).items()}
        return list(itemgetter(*keys)(told)) if len(keys) > 1 else [told[keys[0]]]
    told = {one: named + ("null" if one is None else write(one)) for one in set(values)}
    return [told[one] for one in values]


def _linked(rows: Sequence[Recorded], name: str, attname: str, named: str) -> list[str]:
    known: dict[int, str] = {}
    said = []
    for row in rows:
        held = row._state.fields_cache.get(name)
        if held is None and row.__dict__.get(attname, _ABSENT) is None:
            said.append(f"{named}null")
            continue
        other = getattr(row, name)
        text = known.get(id(other))  # it lives as long as its row: no other object has its number
        if text is None:
            text = known[id(other)] = named + canonical_text(brief(facts.target(other)))
        said.append(text)
    return said


def _values(rows: Sequence[Recorded], name: str) -> Values:
    """Return a column's values as the entry writes them."""
    kind = facts.kinds_of(type(rows[0])).get(name)
    values = [row.__dict__.get(name, _ABSENT) for row in rows]
    if kind in _PLAIN and set(map(type, values)) <= {kind, NoneType}:
        return values
    return [facts.value_of(row, name) for row in rows]


_PLAIN = frozenset({str, bool, int})
# How a value of exactly this type is written.
_WRITTEN: dict[Any, Write] = {
    str: lambda value: canonical_text(value if len(value) < facts.SHORT else brief(value)),
    bool: lambda value: "true" if value else "false",
    int: lambda value: canonical_text(brief(value)),
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: canonical_text(facts.plain(value)),
    list: lambda value: canonical_text(brief(facts.plain(value))) if value else "[]",
}
