"""What a plan and its evidence must be before they are computed with: refused by name, never guessed over (§5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Indicator, Plan
from pingyi.rules.plan.measure import Measure, SourceKind
from pingyi.rules.plan.outcome import OF_RATES
from pingyi.rules.refused import Refused
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO

FINEST = 20  # decimals
SATISFACTION = {Measure.SATISFACTION_SCORE, Measure.SATISFACTION_RATE}


def require_plan(plan: Plan) -> None:
    """Refuse a plan without sources, one whose weights do not add up, or one that names what it does not have."""
    if not plan.sources:
        raise Refused("verdict.no_sources")  # everybody would have 0 points, and every trigger would fire
    for name, value in _numbers(plan):
        if is_too_fine(value):
            raise Refused("verdict.too_fine", name=name, digits=str(FINEST))
    _require_sum("verdict.source_weights", [Fraction(source.weight) for source in plan.sources])
    sources = {source.id for source in plan.sources}
    for indicator in plan.indicators:
        _require_indicator(plan, indicator, sources)
    for source in plan.sources:
        weights = [Fraction(one.weight) for one in plan.indicators if one.source == source.id]
        _require_sum("verdict.indicator_weights", weights, source=source.name)
    _require_rates(plan)
    unknown = {one for one in plan.ranking.tie_sources if one not in sources}
    if unknown:
        raise Refused("verdict.unknown_source", indicator="ranking", source="、".join(sorted(unknown)))


def _require_rates(plan: Plan) -> None:
    """Refuse a test of a rate that the plan does not have: an unknown indicator, or a box that its scale lacks."""
    allowed = {indicator: known for (_, indicator), known in allowed_values(plan).items()}
    for trigger in plan.triggers:
        for test in trigger.all_of:
            boxes = allowed.get(test.indicator)
            is_asked = test.kind in OF_RATES
            known = boxes if isinstance(boxes, frozenset) else frozenset()
            if is_asked and (test.indicator not in {one.id for one in plan.indicators} or set(test.options) - known):
                named = "、".join([test.indicator, *test.options])
                raise Refused("verdict.unknown_rate", trigger=trigger.name, rate=named)


def is_too_fine(value: Decimal) -> bool:
    """Whether a number has more decimals than any measurement: two scores that differ there would print endlessly."""
    _, digits, exponent = value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return isinstance(exponent, int) and bool(value) and exponent + zeros < -FINEST


def _numbers(plan: Plan) -> Iterator[tuple[str, Decimal]]:
    """Yield every number of the plan that enters a score, with what it belongs to."""
    yield from ((one.name, one.weight) for one in plan.sources)
    yield from ((one.name, number) for one in plan.indicators for number in (one.weight, one.maximum))
    yield from ((one.label, one.value) for scale in plan.scales for one in scale.options if one.value is not None)
    yield from ((one.name, one.weight) for one in (plan.assembly.groups if plan.assembly else ()))
    parts = [part for part in (plan.bonus, plan.deductions) if part]
    yield from ((one.name, one.points) for part in parts for one in part.items)


def require_sections(plan: Plan, *, sections: Sequence[SectionFacts]) -> None:
    """Refuse sections named twice, or of a class that the plan does not have: all of them at once."""
    classes = {one.id for one in plan.subject.classes}
    strays = [section for section in sections if section.section_class not in classes]
    if strays:
        names, wanted = "、".join(one.name for one in strays), "、".join(sorted({one.section_class for one in strays}))
        raise Refused("verdict.unknown_class", section=names, name=wanted)
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            raise Refused("verdict.section_twice", section=section.name)
        seen.add(section.id)


def require_evidence(plan: Plan, *, sections: Sequence[SectionFacts], evidence: Iterable[Evidence]) -> None:
    """Refuse evidence that names what does not exist, or whose value cannot be a mark."""
    known, groups = allowed_values(plan), groups_of(plan)
    names = {section.id for section in sections}
    named: dict[str, bool] = {}
    for row in evidence:
        code = _row_fault(row, names=names, known=known)
        if row.source in groups:
            if row.group and row.group not in groups[row.source]:
                code = "unknown_group"
            if named.setdefault(row.source, bool(row.group)) != bool(row.group):
                code = "groups_mixed"  # marks with and without a group cannot be weighed together
        if code:
            raise Refused(f"verdict.{code}", **_facts(row))


def groups_of(plan: Plan) -> dict[str, frozenset[str]]:
    """Return the elector groups of each source that votes by groups."""
    groups = frozenset(group.id for group in plan.assembly.groups) if plan.assembly else frozenset()
    return {source.id: groups for source in plan.sources if groups and source.kind is SourceKind.ASSEMBLY}


Allowed = frozenset[str] | tuple[Decimal, Decimal | None]  # the boxes of a scale, or least and greatest number


def allowed_values(plan: Plan) -> Mapping[tuple[str, str], Allowed]:
    """Return (source, indicator) → what a value may be; bonus, deduction and veto count occurrences."""
    scales = {scale.id: frozenset(option.id for option in scale.options) for scale in plan.scales}
    known: dict[tuple[str, str], Allowed] = {}
    for indicator in plan.indicators:
        if indicator.measure in SATISFACTION:
            known[indicator.source, indicator.id] = scales.get(indicator.scale, frozenset())
        else:
            greatest = indicator.maximum if indicator.measure is Measure.MEAN else None
            known[indicator.source, indicator.id] = (Decimal(0), greatest)
    adjustments = ((BONUS, plan.bonus), (DEDUCTION, plan.deductions))
    known |= {(source, item.id): (Decimal(0), None) for source, part in adjustments if part for item in part.items}
    return known | {(VETO, event.id): (Decimal(0), None) for event in plan.vetoes}


def fault_of(value: Decimal | str, *, allowed: Allowed) -> str:
    """Return the code of what is wrong with a value, or nothing."""
    if isinstance(allowed, frozenset):
        return "" if isinstance(value, str) and value in allowed else "not_an_option"
    if not isinstance(value, Decimal) or not value.is_finite():
        return "not_a_number"
    least, greatest = allowed
    if value < least:
        return "negative_value"
    return "value_too_great" if greatest is not None and value > greatest else ""


def _require_indicator(plan: Plan, indicator: Indicator, sources: set[str]) -> None:
    if indicator.source not in sources:
        raise Refused("verdict.unknown_source", indicator=indicator.name, source=indicator.source)
    if indicator.maximum <= 0:
        raise Refused("verdict.maximum", indicator=indicator.name)
    if indicator.measure not in SATISFACTION:
        return
    scale = next((scale for scale in plan.scales if scale.id == indicator.scale), None)
    if scale is None:
        raise Refused("verdict.unknown_scale", indicator=indicator.name, scale=indicator.scale)
    over = [
        option for option in scale.options if option.value is not None and not 0 <= option.value <= indicator.maximum
    ]
    if over and indicator.measure is Measure.SATISFACTION_SCORE:
        facts = {"option": over[0].label, "maximum": shown(Fraction(indicator.maximum))}
        raise Refused("verdict.option_beyond_maximum", indicator=indicator.name, scale=scale.name, **facts)


def _require_sum(code: str, weights: Sequence[Fraction], **facts: str) -> None:
    whole = sum(weights, Fraction(0))
    if any(weight < 0 for weight in weights) or (weights and whole != 1):
        raise Refused(code, total=shown(whole), **facts)


def _row_fault(row: Evidence, *, names: set[str], known: Mapping[tuple[str, str], Allowed]) -> str:
    if row.section not in names:
        return "unknown_section"
    allowed = known.get((row.source, row.indicator))
    if allowed is None:
        return "unknown_indicator"
    if not row.weight.is_finite() or row.weight < 0 or row.times < 0:
        return "negative_weight"
    if any(is_too_fine(number) for number in (row.weight, row.value) if isinstance(number, Decimal)):
        return "row_too_fine"
    return fault_of(row.value, allowed=allowed)


def _facts(row: Evidence) -> dict[str, str]:
    return {
        "section": row.section,
        "indicator": row.indicator,
        "source": row.source,
        "group": row.group,
        "value": str(row.value),
        "at": row.reference or "—",
    }
