"""The test of a trigger that looks at a rate: a satisfaction or other rate, or a share of votes (§4.4c)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pingyi.rules.plan import Indicator, Plan
from pingyi.rules.plan.measure import Option
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.rounding import shown
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.sheet import LineKind, ScoreSheet


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A rate in per cent, and of how many answers; none where nobody answered."""

    value: Fraction | None
    count: int


def meets(test: Test, *, sheet: ScoreSheet, evidence: SectionEvidence, plan: Plan) -> tuple[bool, str, dict[str, str]]:
    """Return whether a rate is beyond its limit, the reason's code and its facts; too few answers are beyond none."""
    one = next(each for each in plan.indicators if each.id == test.indicator)
    boxes = _boxes(one, plan)
    rate = votes(test, one, evidence=evidence, boxes=boxes) if test.options else _own(one, sheet)
    limit = 100 * Fraction(test.share or 0)
    what = "、".join([one.name, *(boxes[each].label for each in test.options)])
    facts = {"what": what, "n": str(rate.count), "limit": shown(limit)}
    least = max(one.minimum_count, 1)
    if rate.value is None or rate.count < least:
        return False, "rate_too_few", facts | {"least": str(least)}
    is_beyond = rate.value < limit if test.kind is TestKind.RATE_BELOW else rate.value > limit
    holds = is_beyond or (test.is_inclusive and rate.value == limit)
    code = ("" if holds else "not_") + test.kind.value + ("_or_at" if test.is_inclusive else "")
    return holds, code, facts | {"rate": shown(rate.value)}


def votes(test: Test, one: Indicator, *, evidence: SectionEvidence, boxes: dict[str, Option]) -> Rate:
    """Return the share of the options asked for, of them and of all with a value; weights and groups weigh nothing."""
    tallies = evidence.pile(one.source, one.id).values()
    given = {str(value): tally.times for value, tally in tallies.items()}
    counted = {name: times for name, times in given.items() if name in test.options or boxes[name].value is not None}
    whole = sum(counted.values())
    asked = sum(times for name, times in counted.items() if name in test.options)
    return Rate(value=Fraction(100 * asked, whole) if whole else None, count=whole)


def _own(one: Indicator, sheet: ScoreSheet) -> Rate:
    """Return the rate that stands on the sheet: where there is a scale its rate of the satisfied, else the mark."""
    line = next(each for each in sheet.lines if (each.kind, each.indicator) == (LineKind.MARK, one.id))
    return Rate(value=line.mark if line.satisfaction_rate is None else line.satisfaction_rate, count=int(line.count))


def _boxes(one: Indicator, plan: Plan) -> dict[str, Option]:
    return {option.id: option for scale in plan.scales if scale.id == one.scale for option in scale.options}
