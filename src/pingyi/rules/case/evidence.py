"""How cases become what a plan's indicators and deductions take (§3.2.2, §3.2.3, §4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.rating import Level
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.plan.measure import Adjustment, Figure, Scale

_OF_BREACH: Mapping[BreachKind, Figure] = {
    BreachKind.LATE: Figure.CASES_LATE,
    BreachKind.OWNERLESS: Figure.CASES_OWNERLESS,
    BreachKind.SECOND_NOTICE: Figure.CASES_SECOND_NOTICE,
    BreachKind.FALSE_CLOSING: Figure.CASES_FALSE_CLOSING,
}


def option(level: int, *, scale: Scale) -> str | None:
    """Return the option of a scale that one of the five levels is; none where the scale has no such side.

    The satisfied levels are spread over the options that count as satisfied, the two bad ones over the others; a
    scale with fewer options takes several levels into one.
    """
    one = Level(level)
    worth = sorted(
        (each for each in scale.options if each.value is not None), key=lambda each: each.value or 0, reverse=True
    )
    side = [each.id for each in worth if each.is_satisfied is one.is_satisfied]
    if not side:
        return None
    steps = (5, 4, 3) if one.is_satisfied else (2, 1)
    return side[_spread(steps.index(one.value), len(steps), len(side))]


def worst(scale: Scale) -> str | None:
    """Return the option that a case left open beyond its due date stands for."""
    return option(Level.VERY_DISSATISFIED.value, scale=scale)


def figures(*, breach: BreachKind, kind: str) -> tuple[Figure, ...]:
    """Return what an upheld breach is counted as, the closest first.

    A complaint that was closed as settled and was not is a founded complaint; then comes the breach's own kind, then
    a breach of any kind.
    """
    is_founded = breach is BreachKind.FALSE_CLOSING and kind == CaseKind.COMPLAINT.value
    return (*((Figure.CASES_FOUNDED,) if is_founded else ()), _OF_BREACH[breach], Figure.CASES_BREACHES)


def deduction(items: Iterable[Adjustment], *, breach: BreachKind, kind: str) -> Adjustment | None:
    """Return which of a plan's deductions an upheld breach feeds, one at most; none where the plan names none."""
    by_figure = {item.takes: item for item in reversed(list(items))}
    return next((by_figure[one] for one in figures(breach=breach, kind=kind) if one in by_figure), None)


def _spread(step: int, steps: int, options: int) -> int:
    """The last step is the last option, the first the first; what is between lies towards the better side."""
    return options - 1 if step == steps - 1 else min(step, max(0, options - 2)) if options < steps else step
