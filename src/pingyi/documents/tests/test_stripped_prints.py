"""A print that lost its data comes back by the printer's own phrases; what is not the printer's is told (§0)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from pingyi.authoring.importing import Way
from pingyi.authoring.printed import Carriage
from pingyi.authoring.printing.phrases import clear, quoted
from pingyi.authoring.printing.render import to_text
from pingyi.authoring.prose import sentence
from pingyi.authoring.reading_prints import patterns, sheets
from pingyi.authoring.reading_prints.splitting import listed, noted_list, parted, unmarked
from pingyi.authoring.tests.alike import alike
from pingyi.authoring.tests.plans import SHIPPED, fuller_plan, shipped_plan
from pingyi.authoring.tests.plans_made import made
from pingyi.documents.tests.prints import STRIPPED, brought, docx_with
from pingyi.rules.plan.people import Doer

SAMPLE = 3  # made plans here; `./pingyi bench prints` takes fifty
each_format = pytest.mark.parametrize("form", STRIPPED, ids=list(STRIPPED))


@each_format
@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_stripped_print_brings_its_plan_back(name: str, tongue: str, form: str) -> None:
    plan = fuller_plan(name)
    found = brought(STRIPPED[form](plan, tongue))
    assert found.way is Way.PHRASES
    assert found.carriage is Carriage.NONE
    assert alike(found.draft.plan, language=tongue) == alike(plan, language=tongue)
    assert [one.code for one in found.draft.problems] == ["print.phrases"]
    assert found.draft.uncovered == ()


@each_format
@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_made_plan_comes_back_without_its_data(seed: int, form: str) -> None:
    plan = made(seed)
    found = brought(STRIPPED[form](plan, "zh"))
    assert found.way is Way.PHRASES
    assert alike(found.draft.plan) == alike(plan)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_print_that_was_saved_as_text_comes_back(name: str) -> None:
    plan = shipped_plan(name)
    found = brought(to_text(plan).encode())
    assert found.way is Way.PHRASES
    assert alike(found.draft.plan) == alike(plan)


def test_two_plans_that_are_not_one_are_not_alike() -> None:
    one, other = map(shipped_plan, SHIPPED)
    assert alike(one) != alike(other)


def _changed(change: Callable[[Any], None]) -> bytes:
    document = Document(io.BytesIO(docx_with(shipped_plan(), b"")))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _says(document: Any, old: str, new: str) -> None:
    (paragraph,) = [one for one in document.paragraphs if old in one.text]
    runs = [run for run in paragraph.runs if old in run.text]
    runs[0].text = runs[0].text.replace(old, new)


def test_a_duty_in_other_words_is_read_as_prose_and_told() -> None:
    said = "聘请行风监督员。责任主体：监察室；完成期限：2026年4月8日；佐证：聘书和名单；报送：社会。"
    found = brought(_changed(lambda one: _says(one, said, "4月2日前，各科室组织学习评议方案。")))
    assert found.way is Way.PHRASES
    (told,) = [one for one in found.draft.problems if one.code == "print.by_prose"]
    assert "组织学习评议方案" in sentence(told.code, told.facts, language="zh")
    plan = found.draft.plan
    assert len(plan.tasks) == len(shipped_plan().tasks)
    task = plan.tasks[-1]
    assert (f"{task.due_on}", task.doer, task.phase) == ("2026-04-02", Doer.EVERY_SECTION, plan.phases[0].id)


def test_a_paragraph_that_says_nothing_known_is_told_and_uncovered() -> None:
    found = brought(_changed(lambda one: _says(one, "综合得分保留2位小数，", "综合得分算到百分位，")))
    codes = [one.code for one in found.draft.problems]
    assert "print.beside" in codes
    assert "print.added" in codes  # the rule of rounding that the print no longer says
    assert [one.text for one in found.draft.uncovered if "百分位" in one.text]


def test_a_document_with_few_of_our_headings_is_prose() -> None:
    text = to_text(shipped_plan()).replace("评议对象", "对象").replace("评分办法", "分数")
    lines = text.split("\n")
    few = "\n".join(
        line for line in lines if not line.strip().startswith(("（一）", "（二）", "（三）", "五", "七", "八"))
    )
    assert sheets.sheets_of(few, is_by_lines=False) is None
    assert brought(few.encode()).way is Way.PROSE


def test_a_print_of_too_many_lines_is_prose() -> None:
    text = to_text(shipped_plan()) + "甲。\n" * sheets.MOST_LINES
    assert sheets.sheets_of(text, is_by_lines=False) is None


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize(
    "value",
    [
        "甲、乙",
        "甲，乙；丙：丁",
        "“甲”、乙",
        "甲”、“乙",
        "「甲",
        "（甲",
        "甲）",
        '"甲',
        "甲5",
        "甲-",
        "他说“好”的",
        "『“「",
    ],
)
def test_a_value_is_told_from_the_signs_around_it(value: str, tongue: str) -> None:
    joint, semicolon = ("、", "；") if tongue == "zh" else (", ", "; ")
    said = joint.join([quoted(value, tongue), "丙", quoted(value, tongue)])
    assert listed(said, tongue) == (value, "丙", value)
    note = clear(value, tongue, of="；;（）()")
    assert noted_list(f"丁（{note}）" if tongue == "zh" else f"丁 ({note})", tongue)[0] == ("丁", [note])
    parts = parted(f"{clear(value, tongue)}{semicolon}{clear(value, tongue)}", semicolon, brackets=False)
    assert [unmarked(one) for one in parts] == [value, value]


@pytest.mark.parametrize("text", ["“甲", "甲“、乙", "「甲”"])
def test_a_mark_that_is_not_closed_is_not_guessed(text: str) -> None:
    with pytest.raises(patterns.UnreadError):
        listed(text, "zh")
