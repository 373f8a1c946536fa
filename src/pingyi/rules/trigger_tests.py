"""The single tests of a trigger: last, below, above, bottom, top, veto, grade, k-th time; each says why (§4.4c)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pingyi.rules.assessment import ClassAssessment
from pingyi.rules.estimate import Standing as State
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import Comparison, LastPlace, Test, TestKind
from pingyi.rules.ranking import share_of
from pingyi.rules.rate_tests import meets
from pingyi.rules.rounding import fixed, shown
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.sheet import Placement, Reason, ScoreSheet, TestResult
from pingyi.rules.standings import borne, wants_proof


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where one section stands: its sheet, its place among its peers, its grade, and what fired before."""

    sheet: ScoreSheet
    place: Placement
    peers: tuple[Placement, ...]  # all sections; those of its class are picked here
    year: int
    evidence: SectionEvidence
    grade: str = ""
    fired: frozenset[str] = frozenset()  # triggers already judged this year
    past: Mapping[str, frozenset[int]] = field(default_factory=dict)
    assessed: ClassAssessment | None = None  # how sure the class's result is, where that was computed

    def worse(self) -> int:
        """Count the sections of the class that stand strictly below."""
        mine = self.place.rank or 0
        return sum(1 for peer in self.of_class() if (peer.rank or 0) > mine)

    def of_class(self) -> tuple[Placement, ...]:
        """Return the places of the section's class."""
        return tuple(peer for peer in self.peers if peer.section_class == self.place.section_class)


Said = tuple[bool, str, dict[str, str]]


def run_test(test: Test, *, standing: Standing, plan: Plan) -> TestResult:
    """Run one test for one section and say the outcome with its numbers."""
    ranked = test.kind in {TestKind.LAST, TestKind.BOTTOM, TestKind.TOP}
    if ranked and standing.place.rank is None:
        return TestResult(kind=test.kind, holds=False, reason=Reason(code="test.waits"))
    holds, code, facts = TESTS[test.kind](test, standing, plan)
    if holds and wants_proof(plan, test) and not _is_proven(test, standing):
        holds, code = False, f"{test.kind.value}_unproven"
    return TestResult(kind=test.kind, holds=holds, reason=Reason(code=f"test.{code}", facts=facts))


def _is_proven(test: Test, standing: Standing) -> bool:
    """Whether the evidence confirms what a test says; taken for granted as long as nothing was assessed."""
    assessed = standing.assessed
    return assessed is None or borne(test, section=standing.sheet.section.id, assessed=assessed) is State.CONFIRMED


def _place_facts(standing: Standing) -> dict[str, str]:
    return {**standing.place.reason.facts, "score": standing.sheet.printed}


def _last(test: Test, standing: Standing, plan: Plan) -> Said:
    place, facts = standing.place, _place_facts(standing)
    if place.is_last:
        return True, "last_tied" if place.tied_with else "last", facts
    if place.of < plan.ranking.least_class_size:
        return False, "class_too_small", facts | {"least": str(plan.ranking.least_class_size)}
    if not standing.worse():
        return False, "last_shared", facts
    return False, "not_last", facts


def _below(test: Test, standing: Standing, plan: Plan) -> Said:
    number, limit = _compared(test, standing)
    holds = number < limit or (test.is_inclusive and number == limit)
    return _against_limit("below", test, standing, plan, holds=holds)


def _above(test: Test, standing: Standing, plan: Plan) -> Said:
    number, limit = _compared(test, standing)
    holds = number > limit or (test.is_inclusive and number == limit)
    return _against_limit("above", test, standing, plan, holds=holds)


def _compared(test: Test, standing: Standing) -> tuple[Fraction, Fraction]:
    return standing.sheet.compared or Fraction(0), Fraction(test.score or 0)


