"""Reachable scores are exact, and bound every score that marks can give."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pingyi.authoring.reachable import reach, shown
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import edited, plan_text, shipped_plan
from pingyi.rules.plan import Plan


def plan_of(text: str) -> Plan:
    plan = read(text).plan
    assert plan is not None
    return plan


def test_all_answers_at_the_worst_option_give_the_lowest_score_and_nothing_is_below_it() -> None:
    found = reach(shipped_plan("environment-bureau"))
    assert found.indicators["survey_problems"].low == 30
    # 0.4 × 30 + 0.2 × 30 + 0 + 0 + 0
    assert found.marks.low == 18
    assert found.marks.high == 100


def test_a_satisfaction_rate_reaches_zero_although_the_scale_does_not() -> None:
    assert reach(shipped_plan()).indicators["survey_problems"].low == 0


def test_a_source_that_may_be_left_out_widens_the_range() -> None:
    kept = reach(plan_of(edited("weight: 0.15, empty: drop", "weight: 0.15, empty: refuse")))
    # Without the cases the remaining 0.85 count as a whole: (0.4 × 21 + 0.2 × 30) / 0.85 is more than 14.4.
    assert reach(shipped_plan()).marks.low == kept.marks.low == Fraction("14.4")


def test_bonus_and_deductions_count_with_their_caps() -> None:
    found = reach(shipped_plan())
    assert found.total.high == 105
    assert found.total.low == 0
    uncapped = plan_text().replace("bonus:\n  cap: 5\n", "bonus:\n").replace("points: 1, cap: 2", "points: 1")
    assert reach(plan_of(uncapped)).total.high is None


def test_bounds_are_written_short() -> None:
    assert [shown(value) for value in (Fraction(100), Fraction("14.4"), Fraction(1, 3), None)] == [
        "100",
        "14.4",
        "0.3333",
        "—",
    ]


@given(st.lists(st.fractions(0, 1), min_size=5, max_size=5))
def test_no_mixture_of_marks_leaves_the_range(parts: list[Fraction]) -> None:
    plan = shipped_plan("environment-bureau")
    found = reach(plan)
    score = Fraction(0)
    for source, part in zip(plan.sources, parts, strict=True):
        limit = found.sources[source.id]
        assert limit.high is not None
        score += Fraction(source.weight) * (limit.low + part * (limit.high - limit.low))
    assert found.marks.high is not None
    assert found.marks.low <= score <= found.marks.high
