"""An assessment as plain JSON values: numbers as strings, Σ with ten digits, for a stranger to recompute (§5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pingyi.rules.assessment import Assessment

FORMAT = "pingyi-estimates/2"
SMALLEST_PLAIN = -12  # smaller numbers, such as a p-value of 1E-20, are written with an exponent

Json = dict[str, object]


def as_json(assessment: Assessment) -> Json:
    """Return the whole assessment as JSON values; canonical bytes are made by `entry.canonical`."""
    return {"format": FORMAT} | {one.name: _plain(getattr(assessment, one.name)) for one in fields(assessment)}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return _word(value)


def _word(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and value.adjusted() >= SMALLEST_PLAIN else _small(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return str(value)


def _small(value: Decimal) -> str:
    return f"{value:f}" if value.is_finite() and value.is_zero() else str(value)
