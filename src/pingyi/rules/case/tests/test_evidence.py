"""What indicators and deductions take from cases, by the plan's own words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.rules.case import evidence as rules
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.plan.measure import Adjustment, Figure, Option, Scale


def scale(*options: tuple[str, int | None, bool]) -> Scale:
    made = (Option(id=i, label=i, value=None if v is None else Decimal(v), is_satisfied=s) for i, v, s in options)
    return Scale(id="s", name="", options=tuple(made))


THREE = scale(("good", 100, True), ("fair", 80, True), ("bad", 30, False), ("dont_know", None, False))
FIVE = scale(("v", 100, True), ("s", 85, True), ("f", 70, True), ("d", 40, False), ("vd", 0, False))
TWO = scale(("no", 0, False), ("yes", 1, True))


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


def deductions(*takes: Figure | None) -> list[Adjustment]:
    return [Adjustment(id=f"d{at}", name="", points=Decimal(1), takes=one) for at, one in enumerate(takes)]


def fed(*takes: Figure | None, breach: BreachKind, kind: str = "complaint") -> Figure | None:
    found = rules.deduction(deductions(*takes), breach=breach, kind=kind)
    return found.takes if found else None


def test_an_upheld_breach_feeds_one_deduction_the_closest_that_the_plan_names() -> None:
    plan = (Figure.TABLES, Figure.CASES_BREACHES, Figure.CASES_SECOND_NOTICE, Figure.CASES_FOUNDED)
    assert fed(*plan, breach=BreachKind.FALSE_CLOSING) is Figure.CASES_FOUNDED
    assert fed(*plan, breach=BreachKind.FALSE_CLOSING, kind="inquiry") is Figure.CASES_BREACHES
    assert fed(*plan, breach=BreachKind.SECOND_NOTICE) is Figure.CASES_SECOND_NOTICE
    assert fed(*plan, breach=BreachKind.LATE) is Figure.CASES_BREACHES
    assert fed(Figure.TABLES, Figure.CASES_FOUNDED, breach=BreachKind.LATE) is None
    assert fed(Figure.CASES_LATE, breach=BreachKind.LATE) is Figure.CASES_LATE


def test_no_deduction_is_found_by_its_name() -> None:
    named = [Adjustment(id="founded_complaint", name="有效投诉", points=Decimal(2))]
    assert rules.deduction(named, breach=BreachKind.FALSE_CLOSING, kind="complaint") is None
