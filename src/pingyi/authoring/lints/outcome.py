"""Grades, triggers and consequences: can each be reached, and does something follow (§4.4c)?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from pingyi.authoring.field_words import field_word
from pingyi.authoring.problems import Problem, Severity
from pingyi.authoring.reachable import Reach, can_meet, must_meet, reach, shown
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Measure
from pingyi.rules.plan.outcome import OF_RATES, Test, TestKind, TieRule, Trigger
from pingyi.rules.readiness import IN_TERM

NOTE = Severity.NOTE
NEEDED: dict[TestKind, tuple[str, ...]] = {
    TestKind.BELOW: ("score",),
    TestKind.ABOVE: ("score",),
    TestKind.GRADE: ("grade",),
    TestKind.RATE_BELOW: ("indicator", "share"),
    TestKind.RATE_ABOVE: ("indicator", "share"),
    TestKind.TIMES: ("trigger", "count"),
}


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with what the marks lead to."""
    reached = reach(plan)
    yield from _grades(plan, reached)
    for number, trigger in enumerate(plan.triggers):
        yield from _trigger(plan, trigger, f"triggers[{number}]", reached)
    yield from _consequences(plan)
    if plan.ranking.ties is TieRule.BY_SOURCES and not plan.ranking.tie_sources:
        yield Problem(code="ties_without_sources", path="ranking.ties")
    if plan.confirmation is None:
        yield Problem(code="no_confirmation", severity=NOTE, path="confirmation")


def _grades(plan: Plan, reached: Reach) -> Iterator[Problem]:
    for number, (before, after) in enumerate(pairwise(plan.grades)):
        path = f"grades[{number + 1}]"
        facts: dict[str, object] = {"before": before.name, "after": after.name}
        if before.minimum is None and before.top_share is None:
            yield Problem(code="grade_hidden", path=path, facts=facts)
        elif before.minimum is not None and after.minimum is not None and before.top_share is None:
            if after.minimum >= before.minimum:
                yield Problem(code="grades_out_of_order", path=f"{path}.minimum", facts=facts)
        elif before.minimum is not None and after.minimum is not None and after.minimum > before.minimum:
            yield Problem(code="grades_out_of_order", path=f"{path}.minimum", facts=facts)
    for number, grade in enumerate(plan.grades):
        high = reached.total.high
        if grade.minimum is not None and high is not None and Fraction(grade.minimum) > high:
            facts = {"name": grade.name, "minimum": f"{grade.minimum:f}", "high": shown(high)}
            yield Problem(code="grade_never", path=f"grades[{number}].minimum", facts=facts)
    if plan.grades and (last := plan.grades[-1]).minimum is not None and reached.total.low < Fraction(last.minimum):
        facts = {"name": last.name, "minimum": f"{last.minimum:f}"}
        yield Problem(code="grade_gap", severity=NOTE, path=f"grades[{len(plan.grades) - 1}]", facts=facts)


def _trigger(plan: Plan, trigger: Trigger, path: str, reached: Reach) -> Iterator[Problem]:
    facts = {"name": trigger.name}
    counted = {test.trigger for other in plan.triggers for test in other.all_of}
    if not trigger.consequences and trigger.id not in counted:  # 连续两年末位: only the second time has consequences
        yield Problem(code="trigger_without_consequence", path=path, facts=facts)
    if not trigger.all_of:
        yield Problem(code="trigger_without_test", path=path, facts=facts)
    for number, test in enumerate(trigger.all_of):
        place = f"{path}.all_of[{number}]"
        lacking = [name for name in NEEDED.get(test.kind, ()) if getattr(test, name) in {None, ""}]
        if test.kind in {TestKind.BOTTOM, TestKind.TOP} and test.count is None and test.share is None:
            lacking = ["count"]
        for name in lacking:
            more = facts | {"kind": test.kind.value, "key": name}
            yield Problem(code="test_incomplete", path=place, facts=more)
        if test.kind is TestKind.TIMES and test.trigger == trigger.id:
            yield Problem(code="trigger_names_itself", path=place, facts=facts)
        if test.kind is TestKind.LAST and not any(item.is_ranked for item in plan.subject.classes):
            yield Problem(code="last_without_rank", path=place, facts=facts)
        yield from _rates(plan, test, place, facts)
        yield from _reachable(plan, trigger, test, place, reached)


def _rates(plan: Plan, test: Test, place: str, facts: dict[str, str]) -> Iterator[Problem]:
    """Check that a rate is one: of an indicator that has one, of boxes that its scale has, and between 0 and 1."""
    one = next((each for each in plan.indicators if each.id == test.indicator), None)
    if test.kind not in OF_RATES or one is None:
        return
    if one.measure is Measure.DEMERITS:
        yield Problem(code="rate_of_demerits", path=f"{place}.indicator", facts=facts | {"indicator": one.name})
    known = [option.id for scale in plan.scales if scale.id == one.scale for option in scale.options]
    for number, option in enumerate(test.options):
        if option not in known:
            zh, en = field_word("options")
            lists: dict[str, object] = {"list_zh": zh, "list_en": en, "known": ", ".join(known) or "—"}
            yield Problem(code="unknown_id", path=f"{place}.options[{number}]", facts={"value": option, **lists})
    if test.share is not None and not 0 <= test.share <= 1:
        yield Problem(code="share_range", path=f"{place}.share", facts={"value": f"{test.share:f}", "most": 1})


def _reachable(plan: Plan, trigger: Trigger, test: Test, place: str, reached: Reach) -> Iterator[Problem]:
    facts: dict[str, object] = {
        "name": trigger.name,
        "score": f"{test.score:f}" if test.score is not None else "",
        "low": shown(reached.total.low),
        "high": shown(reached.total.high),
        "marks_low": shown(reached.marks.low),
        "marks_high": shown(reached.marks.high),
    }
    is_above = test.kind is TestKind.ABOVE
    if not can_meet(reached.total, test):
        yield Problem(code="trigger_never_above" if is_above else "trigger_never", path=place, facts=facts)
    elif must_meet(reached.total, test):
        yield Problem(code="trigger_always_above" if is_above else "trigger_always", path=place, facts=facts)
    elif not can_meet(reached.marks, test):
        code = "trigger_by_bonus" if is_above else "trigger_by_deduction"
        yield Problem(code=code, severity=NOTE, path=place, facts=facts)
    if test.kind is TestKind.VETO and not plan.vetoes:
        yield Problem(code="veto_never", path=place, facts=facts)


def _consequences(plan: Plan) -> Iterator[Problem]:
    named = {name for trigger in plan.triggers for name in trigger.consequences}
    for number, consequence in enumerate(plan.consequences):
        path, facts = f"consequences[{number}]", {"name": consequence.name}
        if consequence.id not in named:
            yield Problem(code="consequence_unused", severity=NOTE, path=path, facts=facts)
        if consequence.kind in IN_TERM and consequence.days is None:
            yield Problem(code="consequence_without_term", severity=NOTE, path=path, facts=facts)
        if consequence.days is not None and consequence.days < 1:
            yield Problem(code="limit_not_positive", path=f"{path}.days", facts={"days": consequence.days})
