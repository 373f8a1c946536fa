"""Where a fact that no field holds could be put: free fields that may hold its kind, by their paths (§0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from pingyi.authoring.places import value_at
from pingyi.authoring.prose.fact_fields import DAYS, NUMBERS, SHARES
from pingyi.authoring.prose.fact_kinds import FactKind, Found
from pingyi.authoring.prose.numerals import DAYS_OF
from pingyi.authoring.prose.recurrences import find_recurrence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.conduct import DayUnit

_DAY = "_on"
_WORKING = "工作日"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One field that could hold a fact, and all values that are set with it."""

    path: str
    values: dict[str, object]


def free_places(plan: Plan, fact: Found, paths: Iterable[str], chosen: Iterable[str]) -> tuple[Place, ...]:
    """Return the places for a fact: empty fields of these items, and any field of what a preset chose."""
    found: dict[str, Place] = {}
    for path, is_chosen in [*((one, False) for one in paths), *((one, True) for one in chosen)]:
        try:
            value = value_at(plan, path)
        except LookupError:
            continue
        field = path.rpartition(".")[2].partition("[")[0]
        for one in _within(plan, fact, value, path=path, field=field, is_chosen=is_chosen, has_unit=False):
            found.setdefault(one.path, one)
    return tuple(found.values())


def _within(
    plan: Plan, fact: Found, value: object, *, path: str, field: str, is_chosen: bool, has_unit: bool
) -> Iterator[Place]:
    if is_dataclass(value):
        names = [one.name for one in fields(value)]
        for name in names:
            yield from _within(
                plan, fact, getattr(value, name), path=f"{path}.{name}", field=name, is_chosen=is_chosen,
                has_unit="unit" in names,
            )  # fmt: skip
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            if is_dataclass(one):
                yield from _within(
                    plan, fact, one, path=f"{path}[{at}]", field=field, is_chosen=is_chosen, has_unit=False
                )
    elif value is None or (is_chosen and _is_number(value)):
        values = _values(plan, fact, field, has_unit=has_unit)
        if values:
            holder = path.rpartition(".")[0]
            yield Place(path=path, values={f"{holder}.{name}" if holder else name: one for name, one in values.items()})


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _values(plan: Plan, fact: Found, field: str, *, has_unit: bool) -> dict[str, object]:
    """Return what is set in a field and beside it, nothing where the field is not for this kind."""
    if fact.kind is FactKind.DATE:
        day = f"{plan.year:04}-{fact.month:02}-{fact.day:02}"
        return {field: day} if field.endswith(_DAY) and fact.month and fact.day else {}
    if fact.kind is FactKind.RECURRENCE:
        recurs = find_recurrence(fact.words, 0, len(fact.words)) if field == "every" else None
        return {"every": recurs.every.value, "every_day": recurs.day or ""} if recurs else {}
    if fact.kind is FactKind.TERM and fact.value is not None:
        return _term(fact, fact.value, field, has_unit=has_unit)
    return _number(fact, field)


def _number(fact: Found, field: str) -> dict[str, object]:
    if fact.value is None or field not in NUMBERS.get(fact.kind, ()):
        return {}
    if fact.kind is FactKind.COUNT:
        return {field: int(fact.value)}
    in_hundred = fact.kind is not FactKind.SCORE and field in SHARES
    return {field: f"{(fact.value / 100 if in_hundred else fact.value).normalize():f}"}


def _term(fact: Found, number: Decimal, field: str, *, has_unit: bool) -> dict[str, object]:
    if fact.name == "小时":
        return {field: int(number)} if field == "accept_hours" else {}
    is_working = fact.name == _WORKING
    if field not in DAYS or (is_working and not has_unit):
        return {}
    days = int(number) * DAYS_OF.get(fact.name, 1)
    unit = DayUnit.WORKING if is_working else DayUnit.CALENDAR
    return {field: days, "unit": unit.value} if has_unit else {field: days}
