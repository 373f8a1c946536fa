"""A plan read from a changed print, laid on the plan that it carries: what is the same thing keeps its id (§0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from pingyi.authoring.places import name_of
from pingyi.authoring.reading_prints.patterns import bare
from pingyi.authoring.values import HOLDERS
from pingyi.rules.plan import Plan

# What a print does not say is the carried plan's.
KEPT = frozenset({"id", "quote", "clause", "original", "choices", "format"})
_ALIKE = 0.5  # of their words: two items in the same place that are one
_REFERENCES = {*HOLDERS, "phase", "kinds", "options"}


def graft(carried: Plan, seen: Plan) -> Plan:
    """Return the plan that is seen with the ids, and all else that is not printed, of the one that is carried."""
    grafted: Plan = _laid(carried, _renamed(seen, ids_of(carried, seen)))
    return grafted


def ids_of(carried: Plan, seen: Plan) -> dict[str, str]:
    """Return by which ids the things of the seen plan go; a new one whose id the carried plan has gets another."""
    ids: dict[str, str] = {}
    _pair_all(carried, seen, ids)
    return ids


def pairs_of(one: Sequence[Any], other: Sequence[Any]) -> list[tuple[int, int]]:
    """Return which items of two lists are the same thing: by their names in order, then by name, then by place."""
    names = [[_name(item) for item in side] for side in (one, other)]
    found: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, names[0], names[1], autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            found |= dict(zip(range(a, b), range(c, d), strict=True))
        elif tag == "replace":
            found |= _by_likeness(names, range(a, b), range(c, d))
    taken = set(found.values())
    for place, name in enumerate(names[0]):  # what moved
        if place not in found:
            same = next((at for at, other_name in enumerate(names[1]) if at not in taken and other_name == name), None)
            if same is not None:
                found[place] = same
                taken.add(same)
    return sorted(found.items())


def _by_likeness(names: list[list[str]], ones: range, others: range) -> dict[int, int]:
    found: dict[int, int] = {}
    free = list(others)
    for place in ones:
        ratios = [(SequenceMatcher(None, names[0][place], names[1][at]).ratio(), at) for at in free]
        ratio, best = max(ratios, default=(0.0, -1))
        if ratio >= _ALIKE:
            found[place] = best
            free = [at for at in free if at > best]
    return found


def _name(item: Any) -> str:
    words = next((str(getattr(item, one)) for one in ("title", "name", "label") if getattr(item, one, "")), "")
    if not words:
        words = str(getattr(item, "kind", "")) or name_of(item)
    return bare(words)


def _pair_all(carried: Any, seen: Any, ids: dict[str, str]) -> None:
    """Note which id of the seen plan is which of the carried one; one that is new gets a name that none has."""
    for one in fields(carried):
        mine, theirs = getattr(carried, one.name), getattr(seen, one.name)
        if is_dataclass(mine) and is_dataclass(theirs):
            _pair_all(mine, theirs, ids)
        elif isinstance(theirs, tuple) and any(map(is_dataclass, theirs)) and isinstance(mine, tuple):
            known = {getattr(item, "id", "") for item in mine}
            found = {there: here for here, there in pairs_of(mine, theirs)}
            for place, item in enumerate(theirs):
                if place in found:
                    if own := getattr(item, "id", ""):
                        ids[own] = mine[found[place]].id
                    _pair_all(mine[found[place]], item, ids)
                elif (own := getattr(item, "id", "")) in known:
                    ids[own] = next(new for new in _fresh(own) if new not in known)


def _fresh(name: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _renamed(value: Any, ids: Mapping[str, str], *, field: str = "") -> Any:
    """Return a plan with other ids, in its items and in what refers to them."""
    if is_dataclass(value) and not isinstance(value, type):
        made: dict[str, Any] = {
            one.name: _renamed(getattr(value, one.name), ids, field=one.name) for one in fields(value)
        }
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(_renamed(one, ids, field=field) for one in value)
    is_name = isinstance(value, str) and not isinstance(value, StrEnum) and field in {"id", *_REFERENCES}
    return ids.get(value, value) if is_name else value


def _laid(carried: Any, seen: Any) -> Any:
    if is_dataclass(carried) and not isinstance(carried, type) and type(carried) is type(seen):
        names = [one.name for one in fields(carried) if one.name not in KEPT]
        both: dict[str, Any] = {name: _laid(getattr(carried, name), getattr(seen, name)) for name in names}
        return replace(carried, **both)
    if isinstance(carried, tuple) and isinstance(seen, tuple) and any(map(is_dataclass, [*carried, *seen])):
        return _laid_list(carried, seen)
    return carried if _is_same(carried, seen) else seen


def _laid_list(carried: tuple[Any, ...], seen: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the items that are seen in the order of the carried ones; a new one behind the one that it follows."""
    found = {there: here for here, there in pairs_of(carried, seen)}
    order: list[tuple[float, int, Any]] = []
    last = -1.0
    for place, item in enumerate(seen):
        here = found.get(place)
        last = last if here is None else float(here)
        order.append((last + (0.5 if here is None else 0), place, item if here is None else _laid(carried[here], item)))
    return tuple(item for _, _, item in sorted(order, key=lambda one: one[:2]))


def _is_same(carried: Any, seen: Any) -> bool:
    """Whether two values are one to whoever reads the paper: blanks and a closing stop say nothing."""
    if isinstance(carried, str) and isinstance(seen, str) and not isinstance(carried, StrEnum):
        return _closed(carried) == _closed(seen)
    return bool(carried == seen)


def _closed(text: str) -> str:
    return bare(text).removesuffix("。").removesuffix(".")