def _against_limit(side: str, test: Test, standing: Standing, plan: Plan, *, holds: bool) -> Said:
    number, limit = _compared(test, standing)
    is_rounded = plan.rounding.comparison is Comparison.ROUNDED
    score = fixed(number, digits=plan.rounding.digits) if is_rounded else standing.sheet.printed
    facts = {"score": score, "limit": shown(limit)}
    how = "_rounded" if is_rounded else ""
    edge = "_or_at" if test.is_inclusive else ""
    return holds, ("" if holds else "not_") + side + edge + how, facts


def _bottom(test: Test, standing: Standing, plan: Plan) -> Said:
    place = standing.place
    limit, facts = _limit(test, standing)
    if place.of < plan.ranking.least_class_size:
        return False, "class_too_small", facts | {"least": str(plan.ranking.least_class_size)}
    worse, tied = standing.worse(), len(place.tied_with)
    reach = worse + 1 if plan.ranking.last_place is LastPlace.ALL else worse + 1 + tied
    return reach <= limit, "bottom" if reach <= limit else "not_bottom", facts


def _top(test: Test, standing: Standing, plan: Plan) -> Said:
    limit, facts = _limit(test, standing)
    holds = (standing.place.rank or 0) <= limit
    return holds, "top" if holds else "not_top", facts


def _limit(test: Test, standing: Standing) -> tuple[int, dict[str, str]]:
    """Return how many places the test asks for: a count, or a share of the class, the smaller where both are given."""
    size = standing.place.of
    limits = [test.count] if test.count is not None else []
    if test.share is not None:
        limits.append(share_of(Fraction(test.share), size=size))
    limit = min(limits, default=0)
    return limit, _place_facts(standing) | {"limit": str(limit)}


def _veto(test: Test, standing: Standing, plan: Plan) -> Said:
    names = {event.id: event.name for event in plan.vetoes}
    facts = {"events": "、".join(names[event] for event in standing.sheet.vetoes)}
    return bool(standing.sheet.vetoes), "veto" if standing.sheet.vetoes else "no_veto", facts


def _grade(test: Test, standing: Standing, plan: Plan) -> Said:
    names = {one.id: one.name for one in plan.grades}
    facts = {"grade": names.get(standing.grade, "—"), "asked": names.get(test.grade, test.grade)}
    holds = standing.grade == test.grade and bool(test.grade)
    return holds, "grade" if holds else "not_grade", facts


def _times(test: Test, standing: Standing, plan: Plan) -> Said:
    asked = test.count or 1
    past = standing.past.get(test.trigger, frozenset())
    names = {trigger.id: trigger.name for trigger in plan.triggers}
    run = _run(past, year=standing.year) if test.is_consecutive else len(past)
    times = run + 1 if test.trigger in standing.fired else 0
    facts = {
        "trigger": names.get(test.trigger, test.trigger),
        "times": str(times),
        "asked": str(asked),
        "years": "、".join(str(year) for year in sorted(past)) or "—",
    }
    how = "_in_a_row" if test.is_consecutive else ""
    if not times:
        return False, "times_not_now", facts
    return times >= asked, ("times" if times >= asked else "not_times") + how, facts


def _run(past: frozenset[int], *, year: int) -> int:
    """Count the years in a row just before this one."""
    length = 0
    while year - length - 1 in past:
        length += 1
    return length


def _rate(test: Test, standing: Standing, plan: Plan) -> Said:
    return meets(test, sheet=standing.sheet, evidence=standing.evidence, plan=plan)


TESTS: Mapping[TestKind, Callable[[Test, Standing, Plan], Said]] = {
    TestKind.LAST: _last,
    TestKind.BELOW: _below,
    TestKind.ABOVE: _above,
    TestKind.BOTTOM: _bottom,
    TestKind.TOP: _top,
    TestKind.VETO: _veto,
    TestKind.GRADE: _grade,
    TestKind.RATE_BELOW: _rate,
    TestKind.RATE_ABOVE: _rate,
    TestKind.TIMES: _times,
}
