"""Plan, sections and evidence → the verdict: the same inputs give the same verdict on every machine (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from pingyi.rules.assessment import Assessment
from pingyi.rules.consequence import Scene, judge_triggers, sort_past
from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Reading
from pingyi.rules.plan.outcome import TestKind
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.ranking import grade, rank
from pingyi.rules.rounding import printed
from pingyi.rules.scoring import score
from pingyi.rules.scoring.pile import sort_evidence
from pingyi.rules.sheet import ScoreSheet, Verdict
from pingyi.rules.verdict_checks import require_evidence, require_plan, require_sections


def judge(
    plan: Plan,
    *,
    sections: Sequence[SectionFacts],
    evidence: Iterable[Evidence],
    past: Iterable[PastOutcome] = (),
    assessment: Assessment | None = None,
) -> Verdict:
    """Return scores, ranks, grades and triggers; `Refused` where plan or evidence cannot be computed with (§4.4b).

    With an assessment, a plan that asks for confirmed standings has its triggers judged by them (§5.2).
    """
    rows = tuple(evidence)
    require_plan(plan)
    require_sections(plan, sections=sections)
    require_evidence(plan, sections=sections, evidence=rows)
    piles = sort_evidence(sections, evidence=rows)
    sheets = _printed(plan, [score(plan, evidence=one) for one in piles])
    sheets = tuple(_excused(plan, sheet) for sheet in sheets)
    placements = rank(plan, sheets=sheets)
    grades = {
        sheet.section.id: found
        for sheet, place in zip(sheets, placements, strict=True)
        if (found := grade(plan, sheet=sheet, place=place))
    }
    scene = Scene(
        plan=plan,
        sheets=sheets,
        evidence={one.section.id: one for one in piles},
        placements={place.section: place for place in placements},
        grades=grades,
        past=sort_past(past, before=plan.year),
        assessment=assessment,
    )
    triggers = judge_triggers(scene)
    return Verdict(
        title=plan.title,
        year=plan.year,
        sheets=sheets,
        placements=placements,
        grades=grades,
        triggers=triggers,
        people=frozenset(source.id for source in plan.sources if reading_of(source) is Reading.PEOPLE),
    )


def limits_of(plan: Plan) -> frozenset[Fraction]:
    """Return every number that the plan holds a score against."""
    limits = {
        Fraction(test.score)
        for trigger in plan.triggers
        for test in trigger.all_of
        if test.kind in {TestKind.BELOW, TestKind.ABOVE} and test.score is not None
    }
    return frozenset(limits | {Fraction(one.minimum) for one in plan.grades if one.minimum is not None})


def _printed(plan: Plan, sheets: Sequence[ScoreSheet]) -> tuple[ScoreSheet, ...]:
    limits = limits_of(plan)
    scores: dict[str, set[Fraction]] = {}
    for sheet in sheets:
        if sheet.score is not None:
            scores.setdefault(sheet.section.section_class, set()).add(sheet.score)
    return tuple(
        sheet
        if sheet.score is None
        else replace(
            sheet,
            printed=printed(
                sheet.score, rounding=plan.rounding, limits=limits, near=scores[sheet.section.section_class]
            ),
        )
        for sheet in sheets
    )


def _excused(plan: Plan, sheet: ScoreSheet) -> ScoreSheet:
    """Excuse a section that is only asked for opinions from missing evidence: it is not ranked anyway."""
    ranked = {one.id for one in plan.subject.classes if one.is_ranked}
    return sheet if sheet.section.section_class in ranked else replace(sheet, gaps=())
