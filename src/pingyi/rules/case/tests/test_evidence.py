"""What indicators and deductions take from cases, by the plan's own words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.rules.case import evidence as rules
from pingyi.rules.case.evidence import Take
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.plan.measure import Indicator, Measure, Option, Scale


def indicator(name: str, measure: Measure = Measure.MEAN) -> Indicator:
    return Indicator(id=name, name="", criterion="", source="cases", weight=Decimal(1), measure=measure, scale="s")


def scale(*options: tuple[str, int | None, bool]) -> Scale:
    made = (Option(id=i, label=i, value=None if v is None else Decimal(v), is_satisfied=s) for i, v, s in options)
    return Scale(id="s", name="", options=tuple(made))


THREE = scale(("good", 100, True), ("fair", 80, True), ("bad", 30, False), ("dont_know", None, False))
FIVE = scale(("v", 100, True), ("s", 85, True), ("f", 70, True), ("d", 40, False), ("vd", 0, False))
TWO = scale(("no", 0, False), ("yes", 1, True))


@pytest.mark.parametrize(
    ("name", "measure", "take"),
    [
        ("cases_answered", Measure.MEAN, Take.ANSWERED),
        ("cases_settled", Measure.MEAN, Take.SETTLED),
        ("cases_response", Measure.MEAN, Take.RESPONSE),
        ("hotline_solution", Measure.MEAN, Take.SOLUTION),
        ("handled", Measure.MEAN, Take.ON_TIME),
        ("cases_answered", Measure.SATISFACTION_RATE, Take.SATISFACTION),
        ("cases_satisfied", Measure.SATISFACTION_SCORE, Take.SATISFACTION),
        ("conduct", Measure.DEMERITS, Take.BREACHES),
    ],
)
def test_measure_and_name_of_an_indicator_say_what_it_takes(name: str, measure: Measure, take: Take) -> None:
    assert rules.taken(indicator(name, measure)) is take


@pytest.mark.parametrize(
    ("of", "options"),
    [
        (FIVE, ["v", "s", "f", "d", "vd"]),
        (THREE, ["good", "good", "fair", "bad", "bad"]),
        (TWO, ["yes", "yes", "yes", "no", "no"]),
        (scale(("yes", 1, True)), ["yes", "yes", "yes", None, None]),
    ],
)
def test_five_levels_become_the_options_of_any_scale(of: Scale, options: list[str | None]) -> None:
    assert [rules.option(level, scale=of) for level in (5, 4, 3, 2, 1)] == options
    assert rules.worst(of) == options[-1]


def test_an_upheld_breach_feeds_one_deduction_that_the_plan_names() -> None:
    plan = ["late_report", "founded_complaint", "second_notice", "conduct_breach"]
    assert rules.deduction(plan, breach=BreachKind.FALSE_CLOSING, kind="complaint") == "founded_complaint"
    assert rules.deduction(plan, breach=BreachKind.FALSE_CLOSING, kind="inquiry") == "conduct_breach"
    assert rules.deduction(plan, breach=BreachKind.SECOND_NOTICE, kind="complaint") == "second_notice"
    assert rules.deduction(plan, breach=BreachKind.LATE, kind="complaint") == "conduct_breach"
    assert rules.deduction(plan[:2], breach=BreachKind.LATE, kind="complaint") is None
    assert rules.deduction(["case_late"], breach=BreachKind.LATE, kind="complaint") == "case_late"
