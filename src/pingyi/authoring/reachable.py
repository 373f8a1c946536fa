"""The scores that a plan can give at all: exact ranges of every indicator, source and composite (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Bonus, Deductions, Empty, Indicator, Measure, VetoEffect
from pingyi.rules.plan.outcome import Test, TestKind

FULL = Fraction(100)
MOST_DROPPED = 10  # sources that may be left out; more would make too many combinations


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest score; `high` is None where nothing bounds it."""

    low: Fraction
    high: Fraction | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Every range of one plan: `marks` is the composite before, `total` after bonus, deductions and vetoes."""

    indicators: dict[str, Range]
    sources: dict[str, Range]
    marks: Range
    total: Range


def reach(plan: Plan) -> Reach:
    """Return the reachable range of each indicator, of each source and of the composite."""
    indicators = {indicator.id: _of_indicator(plan, indicator) for indicator in plan.indicators}
    sources = {source.id: _of_source(plan, source.id, indicators) for source in plan.sources}
    marks = _composite(plan, sources)
    return Reach(indicators=indicators, sources=sources, marks=marks, total=_adjusted(plan, marks))


def can_meet(limit: Range, test: Test) -> bool:
    """Whether a score of this range can be on the side of the limit that the test asks for."""
    if test.score is None:
        return True
    score = Fraction(test.score)
    if test.kind is TestKind.BELOW:
        return limit.low <= score if test.is_inclusive else limit.low < score
    if test.kind is TestKind.ABOVE and limit.high is not None:
        return limit.high >= score if test.is_inclusive else limit.high > score
    return True


def must_meet(limit: Range, test: Test) -> bool:
    """Whether every score of this range is on the side of the limit that the test asks for."""
    if test.score is None:
        return False
    score = Fraction(test.score)
    if test.kind is TestKind.BELOW and limit.high is not None:
        return limit.high <= score if test.is_inclusive else limit.high < score
    if test.kind is TestKind.ABOVE:
        return limit.low >= score if test.is_inclusive else limit.low > score
    return False


def shown(value: Fraction | None) -> str:
    """Write a bound as a decimal of at most four places; None as a dash."""
    if value is None:
        return "—"
    text = f"{value.numerator / Decimal(value.denominator):.4f}"
    return text.rstrip("0").rstrip(".")


def _of_indicator(plan: Plan, indicator: Indicator) -> Range:
    if indicator.measure is not Measure.SATISFACTION_SCORE:
        return Range(Fraction(0), FULL)
    options = [option for scale in plan.scales if scale.id == indicator.scale for option in scale.options]
    values = [Fraction(option.value) for option in options if option.value is not None]
    return Range(min(values), max(values)) if values else Range(Fraction(0), FULL)


def _of_source(plan: Plan, source: str, ranges: dict[str, Range]) -> Range:
    parts = [(Fraction(item.weight), ranges[item.id]) for item in plan.indicators if item.source == source]
    mean = _weighted(parts) or Range(Fraction(0), FULL)
    rule = next(item.empty for item in plan.sources if item.id == source)
    low = Fraction(0) if rule is Empty.ZERO else mean.low
    return Range(low, FULL if rule is Empty.FULL else mean.high)


def _composite(plan: Plan, ranges: dict[str, Range]) -> Range:
    """Take the widest range over all ways in which sources without evidence may be left out."""
    firm = [source for source in plan.sources if source.empty is not Empty.DROP]
    loose = [source for source in plan.sources if source.empty is Empty.DROP][:MOST_DROPPED]
    found = []
    for count in range(len(loose) + 1):
        for chosen in combinations(loose, count):
            mean = _weighted([(Fraction(source.weight), ranges[source.id]) for source in (*firm, *chosen)])
            if mean:
                found.append(mean)
    if not found:
        return Range(Fraction(0), FULL)
    return Range(min(item.low for item in found), max(item.high or FULL for item in found))


def _weighted(parts: Iterable[tuple[Fraction, Range]]) -> Range | None:
    used = [(weight, part) for weight, part in parts if weight > 0]
    total = sum(weight for weight, _ in used)
    if not total:
        return None
    low = sum(weight * part.low for weight, part in used) / total
    high = sum(weight * (part.high if part.high is not None else FULL) for weight, part in used) / total
    return Range(Fraction(low), Fraction(high))


def _adjusted(plan: Plan, marks: Range) -> Range:
    more, less = _most(plan.bonus), _most(plan.deductions)
    low = Fraction(0) if less is None else max(Fraction(0), marks.low - less)
    high = None if more is None or marks.high is None else marks.high + more
    return Range(min([low, *_veto_scores(plan)]), high)


def _most(group: Bonus | Deductions | None) -> Fraction | None:
    """Return the most points that a group can come to; None where nothing bounds it."""
    if group is None or not group.items:
        return Fraction(0)
    single = [_most_of(item) for item in group.items]
    total = None if any(points is None for points in single) else sum(points or Fraction(0) for points in single)
    bounds = [Fraction(bound) for bound in (total, group.cap) if bound is not None]
    return min(bounds) if bounds else None


def _most_of(item: Adjustment) -> Fraction | None:
    return None if item.cap is None else Fraction(item.cap)


def _veto_scores(plan: Plan) -> Iterator[Fraction]:
    for veto in plan.vetoes:
        if veto.effect is VetoEffect.SCORE_ZERO:
            yield Fraction(0)
        elif veto.effect is VetoEffect.SCORE_CAP and veto.cap is not None:
            yield Fraction(veto.cap)
