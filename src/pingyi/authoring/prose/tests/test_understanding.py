"""How the import behaves with damage, other forms of the same text, and texts that are no plan."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.problems import blocking
from pingyi.authoring.prose import MESSAGES, sentence, understand
from pingyi.authoring.prose.cleaning import clean
from pingyi.authoring.prose.lost import find_lost
from pingyi.authoring.prose.second import second_plan
from pingyi.authoring.prose.tests.summary import summarize
from pingyi.authoring.prose.verbs import product_of
from pingyi.authoring.read import read_plan
from pingyi.authoring.reading import read_document
from pingyi.authoring.reading.tests.files import docx_of, pdf_of
from pingyi.rules.plan import FORMAT

GOLDEN = Path(__file__).parent / "golden"
WATER = GOLDEN / "water-bureau-without-line-breaks.txt"
EDUCATION = GOLDEN / "education-bureau.txt"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _same(found: dict[str, object], expected: dict[str, object]) -> None:
    for part, value in expected.items():
        assert found[part] == value, part


def test_gb18030_bytes_give_the_same_plan() -> None:
    text = _read(EDUCATION)
    again = read_document(text.encode("gb18030"), name="a.txt").text
    _same(summarize(understand(again, name="a")), summarize(understand(text, name="a")))


def test_a_docx_gives_the_same_plan() -> None:
    text = _read(EDUCATION)
    content = docx_of([(line.strip(), None) for line in text.split("\n")])
    _same(
        summarize(understand(read_document(content, name="a.docx").text, name="a")),
        summarize(understand(text, name="a")),
    )


def test_a_docx_with_automatic_numbers_keeps_its_headings() -> None:
    paragraphs: list[tuple[str, int | None]] = [
        ("清源县林业局2014年民主评议行风实施方案", None),
        ("评议对象", 0),
        ("局机关各股室、各林业站。", None),
        ("评议内容", 0),
        ("依法行政情况。", 1),
        ("服务林农情况。", 1),
        ("实施步骤", 0),
        ("动员阶段（3月1日至3月31日）。召开动员会。", 1),
        ("评议阶段（4月1日至9月30日）。局监察室组织测评。", 1),
    ]
    draft = understand(read_document(docx_of(paragraphs), name="a.docx").text, name="a")
    assert [one.title for one in draft.plan.criteria] == ["依法行政情况", "服务林农情况"]
    assert [one.name for one in draft.plan.phases] == ["动员阶段", "评议阶段"]
    assert [one.clause for one in draft.plan.phases] == ["三 1", "三 2"]


def test_a_pdf_with_broken_lines_and_page_numbers_gives_the_same_plan() -> None:
    text = _read(WATER).replace(" ", "\n", 1).replace("。一、", "。\n一、")
    lines = [line[start : start + 30] for line in text.split("\n") for start in range(0, len(line), 30)]
    pages = [[*lines[start : start + 12], f"- {number} -"] for number, start in enumerate(range(0, len(lines), 12), 1)]
    draft = understand(read_document(pdf_of(pages), name="a.pdf").text, name="a")
    expected = summarize(understand(_read(WATER), name="a"))
    found = summarize(draft)
    for part in ("标题", "年份", "对象", "内容", "阶段", "条件", "后果", "任务", "报备"):
        assert found[part] == expected[part], part


def test_html_gives_the_same_plan() -> None:
    text = _read(EDUCATION)
    page = (
        "<!doctype html><html><body>"
        + "".join(f"<p>&nbsp;&nbsp;{line}</p>" for line in text.split("\n"))
        + "</body></html>"
    )
    _same(
        summarize(understand(read_document(page.encode(), name="a.html").text, name="a")),
        summarize(understand(text, name="a")),
    )


def test_blank_lines_and_letter_spacing_change_nothing() -> None:
    text = _read(WATER).replace("。（", "。\n\n（").replace("评议对象", "评 议 对 象").replace("、", "、")
    expected = summarize(understand(_read(WATER), name="a"))
    found = summarize(understand(text, name="a"))
    for part in ("对象", "内容", "阶段", "条件"):
        assert found[part] == expected[part], part


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展活动?，F制定意见", ["?，F"]),
        ("怎么评?评什么?", []),
        ("结合实际\ufffd定本方案", ["\ufffd"]),
        ("锟斤拷制定方案", ["锟斤拷"]),
        ("用药?榭觥", ["?榭觥"]),
        ("是否公开收费标准?有无乱收费?", []),
    ],
)
def test_lost_bytes_are_told_from_questions(text: str, found: list[str]) -> None:
    assert [one.found for one in find_lost(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Call me Ishmael. " * 300,
        "话说天下大势，分久必合，合久必分。" * 300,
        "床前明月光，疑是地上霜。",
        "1234567890" * 50,
        "甲、乙和" * 5000,  # long lists must not be tried from every place
        "分久必合，合久必分；" * 9000,
        "各单位要召开座谈会、发放问卷、" * 3000,
        "（" * 30000,
        "1.1.1 " * 10000,
        "😀评👍\n" * 2000,
        "\u202eתוכנית\n\f" * 2000,
    ],
)
def test_a_text_that_is_no_plan_says_so(text: str) -> None:
    draft = understand(text, name="a")
    assert not draft.is_usable
    assert draft.problems[0].code == "nothing"


def test_a_missing_year_is_asked_for() -> None:
    text = "评议方案\n一、评议内容\n1、作风情况。\n2、效能情况。\n"
    text += "二、实施步骤\n（一）动员阶段（3月1日至3月31日）。召开会议。\n"
    draft = understand(text, name="a", year=2026)
    assert draft.plan.year == 2026
    assert any(one.code == "year.missing" for one in draft.problems)


def test_a_list_shorter_than_announced_is_doubted() -> None:
    text = (
        "方案\n一、评议原则\n坚持四个原则：一是坚持实事求是；二是坚持注重实效。\n二、评议内容\n1、作风。\n2、效能。\n"
    )
    doubts = {one.code: one.facts for one in understand(text, name="a", year=2026).problems}
    assert doubts["count.differs"] == {"stated": "四", "what": "原则", "found": 2}


def test_what_the_text_states_is_believed_over_the_preset() -> None:
    draft = understand(_read(EDUCATION), name="a")
    chosen = {one.path for one in draft.plan.choices}
    assert "sources" not in chosen
    assert "scales" not in chosen
    assert sum(one.weight for one in draft.plan.sources) == 1


@pytest.mark.parametrize(
    ("duty", "product"),
    [
        ("写出书面总结", "summary"), ("召开总结大会", ""), ("推广总结出的经验", ""), ("汇总各科室意见", "digest"),
        ("将意见报监察室汇总", ""), ("形成自查报告", "report"), ("自查报告报监察科", "report"), ("参加报告会", ""),
    ],
)  # fmt: skip
def test_a_duty_names_the_paper_that_it_makes(duty: str, product: str) -> None:
    found = product_of(duty)
    assert (found.value if found else "") == product


def test_what_the_text_never_says_is_a_choice_to_make() -> None:
    draft = understand(_read(WATER), name="a")
    chosen = {one.path for one in draft.plan.choices if not one.confirmed}
    assert {"sources", "scales", "rounding", "ranking", "statistics", "time_limits", "bonus", "deductions"} <= chosen


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_that_adds_or_takes_points_is_invented(path: Path) -> None:
    plan = understand(_read(path), name=path.name).plan
    asked = {one.path for one in plan.choices}
    for name in ("bonus", "deductions"):
        part = getattr(plan, name)
        assert (part is None) is (name in asked)
        assert part is None or all(one.quote or part.cap is not None for one in part.items)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_every_draft_is_written_and_read_back_without_loss(path: Path) -> None:
    plan = understand(_read(path), name=path.name).plan
    again, problems = read_plan(to_yaml(plan))
    assert again == plan
    assert blocking(problems) == []
    assert plan.format == FORMAT


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_every_place_lies_in_the_text(path: Path) -> None:
    draft = understand(_read(path), name=path.name)
    for one in (*draft.items, *draft.uncovered, *draft.lost, *draft.units):
        assert 0 <= one.start < one.end <= len(draft.text)
    for sentence_left in draft.uncovered:
        assert draft.text[sentence_left.start : sentence_left.end] == sentence_left.text


def test_work_grows_with_the_pages_and_no_faster() -> None:
    short, long = (_calls(_read(EDUCATION) * times) for times in (7, 28))
    assert long < 5 * short


def _calls(text: str) -> int:
    """How many functions are called to understand a text."""
    called = count()
    sys.setprofile(lambda *_: next(called))
    try:
        understand(text, name="a")
    finally:
        sys.setprofile(None)
    return next(called)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_every_beginning_of_a_plan_is_read_in_its_own_order(data: st.DataObject) -> None:
    text = _read(data.draw(st.sampled_from(sorted(GOLDEN.glob("*.txt")))))
    # Where the cut leaves blanks at the end, nobody reads them.
    beginning = text[: data.draw(st.integers(0, len(text)))].rstrip()
    draft = understand(beginning, name="a", year=2026)
    plan = draft.plan
    for one in (*draft.items, *plan.tasks, *plan.criteria, *plan.triggers, *plan.consequences):
        assert one.quote in draft.text
    assert [one.start for one in draft.items] == sorted(one.start for one in draft.items)
    if (
        draft.text and not draft.left_out and draft.text in text
    ):  # nothing was mended or left out: the lines stand as they stood
        assert draft.text.split("\n") == [line for line in beginning.split("\n") if line][: draft.text.count("\n") + 1]


@given(st.text(alphabet="一二三、（）1.评议对象内容阶段各科室报前月日年末位低于80分?，。；：\n ㈠①%-至", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_whatever_breaks_the_import(text: str) -> None:
    draft = understand(text, name="a", year=2026)
    assert read_plan(to_yaml(draft.plan))[0] == draft.plan
    for one in draft.problems:
        assert sentence(one.code, one.facts, language="zh")


def test_every_doubt_has_words_in_both_languages() -> None:
    for chinese, english in MESSAGES.values():
        assert chinese
        assert english.isascii()


def test_of_two_plans_in_one_file_the_first_is_read_and_the_second_is_named() -> None:
    first, second = _read(EDUCATION), _read(GOLDEN / "hospital-web-page.txt")
    found = understand(f"{first}\n\n{second}", name="a")
    alone = understand(first, name="a")
    assert found.problems[0].code == "second_plan"
    assert str(found.problems[0].facts["title"]) in second
    assert found.plan == replace(alone.plan, original=found.plan.original)
    assert found.uncovered == alone.uncovered
    for language in ("zh", "en"):
        assert str(found.problems[0].facts["title"]) in sentence(
            "second_plan", found.problems[0].facts, language=language
        )


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_one_plan_is_never_taken_for_two(path: Path) -> None:
    assert second_plan(clean(_read(path)).text) is None
