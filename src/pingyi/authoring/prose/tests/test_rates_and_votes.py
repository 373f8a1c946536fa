"""A rate and a share of votes are no score: their limits are never held against it, and are told (§4.4c)."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose import Draft, sentence, understand

HEAD = "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量、办事效率。\n三、结果运用\n"


def _draft(words: str) -> Draft:
    return understand(HEAD + words, name="a", year=2026)


def _triggers(draft: Draft) -> list[str]:
    return [f"{one.id}: {' '.join(one.consequences)}" for one in draft.plan.triggers]


def _told(draft: Draft) -> list[str]:
    return [str(one.facts["written"]) for one in draft.problems if one.code == "trigger.rate"]


@pytest.mark.parametrize(
    "words",
    [
        "按时办结率低于85%的科室，由局领导对科室负责人进行约谈。",
        "投诉办结率未达到90%的，取消当年评先评优资格。",
        "对满意率低于70%的单位，予以通报批评。",
        "不满意票超过30%的科室，取消评先评优资格。",
        "“优秀”票占有效票80%以上的科室，授予“群众满意科室”称号。",
        "评议票中差票率超过20%的科室，责令限期整改。",
    ],
)
def test_a_limit_of_a_rate_or_of_votes_is_no_limit_of_the_score(words: str) -> None:
    draft = _draft(words)
    assert not [one for one in draft.plan.triggers if any(test.score is not None for test in one.all_of)]
    (told,) = _told(draft)
    assert told in words
    assert any(told in one.text for one in draft.uncovered)
    for language in ("zh", "en"):
        assert told in sentence("trigger.rate", {"written": told}, language=language)


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
    assert _triggers(draft) == ["below_80: award_bar"]
    assert _told(draft) == ["按时办结率低于85%"]


def test_a_score_and_a_rate_in_one_condition_are_not_read_as_the_score_alone() -> None:
    draft = _draft("综合得分低于80分且按时办结率低于85%的科室，取消评先评优资格。")
    assert (_triggers(draft), len(_told(draft))) == ([], 1)
