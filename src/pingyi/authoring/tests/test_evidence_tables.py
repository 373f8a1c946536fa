"""Tables as offices really send them: read rightly, or refused with the place and what to do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from pingyi.authoring.evidence_tables import EvidenceTable, read_evidence, section_words
from pingyi.authoring.evidence_tables.problems import MESSAGES
from pingyi.rules.plan import Plan
from pingyi.rules.tests import verdict_cast as cast

HEAD = ["科室", "指标", "来源", "日期", "数值", "权重", "佐证"]
DAY = date(2026, 8, 20)
Rows = Sequence[Sequence[object]]


def workbook(*sheets: Rows, merges: Sequence[tuple[str, object]] = (), names: Sequence[str] = ()) -> bytes:
    """Return an XLSX; a cell may be a (value, format) pair, or a formula with its error as ("=…", "#N/A")."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for index, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[index] if names else None)
        for place, value in merges:
            sheet.merge_range(place, value)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                _write(book, sheet, row, column, cell)
    book.close()
    return file.getvalue()


def _write(book: Any, sheet: Any, row: int, column: int, cell: object) -> None:
    if isinstance(cell, tuple) and str(cell[0]).startswith("="):
        sheet.write_formula(row, column, cell[0], None, cell[1])
    elif isinstance(cell, tuple):
        sheet.write(row, column, cell[0], book.add_format({"num_format": cell[1]}))
    elif isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a cell has no zone
        sheet.write_datetime(row, column, moment, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif cell is not None:
        sheet.write(row, column, cell)


def table(rows: Rows, *, head: Sequence[str] = HEAD, plan: Plan | None = None, **options: Any) -> EvidenceTable:
    content = workbook([head, *rows])
    return read_evidence("八月.xlsx", content, plan=plan or cast.plan(), sections=cast.SECTIONS, **options)


def codes(found: EvidenceTable) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found.problems]


def good_row(**changes: object) -> list[object]:
    row = dict(zip(HEAD, ["办公室", "工作纪律", "明察暗访", DAY, 85.5, 1, "暗访-01"], strict=True))
    return list({**row, **changes}.values())


def test_a_good_row_becomes_evidence_with_its_reference() -> None:
    found = table([good_row()])
    assert found.is_good
    assert codes(found) == []
    assert found.evidence == (
        cast.Evidence(
            section="office", indicator="order", source="visits", happened_on=DAY, value=Decimal("85.5"),
            weight=Decimal(1), reference="暗访-01",
        ),
    )  # fmt: skip


def test_english_heads_ids_and_a_file_in_gb18030_are_read_alike() -> None:
    english = "section,indicator,source,date,value,weight,reference\noffice,order,visits,2026-08-20,85.5,1,暗访-01\n"
    chinese = "科室,指标,来源,日期,数值,权重,佐证\n办公室,工作纪律,明察暗访,2026年8月20日,85.5,1,暗访-01\n"
    contents = (
        english.encode(),
        chinese.encode("gb18030"),
        chinese.encode("utf-8-sig"),
        chinese.replace(",", "\t").encode("utf-16"),
    )
    for content in contents:
        found = read_evidence("a.csv", content, plan=cast.plan(), sections=cast.SECTIONS)
        assert found.evidence == table([good_row()]).evidence


@pytest.mark.parametrize(
    "written",
    ["８５．５", "85.5分", " 85.5 ", 85.5, "85.50", "85.5%", (0.855, "0.0%")],
)
def test_a_mark_is_read_in_its_usual_spellings(written: object) -> None:
    assert table([good_row(数值=written)]).evidence[0].value == Decimal("85.5")


@pytest.mark.parametrize(
    "written",
    [
        DAY, 46254, "46254", "2026-8-20", "2026/08/20", "2026.8.20", "2026年8月20日", "20260820", "8月20日",
        "２０２６年８月２０日", "2026-08-20 09:30", "2026年8月20日（星期四）",
    ],
)  # fmt: skip
def test_a_date_is_read_in_its_usual_spellings(written: object) -> None:
    assert table([good_row(日期=written)]).evidence[0].happened_on == DAY


def test_spreadsheet_noise_in_numbers_is_taken_off() -> None:
    assert table([good_row(数值=0.1 + 0.2)]).evidence[0].value == Decimal("0.3")


BAD = [
    (good_row(科室="环境监查大队"), (2, "科室", "section.unknown")),
    (good_row(科室=""), (2, "科室", "section.missing")),
    (good_row(指标="工作纪律分"), (2, "指标", "indicator.unknown")),
    (good_row(来源="暗访"), (2, "来源", "source.unknown")),
    (good_row(来源="满意度调查"), (2, "来源", "source.other")),
    (good_row(数值="优"), (2, "数值", "value.not_a_number")),
    (good_row(数值=""), (2, "数值", "value.missing")),
    (good_row(数值=("=NA()", "#N/A")), (2, "数值", "value.formula_error")),
    (good_row(数值=("=1/0", "#DIV/0!")), (2, "数值", "value.formula_error")),
    (good_row(数值=101), (2, "数值", "value.value_too_great")),
    (good_row(数值=-1), (2, "数值", "value.negative_value")),
    (good_row(权重="很多"), (2, "权重", "weight.bad")),
    (good_row(日期="2026-02-30"), (2, "日期", "date.bad")),
    (good_row(日期="夏天"), (2, "日期", "date.bad")),
    (good_row(日期=""), (2, "日期", "date.missing")),
    (good_row(指标="群众满意度", 来源="", 数值="还行"), (2, "数值", "value.not_an_option")),
]


