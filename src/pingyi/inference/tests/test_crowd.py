"""How few persons must go: no choice of fewer does it, whatever they weigh; the product and the stranger agree."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.inference.crowd import Alike, Crowd, side_by_side
from pingyi.inference.flip import flip_margins
from pingyi.inference.of_verdict import assess
from pingyi.inference.tests.surveyed import answer, people, survey_plan, visit
from pingyi.rules.estimate import FlipMargin
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

PEOPLE = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 10)), min_size=1, max_size=7)


def crowd(people_: Sequence[tuple[int, int]]) -> Crowd:
    return Crowd(people=tuple(Alike(weight, mark, 1) for weight, mark in people_), parts=1)


def mean(people_: Sequence[tuple[int, int]]) -> Fraction:
    return Fraction(sum(weight * mark for weight, mark in people_), sum(weight for weight, _ in people_))


def left_by(people_: list[tuple[int, int]], gone: int) -> list[Fraction]:
    """Return the mean of everybody whom so many leave, in every way."""
    stay = max(1, len(people_) - gone)
    return [mean(one) for one in itertools.combinations(people_, stay)]


@settings(deadline=None, max_examples=150)
@given(PEOPLE, st.integers(0, 7))
def test_the_furthest_mean_is_that_of_the_best_choice_of_who_goes(people_: list[tuple[int, int]], gone: int) -> None:
    assert crowd(people_).furthest(gone, up=True) == max(left_by(people_, gone))
    assert crowd(people_).furthest(gone, up=False) == min(left_by(people_, gone))


@settings(deadline=None, max_examples=150)
@given(PEOPLE, st.integers(0, 40).map(lambda one: Fraction(one, 4)))
def test_no_fewer_than_the_fewest_carry_a_mean_across_a_bar(people_: list[tuple[int, int]], bar: Fraction) -> None:
    up = mean(people_) < bar
    ways = range(len(people_))
    reached = (one for one in ways if any((m >= bar) if up else (m < bar) for m in left_by(people_, one)))
    assert crowd(people_).fewest(bar, up=up) == next(reached, None)


def test_answers_of_unequal_questions_stand_side_by_side() -> None:
    def said(mark: int) -> tuple[tuple[str, str, str], Fraction]:
        return ("office", "served", ""), Fraction(mark)

    columns = [[(said(30), 1), (said(100), 3)], [(said(0), 2)]]
    lowest = [([int(mark) for _, mark in given], times) for given, times in side_by_side(columns, up=True)]
    assert lowest == [([30, 0], 1), ([100, 0], 1), ([100], 2)]
    highest = [([int(mark) for _, mark in given], times) for given, times in side_by_side(columns, up=False)]
    assert highest == [([100, 0], 2), ([100], 1), ([30], 1)]


def flips_of(plan: Plan, rows: list[Evidence]) -> tuple[FlipMargin, ...]:
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    certainty = assess(plan, verdict=verdict, evidence=rows).classes[0].certainty
    return certainty.flips if certainty else ()


def one_question(rows: list[Evidence]) -> tuple[Plan, list[Evidence]]:
    """Leave the second question out: then each answer is a person's whole mark of a section."""
    base = survey_plan()
    indicators = (replace(base.indicators[0], weight=Decimal(1)), base.indicators[2])
    return survey_plan(indicators=indicators), [row for row in rows if row.indicator != "honest"]


@pytest.mark.parametrize("seed", range(6))
def test_of_the_last_place_whole_rows_never_need_fewer_and_of_a_limit_just_as_many(seed: int) -> None:
    plan, rows = one_question(people(40, seed=seed, leniency=0.3))
    rows = [replace(row, value="bad") if row.value == "unknown" else row for row in rows]
    told = {(one.claim, one.section): one for one in flips_of(plan, rows)}
    worth = {"good": 100.0, "fair": 80.0, "bad": 30.0}
    marks = np.zeros((40, len(cast.NAMES)))
    for row in rows:
        if row.unit:
            marks[int(row.unit[1:]), list(cast.NAMES).index(row.section)] = worth[str(row.value)]
    scores = [float(judge(plan, sections=cast.SECTIONS, evidence=rows).sheet(name).score or 0) for name in cast.NAMES]
    whole = flip_margins("survey", sections=list(cast.NAMES), marks=marks, share=0.7, scores=scores, limits=[80.0])
    for one in whole:
        found = told[one.claim, one.section].records
        if one.claim != "last":
            assert found == one.records
        elif one.records is not None:
            assert found is not None
            assert found <= one.records


def test_a_tie_for_the_last_place_needs_nobody_to_go() -> None:
    rows = [answer(name, "fair", indicator=which, times=20) for name in cast.NAMES for which in ("served", "honest")]
    rows += [visit(name, mark) for name in cast.NAMES for mark in (80, 90)]
    last = next(one for one in flips_of(survey_plan(), rows) if one.claim == "last")
    assert (last.records, last.rival, last.of) == (0, "brigade", 20)


def test_where_no_going_of_persons_turns_it_nothing_is_told() -> None:
    rows = [
        answer(name, "bad" if name == "office" else "good", indicator=which, times=20)
        for name in cast.NAMES
        for which in ("served", "honest")
    ] + [visit(name, mark) for name in cast.NAMES for mark in (80, 90)]
    last = next(one for one in flips_of(survey_plan(), rows) if one.claim == "last")
    assert (last.section, last.records, last.rival) == ("office", None, "")


KINDS: dict[str, Callable[[Evidence, int], Evidence]] = {
    "sheets": lambda row, _: row,
    "too few sheets": lambda row, person: replace(row, stratum=f"s{person % 5}"),
    "weights": lambda row, person: replace(row, weight=Decimal(1 + person % 3)),
    "no numbers": lambda row, _: replace(row, unit=""),
    "clusters": lambda row, person: replace(row, cluster=f"c{person // 3}"),
}


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("seed", range(3))
def test_product_and_stranger_count_the_same(kind: str, seed: int) -> None:
    rows = [KINDS[kind](row, int(row.unit[1:])) if row.unit else row for row in people(36, seed=seed, leniency=0.2)]
    chance = random.Random(seed)
    rows = [row for row in rows if chance.random() < 0.9]
    plan = survey_plan()
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    found = assess(plan, verdict=verdict, evidence=rows)
    files = bundle.verdict_files(plan, sections=cast.SECTIONS, evidence=rows, verdict=verdict, assessment=found)
    report = verify.Report("zh", quiet=True)
    verify.check_estimates(files, report)
    assert [one["text"] for one in report.items if one["passed"] is False] == []
    told = json.loads(files["estimates.json"])["classes"][0]["certainty"]["flips"]
    assert [one["claim"] for one in told] == ["last", *["80"] * len(cast.NAMES)]
    assert all(one["records"] is None or int(one["records"]) < int(one["of"]) for one in told)
