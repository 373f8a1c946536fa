"""Weights, scales and adjustments: do the marks add up (§4.4b)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pingyi.authoring.problems import Problem, Severity
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Indicator, Measure, Scale, SourceKind, VetoEffect

NOTE = Severity.NOTE
ONE, HALF = Decimal(1), Decimal("0.5")
ON_SCALES = {Measure.SATISFACTION_SCORE, Measure.SATISFACTION_RATE}


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with the plan's marks."""
    yield from _sums(plan)
    yield from _coverage(plan)
    yield from _indicators(plan)
    yield from _scales(plan)
    yield from _adjustments(plan)
    yield from _instruments(plan)
    yield from _shares(plan)


def _sums(plan: Plan) -> Iterator[Problem]:
    yield from _sum("sources", "sources", "各数据来源", "the sources", [item.weight for item in plan.sources])
    for source in plan.sources:
        mine = [(number, item.weight) for number, item in enumerate(plan.indicators) if item.source == source.id]
        path = f"indicators[{mine[0][0]}].weight" if mine else "indicators"
        zh, en = f"来源“{source.name}”内各指标", f"the indicators of source '{source.name}'"
        yield from _sum(path, "", zh, en, [weight for _, weight in mine])
    yield from _weights("indicators", [item.weight for item in plan.indicators])
    if plan.assembly:
        groups, contents = plan.assembly.groups, plan.assembly.contents
        path = "assembly.groups"
        yield from _sum(path, path, "各类评议代表", "the elector groups", [item.weight for item in groups])
        path = "assembly.contents"
        yield from _sum(path, path, "各项测评内容", "the lines of the ballot", [item.weight for item in contents])


def _sum(path: str, each: str, zh: str, en: str, weights: list[Decimal]) -> Iterator[Problem]:
    if each:
        yield from _weights(each, weights)
    total = sum(weights, Decimal(0))
    if weights and total != ONE:
        facts = {"what_zh": zh, "what_en": en, "sum": f"{total:f}", "off": f"{ONE - total:+f}"}
        yield Problem(code="weights_sum", path=path, facts=facts)


def _weights(path: str, weights: Iterable[Decimal]) -> Iterator[Problem]:
    for number, weight in enumerate(weights):
        if not 0 < weight <= 1:
            suggestion = f"{weight / 100:f}" if 1 < weight <= 100 else "0.2"
            facts = {"weight": f"{weight:f}", "suggestion": suggestion}
            yield Problem(code="weight_range", path=f"{path}[{number}].weight", facts=facts)


def _coverage(plan: Plan) -> Iterator[Problem]:
    if not plan.criteria:
        yield Problem(code="no_criteria", path="criteria")
    if not plan.sources:
        yield Problem(code="no_sources", path="sources")
    judged = {item.criterion for item in plan.indicators}
    for number, criterion in enumerate(plan.criteria):
        if criterion.id not in judged:
            facts = {"title": criterion.title}
            yield Problem(code="criterion_without_indicator", path=f"criteria[{number}]", facts=facts)
    fed = {item.source for item in plan.indicators}
    for number, source in enumerate(plan.sources if plan.criteria else ()):
        if source.id not in fed:
            yield Problem(code="source_without_indicator", path=f"sources[{number}]", facts={"name": source.name})


def _indicators(plan: Plan) -> Iterator[Problem]:
    for number, indicator in enumerate(plan.indicators):
        path, facts = f"indicators[{number}]", {"name": indicator.name}
        if indicator.measure in ON_SCALES and not indicator.scale:
            yield Problem(code="indicator_without_scale", path=path, facts=facts)
        if indicator.maximum <= 0:
            yield Problem(code="maximum_not_positive", path=f"{path}.maximum", facts=facts)
        if indicator.minimum_count < 0:
            yield Problem(code="count_negative", path=f"{path}.minimum_count", facts=facts)


