"""What a plan says in tables is read like what it says in sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.reading import read_document
from pingyi.authoring.reading.tests.files import docx_with_tables
from pingyi.rules.plan.people import Doer

_SCORES = [
    ["序号", "评议项目", "评议内容", "分值", "评分标准"],
    ["1", "服务态度", "言语文明", "20", "态度生硬的每次扣2分"],
    ["2", "诊疗质量", "检查合理", "25", "不合理的每例扣1分"],
    ["", "", "用药合理", "15", "用药超标扣2分"],
    ["3", "收费管理", "价目公开", "40", "多收费的每起扣3分"],
    ["合计", "", "", "100", ""],
]
_PHASES = [
    ["阶段", "时间", "主要任务"],
    ["动员部署", "3月1日至3月31日", "制定方案；召开动员大会"],
    ["自查自纠", "4月1日至6月30日", "各科室开展自查，6月20日前将自查报告报院监察室"],
    ["总结", "7月至9月", "院监察室形成总结报县纠风办"],
]
_SHARES = [
    ["评议方式", "权重"],
    ["患者满意度调查", "50%"],
    ["行风监督员评议", "30%"],
    ["日常考核", "20%"],
]
_DUTIES = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "印制并发放满意度测评表", "医务科", "4月10日前"],
    ["2", "组织“八不准”学习", "各科室", "5月底前"],
]


@pytest.fixture(scope="module")
def draft() -> Draft:
    content = docx_with_tables(
        ["清源县中医院2014年行风评议方案", "一、评议内容及分值", _SCORES, "二、步骤", _PHASES, "三、计分办法", _SHARES,
         "附件：任务分解表", _DUTIES]
    )  # fmt: skip
    return understand(read_document(content, name="a.docx").text, name="a.docx")


def test_a_scoring_table_gives_the_contents_with_their_marks(draft: Draft) -> None:
    assert [one.title for one in draft.plan.criteria] == ["服务态度", "诊疗质量", "收费管理"]
    asked = [one for one in draft.plan.indicators if one.source == draft.plan.sources[0].id]
    assert [one.weight for one in asked] == [Decimal("0.2"), Decimal("0.4"), Decimal("0.4")]


def test_the_standards_beside_them_give_the_deductions(draft: Draft) -> None:
    assert draft.plan.deductions is not None
    assert [one.points for one in draft.plan.deductions.items] == [2, 1, 2, 3]


def test_a_table_of_phases_gives_dates_and_duties(draft: Draft) -> None:
    assert [(one.name, one.begins_on, one.ends_on) for one in draft.plan.phases] == [
        ("动员部署", date(2014, 3, 1), date(2014, 3, 31)),
        ("自查自纠", date(2014, 4, 1), date(2014, 6, 30)),
        ("总结", date(2014, 7, 1), date(2014, 9, 30)),
    ]
    report = next(one for one in draft.plan.tasks if "自查报告" in one.title)
    assert (report.due_on, report.recipient, report.doer) == (
        date(2014, 6, 20), "supervision_office", Doer.EVERY_SECTION
    )  # fmt: skip


def test_a_table_of_weights_gives_the_sources(draft: Draft) -> None:
    assert [(one.name, one.weight) for one in draft.plan.sources] == [
        ("患者满意度调查", Decimal("0.5")), ("行风监督员评议", Decimal("0.3")), ("日常考核", Decimal("0.2"))
    ]  # fmt: skip


def test_a_table_of_duties_gives_their_doers_and_days(draft: Draft) -> None:
    found = {one.title: (one.doer, one.section, one.due_on) for one in draft.plan.tasks}
    assert found["印制并发放满意度测评表"] == (Doer.NAMED_SECTION, "医务科", date(2014, 4, 10))
    assert found["组织“八不准”学习"] == (Doer.EVERY_SECTION, "", date(2014, 5, 31))


def test_nothing_of_a_table_that_was_read_is_left_over(draft: Draft) -> None:
    assert draft.uncovered == ()
    for item in draft.items:
        assert 0 <= item.start < item.end <= len(draft.text), item.path
