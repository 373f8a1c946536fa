"""Triggers on a rate and on a share of votes: exact, each answer one, and nothing follows from too few (§4.4c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Trigger
from pingyi.rules.plan.measure import Empty
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.reasons import say
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import TestResult
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

Votes = Sequence[tuple[str, int]]
SECTION = "office"


def plan_of(test: Test, *, least: int = 1) -> Plan:
    asked = Trigger(id="asked", name="所问", all_of=(test,), consequences=("explain",))
    plan = cast.plan(triggers=(asked,))
    indicators = tuple(replace(one, minimum_count=least) if one.id == "satisfied" else one for one in plan.indicators)
    return replace(plan, indicators=indicators)


def asked(test: Test, *votes: tuple[str, int], least: int = 1, weight: str = "1") -> TestResult:
    rows: list[Evidence] = []
    for section in cast.NAMES:
        given = votes if section == SECTION else (("good", 10),)
        rows += [replace(cast.answers(box, times, section=section), weight=Decimal(weight)) for box, times in given]
    found = judge(plan_of(test, least=least), sections=cast.SECTIONS, evidence=rows)
    return next(one for one in found.triggers if one.section == SECTION).tests[0]


def rate(kind: TestKind, share: str, *, options: tuple[str, ...] = (), inclusive: bool = False) -> Test:
    return Test(kind=kind, indicator="satisfied", share=Decimal(share), options=options, is_inclusive=inclusive)


BELOW, ABOVE = TestKind.RATE_BELOW, TestKind.RATE_ABOVE


@pytest.mark.parametrize(
    ("test", "votes", "holds", "said"),
    [
        (rate(BELOW, "0.7"), [("good", 1), ("fair", 1), ("bad", 1)], True, "群众满意度：66.6667%（3份），低于70%"),
        (rate(BELOW, "0.5"), [("good", 1), ("bad", 1)], False, "群众满意度：50%（2份），不低于50%"),
        (rate(BELOW, "0.5", inclusive=True), [("good", 1), ("bad", 1)], True, "群众满意度：50%（2份），不高于50%"),
        (
            rate(ABOVE, "0.8", options=("good",), inclusive=True),
            [("good", 8), ("fair", 2), ("unknown", 90)],
            True,
            "群众满意度、满意：80%（10份），达到80%",
        ),
        (
            rate(ABOVE, "0.3", options=("bad",)),
            [("good", 7), ("bad", 3)],
            False,
            "群众满意度、不满意：30%（10份），不高于30%",
        ),
        (
            rate(BELOW, "0.5", options=("good", "fair")),
            [("good", 1), ("fair", 1), ("bad", 3)],
            True,
            "群众满意度、满意、基本满意：40%（5份），低于50%",
        ),
        (
            rate(ABOVE, "0.5", options=("unknown",)),
            [("good", 2), ("unknown", 3)],
            True,
            "群众满意度、不了解：60%（5份），高于50%",
        ),
    ],
)
def test_a_rate_is_held_against_its_limit_and_says_of_how_many(
    test: Test,
    votes: Votes,
    holds: bool,  # noqa: FBT001 - a case of the table
    said: str,
) -> None:
    result = asked(test, *votes)
    assert (result.holds, say(result.reason)) == (holds, said)
    assert "%" in say(result.reason, language="en")


def test_a_limit_of_a_third_is_exact() -> None:
    third = replace(rate(BELOW, "0.3333", options=("good",)), share=Decimal("0.3333"))
    assert not asked(third, ("good", 3333), ("bad", 6667)).holds
    assert asked(third, ("good", 3332), ("bad", 6668)).holds


def test_nothing_follows_from_fewer_answers_than_the_indicator_asks_for_or_from_none() -> None:
    few = asked(rate(BELOW, "0.9"), ("bad", 4), least=5)
    assert (few.holds, say(few.reason)) == (False, "群众满意度只有4份有效数据，少于5份，不能据以认定")
    for options in ((), ("good",)):
        plan = plan_of(rate(BELOW, "0.9", options=options))
        plan = replace(plan, sources=tuple(replace(one, empty=Empty.FULL) for one in plan.sources))
        rows = [cast.answers("unknown", 9, section=SECTION), cast.marks("90", section=SECTION)]
        none = judge(plan, sections=cast.SECTIONS[:1], evidence=rows).triggers[0].tests[0]
        assert (none.holds, none.reason.code, none.reason.facts["n"]) == (False, "test.rate_too_few", "0")


def test_a_vote_is_a_vote_whatever_weight_it_has() -> None:
    test = rate(ABOVE, "0.5", options=("good",))
    plan = plan_of(test)
    heavy = [
        replace(cast.answers("good", 4, section=SECTION), weight=Decimal(9)),
        cast.answers("bad", 6, section=SECTION),
    ]
    found = judge(plan, sections=cast.SECTIONS[:1], evidence=heavy)
    assert found.triggers[0].tests[0].reason.facts["rate"] == "40"


@pytest.mark.parametrize(("indicator", "options"), [("nobody", ()), ("satisfied", ("golden",)), ("order", ("good",))])
def test_a_rate_that_the_plan_does_not_have_is_refused(indicator: str, options: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        asked(replace(rate(BELOW, "0.5", options=options), indicator=indicator), ("good", 1))
    assert refused.value.code == "verdict.unknown_rate"


def test_the_rate_of_measured_marks_is_the_mark() -> None:
    test = replace(rate(BELOW, "0.95"), indicator="order")
    rows = [
        cast.marks("94", section=SECTION),
        cast.marks("95.9", section=SECTION),
        cast.answers("good", 9, section=SECTION),
    ]
    found = judge(plan_of(test), sections=cast.SECTIONS[:1], evidence=rows)
    result = found.triggers[0].tests[0]
    assert (result.holds, result.reason.facts["rate"], result.reason.facts["n"]) == (True, "94.95", "2")
