"""A preset never stands in silence beside words of the document that speak of the same thing and were not read."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose import FactState, understand
from pingyi.authoring.prose.beside import said_beside
from pingyi.authoring.prose.page import Page

HEAD = (
    "2026年行风评议方案\n一、评议范围\n局机关各科室。\n二、评议内容\n（一）服务质量。（二）依法行政。\n三、评议办法\n"
)


def beside(path: str, sentence: str) -> tuple[str, ...]:
    draft = understand(HEAD + sentence + "\n", name="方案.txt")
    left = [(one.kind, one.start, one.end) for one in draft.facts if one.state is not FactState.HELD]
    return said_beside(path, left, Page(draft.text))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("survey", "委托第三方开展满意度调查，样本不少于600户。"),
        ("survey", "发放问卷400份以上。"),
        ("survey", "每个窗口单位测评表不少于100份。"),
        ("confirmation", "评议结果在局网站公示7天。"),
        ("confirmation", "对结果有异议的，可在5个工作日内提出。"),
        ("confirmation", "结果公示不少于10天。"),
    ],
)
def test_a_choice_is_shown_with_what_the_document_says_of_it(path: str, sentence: str) -> None:
    assert beside(path, sentence) == (sentence,)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("survey", "召开座谈会3场。"),
        ("confirmation", "限30天内完成整改。"),
        ("rounding", "发放问卷400份以上。"),
        ("bonus", "发放问卷400份以上。"),
    ],
)
def test_words_about_another_thing_are_not_held_against_a_choice(path: str, sentence: str) -> None:
    assert beside(path, sentence) == ()
