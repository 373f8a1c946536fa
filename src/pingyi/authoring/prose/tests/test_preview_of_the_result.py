"""How long the result is shown is read where working days are said, asked for where days are (§4.4c)."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose import Draft, FactState, sentence, understand
from pingyi.rules.plan.conduct import DayUnit

HEAD = (
    "2026年行风评议方案\n一、评议范围\n局机关各科室。\n二、评议内容\n（一）服务质量。（二）依法行政。\n三、结果运用\n"
)


def _draft(words: str) -> Draft:
    return understand(HEAD + words + "\n", name="方案.txt")


def _asked(draft: Draft) -> set[str]:
    return {one.code for one in draft.problems if one.code.startswith("preview.")}


def _is_open(draft: Draft) -> bool:
    return "confirmation" in {one.path for one in draft.plan.choices}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("评议结果在局网站公示8个工作日。", 8),
        ("结果公示不少于10个工作日。", 10),
        ("考核结果经局党组审定后，在局公开栏公示（公示期7个工作日）。", 7),
        ("测评得分和名次在全局公示，公示期为三个工作日。", 3),
        ("将综合得分向社会进行6个工作日的公示。", 6),
        ("评议结果在门户网站公示。公示时间不少于4个工作日。", 4),
        ("根据整改情况评定等次，最终结果公示15个工作日后通报。", 15),
    ],
)
def test_working_days_of_the_result_are_read(words: str, days: int) -> None:
    draft = _draft(words)
    assert draft.plan.confirmation is not None
    assert (draft.plan.confirmation.preview_days, draft.plan.confirmation.unit) == (days, DayUnit.WORKING)
    assert not _is_open(draft)
    assert _asked(draft) == set()
    assert [one.state for one in draft.facts if "工作日" in one.words] == [FactState.HELD]


@pytest.mark.parametrize(
    "words",
    [
        "评议结果在局网站公示8天。",
        "结果公示不少于10日。",
        "考核结果经局党组审定后，在局公开栏公示（公示期7天）。",
        "将综合得分向社会进行6天的公示。",
        "四、实施步骤\n（一）总结阶段（11月1日至11月30日）。评议结果在局网站公示8天。",
    ],
)
def test_days_of_the_result_are_asked_for_and_not_taken(words: str) -> None:
    draft = _draft(words)
    assert draft.plan.confirmation is not None
    assert draft.plan.confirmation.preview_days == 5
    assert _is_open(draft)
    (doubt,) = [one for one in draft.problems if one.code == "preview.unit"]
    for language in ("zh", "en"):
        assert "公示" in sentence(doubt.code, doubt.facts, language=language)


def test_two_numbers_for_one_thing_are_asked_for() -> None:
    draft = _draft("评议结果公示5个工作日。\n考核结果在网站公示7个工作日。")
    assert (_asked(draft), _is_open(draft)) == ({"preview.differs"}, True)


@pytest.mark.parametrize(
    "words",
    [
        "各单位整改措施在公开栏公示8个工作日。",
        "整改结果在局网站公示8个工作日。",
        "投诉办理结果公示8个工作日。",
        "根据评议结果，拟表彰名单公示8个工作日。",
        "评议结果通报后，各科室整改情况公示8个工作日。",
        "收费标准公示8个工作日。",
        "评议结果公示后8个工作日内反馈意见。",
        "对评议结果有异议的，可在8个工作日内提出复核。",
        "评议结果确定后，整改方案在8个工作日的公示期内征求意见。",
    ],
)
def test_what_is_said_of_another_thing_is_no_preview_of_the_result(words: str) -> None:
    draft = _draft(words)
    assert draft.plan.confirmation is not None
    assert (draft.plan.confirmation.preview_days, _is_open(draft), _asked(draft)) == (5, True, set())


def test_working_days_are_no_days_of_a_publication() -> None:
    steps = "四、实施步骤\n（一）总结阶段（11月1日至11月30日）。将整改情况在局网站公示{}。"
    shown = {words: _draft(steps.format(words)).plan.publications for words in ("9天", "9个工作日")}
    assert [[one.days for one in held] for held in shown.values()] == [[9], [None]]
