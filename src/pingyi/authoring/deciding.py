"""Which of a preset's choices decide the score, and what each does to the scores that can be reached (§4.4b)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pingyi.authoring.reachable import Range, reach
from pingyi.rules.plan import Plan

# Parts of a plan by which marks are made, put in order or followed up: nobody confirms them in a heap.
DECIDING = frozenset({
    "subject", "criteria", "sources", "indicators", "scales", "assembly", "survey", "bonus", "deductions", "vetoes",
    "rounding", "ranking", "grades", "triggers", "statistics", "consequences",
})  # fmt: skip
_WITHOUT: Mapping[str, Callable[[Plan], Plan]] = {
    "bonus": lambda plan: replace(plan, bonus=None),
    "deductions": lambda plan: replace(plan, deductions=None),
    "vetoes": lambda plan: replace(plan, vetoes=()),
}


def decides(path: str) -> bool:
    """Whether what stands at this place decides the score or what follows from it."""
    return re.split(r"[.\[]", path, maxsplit=1)[0] in DECIDING


def effect(plan: Plan, path: str) -> tuple[Range, Range] | None:
    """Return the reachable composite with and without the part that this place is; None where it cannot be left out."""
    without = _WITHOUT.get(path)
    return (reach(plan).total, reach(without(plan)).total) if without else None
