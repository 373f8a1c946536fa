"""Every single value of a plan, and the plan with one of them changed."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from pingyi.authoring.values import HOLDERS
from pingyi.rules.plan import Plan

Step = str | int
_GONE = object()


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One value of a plan: the steps that lead to it, the class and field it is of, and what it can become."""

    steps: tuple[Step, ...]
    owner: str
    field: str
    value: Any
    others: tuple[Any, ...]

    @property
    def kind(self) -> str:
        """Its class and field, such as "Test.score"."""
        return f"{self.owner}.{self.field}"

    @property
    def path(self) -> str:
        """Its place, such as "triggers.1.all_of.0.score"."""
        return ".".join(map(str, self.steps))


def leaves(plan: Plan) -> Iterator[Leaf]:
    """Yield every value of a plan; an empty list of words is one too, for it can hold some."""
    yield from _of(plan, (), plan)


def changed(plan: Plan, leaf: Leaf, value: object) -> Plan:
    """Return the plan with another value at a leaf's place."""
    made = _put(plan, leaf.steps, value)
    assert isinstance(made, Plan)
    return made


def shortened(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan without one of its items, or without one of the parts that it may leave out, each with its place.

    From which text it was read, and what was chosen then, stays.
    """
    for steps, value in _parts(plan, ()):
        if steps[0] not in {"original", "choices"}:
            made = _put(plan, steps, value)
            assert isinstance(made, Plan)
            yield ".".join(map(str, steps)), made


def _parts(part: Any, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    for one in fields(part):
        value, at = getattr(part, one.name), (*steps, one.name)
        if is_dataclass(value):
            if one.default is None:
                yield at, None
            yield from _parts(value, at)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for number, item in enumerate(value):
                yield (*at, number), _GONE
                yield from _parts(item, (*at, number))


def _put(value: Any, steps: tuple[Step, ...], new: object) -> Any:
    if not steps:
        return new
    first, rest = steps[0], steps[1:]
    if isinstance(first, int) and not rest and new is _GONE:
        return (*value[:first], *value[first + 1 :])
    if isinstance(first, int):
        return (*value[:first], _put(value[first], rest, new), *value[first + 1 :])
    return replace(value, **{first: _put(getattr(value, first), rest, new)})


def _of(part: Any, steps: tuple[Step, ...], plan: Plan) -> Iterator[Leaf]:
    hints = _hints(type(part))
    for one in fields(part):
        value, at = getattr(part, one.name), (*steps, one.name)
        if is_dataclass(value):
            yield from _of(value, at, plan)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for number, item in enumerate(value):
                yield from _of(item, (*at, number), plan)
        elif not _holds_parts(hints[one.name]):
            others = tuple(_others(hints[one.name], value, field=one.name, plan=plan))
            yield Leaf(steps=at, owner=type(part).__name__, field=one.name, value=value, others=others)


def _others(hint: Any, value: Any, *, field: str, plan: Plan) -> Iterator[Any]:
    """Yield what could stand there instead: every other fixed word, every other thing that can be named."""
    kinds = [kind for kind in typing.get_args(hint) or (hint,) if isinstance(kind, type)]
    if isinstance(value, tuple):
        yield from ((*value, "甲"), value[1:]) if value else (("甲",),)
        return
    if value is not None and type(None) in kinds:
        yield None
    kind = next(one for one in kinds if one is not type(None))
    named = [one.id for one in getattr(plan, HOLDERS.get(field, ""), ())]
    if issubclass(kind, StrEnum):
        yield from (one for one in kind if one is not value)
    elif kind is bool:
        yield not value
    elif kind is date:
        yield (value or date(plan.year, 2, 27)) + timedelta(days=1)
    elif kind in {int, Decimal}:
        yield kind((value or 0) + kind(1))
        yield kind((value or 0) + kind(7))
    elif named:
        yield from (one for one in named if one != value)
    else:
        yield f"{value}、甲"


def _holds_parts(hint: Any) -> bool:
    """Whether the schema has a part or a list of parts here, which is no value by itself."""
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return any(is_dataclass(kind) or any(map(is_dataclass, typing.get_args(kind))) for kind in kinds)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
