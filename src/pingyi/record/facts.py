"""What an entry says of a row: shown values as they are, sealed ones as salted commitments."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.fields.files import FieldFile

from pingyi.record.models import Recorded
from pingyi.rules import entry as entries
from pingyi.rules.entry import brief, canonical_text

SALT = entries.WIDTH
SHORT = 300  # characters that no writing makes longer than a value in an entry may be


def shown(row: Recorded) -> dict[str, Any]:
    """Return the public half of the row's entry."""
    kinds = _kinds(type(row))
    said: dict[str, Any] = {}
    for name in row.shown:
        value = getattr(row, name)
        kind = type(value)
        is_said = value is None or (kind is kinds.get(name) and (kind is bool or (kind is str and len(value) < SHORT)))
        said[name] = value if is_said else brief(value_of(row, name))
    return said


def shown_text(row: Recorded, links: dict[int, str]) -> str:
    """Return the canonical text of the row's public half; `links` keeps what other rows are called in it.

    The same as `canonical_text(shown(row))`, written field by field for the many rows of an import.
    """
    held, others = row.__dict__, row._state.fields_cache
    said = []
    for name, attname, named, kind in _plan(type(row)):
        value = held.get(attname, held)
        if kind is models.ForeignKey:
            text = "null" if value is None and others.get(name) is None else _linked(row, name, links)
        elif value is None:
            text = "null"
        else:
            write = _WRITTEN.get(kind) if type(value) is kind else None
            text = (write and write(value)) or canonical_text(brief(value_of(row, name)))
        said.append(named + text)
    return _object(said)


def _linked(row: Recorded, name: str, links: dict[int, str]) -> str:
    other = getattr(row, name)
    known = links.get(id(other))  # it lives as long as its row: no other object has its number
    if known is None:
        known = links[id(other)] = canonical_text(brief(_target(other)))
    return known


# How a value of exactly this type is written; "" where it needs a closer look.
_WRITTEN: dict[type, Any] = {
    str: lambda value: canonical_text(value) if len(value) < SHORT else "",
    bool: lambda value: "true" if value else "false",
    int: lambda value: str(value) if -SHORT < value < SHORT else "",
    date: lambda value: f'"{value.isoformat()}"',
    list: lambda value: "" if value else "[]",
}


@cache
def _plan(model: type[Recorded]) -> tuple[tuple[str, str, str, type | None], ...]:
    """The shown fields in the order of the alphabet, each with its column, its name as it stands, and its kind."""
    kinds = _kinds(model)
    fields: list[Any] = [model._meta.get_field(name) for name in sorted(model.shown)]
    return tuple(
        (
            one.name, one.attname, f"{canonical_text(one.name)}:",
            list if isinstance(one, models.JSONField) else kinds.get(one.name, type(None)),
        )
        for one in fields
    )  # fmt: skip


def salted(row: Recorded, *, renew: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """Return fresh salts for the sealed fields in `renew` and for those without one, the row's own for the others."""
    kept = {name: _bytes(salt) for name, salt in row.salts.items() if name in row.sealed and name not in renew}
    fresh = secrets.token_bytes(SALT * len(row.sealed))
    return {name: kept.get(name) or fresh[place * SALT : (place + 1) * SALT] for place, name in enumerate(row.sealed)}


def salts_text(salts: Mapping[str, bytes]) -> dict[str, str]:
    """Return salts as rows keep them."""
    return dict(zip(salts, entries.texts(list(salts.values())), strict=True))


def commitments_text(values: Mapping[str, Any], salts: Mapping[str, bytes]) -> str:
    """Return the canonical text of the sealed half of an entry: what stands for each value that has a salt."""
    made = entries.commitments(values, {name: salts[name] for name in sorted(salts)})
    return _object(f'"{name}":"{one}"' for name, one in made.items())  # names of fields, letters of base64


def _object(parts: Iterable[str]) -> str:
    return "{" + ",".join(parts) + "}"


def sealed(row: Recorded) -> dict[str, Any]:
    """Return the values that the row's entry commits to."""
    return {name: value_of(row, name) for name in row.sealed}


def commitments(values: Mapping[str, Any], salts: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for each value that has a salt, by the salts as rows keep them."""
    return entries.commitments(values, {name: _bytes(salt) for name, salt in salts.items()})


def value_of(row: Recorded, name: str) -> Any:
    """Return a field's value as the entry writes it, alike before it is saved and after it is read."""
    value = getattr(row, name)
    if value is None:
        return None
    kind = _kinds(type(row)).get(name)
    if kind is type(value):
        return value if kind not in _TIMES else plain(value)
    if kind is models.ForeignKey:
        return _target(value)
    field: Any = row._meta.get_field(name)
    if hasattr(value, "resolve_expression"):
        raise TypeError(
            f"{row.entry_kind()}.{name}: an F() or other expression cannot be recorded; assign the value itself"
        )
    if isinstance(field, models.DecimalField) and value is not None:
        return format(models.DecimalField.to_python(field, value), f".{field.decimal_places}f")
    return plain(value if isinstance(field, models.FileField | models.BinaryField) else field.to_python(value))


_TIMES = frozenset({date, datetime})
_TAKEN: dict[Any, type] = {
    models.CharField.to_python: str,
    models.TextField.to_python: str,
    models.BooleanField.to_python: bool,
    models.IntegerField.to_python: int,
    models.DateField.to_python: date,
    models.DateTimeField.to_python: datetime,
    models.ForeignKey.to_python: models.ForeignKey,
}


@cache
def _kinds(model: type[Recorded]) -> dict[str, type]:
    """What a field takes as it is: most of a row, so that an import need not ask each field again."""
    fields = model._meta.concrete_fields
    return {field.name: kind for field in fields if (kind := _TAKEN.get(type(field).to_python))}


def plain(value: Any) -> Any:
    """Return a value in the types an entry may hold; times are written in UTC."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _text(bytes(value))
    raise TypeError(f"an entry cannot hold a {type(value).__name__}: keep it as text, a whole number or a Decimal")


def _target(value: models.Model | None) -> str | None:
    if value is None:
        return None
    return value.subject if isinstance(value, Recorded) else str(value.pk)


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
