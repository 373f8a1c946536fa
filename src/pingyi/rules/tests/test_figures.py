"""What a plan takes from this house is said by it; a plan from before figures had words is bound to what was meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.rules import figures
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import (
    Adjustment,
    Criterion,
    Deductions,
    Figure,
    Indicator,
    Measure,
    Source,
    SourceKind,
)
from pingyi.rules.tests import verdict_cast

ONE = Decimal(1)


def source(kind: SourceKind) -> Source:
    return Source(id=kind.value, name="", kind=kind, weight=ONE)


def indicator(name: str, *, of: str, measure: Measure = Measure.MEAN, takes: Figure | None = None) -> Indicator:
    return Indicator(id=name, name=name, criterion="c", source=of, weight=ONE, measure=measure, takes=takes)


def plan(*indicators: Indicator, deductions: tuple[Adjustment, ...] = ()) -> Plan:
    return verdict_cast.plan(
        criteria=(Criterion(id="c", title=""),),
        sources=tuple(source(kind) for kind in SourceKind),
        indicators=indicators,
        deductions=Deductions(items=deductions) if deductions else None,
    )


@pytest.mark.parametrize(
    ("name", "of", "measure", "figure"),
    [
        ("cases_answered", "cases", Measure.MEAN, Figure.CASES_ANSWERED),
        ("cases_settled", "cases", Measure.MEAN, Figure.CASES_SETTLED),
        ("cases_response", "cases", Measure.MEAN, Figure.CASES_RESPONSE),
        ("hotline_solution", "cases", Measure.MEAN, Figure.CASES_SOLUTION),
        ("handled", "cases", Measure.MEAN, Figure.CASES_ON_TIME),
        ("cases_answered", "cases", Measure.SATISFACTION_RATE, Figure.CASES_SATISFACTION),
        ("cases_satisfied", "cases", Measure.SATISFACTION_SCORE, Figure.CASES_SATISFACTION),
        ("conduct", "cases", Measure.DEMERITS, Figure.CASES_BREACHES),
        ("anything", "tasks", Measure.MEAN, Figure.TASKS_IN_TIME),
        ("anything", "commitments", Measure.MEAN, Figure.COMMITMENTS_KEPT),
        ("cases_answered", "survey", Measure.MEAN, None),
    ],
)
def test_a_plan_from_before_keeps_what_was_meant(name: str, of: str, measure: Measure, figure: Figure | None) -> None:
    assert figures.named(plan(indicator(name, of=of, measure=measure))).indicators[0].takes is figure


def test_deductions_from_before_take_each_figure_once() -> None:
    names = ("late_report", "founded_complaint", "second_notice", "conduct_breach", "other_breach")
    items = tuple(Adjustment(id=name, name=name, points=ONE) for name in names)
    found = figures.named(plan(indicator("handled", of="cases"), deductions=items)).deductions
    assert found is not None
    assert [one.takes for one in found.items] == [
        None, Figure.CASES_FOUNDED, Figure.CASES_SECOND_NOTICE, Figure.CASES_BREACHES, None,
    ]  # fmt: skip


def test_a_plan_that_says_what_it_takes_is_not_read_by_its_ids() -> None:
    said = plan(
        indicator("cases_answered", of="cases", takes=Figure.TABLES),
        deductions=(Adjustment(id="founded_complaint", name="", points=ONE),),
    )
    assert figures.named(said) is said


def test_whatever_the_kind_of_its_source_an_indicator_is_fed_by_the_room_of_its_figure() -> None:
    made = plan(
        indicator("tasks_done", of="rectification", takes=Figure.TASKS_IN_TIME),
        indicator("rectified", of="rectification"),
        indicator("kept", of="commitments", takes=Figure.COMMITMENTS_KEPT),
        indicator("told", of="cases", takes=Figure.TABLES),
    )
    assert [one.id for one in figures.fed(made, figures.TASKS)] == ["tasks_done"]
    assert figures.fed(made, figures.CASES) == []
    assert figures.rooms_of(made, "rectification") == {figures.TASKS}
    assert figures.is_parted(made, "rectification")
    assert not figures.is_parted(made, "commitments")
    assert not figures.is_parted(made, "cases"), "nothing of it is counted here"


def test_every_figure_but_tables_says_where_it_comes_from_and_how_it_can_be_measured() -> None:
    assert set(figures.FIGURES) == set(Figure) - {Figure.TABLES}
    assert all(figures.MEASURES[one.unit] for one in figures.FIGURES.values())
    assert all(name.value.partition(".")[0] == one.room for name, one in figures.FIGURES.items())
