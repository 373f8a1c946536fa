"""How sure a verdict is: from plan, sheets and evidence to intervals, ranks and standings of every class (§5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pingyi.inference.certainty import certainty
from pingyi.inference.flips import flips
from pingyi.inference.numbered import is_numbered
from pingyi.inference.of_evidence import estimate
from pingyi.rules.assessment import Assessment, ClassAssessment, Unsure
from pingyi.rules.estimate import Certainty, Estimate
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import SourceKind, VetoEffect
from pingyi.rules.plan.outcome import TestKind
from pingyi.rules.plan.statistics import Statistics, statistics_of
from pingyi.rules.published import Published, published
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import LineKind, ScoreSheet, Verdict


def assess(plan: Plan, *, verdict: Verdict, evidence: Sequence[Evidence]) -> Assessment:
    """Return what may be said of every ranked section; what cannot be told is said so, never refused (§5.2).

    It is computed from what is published of the evidence, so that page, file and stranger agree to the last digit.
    """
    told = published(plan, sheets=verdict.sheets, evidence=evidence)
    return assess_published(plan, verdict=verdict, told=told)


def assess_published(plan: Plan, *, verdict: Verdict, told: Published) -> Assessment:
    """Return the same from the published tables."""
    rules = statistics_of(plan)
    return Assessment(
        level=rules.level,
        minimum_ratings=rules.minimum_ratings,
        minimum_ballots=rules.minimum_ballots,
        weight_range=rules.weight_range,
        classes=tuple(
            _class(plan, rules, one.id, sheets=sheets, told=told)
            for one in plan.subject.classes
            if one.is_ranked and (sheets := [s for s in verdict.sheets if s.section.section_class == one.id])
        ),
    )


def _class(
    plan: Plan, rules: Statistics, name: str, *, sheets: Sequence[ScoreSheet], told: Published
) -> ClassAssessment:
    scored = [sheet for sheet in sheets if sheet.score is not None]
    put_last = tuple(sheet.section.id for sheet in scored if _is_put_last(plan, sheet))
    compared = [sheet for sheet in scored if sheet.section.id not in put_last]
    estimates, unsure = _estimates(plan, sheets=compared, told=told)
    given = tuple(sheet.section.id for sheet in compared if _is_given(sheet))
    weights = tuple(tuple(_weight(one, sheet, given) for sheet in compared) for one in estimates)
    found = ClassAssessment(
        section_class=name,
        sections=tuple(sheet.section.id for sheet in compared),
        estimates=estimates,
        weights=weights,
        unsure=unsure,
        given=given,
        put_last=put_last,
        without_score=tuple(sheet.section.id for sheet in sheets if sheet.score is None),
    )
    if unsure or not compared:
        return found
    return replace(found, certainty=_certainty(plan, rules, found, sheets=compared, told=told))


def _estimates(
    plan: Plan, *, sheets: Sequence[ScoreSheet], told: Published, by_counts: Sequence[Estimate] = ()
) -> tuple[tuple[Estimate, ...], tuple[Unsure, ...]]:
    """Return the sources' estimates; `by_counts`: those of before, as wide as they are by the published counts alone.

    Only where the answers carried the number of their person is anything else believed, so the others stay.
    """
    found, unsure = [], []
    known = {one.source: one for one in by_counts}
    for source in plan.sources:
        if source.id in known and not is_numbered(told, source.id):
            found.append(known[source.id])
            continue
        try:
            one = estimate(plan, source=source, sheets=sheets, published=told, by_counts=bool(by_counts))
        except Refused as refused:
            facts = {name: str(value) for name, value in refused.facts.items()}
            unsure.append(Unsure(source=source.id, code=refused.code, facts=facts))
            continue
        if one is not None:
            found.append(one)
    return tuple(found), tuple(unsure)


def _certainty(
    plan: Plan, rules: Statistics, held: ClassAssessment, *, sheets: Sequence[ScoreSheet], told: Published
) -> Certainty:
    weights = {
        one.source: dict(zip(held.sections, row, strict=True))
        for one, row in zip(held.estimates, held.weights, strict=True)
    }
    scores = {sheet.section.id: sheet.score for sheet in sheets if sheet.score is not None}
    return certainty(
        held.estimates,
        weights=weights,
        sections=held.sections,
        scores=scores,
        limits=_limits(plan),
        level=float(1 - rules.level),
        least=_least(plan, rules),
        by_counts=_estimates(plan, sheets=sheets, told=told, by_counts=held.estimates)[0],
        is_coarse=any(is_numbered(told, one.source) for one in held.estimates),
        nominal=_nominal(plan, held),
        weight_range=Fraction(rules.weight_range),
        flips=flips(plan, held=held, sheets=sheets, told=told, limits=_limits(plan)),
    )


def _nominal(plan: Plan, held: ClassAssessment) -> dict[str, Fraction]:
    """Return the plan's weights of the sources that count, adding up to 1: around these weights are moved."""
    known = {one.source for one in held.estimates}
    weights = {one.id: Fraction(one.weight) for one in plan.sources if one.id in known}
    whole = sum(weights.values(), Fraction(0))
    return {name: weight / whole for name, weight in weights.items()}


def _limits(plan: Plan) -> tuple[Fraction, ...]:
    tests = (test for trigger in plan.triggers for test in trigger.all_of if test.kind is TestKind.BELOW)
    return tuple(sorted({Fraction(test.score) for test in tests if test.score is not None}))


def _least(plan: Plan, rules: Statistics) -> dict[str, int]:
    """Return the least evidence by source (R8)."""
    least = {SourceKind.SURVEY: rules.minimum_ratings, SourceKind.ASSEMBLY: rules.minimum_ballots}
    return {one.id: least[one.kind] for one in plan.sources if one.kind in least}


def _weight(one: Estimate, sheet: ScoreSheet, given: Sequence[str]) -> Fraction:
    """Return what a source weighs in a sheet; nothing where an event has set the score."""
    if sheet.section.id in given:
        return Fraction(0)
    lines = (line for line in sheet.lines if line.kind is LineKind.MARK and line.source == one.source)
    return sum((line.weight for line in lines), Fraction(0))


def _is_given(sheet: ScoreSheet) -> bool:
    return any(line.kind is LineKind.VETO and line.points for line in sheet.lines)


def _is_put_last(plan: Plan, sheet: ScoreSheet) -> bool:
    effects = {event.id: event.effect for event in plan.vetoes}
    return any(effects[event] is VetoEffect.RANK_LAST for event in sheet.vetoes)
