"""Tables of sections and people under heads that no list knows: the cells say what the columns are."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.authoring.people_tables import PeopleTable
from pingyi.authoring.tests.test_people_tables import codes, csv_of, read


def kinds_of(table: PeopleTable) -> dict[str, str]:
    return {one.label: one.kind for one in table.columns}


@pytest.mark.parametrize("heads", ["同志,岗位,何处,拨打", "干部,评议身份,归属股室,移动电话", "Who,What,Where,Cell"])
def test_people_are_read_by_their_cells(heads: str) -> None:
    table = read(
        csv_of("二〇二六年,名册", heads, "马丽,科室负责人,办公室,13800000001", "高洁,科室人员,办公室,"), "办公室"
    )
    assert codes(table) == []
    assert [(one.name, one.role.value, one.section, one.phone) for one in table.people] == [
        ("马丽", "section_head", "办公室", "13800000001"), ("高洁", "section_staff", "办公室", ""),
    ]  # fmt: skip


def test_sections_are_read_by_their_cells() -> None:
    table = read(csv_of("机构,性质怎样,是否评议", "环境监察大队,大队,是", "法规科,科,否"))
    assert [(one.name, one.kind, one.is_evaluated) for one in table.sections] == [
        ("环境监察大队", "brigade", True), ("法规科", "section", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("begins", "ends"), [("聘任日期", "聘任期满"), ("开始", "终止"), ("任期自", "任期至")])
def test_the_term_of_a_post_is_told_from_the_head_and_its_days(begins: str, ends: str) -> None:
    row = "吴桐,行风监督员,2026-01-01,2026年12月31日"
    table = read(csv_of(f"姓名,角色,{begins},{ends}", row))
    assert (table.people[0].active_from, table.people[0].active_until) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("head", ["出生日期", "入党时间", "参加工作日期"])
def test_other_days_of_a_person_are_no_term(head: str) -> None:
    table = read(csv_of(f"姓名,角色,{head}", "吴桐,行风监督员,1980-01-01"))
    assert table.people[0].active_from is None
    assert kinds_of(table) == {"姓名": "name", "角色": "role", head: ""}


def test_two_columns_of_telephones_are_left_to_a_person() -> None:
    rows = ("同志,角色,号码一,号码二", "孙伟,局领导,13800000001,13800000002")
    table = read(csv_of(*rows))
    assert table.people[0].phone == ""
    number = next(one.number for one in table.columns if one.label == "号码二")
    again = read(csv_of(*rows), columns={number: "phone"})
    assert (again.people[0].phone, again.people[0].name) == ("13800000002", "孙伟")


def test_what_a_person_says_of_a_column_counts_above_its_head() -> None:
    rows = ("姓名,角色,职务", "孙伟,局领导,副局长")
    number = next(one.number for one in read(csv_of(*rows)).columns if one.label == "职务")
    assert read(csv_of(*rows), columns={number: ""}).people[0].title == ""
    assert read(csv_of(*rows), columns={number: "kind"}).people[0].title == "副局长"  # no field of people
