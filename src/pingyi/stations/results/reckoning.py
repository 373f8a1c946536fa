"""What a settlement computes, in one place: whoever counts again later does just the same (§4.4b, §5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.authoring import bundle
from pingyi.inference.of_verdict import assess
from pingyi.rules.assessment import Assessment
from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
from pingyi.rules.plan import Plan
from pingyi.rules.plan.statistics import TriggerRule, statistics_of
from pingyi.rules.sheet import Verdict
from pingyi.rules.verdict import judge


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Everything that a settlement rests on."""

    plan: Plan
    plan_text: str
    sections: tuple[SectionFacts, ...]
    evidence: tuple[Evidence, ...]
    past: tuple[PastOutcome, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reckoned:
    """What comes out, and all that will be published of it, before anybody knows how the result is received."""

    verdict: Verdict
    assessment: Assessment
    files: dict[str, bytes]


def reckon(case: Case) -> Reckoned:
    """Judge and assess; a plan that asks for confirmed standings is judged once more with them."""
    plan, sections, evidence, past = case.plan, case.sections, case.evidence, case.past
    verdict = judge(plan, sections=sections, evidence=evidence, past=past)
    assessment = assess(plan, verdict=verdict, evidence=evidence)
    if statistics_of(plan).triggers is TriggerRule.ONLY_CONFIRMED:
        verdict = judge(plan, sections=sections, evidence=evidence, past=past, assessment=assessment)
    files = bundle.verdict_files(
        plan,
        plan_text=case.plan_text,
        sections=sections,
        evidence=evidence,
        past=past,
        verdict=verdict,
        assessment=assessment,
    )
    return Reckoned(verdict=verdict, assessment=assessment, files=files)
