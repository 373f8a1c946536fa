"""A rate and a share of votes are no score: their limits are tests of their own, or are told (§4.4c)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.check import check
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.prose import Draft, sentence, understand
from pingyi.authoring.prose.fact_kinds import FactKind, FactState
from pingyi.authoring.prose.rates import settled
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.tests import verdict_cast as cast

HEAD = "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量、办事效率。\n三、结果运用\n"


def _draft(words: str) -> Draft:
    return understand(HEAD + words, name="a", year=2026)


def _triggers(draft: Draft) -> list[str]:
    return [f"{one.id}: {' '.join(one.consequences)}" for one in draft.plan.triggers]


def _told(draft: Draft) -> list[str]:
    return [str(one.facts["written"]) for one in draft.problems if one.code == "trigger.rate"]


def _rates(draft: Draft) -> list[str]:
    return [
        f"{test.kind.value} {test.share} {'、'.join(test.options) or '-'}{' =' if test.is_inclusive else ''}"
        for one in draft.plan.triggers
        for test in one.all_of
        if test.share is not None
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("按时办结率低于85%的科室，由局领导对科室负责人进行约谈。", "rate_below 0.85 -"),
        ("投诉办结率未达到90%的，取消当年评先评优资格。", "rate_below 0.9 -"),
        ("对满意率低于70%的单位，予以通报批评。", "rate_below 0.7 -"),
        ("满意率在60%以下的科室，通报批评。", "rate_below 0.6 -"),
        ("不满意票超过30%的科室，取消评先评优资格。", "rate_above 0.3 dissatisfied"),
        ("不满意率达到30%的科室，取消评先评优资格。", "rate_above 0.3 dissatisfied ="),
        ("“优秀”票占有效票80%以上的科室，授予“群众满意科室”称号。", "rate_above 0.8 优秀 ="),
        ("评议票中差票率超过20%的科室，责令限期整改。", "rate_above 0.2 差"),
        ("满意和基本满意票合计不足60%的科室，责令限期整改。", "rate_below 0.6 satisfied、basically_satisfied"),
    ],
)
def test_a_limit_of_a_rate_or_of_votes_is_a_test_of_it_and_never_of_the_score(words: str, wanted: str) -> None:
    draft = _draft(words)
    assert not [one for one in draft.plan.triggers if any(test.score is not None for test in one.all_of)]
    assert _rates(draft) == [wanted]
    assert _told(draft) == []
    assert not [one.text for one in draft.uncovered if "%" in one.text]
    assert all(one.state is FactState.HELD for one in draft.facts if one.kind in {FactKind.RATE, FactKind.VOTES})


@pytest.mark.parametrize(
    "words",
    [
        "问卷回收率低于60%的科室，责令限期整改。",
        "“不满意”票占发出票数30%以上的科室，通报批评。",
        "连续两年满意率低于70%的科室，取消评先评优资格。",
    ],
)
def test_a_rate_that_no_test_can_look_at_is_told(words: str) -> None:
    draft = _draft(words)
    assert draft.plan.triggers == ()
    (told,) = _told(draft)
    assert told in words
    assert any(told in one.text for one in draft.uncovered)
    for language in ("zh", "en"):
        assert told in sentence("trigger.rate", {"written": told}, language=language)


def _settled(plan: Plan, words: str, *options: str) -> tuple[str, tuple[str, ...]]:
    test = Test(kind=TestKind.RATE_BELOW, indicator=words, options=options, share=Decimal("0.6"))
    asking = replace(plan, triggers=(replace(plan.triggers[0], all_of=(test,)),))
    (found,) = settled(asking)[0].all_of
    return found.indicator, found.options


def test_whose_rate_it_is_is_named_where_only_one_can_be() -> None:
    plan, voting = cast.plan(), cast.voting_plan()
    assert _settled(plan, "群众满意率") == ("satisfied", ())
    assert _settled(plan, "不满意率", "不满意") == ("satisfied", ("bad",))
    assert _settled(voting, "“满意”票占有效票", "满意", "基本满意") == ("votes", ("good", "fair"))
    assert _settled(voting, "“优秀”票占有效票", "优秀") == ("votes", ("优秀",))
    assert _settled(plan, "按时办结率") == ("", ())
    on_time = replace(plan.indicators[1], name="按时办结率")
    assert _settled(replace(plan, indicators=(plan.indicators[0], on_time)), "投诉按时办结率") == ("order", ())
    two = replace(plan, indicators=(*plan.indicators, replace(plan.indicators[0], id="other")))
    assert _settled(two, "群众满意率") == ("", ())


def test_a_rate_of_nobody_known_is_asked_for_before_adoption() -> None:
    draft = _draft("按时办结率低于85%的科室，责令限期整改。")
    lints = check(to_yaml(draft.plan), calendar=load_calendar()).problems
    assert [(one.path, one.blocks) for one in lints if one.code == "test_incomplete"] == [
        ("triggers[0].all_of[0]", True)
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("综合得分低于80分的科室，取消评先评优资格。", "below_80: award_bar"),
        ("综合得分低于80%的科室，取消评先评优资格。", "below_80: award_bar"),
        ("办结率计入总分，总分低于80%的科室，取消评先评优资格。", "below_80: award_bar"),
        ("由代表投票，综合得分低于80分的科室，取消评先评优资格。", "below_80: award_bar"),
    ],
)
def test_a_limit_of_the_score_stays_one(words: str, wanted: str) -> None:
    draft = _draft(words)
    assert (_triggers(draft), _told(draft)) == ([wanted], [])


def test_what_follows_from_a_rate_is_not_hung_on_the_score_before_it() -> None:
    draft = _draft("综合得分低于80分的科室，取消评先评优资格；按时办结率低于85%的科室，责令限期整改。")
    assert _triggers(draft) == ["below_80: award_bar", "rate_below_85: rectification_order"]
    assert _told(draft) == []


def test_a_score_and_a_rate_in_one_condition_are_both_asked_for() -> None:
    draft = _draft("综合得分低于80分且按时办结率低于85%的科室，取消评先评优资格。")
    assert _triggers(draft) == ["below_80_and_rate_below_85: award_bar"]
    assert (_rates(draft), _told(draft)) == (["rate_below 0.85 -"], [])


def test_two_rates_with_one_limit_are_two() -> None:
    draft = _draft("满意率低于85%的，通报批评；按时办结率低于85%的，责令限期整改。")
    assert _triggers(draft) == ["rate_below_85: circular", "rate_below_85__2: rectification_order"]
    assert [one.name for one in draft.plan.triggers] == ["满意率低于85%", "按时办结率低于85%"]
