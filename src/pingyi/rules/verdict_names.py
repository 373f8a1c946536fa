"""The names that a verdict's ids stand for, for whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.rules.plan import Plan
from pingyi.rules.sheet import BONUS, DEDUCTION, FLOOR, VETO

ADJUSTMENTS = {BONUS: "加分", DEDUCTION: "扣分", VETO: "一票否决", FLOOR: "保底"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Id → name, as the plan writes it."""

    sources: Mapping[str, str]
    items: Mapping[tuple[str, str], str]  # (source, indicator) → name
    criteria: Mapping[str, str]
    classes: Mapping[str, str]
    grades: Mapping[str, str]
    groups: Mapping[str, str]


def names_of(plan: Plan) -> Names:
    """Collect the names of a plan."""
    items = {(one.source, one.id): one.name for one in plan.indicators}
    for source, part in ((BONUS, plan.bonus), (DEDUCTION, plan.deductions)):
        items |= {(source, one.id): one.name for one in part.items} if part else {}
    items |= {(VETO, one.id): one.name for one in plan.vetoes}
    return Names(
        sources={one.id: one.name for one in plan.sources} | ADJUSTMENTS,
        items=items,
        criteria={one.id: one.title for one in plan.criteria},
        classes={one.id: one.name for one in plan.subject.classes},
        grades={one.id: one.name for one in plan.grades},
        groups={one.id: one.name for one in plan.assembly.groups} if plan.assembly else {},
    )
