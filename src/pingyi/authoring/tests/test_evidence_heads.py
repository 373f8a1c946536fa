"""Heads that no list knows: what the cells are decides, the head's words break ties, and a person can say otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pingyi.authoring.evidence_tables import EvidenceTable, read_evidence
from pingyi.authoring.tests.evidence_books import DAY, HEAD, codes, good_row, workbook
from pingyi.rules.tests import verdict_cast as cast

OTHER = date(2026, 9, 3)


def read(head: list[str], *rows: list[object], **options: object) -> EvidenceTable:
    content = workbook([head, *rows])
    return read_evidence("八月.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS, **options)  # type: ignore[arg-type]


def kinds_of(found: EvidenceTable) -> dict[str, str]:
    return {one.label: one.kind for one in found.columns}


@pytest.mark.parametrize(
    "word", ["调查日期", "访问日期", "评议时间", "填表日期", "投票日期", "检查时间", "办结日期", "何时", "Day of visit"]
)
@pytest.mark.parametrize("written", [DAY, "2026年8月20日", "2026-08-20 09:30"])
def test_a_column_of_days_is_the_day_whatever_its_head(word: str, written: object) -> None:
    found = read([one if one != "日期" else word for one in HEAD], good_row(日期=written))
    assert codes(found) == []
    assert [one.happened_on for one in found.evidence] == [DAY]


@pytest.mark.parametrize("word", ["受评股室", "被考核对象", "站所队", "责任科室"])
def test_a_column_of_the_bureaus_sections_is_the_section_whatever_its_head(word: str) -> None:
    head = [one if one != "科室" else word for one in HEAD]
    found = read(head, good_row(), good_row(科室="信息中心", 佐证="暗访-02"))
    assert codes(found) == []
    assert [one.section for one in found.evidence] == ["office", "information"]


def test_a_head_of_which_no_word_is_known_is_read_below_its_title() -> None:
    rows = [["暗访情况", "第三组"], ["受评股室", "考核内容", "何时", "打几分"], ["办公室", "工作纪律", DAY, 90]]
    found = read_evidence("a.xlsx", workbook(rows), plan=cast.plan(), sections=cast.SECTIONS)
    assert codes(found) == []
    assert [(one.section, one.indicator, one.happened_on, one.value) for one in found.evidence] == [
        ("office", "order", DAY, Decimal(90))
    ]


def test_answers_of_a_scale_are_the_value_whatever_their_head() -> None:
    found = read(["科室", "日期", "您的感受"], ["办公室", DAY, "满意"], ["信息中心", DAY, "不满意"], source="survey")
    assert codes(found) == []
    assert [one.value for one in found.evidence] == ["good", "bad"]


def test_two_columns_of_days_are_asked_about_and_a_person_says_which() -> None:
    head = ["科室", "指标", "到场日期", "录入日期", "数值"]
    rows = (["办公室", "工作纪律", DAY, OTHER, 85.5],)
    found = read(head, *rows)
    assert [code for _, _, code in codes(found)] == ["head.unknown", "head.unknown", "head.several"]
    assert found.problems[-1].is_blocking
    assert "到场日期、录入日期" in found.problems[-1].sentence()
    assert "could be the date" in found.problems[-1].sentence(language="en")
    number = next(one.number for one in found.columns if one.label == "到场日期")
    again = read(head, *rows, columns={number: "happened_on"})
    assert again.is_good
    assert [one.happened_on for one in again.evidence] == [DAY]


def test_of_two_columns_of_days_the_one_whose_head_says_so_is_taken() -> None:
    found = read(["科室", "指标", "日期", "录入", "数值"], ["办公室", "工作纪律", DAY, OTHER, 85.5])
    assert [one.happened_on for one in found.evidence] == [DAY]
    assert kinds_of(found)["录入"] == ""


def test_a_head_that_says_day_over_cells_that_are_none_gives_way_to_the_days() -> None:
    found = read(["科室", "指标", "时间", "到场", "数值"], ["办公室", "工作纪律", "第三季度", DAY, 85.5])
    assert [one.happened_on for one in found.evidence] == [DAY]
    assert kinds_of(found) == {
        "科室": "section",
        "指标": "indicator",
        "时间": "",
        "到场": "happened_on",
        "数值": "value",
    }


@pytest.mark.parametrize("word", ["工号", "序列", "电话尾数"])
def test_plain_numbers_are_no_days_under_a_head_that_does_not_say_so(word: str) -> None:
    found = read(["科室", "指标", word, "数值"], ["办公室", "工作纪律", 46254, 85.5])
    assert [code for _, _, code in codes(found)] == ["head.unknown", "head.no_date"]


def test_serial_numbers_are_days_under_a_head_that_says_so() -> None:
    found = read(["科室", "指标", "进场时间", "数值"], ["办公室", "工作纪律", 46254, 85.5])
    assert [one.happened_on for one in found.evidence] == [DAY]


def test_numbers_beside_a_deduction_never_become_how_often_it_happened() -> None:
    found = read(["科室", "事项", "日期", "罚款金额"], ["办公室", "媒体曝光", DAY, 5000])
    assert [one.value for one in found.evidence] == [Decimal(1)]
    assert kinds_of(found)["罚款金额"] == ""


def test_what_was_taken_wrongly_is_left_out_or_put_right_by_a_person() -> None:
    head = ["科室", "指标", "填表日期", "数值"]
    rows = (["办公室", "工作纪律", OTHER, 85.5],)
    found = read(head, *rows)
    assert kinds_of(found)["填表日期"] == "happened_on"
    number = next(one.number for one in found.columns if one.label == "填表日期")
    again = read(head, *rows, columns={number: ""}, happened_on=DAY)
    assert [one.happened_on for one in again.evidence] == [DAY]
    section = next(one.number for one in found.columns if one.label == "科室")
    none = read(head, *rows, columns={section: ""})
    assert [code for _, _, code in codes(none)] == ["head.unknown", "head.not_chosen"]
    assert not none.is_good
