"""How sure a verdict is: the scores are the sheets' own, persons keep their covariance, and nothing ever crashes."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.inference.of_verdict import assess
from pingyi.inference.tests.surveyed import BOXES, answer, people, survey_plan, visit
from pingyi.rules.assessment import Assessment, ClassAssessment
from pingyi.rules.estimate import Certainty, Standing
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Assembly, Plan, Source, Statistics, Trigger
from pingyi.rules.plan.measure import SourceKind
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.statistics import TriggerRule
from pingyi.rules.plan.voting import ElectorGroup
from pingyi.rules.sheet import Verdict
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge


def judged(plan: Plan, rows: list[Evidence]) -> tuple[Verdict, Assessment]:
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    return verdict, assess(plan, verdict=verdict, evidence=rows)


def only(assessment: Assessment) -> tuple[ClassAssessment, Certainty]:
    held = assessment.classes[0]
    assert held.certainty is not None
    return held, held.certainty


def test_scores_and_source_marks_are_those_of_the_sheets() -> None:
    verdict, assessment = judged(survey_plan(), people())
    held, sure = only(assessment)
    for one in sure.sections:
        exact = verdict.sheet(one.section).score
        assert exact is not None
        assert abs(Fraction(one.interval.score) - exact) <= Fraction(1, 2 * 10**10)
        marks = sum(
            row[held.sections.index(one.section)] * Fraction(estimate.values[estimate.place(one.section) or 0])
            for estimate, row in zip(held.estimates, held.weights, strict=True)
        )
        assert abs(marks - exact) < Fraction(1, 10**9)


def test_one_question_asked_once_gives_the_textbook_error() -> None:
    rows = [answer("office", "good", times=30), answer("office", "bad", times=10)]
    rows += [answer(name, "good", times=20) for name in cast.NAMES if name != "office"]
    rows += [answer(name, "good", indicator="honest", times=20) for name in cast.NAMES]
    held, _ = only(judged(survey_plan(), rows)[1])
    place = held.estimates[0].place("office")
    assert place is not None
    variance = (30 * 17.5**2 + 10 * 52.5**2) / 39  # marks 100 and 30 around 82.5
    flat = 10_000 * 2 * 22 / 24**2 / 24  # all twenty alike: two of each more (Agresti, Coull)
    assert float(held.estimates[0].covariance[place][place]) == pytest.approx(0.36 * variance / 40, rel=1e-8)
    other = held.estimates[0].place("brigade")
    assert other is not None
    assert float(held.estimates[0].covariance[other][other]) == pytest.approx((0.36 + 0.16) * flat, rel=1e-8)


def test_the_generous_add_covariance_and_differences_become_surer() -> None:
    rows = people(leniency=0.3)
    named, _ = only(judged(survey_plan(), rows)[1])
    loose, _ = only(judged(survey_plan(), [replace(row, unit="") for row in rows])[1])
    assert named.estimates[0].covariance[0][1] > 10 * abs(loose.estimates[0].covariance[0][1])
    assert named.estimates[0].values == loose.estimates[0].values


def test_rows_of_counts_are_as_many_single_rows() -> None:
    single = [answer(name, box) for name in cast.NAMES for box in ("good", "good", "bad", "fair", "fair")]
    single += [replace(row, indicator="honest") for row in single]
    counted = [
        answer(name, box, indicator=indicator, times=many)
        for name in cast.NAMES
        for indicator in ("served", "honest")
        for box, many in (("good", 2), ("bad", 1), ("fair", 2))
    ]
    assert judged(survey_plan(), single)[1] == judged(survey_plan(), counted)[1]


def test_a_finite_frame_makes_surer_and_one_taken_whole_is_known() -> None:
    rows = people(40)
    whole = [replace(row, frame=40) if row.unit else row for row in rows]
    large = [replace(row, frame=80) if row.unit else row for row in rows]
    plain, some, none = (only(judged(survey_plan(), given)[1])[0].estimates[0] for given in (rows, large, whole))
    assert some.covariance[0][0] == pytest.approx(plain.covariance[0][0] / 2, rel=Decimal("1e-7"))
    assert none.covariance[0][1] == 0


def test_elector_groups_are_strata() -> None:
    groups = (
        ElectorGroup(id="clients", name="服务对象", weight=Decimal("0.6"), minimum=1),
        ElectorGroup(id="watchers", name="监督员", weight=Decimal("0.4"), minimum=1),
    )
    source = Source(id="survey", name="大会", kind=SourceKind.ASSEMBLY, weight=Decimal(1))
    plan = survey_plan(
        sources=(source,),
        indicators=(replace(survey_plan().indicators[0], weight=Decimal(1)),),
        assembly=Assembly(scale="four", groups=groups),
    )
    rows = []
    for name in cast.NAMES:
        rows += [replace(answer(name, box, times=many), group="clients") for box, many in (("good", 20), ("bad", 5))]
        rows += [replace(answer(name, box, times=many), group="watchers") for box, many in (("good", 4), ("bad", 4))]
    held, _ = only(judged(plan, rows)[1])
    clients = (20 * 14**2 + 5 * 56**2) / 24 / 25
    watchers = 8 * 35**2 / 7 / 8
    expected = 0.36 * clients + 0.16 * watchers
    assert float(held.estimates[0].covariance[0][0]) == pytest.approx(expected, rel=1e-8)
    assert held.estimates[0].method == "ballots"
    assert held.estimates[0].counts[0] == 33


def test_a_deduction_shifts_the_score_and_not_its_error() -> None:
    rows = people()
    plain, _ = only(judged(survey_plan(), rows)[1])
    hit = [*rows, cast.event("exposed", section="brigade", source="deduction")]
    _, assessment = judged(survey_plan(), hit)
    before, after = plain.of("brigade"), assessment.of("brigade")
    assert before is not None
    assert after is not None
    assert after.interval.score == before.interval.score - 5
    assert after.interval.standard_error == before.interval.standard_error


def test_an_event_that_puts_last_or_sets_the_score_is_no_matter_of_chance() -> None:
    _, assessment = judged(survey_plan(), [*people(), cast.event("fraud", section="office", source="veto")])
    held = assessment.classes[0]
    assert held.put_last == ("office",)
    assert "office" not in held.sections
    assert held.last_standing("office") is Standing.CONFIRMED
    assert held.last_standing("brigade") is Standing.REFUTED
    _, assessment = judged(survey_plan(), [*people(), cast.event("bribe", section="office", source="veto")])
    one = assessment.of("office")
    assert assessment.classes[0].given == ("office",)
    assert one is not None
    assert (one.interval.score, one.interval.standard_error) == (0, 0)


def test_one_visit_each_tells_nothing_and_nothing_is_claimed() -> None:
    rows = [row for row in people() if row.source != "visits"] + [visit(name, 80) for name in cast.NAMES]
    _, assessment = judged(survey_plan(), rows)
    held = assessment.classes[0]
    assert held.certainty is None
    assert [one.source for one in held.unsure] == ["visits"]
    assert held.last_standing("office") is Standing.INSUFFICIENT
    assert held.limit_standing("office", Decimal(80)) is Standing.INSUFFICIENT


def test_few_answers_get_no_finding() -> None:
    _, assessment = judged(survey_plan(), people(20))
    held, sure = only(assessment)
    assert set(sure.insufficient) == set(cast.NAMES)
    assert {held.last_standing(name) for name in cast.NAMES} == {Standing.INSUFFICIENT}


def test_missing_evidence_leaves_the_others_assessed() -> None:
    rows = [row for row in people() if row.section != "office"]
    _, assessment = judged(survey_plan(), rows)
    held, sure = only(assessment)
    assert held.without_score == ("office",)
    assert [one.section for one in sure.sections] == [name for name in cast.NAMES if name != "office"]
    assert held.last_standing("office") is Standing.INSUFFICIENT


def test_a_plan_may_ask_for_confirmed_standings() -> None:
    trigger = Trigger(id="last", name="末位", all_of=(Test(kind=TestKind.LAST),), consequences=())
    plan = survey_plan(statistics=Statistics(triggers=TriggerRule.ONLY_CONFIRMED), triggers=(trigger,))
    verdict, assessment = judged(plan, people(seed=3))
    fires = [result.section for result in verdict.triggers if result.fires]
    assert len(fires) == 1
    again = judge(plan, sections=cast.SECTIONS, evidence=people(seed=3), assessment=assessment)
    expected = fires if assessment.classes[0].last_standing(fires[0]) is Standing.CONFIRMED else []
    assert [result.section for result in again.triggers if result.fires] == expected


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 5), st.integers(0, 12), st.integers(0, 10_000))
def test_any_evidence_is_assessed_or_said_to_be_too_little(sections: int, rows: int, seed: int) -> None:
    chance = random.Random(seed)
    names = list(cast.NAMES)[:sections]
    given_rows = [
        answer(
            chance.choice(names), chance.choice(BOXES), indicator=chance.choice(("served", "honest")),
            unit=chance.choice(("", "a", "b")), times=chance.randint(1, 3),
        )
        for _ in range(rows)
    ] + [visit(chance.choice(names), chance.randint(0, 100)) for _ in range(rows // 2)]  # fmt: skip
    facts = cast.SECTIONS[:sections]
    verdict = judge(survey_plan(), sections=facts, evidence=given_rows)
    for held in assess(survey_plan(), verdict=verdict, evidence=given_rows).classes:
        for one in held.certainty.sections if held.certainty else ():
            assert one.interval.low <= one.interval.score <= one.interval.high
            assert 1 <= one.ranks_together.best <= one.ranks.best <= one.rank <= one.ranks.worst
            assert math.isfinite(one.interval.standard_error)
