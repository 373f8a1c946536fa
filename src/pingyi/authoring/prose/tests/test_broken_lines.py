"""Lines that a page was too narrow for: a sentence that breaks at a day is one sentence again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingyi.authoring import reading
from pingyi.authoring.prose import understand
from pingyi.authoring.prose.cleaning import clean
from pingyi.authoring.prose.tests.summary import summarize
from pingyi.authoring.reading import read_document
from pingyi.rules.plan import Task

INPUTS = Path(reading.__file__).parent / "tests" / "inputs"


def _last_task(name: str) -> Task:
    document = read_document((INPUTS / name).read_bytes(), name=name)
    return understand(document.text, name=name, year=2026).plan.tasks[-1]


@pytest.mark.parametrize("name", ["txt-break-after-day.txt", "pdf-line-break-after-date.pdf", "pdf-double-struck.pdf"])
def test_a_duty_keeps_its_day_and_its_doer_where_its_line_breaks_after_the_day(name: str) -> None:
    typed = _last_task("plan-reference.txt")
    task = _last_task(name)
    assert (str(task.due_on), task.doer_text, task.recipient) == ("2026-11-30", "局办公室", typed.recipient)
    assert (task.title, task.doer, task.due_on) == (typed.title, typed.doer, typed.due_on)


@pytest.mark.parametrize("name", ["pdf-line-break-after-date.pdf", "pdf-double-struck.pdf"])
def test_a_page_gives_the_plan_of_the_typed_text(name: str) -> None:
    texts = [read_document((INPUTS / one).read_bytes(), name=one).text for one in (name, "plan-reference.txt")]
    page, typed = (understand(text, name="a", year=2026) for text in texts)
    assert page.text == typed.text
    assert summarize(page) == summarize(typed)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("各科室上报工作总结，11月30日", "前局办公室报送"),
        ("自查自纠从4月1日", "起，至6月30日止。"),
        ("自查自纠从4月1日起到6月30日", "止。"),
        ("走访服务对象，4月1日", "至6月30日每周一次。"),
        ("投诉须在15个工作日", "内办结。"),
        ("投诉须在15日", "以内办结。"),
        ("整改方案报局办公室，11月3", "0日前报送总结。"),
        ("整改方案报局办公室在2026", "年11月底前报送。"),
        ("整改方案报局办公室，2026年", "11月30日前报送。"),
        ("各科室上报工作总结，十一月三十日", "局办公室报送。"),
    ],
)
def test_a_line_that_breaks_at_a_day_runs_on(line: str, following: str) -> None:
    assert clean(f"方案\n{line}\n{following}").text == f"方案\n{line}{following}"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("评议方案", "前言"),
        ("四、奖励", "前三名的科室给予表彰。"),
        ("三、评议时间为3月1日至11月30日", "内容为依法行政。"),
        ("动员部署，11月30日前报送。", "前期准备由局办公室负责。"),
        ("动员部署阶段，3月1日至3月31日", "成立领导小组。"),
        ("完成时间：11月30日", "责任科室：局办公室"),
        ("清源县环境保护局", "2026年3月1日"),
        ("2026年3月1日", "附件：评议表"),
        ("请各科室认真落实。2026年3月1日", "附件：评议表"),
        ("联系电话：63380021", "日常工作由局办公室负责。"),
        ("联系电话：63380021", "3月1日起受理投诉。"),
        ("时间：4月1日", "（二）起草报告。"),
    ],
)
def test_a_line_that_says_all_stays_a_line(line: str, following: str) -> None:
    assert clean(f"方案\n{line}\n{following}").text == f"方案\n{line}\n{following}"
