"""Every fact of a text is held, in words only, in a wrong field or unread; what a change of it moves proves it (§0)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from pingyi.authoring import prose, reading
from pingyi.authoring.prose import Draft, Fact, FactKind, FactState, coverage, sentence, understand
from pingyi.rules.plan.conduct import CaseKind, DayUnit
from pingyi.rules.plan.outcome import ConsequenceKind

GOLDEN = Path(prose.__file__).parent / "tests" / "golden"
REFERENCE = Path(reading.__file__).parent / "tests" / "inputs" / "plan-reference.txt"
TEXTS = [
    REFERENCE,
    *(GOLDEN / f"{name}.txt" for name in ("education-bureau", "gas-company-decimal", "street-over-new-year")),
]
HEAD = "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量、办事效率。\n三、结果运用\n"
IN_WORDS = {"quote", "title", "name", "text", "original", "choices"}


def _draft(text: str) -> Draft:
    return understand(text, name="a", year=2026)


def _states(draft: Draft) -> dict[str, str]:
    return {one.words: one.state.value for one in draft.facts}


def _values(value: object, path: str = "") -> dict[str, object]:
    """Return every value of a plan by its path, but for what only repeats the text."""
    if is_dataclass(value):
        names = [one.name for one in fields(value) if one.name not in IN_WORDS]
        return {key: one for name in names for key, one in _values(getattr(value, name), f"{path}.{name}").items()}
    if isinstance(value, tuple):
        return {key: one for place, item in enumerate(value) for key, one in _values(item, f"{path}[{place}]").items()}
    return {path: value}


def _moves(draft: Draft, fact: Fact) -> bool:
    """Change the fact in its line, read again, and tell whether anything but words moved; a limit may be said twice."""
    number = next(iter("".join(sign if sign.isdigit() else " " for sign in fact.words).split()), "")
    if not number:
        return True
    for other in (int(number) + 1, int(number) - 1, int(number) + 2):
        words = fact.words.replace(number, str(other), 1)
        begin, end = draft.text.rfind("\n", 0, fact.start) + 1, draft.text.find("\n", fact.end)
        line = draft.text[begin : end if end > 0 else None]
        again = _draft(draft.text[:begin] + line.replace(fact.words, words) + draft.text[begin + len(line) :])
        if _values(again.plan) != _values(draft.plan):
            return True
    return False


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_called_held_moves_a_field_when_it_is_changed(path: Path) -> None:
    draft = _draft(path.read_text(encoding="utf-8"))
    held = [one for one in draft.facts if one.state is FactState.HELD and one.kind is not FactKind.DATE]
    assert held
    assert [one.words for one in held if not _moves(draft, one)] == []


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("疑难工单须在15个工作日内办结，咨询类5个工作日内答复。", "15个工作日"),
        ("咨询类5个工作日内答复，疑难的可延长9天。", "9天"),
        ("退回的工单应在20个工作日内办结，咨询类5个工作日内答复。", "20个工作日"),
    ],
)
def test_a_term_that_a_used_sentence_lost_is_said_and_changing_it_moves_nothing(words: str, lost: str) -> None:
    draft = _draft(HEAD + words)
    assert _states(draft) == {lost: "unread", "5个工作日": "held"}
    assert not _moves(draft, next(one for one in draft.facts if one.words == lost))
    (doubt,) = [one for one in draft.half_read if one.code == "fact.unread"]
    for language in ("zh", "en"):
        assert lost in sentence(doubt.code, doubt.facts, language=language)


def test_a_text_without_a_lost_fact_says_nothing() -> None:
    draft = _draft(HEAD + "综合得分低于80分的科室，取消当年评先评优资格。")
    assert (_states(draft), draft.half_read) == ({"80分": "held"}, ())


def test_a_number_that_stands_in_a_title_alone_is_kept_in_words() -> None:
    draft = _draft(REFERENCE.read_text(encoding="utf-8"))
    assert _states(draft)["30户"] == "words"


def test_the_figure_counts_each_fact_once_and_by_its_kind() -> None:
    draft = _draft(REFERENCE.read_text(encoding="utf-8"))
    told = coverage(draft.facts, sentences=draft.sentences, uncovered=draft.uncovered)
    assert told["facts"] == sum(int(str(told[state.value])) for state in FactState) == len(draft.facts)
    assert told["unused"] == len(draft.uncovered)
    kinds = told["by_kind"]
    assert isinstance(kinds, dict)
    assert kinds["date"] == {"facts": 13, "held": 13}
    assert kinds["term"] == {"facts": 2, "held": 2}


@pytest.mark.parametrize(
    ("words", "days", "unit"),
    [
        ("12345热线工单须在15个工作日内办结，咨询类5个工作日内答复。", 15, DayUnit.WORKING),
        ("市民热线工单应在9天内办结，咨询类5个工作日内答复。", 9, DayUnit.CALENDAR),
        ("受理事项一律在二十个工作日内予以办结；咨询类5个工作日内答复。", 20, DayUnit.WORKING),
    ],
)
def test_a_limit_of_all_matters_is_that_of_each_kind_without_one(words: str, days: int, unit: DayUnit) -> None:
    draft = _draft(HEAD + words)
    limits = {one.kind: (one.days, one.unit) for one in draft.plan.time_limits}
    assert limits.pop(CaseKind.INQUIRY) == (5, DayUnit.WORKING)
    assert set(limits.values()) == {(days, unit)}
    assert set(_states(draft).values()) == {"held"}
    assert not [one for one in draft.plan.choices if one.path.startswith("time_limits")]


@pytest.mark.parametrize(
    "words",
    [
        "工单须在2个工作日内联系来电人，咨询类5个工作日内答复。",
        "工单须在15个工作日内办结，咨询类5个工作日内答复。\n热线工单应在20个工作日内办结。",
        "复杂工单须在15个工作日内办结，咨询类5个工作日内答复。",
    ],
)
def test_a_limit_of_some_matters_or_two_for_all_are_no_general_limit(words: str) -> None:
    draft = _draft(HEAD + words)
    assert {one.path for one in draft.plan.choices} & {"time_limits[1]", "time_limits[2]"}


@pytest.mark.parametrize("marks", [(30, 30, 40), (25, 35, 40)])
def test_the_marks_of_the_criteria_are_held_by_the_weights_of_the_indicators(marks: tuple[int, ...]) -> None:
    names = ("依法行政", "服务质量", "办事效率")
    listed = "".join(f"{at}、{name}（{mark}分）\n" for at, (name, mark) in enumerate(zip(names, marks, strict=True), 1))
    draft = _draft(
        f"民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n{listed}三、结果运用\n排名末位的限期整改。"
    )
    assert {_states(draft)[f"{mark}分"] for mark in marks} == {"held"}
    assert {one.weight * 100 for one in draft.plan.indicators if one.scale} == set(marks)


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("日常评议40%：包括明察暗访20%、投诉办理20%。\n社会评议60%。", {"40%": "held", "20%": "held", "60%": "held"}),
        ("日常评议占总分50%：明察暗访15%、投诉办理20%。", {"50%": "unread", "15%": "unread", "20%": "unread"}),
    ],
)
def test_a_share_that_is_the_sum_of_its_parts_is_held_by_them(words: str, states: dict[str, str]) -> None:
    head = "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量。\n三、评议办法\n"
    assert _states(_draft(head + words)) == states


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("排名末位的科室，由局领导约谈科室负责人。", ConsequenceKind.TALK, "约谈"),
        ("排名末位的科室，对其负责人进行约谈。", ConsequenceKind.TALK, "约谈"),
        ("排名末位的科室，由分管领导对科室负责人约谈谈话。", ConsequenceKind.TALK, "约谈"),
        ("排名末位的科室，对科室负责人进行诫勉谈话。", ConsequenceKind.ADMONITION_TALK, "诫勉谈话"),
    ],
)
def test_a_talk_is_no_admonition(words: str, kind: ConsequenceKind, name: str) -> None:
    draft = _draft(HEAD + words)
    assert [(one.kind, one.name) for one in draft.plan.consequences] == [(kind, name)]
    assert [one.state for one in draft.facts if one.kind is FactKind.MEASURE] == [FactState.HELD]


@pytest.mark.parametrize(
    "words",
    [
        "第十二条 本办法自2026年3月1日起施行。",
        "四、评议内容和分值（100分）",
        "清源县环境保护局\n二〇二六年三月六日",
        "清源县公安局\n二〇二六年四月二十八日",
        "由各科室每月公布12345热线电话。",
    ],
)
def test_what_asks_for_nothing_is_no_unread_fact(words: str) -> None:
    draft = _draft(HEAD + words)
    assert not [one.words for one in draft.facts if one.kind is not FactKind.RECURRENCE]