@pytest.mark.parametrize(("row", "expected"), BAD)
def test_a_bad_cell_is_named_by_row_column_and_code(row: list[object], expected: tuple[int, str, str]) -> None:
    found = table([row, good_row()])
    assert codes(found) == [expected]
    assert not found.is_good
    assert len(found.evidence) == 1
    for language in ("zh", "en"):
        assert found.problems[0].sentence(language=language)


def test_all_faults_of_a_row_are_listed_at_once() -> None:
    found = table([good_row(科室="保卫科", 日期="昨天", 数值="优")])
    assert [code for _, _, code in codes(found)] == ["section.unknown", "date.bad", "value.not_a_number"]


def test_an_unknown_section_gets_the_nearest_name() -> None:
    problem = table([good_row(科室="环境监查大队")]).problems[0]
    assert "是不是“环境监察大队”" in problem.sentence()
    assert "did you mean “环境监察大队”" in problem.sentence(language="en")
    assert problem.sentence().startswith("第2行“科室”列：")


def test_names_are_read_whatever_their_spaces_and_width() -> None:
    assert table([good_row(科室="办 公 室")]).is_good


def test_title_lines_blank_rows_totals_and_footnotes_are_passed_over() -> None:
    rows: Rows = [
        ["清源区环境保护局暗访记分表"],
        [None, None, "2026年8月20日"],
        HEAD,
        good_row(),
        [],
        good_row(科室="信息中心", 佐证="暗访-02"),
        ["合计", "", "", "", 171],
        ["注：由监察室汇总"],
    ]
    found = read_evidence("a.xlsx", workbook(rows), plan=cast.plan(), sections=cast.SECTIONS)
    assert codes(found) == []
    assert found.rows_read == 2
    assert [one.section for one in found.evidence] == ["office", "information"]


BALLOTS = ["科室", "满意", "基本满意", "不满意", "不了解"]


def test_a_table_of_counts_is_read_as_ballots() -> None:
    rows: Rows = [["集中评议大会计票 2026年8月20日"], BALLOTS, ["办公室", 30, "１０", "5票", ""]]
    found = read_evidence("计票.xlsx", workbook(rows), plan=cast.plan(), sections=cast.SECTIONS)
    assert codes(found) == []
    assert [(one.value, one.weight, one.reference) for one in found.evidence] == [
        ("good", 30, "计票.xlsx#B3"),
        ("fair", 10, "计票.xlsx#C3"),
        ("bad", 5, "计票.xlsx#D3"),
    ]


def test_a_head_of_two_rows_with_merged_cells_is_read() -> None:
    upper = ["科室", "群众满意度", None, None, None]
    lower = [None, "满意", "基本满意", "不满意", "不了解"]
    content = workbook(
        [["计票表"], upper, lower, ["办公室", 3, 2, 1, 0]], merges=[("A2:A3", "科室"), ("B2:E2", "群众满意度")]
    )
    found = read_evidence(
        "a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS, happened_on=DAY
    )  # fmt: skip
    assert codes(found) == []
    assert [(one.indicator, one.weight) for one in found.evidence] == [
        ("satisfied", 3),
        ("satisfied", 2),
        ("satisfied", 1),
    ]


def test_merged_sections_hold_for_all_their_rows() -> None:
    rows: Rows = [HEAD, good_row(), good_row(科室=None, 佐证="暗访-02")]
    content = workbook(rows, merges=[("A2:A3", "办公室")])
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert [one.section for one in found.evidence] == ["office", "office"]


def test_a_column_for_each_indicator_is_read() -> None:
    found = table([["办公室", 90], ["信息中心", 80.5]], head=["科室", "工作纪律"], happened_on=DAY)
    assert [(one.indicator, one.value) for one in found.evidence] == [
        ("order", Decimal(90)), ("order", Decimal("80.5")),
    ]  # fmt: skip


def test_half_a_ballot_is_refused() -> None:
    found = table([["办公室", 30.5, 1, 1, 1]], head=BALLOTS, happened_on=DAY)
    assert codes(found) == [(2, "满意", "count.not_whole")]


def test_votes_carry_their_elector_group() -> None:
    head = ["科室", "评议代表类别", "满意", "不满意"]
    rows: Rows = [["办公室", "服务对象", 3, 1], ["办公室", "行风监督人", 1, 0], ["办公室", "", 1, 0]]
    found = table(rows, head=head, plan=cast.voting_plan(), happened_on=DAY)
    assert [one.group for one in found.evidence] == ["clients", "clients"]
    assert codes(found) == [(3, "评议代表类别", "group.unknown"), (4, "评议代表类别", "group.missing")]