def _scales(plan: Plan) -> Iterator[Problem]:
    for number, scale in enumerate(plan.scales):
        path, facts = f"scales[{number}]", {"name": scale.name}
        valued = [option for option in scale.options if option.value is not None]
        if len({option.value for option in valued}) < 2:
            yield Problem(code="scale_too_short", path=path, facts=facts)
        for place, option in enumerate(scale.options):
            if option.value is not None and not 0 <= option.value <= 100:
                more = facts | {"label": option.label, "value": f"{option.value:f}"}
                yield Problem(code="value_range", path=f"{path}.options[{place}].value", facts=more)
        if _is_rated(plan.indicators, scale) and not any(option.is_satisfied for option in valued):
            yield Problem(code="nobody_satisfied", path=path, facts=facts)


def _is_rated(indicators: Iterable[Indicator], scale: Scale) -> bool:
    return any(item.scale == scale.id and item.measure is Measure.SATISFACTION_RATE for item in indicators)


def _adjustments(plan: Plan) -> Iterator[Problem]:
    groups: dict[str, tuple[Adjustment, ...]] = {
        "bonus": plan.bonus.items if plan.bonus else (),
        "deductions": plan.deductions.items if plan.deductions else (),
    }
    for name, items in groups.items():
        for number, item in enumerate(items):
            path, facts = f"{name}.items[{number}]", {"name": item.name}
            if item.points <= 0:
                yield Problem(code="points_not_positive", path=f"{path}.points", facts=facts)
            if item.cap is not None and item.cap < item.points:
                yield Problem(code="cap_below_points", severity=NOTE, path=f"{path}.cap", facts=facts)
    for number, veto in enumerate(plan.vetoes):
        if veto.effect is VetoEffect.SCORE_CAP and veto.cap is None:
            yield Problem(code="veto_without_cap", path=f"vetoes[{number}]", facts={"name": veto.name})


def _instruments(plan: Plan) -> Iterator[Problem]:
    """A source of votes needs the vote's rules, and the other way round."""
    for kind, part in ((SourceKind.ASSEMBLY, plan.assembly), (SourceKind.SURVEY, plan.survey)):
        numbers = [number for number, source in enumerate(plan.sources) if source.kind is kind]
        if numbers and part is None:
            path = f"sources[{numbers[0]}]"
            facts = {"name": plan.sources[numbers[0]].name, "part": kind.value}
            yield Problem(code="source_without_rules", path=path, facts=facts)
        if part is not None and not numbers:
            yield Problem(code="rules_without_source", severity=NOTE, path=kind.value, facts={"part": kind.value})


def _shares(plan: Plan) -> Iterator[Problem]:
    shares = [
        ("assembly.quorum", plan.assembly.quorum if plan.assembly else None, ONE),
        ("survey.margin", plan.survey.margin if plan.survey else None, ONE),
        ("survey.confidence", plan.survey.confidence if plan.survey else None, ONE),
        ("handling.call_back_share", plan.handling.call_back_share if plan.handling else None, ONE),
        ("handling.satisfaction_floor", plan.handling.satisfaction_floor if plan.handling else None, Decimal(100)),
    ]
    for path, value, most in shares:
        if value is not None and not 0 <= value <= most:
            yield Problem(code="share_range", path=path, facts={"value": f"{value:f}", "most": most})
    if plan.statistics and not 0 < plan.statistics.level < HALF:
        facts = {"value": f"{plan.statistics.level:f}"}
        yield Problem(code="level_range", path="statistics.level", facts=facts)
    if plan.statistics and not 0 <= plan.statistics.weight_range < ONE:
        facts = {"value": f"{plan.statistics.weight_range:f}", "most": "1"}
        yield Problem(code="share_range", path="statistics.weight_range", facts=facts)
    if not 0 <= plan.rounding.digits <= 6:
        yield Problem(code="digits_range", path="rounding.digits", facts={"digits": plan.rounding.digits})
