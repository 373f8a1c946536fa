"""Names that a list has twice: what refers to one of them is printed by its name, so each gets a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from pingyi.rules.plan import Plan

# The lists whose items other parts of the plan name, and the field that holds the name.
NAMED: Final = {
    "authorities": "name",
    "principles": "title",
    "criteria": "title",
    "sources": "name",
    "indicators": "name",
    "scales": "name",
    "grades": "name",
    "triggers": "name",
    "consequences": "name",
}


def told_apart(plan: Plan) -> Plan:
    """Return the plan with a number behind each name that stands in its list before."""
    changes: dict[str, Any] = {}
    for part, field in NAMED.items():
        items = getattr(plan, part)
        names = _numbered([getattr(item, field) for item in items])
        if names:
            changes[part] = tuple(replace(item, **{field: name}) for item, name in zip(items, names, strict=True))
    kinds = plan.subject.kinds
    if names := _numbered([kind.name for kind in kinds]):
        named = tuple(replace(kind, name=name) for kind, name in zip(kinds, names, strict=True))
        changes["subject"] = replace(plan.subject, kinds=named)
    return replace(plan, **changes) if changes else plan


def _numbered(names: list[str]) -> list[str]:
    """Return names of which none stands there twice; nothing where that is so already."""
    if len(set(names)) == len(names):
        return []
    given: list[str] = []
    for name in names:
        number, one = 1, name
        while one in given or (number > 1 and one in names):
            number += 1
            one = f"{name}〔{number}〕"
        given.append(one)
    return given