def test_a_bonus_row_without_a_number_happened_once() -> None:
    found = table([["办公室", "受市级表彰", DAY, "文件〔2026〕3号"]], head=["科室", "加分事项", "日期", "依据"])
    assert [(one.source, one.indicator, one.value) for one in found.evidence] == [("bonus", "banner", 1)]


def test_the_same_row_twice_is_a_fault_where_references_tell_rows_apart() -> None:
    found = table([good_row(), good_row(), good_row(佐证="暗访-02")])
    assert codes(found) == [(3, "", "row.duplicate")]


def test_equal_answers_without_references_are_many_people_but_equal_counts_are_doubted() -> None:
    people: Rows = [["办公室", "群众满意度", DAY, "满意"]] * 3
    assert codes(table(people, head=["科室", "指标", "日期", "数值"])) == []
    counts = table([["办公室", 3, 1, 0, 0]] * 2, head=BALLOTS, happened_on=DAY)
    assert {problem.code for problem in counts.problems} == {"row.perhaps_duplicate"}
    assert counts.is_good


def test_the_same_file_is_known_again_even_saved_anew_under_another_name() -> None:
    one, other = table([good_row()]), table([good_row(数值="85.50")])
    assert one.digest != other.digest
    assert one.is_again(other)
    assert not one.is_again(table([good_row(数值=84)]))


def test_shares_taken_for_marks_are_found() -> None:
    found = table([good_row(数值=0.95), good_row(数值=0.8, 佐证="暗访-02")])
    assert codes(found) == [(2, "工作纪律", "value.looks_like_share")]


def test_a_date_of_another_year_is_noted_and_does_not_block() -> None:
    found = table([good_row(日期="2025-08-20")])
    assert codes(found) == [(2, "", "date.other_year")]
    assert found.is_good


def test_a_table_that_says_no_date_or_no_indicator_gets_one_message() -> None:
    assert codes(table([["办公室", 3, 1, 0, 0]] * 3, head=BALLOTS)) == [(1, "", "head.no_date")]
    assert codes(table([["办公室", 88]] * 3, head=["科室", "得分"], happened_on=DAY)) == [(1, "", "head.no_indicator")]
    assert table([["办公室", 88]], head=["科室", "得分"], happened_on=DAY, source="visits").is_good


def test_an_unknown_column_is_noted() -> None:
    found = table([[*good_row(), "晴"]], head=[*HEAD, "天气"])
    assert codes(found) == [(1, "天气", "head.unknown")]
    assert found.is_good


def test_the_instruction_and_example_sheets_of_a_template_are_not_read() -> None:
    content = workbook(
        [HEAD, good_row()], [HEAD, good_row(科室="示例科")], [["怎样填写"]], names=["佐证", "示例", "填写说明"]
    )
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert found.is_good
    assert found.rows_read == 1


def test_the_sheet_is_named_where_there_are_several() -> None:
    content = workbook([HEAD, good_row()], [HEAD, good_row(科室="保卫科")], names=["一季度", "二季度"])
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert found.problems[0].sentence().startswith("工作表“二季度”第2行“科室”列")


UNREADABLE = [
    (b"", "file.empty"),
    (b"   \n", "file.empty"),
    (b"%PDF-1.7 ...", "file.not_a_table"),
    (b"\x89PNG\r\n\x1a\n....", "file.not_a_table"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "file.not_a_table"),
    (b"PK\x03\x04 this is no archive", "file.damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.damaged"),
    (workbook([HEAD, good_row()])[:-300], "file.damaged"),
    (b"\x00\x01\x02\x03" * 200, "file.text"),
    ("今天天气很好，没有表格。".encode(), "head.missing"),
    (workbook([["姓名", "年龄"], ["周明", 40]]), "head.missing"),
]


@pytest.mark.parametrize(("content", "code"), UNREADABLE)
def test_a_file_that_is_no_table_is_refused_with_one_message(content: bytes, code: str) -> None:
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert [problem.code for problem in found.problems] == [code]
    assert not found.is_good
    assert found.problems[0].sentence()


def test_a_table_without_rows_says_so() -> None:
    assert codes(table([])) == [(1, "", "head.no_rows")]


def test_a_hundred_thousand_rows_are_read_in_seconds() -> None:
    lines = ["科室,指标,日期,数值,佐证"]
    names = [name for name, _ in cast.NAMES.values()]
    lines += [
        f"{names[i % 5]},群众满意度,2026-08-20,{('满意', '基本满意', '不了解')[i % 3]},问卷{i}" for i in range(100_000)
    ]
    found = read_evidence("a.csv", "\n".join(lines).encode(), plan=cast.plan(), sections=cast.SECTIONS)
    assert found.rows_read == len(found.evidence) == 100_000
    assert codes(found) == []


def test_a_table_tells_which_sections_it_names() -> None:
    content = workbook([["标题"], HEAD, good_row(), good_row(科室="保卫科"), good_row(), ["合计"]])
    assert section_words(content, plan=cast.plan()) == ("办公室", "保卫科")


def test_every_message_is_in_both_languages() -> None:
    for chinese, english in MESSAGES.values():
        assert any("一" <= letter <= "鿿" for letter in chinese)
        assert english
