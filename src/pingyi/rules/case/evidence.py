"""What a plan's indicators and deductions take from the room of cases (§3.2.2, §3.2.3, §4.4b).

An indicator of a source of cases says by its measure what it takes, and where that is a mean, by the end of its id:
`…_answered`, `…_settled`, `…_response`, `…_solution`; any other takes what was closed on time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.rating import Level
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.plan.measure import Indicator, Measure, Scale


class Take(StrEnum):
    """What an indicator takes."""

    ON_TIME = "on_time"  # closed on time ÷ (closed + overdue and open)
    ANSWERED = "answered"  # answered by the due date ÷ (answered + overdue and unanswered)
    SETTLED = "settled"  # a result by the due date ÷ (with a result + overdue and without)
    RESPONSE = "response"  # offers taken or refused within the plan's hours
    SOLUTION = "solution"  # what citizens call settled at the call-back
    SATISFACTION = "satisfaction"  # the citizens' levels, as options of the indicator's scale
    BREACHES = "breaches"  # one for each upheld breach


FOUNDED = "founded_complaint"  # a complaint that was closed as settled and was not: a false closing that was upheld
ANY_BREACH = "breach"


def taken(indicator: Indicator) -> Take:
    """Return what an indicator of a source of cases takes."""
    if indicator.measure is Measure.DEMERITS:
        return Take.BREACHES
    if indicator.measure is not Measure.MEAN:
        return Take.SATISFACTION
    by_name = (take for take in (Take.ANSWERED, Take.SETTLED, Take.RESPONSE, Take.SOLUTION))
    return next((take for take in by_name if indicator.id.endswith(take.value)), Take.ON_TIME)


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


def deduction(items: Iterable[str], *, breach: BreachKind, kind: str) -> str | None:
    """Return which of a plan's deductions an upheld breach feeds, one at most; none where the plan names none.

    A false closing of a complaint is a founded complaint; then comes the item that ends in the breach's own name,
    such as `case_late` or `second_notice`; then one for breaches of any kind.
    """
    known = list(items)
    if breach is BreachKind.FALSE_CLOSING and kind == CaseKind.COMPLAINT.value and FOUNDED in known:
        return FOUNDED
    for ending in _endings(breach):
        found = next((one for one in known if one == ending or one.endswith(f"_{ending}")), None)
        if found is not None:
            return found
    return None


def _endings(breach: BreachKind) -> Sequence[str]:
    named = f"case_{breach.value}" if breach is BreachKind.LATE else breach.value  # "late" alone may mean a report
    return (named, ANY_BREACH)


def _spread(step: int, steps: int, options: int) -> int:
    """The last step is the last option, the first the first; what is between lies towards the better side."""
    return options - 1 if step == steps - 1 else min(step, max(0, options - 2)) if options < steps else step
