"""What an entry says of a row: shown values as they are, sealed ones as salted commitments."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.fields.files import FieldFile

from pingyi.record import personal
from pingyi.record.ciphertext import Sealed
from pingyi.record.models import Recorded
from pingyi.rules import entry as entries
from pingyi.rules.entry import brief
from pingyi.rules.refused import Refused

SALT = entries.WIDTH
SHORT = 300  # characters that no writing makes longer than a value in an entry may be


def shown(row: Recorded) -> dict[str, Any]:
    """Return the public half of the row's entry."""
    kinds = kinds_of(type(row))
    said: dict[str, Any] = {}
    for name in row.shown:
        value = getattr(row, name)
        kind = type(value)
        is_said = value is None or (kind is kinds.get(name) and (kind is bool or (kind is str and len(value) < SHORT)))
        said[name] = value if is_said else brief(value_of(row, name))
    return said


def salted(row: Recorded, *, renew: frozenset[str], draw: Callable[[int], bytes]) -> dict[str, bytes]:
    """Return fresh salts for the sealed fields in `renew` and for those without one, the row's own for the others."""
    here = {} if personal.is_closed(row) else row.salts
    kept = {name: _bytes(salt) for name, salt in here.items() if name in row.sealed and name not in renew}
    return {name: kept.get(name) or draw(SALT) for name in row.sealed}


def sealed(row: Recorded) -> dict[str, Any]:
    """Return the values that the row's entry commits to."""
    return {name: value_of(row, name) for name in row.sealed}


def held(row: Recorded) -> dict[str, Any]:
    """Return the sealed values of a row that is taken; None for one whose key is not here, which can only be erased."""
    is_closed = {name: type(row.__dict__.get(name)) is Sealed for name in row.sealed if getattr(row, name) is not None}
    return {name: None if is_closed.get(name) else value_of(row, name) for name in row.sealed}


def commitments(values: Mapping[str, Any], salts: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for each value that has a salt, by the salts as rows keep them."""
    return entries.commitments(values, {name: _bytes(salt) for name, salt in salts.items()})


def value_of(row: Recorded, name: str) -> Any:
    """Return a field's value as the entry writes it, alike before it is saved and after it is read."""
    value = getattr(row, name)
    if value is None:
        return None
    if type(row.__dict__.get(name)) is Sealed:
        raise Refused("key.lost", subject=row.subject)
    kind = kinds_of(type(row)).get(name)
    if kind is type(value):
        return value if kind not in _TIMES else plain(value)
    if kind is models.ForeignKey:
        return target(value)
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
def kinds_of(model: type[Recorded]) -> dict[str, type]:
    """Return the type that each field takes as it is: most of a row, so that an import need not ask a field again."""
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


def target(value: models.Model | None) -> str | None:
    """Return what a link to a row says."""
    if value is None:
        return None
    return value.subject if isinstance(value, Recorded) else str(value.pk)


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
