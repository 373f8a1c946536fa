"""What an entry says of a row: shown values as they are, sealed ones as salted commitments."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.fields.files import FieldFile

from pingyi.record.models import Recorded
from pingyi.rules.entry import brief, commitment

SALT = 32  # bytes
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


def salted(row: Recorded, *, renew: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return fresh salts for the sealed fields in `renew` and for those without one, the row's own for the others."""
    kept = {name: salt for name, salt in row.salts.items() if name in row.sealed and name not in renew}
    fresh = secrets.token_bytes(SALT * len(row.sealed))
    return {
        name: kept.get(name) or _text(fresh[place * SALT : (place + 1) * SALT]) for place, name in enumerate(row.sealed)
    }


def sealed(row: Recorded) -> dict[str, Any]:
    """Return the values that the row's entry commits to."""
    return {name: value_of(row, name) for name in row.sealed}


def commitments(values: Mapping[str, Any], salts: Mapping[str, str]) -> dict[str, str]:
    """Return the sealed half of an entry: what stands for each value that has a salt."""
    return {name: commitment(salt=_bytes(salt), name=name, value=values[name]) for name, salt in salts.items()}


def value_of(row: Recorded, name: str) -> Any:
    """Return a field's value as the entry writes it, alike before it is saved and after it is read."""
    value = getattr(row, name)
    if value is None:
        return None
    kind = _kinds(type(row)).get(name)
    if kind is type(value):
        return _scalar(value) if kind is date else value
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


_TAKEN: dict[Any, type] = {
    models.CharField.to_python: str,
    models.TextField.to_python: str,
    models.BooleanField.to_python: bool,
    models.IntegerField.to_python: int,
    models.DateField.to_python: date,
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
