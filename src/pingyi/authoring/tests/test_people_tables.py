"""Tables of sections and people as offices really send them."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from pingyi.authoring import people_words as words
from pingyi.authoring.people_tables import PeopleTable, read_people
from pingyi.authoring.people_templates import template
from pingyi.authoring.prose.unit_words import IDS
from pingyi.rules.actor import Role
from pingyi.rules.membership import KINDS

SECTIONS = [["名称", "类型", "业务线", "上级科室", "参评"], ["环境监察大队", "大队", "现场执法", "", "是"]]
PEOPLE = [["姓名", "角色", "科室", "手机"], ["王强", "科室负责人", "环境监察大队", 13800000000.0]]


def book(**sheets: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    return out.getvalue()


def csv_of(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def read(content: bytes, *known: str, **options: Any) -> PeopleTable:
    return read_people(content, kinds=KINDS, known_sections=known, **options)


def codes(table: PeopleTable) -> list[tuple[int, str]]:
    assert all(one.sentence(zh=True) and one.sentence(zh=False) for one in table.problems)
    return [(one.row, one.code) for one in table.problems]


def test_a_good_workbook_is_read_whole() -> None:
    table = read(book(科室=SECTIONS, 人员=PEOPLE))
    assert not table.problems
    assert (table.sections[0].name, table.sections[0].kind) == ("环境监察大队", "brigade")
    assert (table.people[0].role, table.people[0].phone) == (Role.SECTION_HEAD, "13800000000")


def test_people_may_stand_before_sections() -> None:
    assert not read(book(人员=PEOPLE, 科室=SECTIONS)).problems


def test_full_width_digits_and_spaces_inside_a_name_are_made_plain() -> None:
    table = read(csv_of("姓名,角色,科室,手机", "王　强,局领导,,１３８００００００００"))
    assert (table.people[0].name, table.people[0].phone) == ("王强", "13800000000")


def test_gb18030_and_utf8_and_utf16_give_the_same() -> None:
    rows = ("姓名,角色,科室", "何璟,区纠风办,")
    read_ones = [read(csv_of(*rows, encoding=one)).people for one in ("gb18030", "utf-8-sig", "utf-16")]
    assert read_ones[0] == read_ones[1] == read_ones[2]
    assert read_ones[0][0].name == "何璟"


def test_a_title_line_blank_rows_and_totals_are_no_people() -> None:
    table = read(book(人员=[["2026年人员一览表"], [], *PEOPLE, [], ["合计", "", "", 1]]), "环境监察大队")
    assert (len(table.people), table.totals_rows, codes(table)) == (1, 1, [])


def test_merged_heads_over_two_rows_and_merged_sections_are_filled() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("人员")
    sheet.merge_range(0, 0, 1, 0, "科室")
    sheet.merge_range(0, 1, 0, 2, "基本情况")
    sheet.write_row(1, 1, ["姓名", "角色"])
    sheet.merge_range(2, 0, 3, 0, "办公室")
    sheet.write_row(2, 1, ["马丽", "科室负责人"])
    sheet.write_row(3, 1, ["高洁", "科室人员"])
    made.close()
    table = read(out.getvalue(), "办公室")
    assert [(one.name, one.section) for one in table.people] == [("马丽", "办公室"), ("高洁", "办公室")]
    assert not table.problems


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",科室人员,办公室,", "name.missing"),
        ("马丽,打杂,办公室,", "role.unknown"),
        ("马丽,,办公室,", "role.missing"),
        ("马丽,科室人员,办公,", "section.unknown"),
        ("马丽,科室人员,,", "section.missing"),
        ("马丽,行风监督员,办公室,", "section.not_wanted"),
        ("马丽,科室人员,办公室,1.38E+10", "phone.unreadable"),
        ("马丽,科室人员,办公室,#N/A", "cell.error"),
        ("马" * 41 + ",科室人员,办公室,", "name.too_long"),
    ],
)
def test_each_fault_of_a_person_is_named_at_its_row(row: str, code: str) -> None:
    table = read(csv_of("姓名,角色,科室,手机", row), "办公室")
    assert (2, code) in codes(table)
    assert all(one.column for one in table.problems)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("执法队伍,部落,,", "kind.unknown"),
        ("机关党委,,,", "kind.missing"),
        (",科,,", "name.missing"),
        ("法规科,科,没有的,", "parent.unknown"),
        ("法规科,科,法规科,", "parent.itself"),
        ("法规科,科,,也许", "yes_no.unreadable"),
    ],
)
def test_each_fault_of_a_section_is_named_at_its_row(row: str, code: str) -> None:
    assert (2, code) in codes(read(csv_of("名称,类型,上级科室,参评", row)))


def test_a_kind_that_nobody_knows_yet_is_one_where_the_name_ends_with_it() -> None:
    table = read(csv_of("名称,类型,上级科室,参评", "城关防疫工作队,工作队,,", "城关执法队伍,部落,,", "工作队,工作队,,"))
    assert [one.kind for one in table.sections] == ["工作队", "", ""]
    assert codes(table) == [(3, "kind.unknown"), (4, "kind.unknown")]


def test_a_mail_address_is_read_and_a_broken_one_is_named() -> None:
    table = read(csv_of("姓名,角色,电子邮箱", "孙伟,局领导,sun@example.gov.cn", "何璟,审计人员,"))
    assert [one.mail for one in table.people] == ["sun@example.gov.cn", ""]
    for wrong in ("sun", "sun@", "sun@example", "a b@example.gov.cn"):
        assert (2, "mail.unreadable") in codes(read(csv_of("姓名,角色,邮箱", f"孙伟,局领导,{wrong}")))


def test_duplicates_name_the_first_row() -> None:
    sections = read(csv_of("名称,类型", "办公室,室", "办公室,室"))
    assert codes(sections) == [(3, "section.twice")]
    assert sections.problems[0].facts["first"] == 2
    assert codes(read(csv_of("姓名,角色", "孙伟,局领导", "孙伟,局领导"))) == [(3, "person.twice")]


def test_two_persons_of_one_name_are_told_apart_by_their_phones() -> None:
    assert not read(csv_of("姓名,角色,手机", "孙伟,局领导,13800000001", "孙伟,局领导,13800000002")).problems


def test_a_section_has_one_head() -> None:
    table = read(csv_of("姓名,角色,科室", "马丽,科室负责人,办公室", "高洁,科室负责人,办公室"), "办公室")
    assert codes(table) == [(3, "head.twice")]


def test_a_misspelled_section_is_answered_with_the_nearest_one() -> None:
    table = read(csv_of("姓名,角色,科室", "王强,科室人员,环境监查大队"), "环境监察大队")
    assert "环境监察大队？" in table.problems[0].sentence(zh=True)
    assert "环境监察大队？" in table.problems[0].sentence(zh=False)


@pytest.mark.parametrize(
    "written", ["2026-03-15", "2026/3/15", "2026.3.15", "2026年3月15日", "46096", date(2026, 3, 15)]
)
def test_a_date_may_be_written_in_many_ways(written: object) -> None:
    table = read(book(人员=[["姓名", "角色", "聘期起"], ["吴桐", "行风监督员", written]]))
    assert table.people[0].active_from == date(2026, 3, 15)


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert codes(read(csv_of("姓名,角色,聘期起", "吴桐,行风监督员,2026-02-30"))) == [(2, "date.unreadable")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7 ...", "file.not_a_table"),
        (b"PK\x03\x04 not a workbook", "file.damaged"),
        ("诗一首\n春眠不觉晓".encode(), "file.no_head"),
        ("姓名,角色\n".encode(), "file.no_rows"),
        (b"\xff\xff\xff\xff,\x81", "file.encoding"),
        (b"x" * 5_000_001, "file.too_large"),
        ("姓名,角色\n".encode() + "孙伟,局领导\n".encode() * 20_001, "file.too_many_rows"),
    ],
)
def test_what_is_no_table_is_said_so(content: bytes, code: str) -> None:
    table = read(content)
    assert [one.code for one in table.problems] == [code]
    assert table.problems[0].sentence(zh=True)


def test_a_whole_workbook_cut_short_is_damaged() -> None:
    assert [one.code for one in read(book(人员=PEOPLE)[:900]).problems] == ["file.damaged"]


def test_unknown_columns_are_told_and_left() -> None:
    table = read(csv_of("姓名,角色,血型", "孙伟,局领导,A"))
    assert ([one.label for one in table.columns if not one.is_known], table.problems) == (["血型"], ())


@pytest.mark.parametrize(
    "name", ["城南中队", "办税服务窗口", "河西派出所", "城关卫生院", "第一医院", "实验学校", "南街社区"]
)
def test_a_unit_of_another_bureau_is_of_the_kind_by_which_plans_name_it(name: str) -> None:
    table = read(book(科室=[SECTIONS[0], [name, "", "", "", "是"]]))
    assert not table.problems
    kind = table.sections[0].kind
    assert name.endswith(KINDS[kind])
    assert IDS[KINDS[kind]] == kind  # a plan that was read from prose calls it the same, so its class is found


def test_the_template_is_read_back_empty_and_has_the_heads_the_reader_knows() -> None:
    assert [one.code for one in read(template(kinds=KINDS)).problems] == ["file.no_rows"]


def test_every_message_says_the_same_facts_in_both_languages() -> None:
    for zh, en in words.MESSAGES.values():
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en))
