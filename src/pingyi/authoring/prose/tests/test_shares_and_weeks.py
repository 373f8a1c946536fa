"""Shares in words, weeks and days after a quarter: into the field that there is, or told, and never into another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.prose.fact_kinds import FactKind, FactState, find_facts

HEAD = (
    "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量、办事效率。\n"
    "三、实施步骤\n（一）自查阶段（3月1日至12月31日）。做好自查。\n"
)


def _draft(words: str, *, part: str = "四、结果运用\n") -> Draft:
    return understand(HEAD + part + words + "\n", name="a", year=2026)


def _rates(draft: Draft) -> list[str]:
    return [
        f"{test.kind.value} {test.share}{' =' if test.is_inclusive else ''}"
        for one in draft.plan.triggers
        for test in one.all_of
    ]


def _told(draft: Draft) -> str:
    """Everything that the import says it did not read."""
    doubts = [str(one.facts.get("written", "")) for one in (*draft.problems, *draft.half_read)]
    return "\n".join([*doubts, *(one.text for one in draft.uncovered)])


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("不满意票超过三分之一的科室，通报批评。", "rate_above 0.3333"),
        ("“满意”票不足三分之二的科室，责令限期整改。", "rate_below 0.6667"),
        ("不满意票占有效票五分之一以上的，取消评先评优资格。", "rate_above 0.2 ="),
        ("不满意票超过有效票三分之二的，取消评先评优资格。", "rate_above 0.6667"),
        ("满意票过半数的科室，授予“群众满意科室”称号。", "rate_above 0.5"),
        ("满意和基本满意票不足半数的科室，责令限期整改。", "rate_below 0.5"),
        ("满意票达到半数以上的科室，予以通报表扬。", "rate_above 0.5 ="),
        ("满意票未过半的科室，通报批评。", "rate_below 0.5 ="),
        ("满意票未超过半数的科室，通报批评。", "rate_below 0.5 ="),
        ("“满意”票未过半数的，取消当年评先评优资格。", "rate_below 0.5 ="),
    ],
)
def test_a_share_of_votes_in_words_is_a_test_of_votes(words: str, wanted: str) -> None:
    draft = _draft(words)
    assert _rates(draft) == [wanted]
    assert all(one.state is FactState.HELD for one in draft.facts if one.kind is FactKind.VOTES)


@pytest.mark.parametrize(
    "words",
    [
        "经三分之二以上代表同意，取消其评先评优资格。",
        "半数以上科室整改不到位的，通报批评。",
        "不到半年即发生违纪问题的科室，通报批评。",
    ],
)
def test_a_share_of_something_else_is_no_test(words: str) -> None:
    assert [one for one in _rates(_draft(words)) if "0." in one] == []
    assert not any(test.score is not None for one in _draft(words).plan.triggers for test in one.all_of)


@pytest.mark.parametrize(
    "words",
    [
        "“不满意”票占发出票数三分之一以上的科室，通报批评。",
        "不满意票超过发出票三分之一的科室，通报批评。",
        "不满意票占发出票30%以上的科室，通报批评。",
    ],
)
def test_a_share_of_the_papers_handed_out_is_told_for_no_test_counts_them(words: str) -> None:
    draft = _draft(words)
    assert draft.plan.triggers == ()
    assert "发出票" in _told(draft)


def test_a_share_of_the_valid_papers_beside_the_papers_handed_out_is_read() -> None:
    draft = _draft("发出票500张。不满意票占有效票三分之一以上的科室，通报批评。")
    assert _rates(draft) == ["rate_above 0.3333 ="]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("到会代表超过应到代表三分之二方可投票。", "0.6667"),
        ("实到人数过半，评议大会方可举行。", "0.5"),
        ("出席人数未过半的，不得投票。", "0.5"),
        ("须有三分之二以上代表到会方可开会。", "0.6667"),
        ("参会人员不足四分之三的，评议大会改期举行。", "0.75"),
    ],
)
def test_a_quorum_in_words_is_the_quorum(words: str, wanted: str) -> None:
    draft = _draft(f"召开评议大会，由服务对象代表投票评议。{words}", part="四、评议方法\n")
    assert draft.plan.assembly is not None
    assert draft.plan.assembly.quorum == Decimal(wanted)
    assert [one.state for one in draft.facts if one.kind is FactKind.PERCENT] == [FactState.HELD]


def test_how_many_must_agree_is_no_quorum() -> None:
    draft = _draft("召开评议大会，由代表投票评议。经五分之四以上代表同意，可以推荐先进。", part="四、评议方法\n")
    assert draft.plan.assembly is not None
    assert draft.plan.assembly.quorum != Decimal("0.8")
    assert "五分之四" in _told(draft)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("投诉须在两周内办结。", 14), ("对投诉事项，1周内答复。", 7), ("投诉在三个星期以内办结。", 21)],
)
def test_a_limit_in_weeks_is_a_limit_in_days(words: str, wanted: int) -> None:
    draft = _draft(words, part="四、时限\n")
    limit = draft.plan.time_limits[0]
    assert (limit.kind.value, limit.days, limit.unit.value) == ("complaint", wanted, "calendar")
    assert [one.state for one in draft.facts if one.kind is FactKind.TERM] == [FactState.HELD]


@pytest.mark.parametrize("words", ["责令两周内整改。", "限期2个星期内完成整改。", "限一周内整改到位。"])
def test_a_term_of_a_measure_in_weeks_is_one_in_days(words: str) -> None:
    (one,) = _draft(f"综合得分低于60分的科室，{words}").plan.consequences
    assert one.days in {7, 14}


@pytest.mark.parametrize("words", ["第二周内报送。", "成立一周年。", "两周边单位。"])
def test_what_only_looks_like_weeks_is_no_term(words: str) -> None:
    assert [one for one in find_facts(words) if one.kind is FactKind.TERM] == []


@pytest.mark.parametrize(
    "words",
    [
        "各科室于每季度结束后10日内报送工作小结。",
        "每季度结束后5个工作日内，各科室报送报表。",
        "季后15日内，各科室将台账报监察室。",
        "各科室于季度终了后7天之内报送工作小结。",
    ],
)
def test_days_after_a_quarter_are_told_and_become_no_day(words: str) -> None:
    draft = understand(HEAD.replace("做好自查。", f"做好自查。{words}"), name="a", year=2026)
    (fact,) = [one for one in draft.facts if one.kind is FactKind.RECURRENCE]
    assert fact.state is FactState.UNREAD
    assert fact.words in _told(draft)
    assert {(one.every, one.every_day) for one in draft.plan.tasks} <= {(None, None)}


def test_a_day_of_the_quarter_itself_is_read() -> None:
    draft = understand(HEAD.replace("做好自查。", "每季度末月25日前，各科室报送工作小结。"), name="a", year=2026)
    assert [(str(one.every), one.every_day) for one in draft.plan.tasks] == [("quarter", 25)]
