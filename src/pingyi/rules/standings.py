"""What may be said of a section in words, and of a trigger beside the legal rule (§5.2, §4.4c)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.assessment import Assessment, ClassAssessment
from pingyi.rules.estimate import SectionCertainty, Standing
from pingyi.rules.plan import Plan, Trigger
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.statistics import TriggerRule, statistics_of
from pingyi.rules.rounding import fixed, shown
from pingyi.rules.sheet import Reason, Verdict

PROVABLE = frozenset({TestKind.LAST, TestKind.BELOW})
# The weakest of several tests is what the trigger as a whole rests on.
WEAKEST_FIRST = (Standing.INSUFFICIENT, Standing.TIE, Standing.UNDETERMINED, Standing.REFUTED, Standing.CONFIRMED)


def wants_proof(plan: Plan, test: Test) -> bool:
    """Whether the plan lets this test hold only where the evidence confirms it."""
    return test.kind in PROVABLE and statistics_of(plan).triggers is TriggerRule.ONLY_CONFIRMED


def borne(test: Test, *, section: str, assessed: ClassAssessment) -> Standing:
    """Return what the evidence bears of one test: of being last, or of being below the limit."""
    if test.kind is TestKind.LAST:
        return assessed.last_standing(section)
    if section in assessed.put_last:
        return Standing.CONFIRMED  # an event set the place; the limit is asked of the other sections
    return assessed.limit_standing(section, test.score or Decimal(0))


def trigger_standing(trigger: Trigger, *, section: str, assessment: Assessment) -> Standing | None:
    """Return the statistical state beside the legal rule; None where a trigger asks nothing that is sampled."""
    assessed = assessment.class_of(section)
    tests = [test for test in trigger.all_of if test.kind in PROVABLE]
    if assessed is None or not tests:
        return None
    found = {borne(test, section=section, assessed=assessed) for test in tests}
    return next(one for one in WEAKEST_FIRST if one in found)


def open_firings(plan: Plan, *, verdict: Verdict, assessment: Assessment) -> tuple[tuple[str, str, Standing], ...]:
    """Return (trigger, section, state) wherever a trigger fires that the evidence does not confirm (§4.4c).

    The legal rule stands; whether its consequences are carried out, the bureau meeting decides with reasons.
    """
    triggers = {one.id: one for one in plan.triggers}
    found = []
    for result in verdict.triggers:
        if result.fires:
            state = trigger_standing(triggers[result.trigger], section=result.section, assessment=assessment)
            if state not in {None, Standing.CONFIRMED}:
                found.append((result.trigger, result.section, state or Standing.INSUFFICIENT))
    return tuple(found)


def said_of(
    section: str, *, assessed: ClassAssessment, sources: Mapping[str, str] | None = None, digits: int = 2
) -> tuple[Reason, ...]:
    """Return the plain sentences on one section: its score, its rank, the limits, the last place."""
    if section in assessed.put_last:
        return (Reason(code="sure.put_last"),)
    if section in assessed.without_score:
        return (Reason(code="sure.without_score"),)
    one = assessed.of(section)
    if one is None:
        return tuple(unsure(assessed, sources or {}))
    given = (Reason(code="sure.given"),) if section in assessed.given else ()
    return (
        *given,
        *_score(one, digits),
        _rank(one, len(assessed.sections) + len(assessed.put_last)),
        *_limits(one),
        *_last(one),
        *_alone(one),
    )


def unsure(assessed: ClassAssessment, sources: Mapping[str, str]) -> Iterator[Reason]:
    """Yield why nothing can be said of a class: a source whose marks tell nothing of how far they differ."""
    for one in assessed.unsure:
        yield Reason(code="sure.source_unknown", facts={"source": sources.get(one.source, one.source)})
        yield Reason(code=one.code, facts=one.facts)


def _score(one: SectionCertainty, digits: int) -> Iterator[Reason]:
    interval = one.interval
    if interval.standard_error:
        yield Reason(code="sure.score", facts=interval_facts(one, digits=digits))


def interval_facts(one: SectionCertainty, *, digits: int = 2) -> Mapping[str, str]:
    """Return the interval's numbers as they are printed."""
    interval = one.interval
    half = (interval.high - interval.low) / 2
    numbers = {"low": interval.low, "high": interval.high, "half": half, "error": interval.standard_error}
    return {name: fixed_decimal(number, digits=digits) for name, number in numbers.items()}


def fixed_decimal(number: Decimal, *, digits: int) -> str:
    """Return a decimal with so many digits, half to even."""
    return fixed(Fraction(number), digits=digits)


def _rank(one: SectionCertainty, size: int) -> Reason:
    facts = {"best": str(one.ranks.best), "worst": str(one.ranks.worst), "of": str(size)}
    return Reason(code="sure.rank_one" if one.ranks.best == one.ranks.worst else "sure.ranks", facts=facts)


def _limits(one: SectionCertainty) -> Iterator[Reason]:
    for found in one.limits:
        side = "under" if found.is_below else "over"
        code = f"sure.limit_{found.standing.value}"
        if found.standing is Standing.UNDETERMINED:
            code = f"{code}_{side}"
        yield Reason(code=code, facts={"limit": shown(Fraction(found.limit))})


def _last(one: SectionCertainty) -> Iterator[Reason]:
    if one.last is not Standing.REFUTED:
        yield Reason(code=f"sure.last_{one.last.value}")


def _alone(one: SectionCertainty) -> Iterator[Reason]:
    """Say of what is shown whether it holds by the published counts alone, whatever was answered together."""
    shown_ = {Standing.CONFIRMED, Standing.REFUTED}
    found = [] if one.alone is None else list(one.alone.limits)
    held = [alone for alone, limit in zip(found, one.limits, strict=False) if limit.standing in shown_]
    held += [one.alone.last] if one.alone and one.last is Standing.CONFIRMED else []
    if held:
        yield Reason(code="sure.alone" if all(held) else "sure.not_alone")
