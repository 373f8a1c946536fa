"""Each lint is shown a plan that breaks it: the demo plan with one place changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.check import check
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.lints import lint
from pingyi.authoring.problems import Severity
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import SHIPPED, edited, plan_text, problems_of, shipped_plan
from pingyi.rules.plan.measure import Measure
from pingyi.rules.plan.outcome import Test, TestKind

B, N = Severity.BLOCKS, Severity.NOTE
ORIGINAL = """original:
  name: 方案.txt
  sha256: abc
  uncovered: [没人管的一句。, 看过的一句。]
  lost: [缺?字]
  set_aside: [看过的一句。]
"""

BROKEN = [
    ("year: 2026", "year: 26", "strange_year", B),
    ("year: 2026", "year: 2027", "calendar_provisional", N),
    ("ends_on: 2026-12-31", "ends_on: 2027-01-15", "phase_outside_year", N),
    ("ends_on: 2026-12-31", "ends_on: 2027-07-15", "phase_outside_year", B),
    ("ends_on: 2026-05-20", "ends_on: 2026-04-01", "phase_reversed", B),
    ("ends_on: 2026-05-20", "ends_on: 2026-05-25", "phases_overlap", B),
    ("begins_on: 2026-05-21", "begins_on: 2026-05-25", "phases_gap", N),
    ("due_on: 2026-11-13", "due_on: 2026-11-14", "due_on_day_off", N),
    ("due_on: 2026-11-13", "due_on: 2026-10-13", "due_outside_phase", B),
    ("latest_on: 2026-03-27, convener", "latest_on: 2026-03-20, convener", "span_reversed", B),
    ("latest_on: 2026-03-27, convener", "latest_on: 2026-04-27, convener", "meeting_outside_phase", B),
    ("  latest_on: 2026-08-31\n  quorum", "  latest_on: 2027-08-31\n  quorum", "day_outside_year", B),
    ("district_office, due_on: 2026-11-30}", "district_office, due_on: 2027-01-05}", "filing_outside_year", N),
    ("supervision_office: 监察室", "supervision_office: ' '", "no_supervision_office", B),
    ("section: 污染控制科, ", "", "task_without_owner", B),
    ("proof: 总结报告, recipient: supervision_office", "proof: 总结报告", "task_without_recipient", N),
    ("proof: 备案回执, recipient: city_bureau", "recipient: city_bureau", "task_without_proof", N),
    ("kinds: []}", "kinds: [office]}", "kind_in_no_class", B),
    ("kinds: []}", "kinds: []}\n    - {id: b, name: 乙}", "two_open_classes", B),
    ("kinds: []}", "kinds: [office]}\n    - {id: b, name: 乙, kinds: [office]}", "kind_in_two_classes", B),
    ("must_be_measurable: true", "must_be_measurable: false", "promise_without_measure", B),
    ("commitments:\n  minimum_per_section: 2\n  must_be_measurable: true\n", "", "promises_without_rules", N),
    ("{kind: inquiry, days: 3", "{kind: inquiry, days: 0", "limit_not_positive", B),
    ("accept_hours: 24", "accept_hours: 24\n  keep_years: 0", "term_range", B),
    ("accept_hours: 24", "accept_hours: 24\n  look_days_after: 9999999", "term_range", B),
    ("minimum_per_section: 2", "minimum_per_section: 2\n  rehang_days: 0", "term_range", B),
    ("weight: 0.4, empty: refuse", "weight: 0.5, empty: refuse", "weights_sum", B),
    ("weight: 0.4, empty: refuse", "weight: 40, empty: refuse", "weight_range", B),
    ("source: survey, weight: 0.4", "source: survey, weight: 0.3", "weights_sum", B),
    ("name: 服务对象, weight: 0.5", "name: 服务对象, weight: 0.6", "weights_sum", B),
    ("{criterion: work_style, weight: 0.5}", "{criterion: work_style, weight: 0.4}", "weights_sum", B),
    ("criterion: integrity, source", "criterion: environment, source", "criterion_without_indicator", B),
    (
        "weight: 0.08, empty: zero}",
        "weight: 0.08, empty: zero}\n  - {id: extra, name: 另一, kind: other, weight: 0.1}",
        "source_without_indicator",
        B,
    ),
    ("measure: satisfaction_rate, scale: satisfaction", "measure: satisfaction_rate", "indicator_without_scale", B),
    ("measure: mean, minimum_count: 5, takes: cases.answered}", "measure: mean, minimum_count: 5}", "takes_unsaid", B),
    ("measure: mean, minimum_count: 5, takes: cases.answered}", "measure: mean, takes: tables}", "", N),
    ("takes: cases.answered", "takes: cases.satisfaction", "takes_measure", B),
    ("takes: cases.founded_complaint", "takes: cases.answered", "takes_no_event", B),
    ("points: 2, cap: 4, ", "points: 2, cap: 4, takes: cases.late, ", "takes_no_event", B),
    ("{id: late_report, name: 逾期报送材料, ", "{id: l, name: 迟, takes: cases.founded_complaint, ", "takes_twice", B),
    ("measure: demerits}", "measure: demerits, maximum: 0}", "maximum_not_positive", B),
    ("label: 满意, value: 100", "label: 满意, value: 120", "value_range", B),
    ("value: 80, is_satisfied: true}\n      - {id: dis", "value: 80}\n      - {id: dis", "", N),
    ("points: 2, cap: 4", "points: -2, cap: 4", "points_not_positive", B),
    ("points: 2, cap: 4", "points: 2, cap: 1", "cap_below_points", N),
    ("effect: score_cap, cap: 59", "effect: score_cap", "veto_without_cap", B),
    ("kind: inspection, weight: 0.15", "kind: assembly, weight: 0.15", "", N),
    ("kind: survey, weight: 0.4", "kind: other, weight: 0.4", "rules_without_source", N),
    ("quorum: 0.5", "quorum: 50", "share_range", B),
    ("digits: 2", "digits: 9", "digits_range", B),
    ("level: 0.05", "level: 0.95", "level_range", B),
    ("weight_range: 0.25", "weight_range: 2", "share_range", B),
    ("minimum: 80}", "minimum: 95}", "grades_out_of_order", B),
    ("minimum: 90, top_share", "minimum: 190, top_share", "grade_never", B),
    ("  - {id: poor, name: 不合格}\n", "", "grade_gap", N),
    ("  - {id: good, name: 良好, minimum: 80}", "  - {id: good, name: 良好}", "grade_hidden", B),
    ("consequences: [yellow_card]", "consequences: []", "trigger_without_consequence", B),
    ("all_of:\n      - {kind: last}", "all_of: []", "trigger_without_test", B),
    ("{kind: below, score: 80}", "{kind: below}", "test_incomplete", B),
    ("trigger: last, count: 2", "trigger: last_twice, count: 2", "trigger_names_itself", B),
    ("kinds: []}", "kinds: [], is_ranked: false}", "last_without_rank", B),
    ("{kind: below, score: 80}", "{kind: below, score: 0}", "trigger_never", B),
    ("{kind: below, score: 80}", "{kind: below, score: 106}", "trigger_always", B),
    ("{kind: below, score: 80}", "{kind: below, score: 14}", "trigger_by_deduction", N),
    ("{kind: below, score: 80}", "{kind: above, score: 106, is_inclusive: true}", "trigger_never_above", B),
    ("{kind: below, score: 80}", "{kind: above, score: 0, is_inclusive: true}", "trigger_always_above", B),
    ("{kind: below, score: 80}", "{kind: above, score: 100}", "trigger_by_bonus", N),
    ("{kind: below, score: 80}", "{kind: above, score: 95}", "", N),
    ("{kind: below, score: 80}", "{kind: above}", "test_incomplete", B),
    ("consequences: [honor]", "consequences: [yellow_card]", "consequence_unused", N),
    ("kind: explanation, days: 10, unit: working,", "kind: explanation,", "consequence_without_term", N),
    ("  tie_sources: [survey, cases]\n", "", "ties_without_sources", B),
    ("confirmation:\n  preview_days: 5\n  unit: working\n", "", "no_confirmation", N),
    ("requirements:", "choices: [{path: rounding, preset: standard}]\nrequirements:", "choice_open", B),
    ("requirements:", "choices: [{path: 'sources[9].weight', preset: s}]\nrequirements:", "choice_gone", N),
    ("requirements:", ORIGINAL + "requirements:", "uncovered", N),
    ("requirements:", ORIGINAL + "requirements:", "lost", N),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "severity"), BROKEN)
def test_a_doubtful_plan_is_found_at_its_line(old: str, new: str, code: str, severity: Severity) -> None:
    problems = problems_of(edited(old, new))
    if not code:
        assert problems == []
        return
    found = [problem for problem in problems if problem.code == code]
    assert found, [problem.code for problem in problems]
    assert {problem.severity for problem in found} == {severity}
    assert all(problem.line > 0 and problem.column > 0 for problem in found)
    assert all(problem.sentence("zh") and problem.sentence("en") for problem in found)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_plan_without_its_lists_is_told_so_and_nothing_crashes(name: str) -> None:
    plan = read(plan_text(name).replace("phases:", "maxims_:").replace("criteria:", "maxims_:")).plan
    assert plan is not None
    codes = {problem.code for problem in lint(plan, load_calendar())}
    assert {"no_phases", "no_criteria"} <= codes


def test_a_sentence_that_was_set_aside_is_not_asked_for_again() -> None:
    said = [problem.facts["sentence"] for problem in problems_of(edited("requirements:", ORIGINAL + "requirements:"))
            if problem.code == "uncovered"]  # fmt: skip
    assert said == ["没人管的一句。"]


def test_the_weights_sentence_says_by_how_much_they_are_off() -> None:
    (found,) = (p for p in problems_of(edited("weight: 0.4, empty: refuse", "weight: 0.35, empty: refuse")) if p.blocks)
    assert "0.95" in found.sentence("zh")
    assert "+0.05" in found.sentence("en")


def test_the_demo_plan_uses_every_part_of_the_schema() -> None:
    plan = shipped_plan()
    left_out = {"original", "choices"}
    empty = [name for name in plan.__slots__ if name not in left_out and not getattr(plan, name)]
    assert empty == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"indicator": "nobody"}, "unknown_id"),
        ({"indicator": ""}, "test_incomplete"),
        ({"share": None}, "test_incomplete"),
        ({"share": Decimal(60)}, "share_range"),
        ({"options": ("golden",)}, "unknown_id"),
        ({"indicator": "demerits"}, "rate_of_demerits"),
    ],
)
def test_a_rate_that_cannot_be_judged_is_told(changes: dict[str, object], code: str) -> None:
    plan = shipped_plan()
    scaled = next(one for one in plan.indicators if one.scale)
    lost = next(one for one in plan.indicators if one.measure is Measure.DEMERITS)
    if changes.get("indicator") == "demerits":
        changes = {"indicator": lost.id}
    test = replace(Test(kind=TestKind.RATE_BELOW, indicator=scaled.id, share=Decimal("0.6")), **changes)  # type: ignore[arg-type]
    asked = replace(plan.triggers[0], id="asked", all_of=(test,))
    text = to_yaml(replace(plan, triggers=(*plan.triggers, asked)))
    problems = check(text, calendar=load_calendar()).problems
    told = [one for one in problems if one.path.startswith(f"triggers[{len(plan.triggers)}].all_of[0]")]
    assert [one.code for one in told] == [code]
    for language in ("zh", "en"):
        assert "{" not in told[0].sentence(language)
