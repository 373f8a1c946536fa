# ruff: noqa: DTZ001 - tables tell the time of the wall
from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from pingyi.authoring.case_tables import UnreadableTableError, open_tables
from pingyi.authoring.case_tables.moments import in_time, moment
from pingyi.authoring.case_tables.problems import MESSAGES
from pingyi.authoring.case_tables.set_aside import workbook as set_aside_workbook
from pingyi.authoring.case_tables.units import same_units
from pingyi.authoring.tests.case_books import HEAD, ROW, codes, csv_of, read, table, workbook


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", ";")],
)
def test_a_text_file_is_read_in_each_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    (row,) = read(csv_of(HEAD, ROW, encoding=encoding, delimiter=delimiter))
    assert (row.number, row.kind, row.unit, row.phone) == ("G001", "complaint", "环境监察大队", "13800000000")
    assert row.received_at == datetime(2026, 3, 2, 9, 15)
    assert (row.due_at, row.closed_at, row.is_closed, row.is_on_time) == (
        date(2026, 3, 9),
        date(2026, 3, 6),
        True,
        True,
    )


def test_titles_blank_rows_totals_footers_and_repeated_heads_are_no_matters() -> None:
    title, made = ["2026年3月热线工单汇总"], ["制表人：王", ""]
    content = csv_of(title, [""], HEAD, ROW, ["", ""], HEAD, ["G002", *ROW[1:]], ["合计", "2", "", ""], made)
    rows = read(content)
    assert [row.number for row in rows] == ["G001", "G002"]
    assert [row.row for row in rows] == [4, 7], "rows are numbered as the spreadsheet numbers them"


def test_a_head_of_two_rows_with_merged_cells_is_read_as_one() -> None:
    upper = ["工单编号", "来件情况", "来件情况", "办理情况", "办理情况"]
    lower = ["", "受理时间", "诉求内容", "承办单位", "办结时间"]
    rows = [
        ["热线工单", "", "", "", ""],
        upper,
        lower,
        ["G1", "2026-03-02 08:00", "路灯不亮", "市政科", "2026-03-03 10:00"],
    ]
    content = workbook(
        ("三月", rows), merged=[(1, 0, 2, 0, "工单编号"), (1, 1, 1, 2, "来件情况"), (1, 3, 1, 4, "办理情况")]
    )
    assert table(content).proposed.fields == ("number", "received_at", "text", "unit", "closed_at")
    (row,) = read(content)
    assert (row.number, row.text, row.unit) == ("G1", "路灯不亮", "市政科")


def test_a_merged_head_in_a_text_file_stands_only_over_its_first_column() -> None:
    content = csv_of(["工单编号", "来件情况", "", "办理情况", ""], ["", "受理时间", "诉求内容", "承办单位", "办结时间"],
                     ["G1", "2026-03-02", "路灯不亮", "市政科", "2026-03-03"])  # fmt: skip
    assert table(content).proposed.fields == ("number", "received_at", "text", "unit", "closed_at")


def test_the_sheet_with_the_matters_is_found_behind_a_cover_and_a_list_of_codes() -> None:
    cover, units = [["热线月报"], ["单位", "某局"]], [["单位代码", "单位名称"], ["01", "市政科"]]
    found = open_tables(workbook(("封面", cover), ("单位", units), ("工单", [HEAD, ROW])))
    assert [one.head.sheet for one in found] == ["工单"]


def test_columns_without_telling_heads_are_known_by_their_cells() -> None:
    head = ["A", "B", "C", "D"]
    texts = [
        f"第{n}小区门口的路灯坏了三个星期没有人来修理，晚上走路看不见，老人小孩很危险，请尽快处理" for n in range(5)
    ]
    rows = [[f"2026-03-0{n + 1} 09:00", "投诉" if n % 2 else "咨询", texts[n], "13800000000"] for n in range(5)]
    assert table(csv_of(["编号", "日期", "标题"], ["1", "2026-3-1", "x"])).head.known == 3
    assert table(csv_of(head, *rows)).proposed.fields == ("received_at", "kind", "text", "phone")


def test_a_remembered_mapping_wins_by_the_names_of_columns_whatever_their_order() -> None:
    content = csv_of(["受理时间", "经办", "工单编号", "诉求内容"], ["2026-03-01", "丁", "G1", "路灯不亮"])
    proposed = table(content).proposed
    assert "unit" not in proposed.fields
    assert proposed.remembered({"经办": "unit", "别处": "phone"}).fields[1] == "unit"


def test_a_mapping_says_what_is_still_to_be_settled() -> None:
    proposed = table(csv_of(["工单编号", "单位"], ["G1", "市政科"])).proposed
    assert [one.code for one in proposed.problems()] == ["mapping.needs", "mapping.needs"]
    twice = table(csv_of(HEAD, ROW)).proposed.corrected({0: "unit"})
    assert [one.code for one in twice.problems()] == ["mapping.twice"]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2019/4/25 9:32:09", datetime(2019, 4, 25, 9, 32, 9)),
        ("01/16/2015 08:30:00 AM", datetime(2015, 1, 16, 8, 30)),
        ("06/26/2018 12:50:01 PM", datetime(2018, 6, 26, 12, 50, 1)),
        ("01/22/2018 12:00:00 AM", datetime(2018, 1, 22)),
        ("2023-12-10T01:36:19.000", datetime(2023, 12, 10, 1, 36, 19)),
        ("2023-12-10T00:00:00Z", datetime(2023, 12, 10, 8)),
        ("2026年3月2日 下午3时20分", datetime(2026, 3, 2, 15, 20)),
        ("２０２６－０３－０２　０９：１５", datetime(2026, 3, 2, 9, 15)),
        ("20260302091500", datetime(2026, 3, 2, 9, 15)),
        ("20260302", date(2026, 3, 2)),
        ("2026.3.2", date(2026, 3, 2)),
        (46083, date(2026, 3, 2)),
        ("46083.5", datetime(2026, 3, 2, 12)),
        ("Jun 26, 2018 10:58 AM", datetime(2018, 6, 26, 10, 58)),
        ("26-Jun-2018", date(2018, 6, 26)),
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-02 09:15", datetime(2026, 3, 2, 9, 15)),
        ("2026-03-02 09:15:07", datetime(2026, 3, 2, 9, 15, 7)),
        ("2026-03-02 24:00", None),
        ("2026-03-02 09:61", None),
        ("2026-02-30", None),
        ("25:61", None),
        (7, None),
        ("昨天", None),
    ],
)
def test_a_moment_is_read_in_the_spellings_of_real_files(cell: object, meant: object) -> None:
    assert moment(cell) == meant


def test_a_column_that_names_the_day_first_is_read_so() -> None:
    rows = [[f"G{n}", f"{n}/03/2026 09:00", "路灯"] for n in range(10, 20)]
    assert read(csv_of(["工单编号", "受理时间", "标题"], *rows))[9].received_at == datetime(2026, 3, 19, 9)


def test_in_time_compares_hours_where_both_have_them_and_days_where_one_has_none() -> None:
    assert not in_time(datetime(2026, 3, 9, 9, 1), datetime(2026, 3, 9, 9))
    assert in_time(datetime(2026, 3, 9, 23), date(2026, 3, 9))
    assert not in_time(date(2026, 3, 10), datetime(2026, 3, 9, 23))


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (1, "", "date.missing"),
        (1, "前天", "date.bad"),
        (1, "2031-01-01", "date.future"),
        (1, "1826-01-01", "date.far"),
        (0, "-", "number.missing"),
        (0, "1.01E+11", "number.rounded"),
        (3, " 无 ", "content.missing"),
        (3, "长" * 20_001, "text.too_long"),
        (4, "#N/A", "cell.error"),
    ],
)
def test_a_faulty_cell_sets_its_row_aside_with_row_and_column(column: int, cell: str, code: str) -> None:
    row = read(csv_of(HEAD, [*ROW[:column], cell, *ROW[column + 1 :]], ["G9", *ROW[1:]]))[0]
    assert row.is_set_aside
    problem = next(one for one in row.problems if one.code == code)
    assert problem.row == 2
    assert problem.column in {HEAD[column], ""}
    assert "2" in problem.sentence(language="zh")
    assert problem.sentence(language="en")


def test_doubtful_cells_are_noted_and_the_row_is_taken() -> None:
    early = [*ROW[:6], "2026-02-01", ROW[7]]
    rows = read(csv_of(HEAD, early, ["G2", ROW[1], "牢骚", *ROW[3:]], *[[f"H{n}", *ROW[1:]] for n in range(5)]))
    assert codes(rows[0]) == {"closed.early"}
    assert codes(rows[1]) == {"kind.unknown"}
    assert not any(row.is_set_aside for row in rows)


def test_a_number_that_stands_twice_is_set_aside_only_where_it_says_something_else() -> None:
    rows = read(csv_of(HEAD, ROW, ROW, [*ROW[:3], "另一件事", *ROW[4:]]))
    assert [codes(row) for row in rows] == [set(), set(), {"number.repeated"}]
    assert rows[0].fingerprint == rows[1].fingerprint != rows[2].fingerprint


def test_three_flags_of_nought_and_one_say_closed_and_in_time() -> None:
    head = ["编号", "受理时间", "大类", "超期结办", "按期结办", "处置中"]
    rows = [["1", "2026-3-1", "噪声", "1", "0", "0"], ["2", "2026-3-1", "噪声", "0", "1", "0"],
            ["3", "2026-3-1", "噪声", "0", "0", "1"], ["4", "2026-3-1", "噪声", "-", "-", "-"]]  # fmt: skip
    said = [(row.is_closed, row.is_on_time) for row in read(csv_of(head, *rows))]
    assert said == [(True, False), (True, True), (False, None), (None, None)]


def test_the_dates_count_where_the_sources_word_contradicts_them() -> None:
    (row,) = read(csv_of([*HEAD, "是否超期"], [*ROW, "是"]))
    assert row.is_on_time is True
    assert codes(row) == {"time.disagrees"}


def test_cells_of_a_spreadsheet_keep_their_numbers_dates_and_paragraphs() -> None:
    content = workbook(("一", [["编号", "受理时间", "内容"], [188006.0, 46083.25, "\n\t 第一段　\n\n\t第二段 \n"]]))
    (row,) = read(content)
    assert (row.number, row.received_at) == ("188006", datetime(2026, 3, 2, 6))
    assert row.text == "第一段\n第二段"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"hello"])
def test_a_file_that_is_no_table_of_matters_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableTableError) as refused:
        open_tables(content)
    assert refused.value.sentence(language="zh")


def test_a_quotation_mark_that_stays_open_swallows_no_rows() -> None:
    lines = ",".join(HEAD) + '\nG1,2026-03-02,投诉,"噪声,监察队\n' + "G2,2026-03-02,投诉,油烟,监察队\n" * 3
    with pytest.raises(UnreadableTableError) as refused:
        open_tables(lines.encode())
    assert (refused.value.code, refused.value.facts) == ("file.open_quote", {"line": "2"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_prose_full_of_other_marks_does_not_pass_for_columns(delimiter: str) -> None:
    story = "四月以来，物业公司，业委会，居民，都；多次|反映，停车费，太高，请，查"
    rows = [[f"G{n}", "2026-03-02", story] for n in range(5)]
    (found,) = open_tables(csv_of(["工单编号", "受理时间", "内容"], *rows, delimiter=delimiter))
    assert found.head.labels == ("工单编号", "受理时间", "内容")


def test_dates_without_marks_between_their_parts_are_dates_under_a_head_that_says_so() -> None:
    rows = [["工单编号", "受理时间", "内容"], *([f"G{n}", f"202603{n:02}0915", "噪声"] for n in range(1, 20))]
    assert [row.received_at for row in read(csv_of(*rows))][:1] == [datetime(2026, 3, 1, 9, 15)]


def test_columns_in_another_order_say_the_same() -> None:
    head, cells = (
        ["工单编号", "受理时间", "一级分类", "二级分类", "街道", "社区"],
        ["G1", "2026-03-02", "环保", "噪声", "甲街道", "乙社区"],
    )
    (one,), (other,) = read(csv_of(head, cells)), read(csv_of(head[::-1], cells[::-1]))
    assert one.theme == other.theme[::-1] == ("环保", "噪声")
    assert one.fingerprint == other.fingerprint


def test_a_number_parted_by_thousands_is_the_same_number() -> None:
    (one,), (other,) = (read(csv_of(HEAD, [number, *ROW[1:]])) for number in ("20190001", '"20,190,001"'))
    assert one.number == other.number == "20190001"


def test_a_number_column_with_a_word_in_it_is_no_fault() -> None:
    serials = [
        ["工单编号", "受理时间", "内容"],
        *([f"G{n}", str(46_000 + n), "噪声"] for n in range(30)),
        ["G", "待定", "噪"],
    ]
    (found,) = open_tables(csv_of(*serials))
    assert found.proposed.fields == ("number", "received_at", "text")


def test_rows_that_were_set_aside_come_back_mended_in_their_own_columns() -> None:
    content = set_aside_workbook(HEAD, [(7, "受理时间：没有", ["=1+1", "", *ROW[2:]])])
    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert cells[1][2] == "=1+1", "no cell becomes a formula"
    (row,) = read(content)
    assert row.number == "=1+1"
    assert codes(row) == {"date.missing"}


def test_two_spellings_of_a_unit_are_proposed_as_one_unless_three_units_share_the_name() -> None:
    units = [
        ("综合执法队", "1"),
        ("综合执法队（甲街道办事处）", "1"),
        ("城建办", ""),
        ("城建办（甲街道）", ""),
        ("城建办(乙街道)", ""),
    ]
    assert same_units(units, counts={"综合执法队": 9}) == {"综合执法队（甲街道办事处）": "综合执法队"}
    assert same_units(
        [("规划国土委甲管理局", "5"), ("规土委甲管理局", "5"), ("教育局", "5")], counts={"规划国土委甲管理局": 3}
    ) == {"规土委甲管理局": "规划国土委甲管理局"}


def test_every_sentence_has_both_languages() -> None:
    for chinese, english in MESSAGES.values():
        assert chinese
        assert english.isascii() or "“" in english


def test_of_days_under_heads_that_nobody_knows_the_earliest_is_the_receipt() -> None:
    said = "小区旁边的工地夜里一直施工，吵得人睡不着觉，希望尽快协调处理"
    rows = [[f"2026-03-{n + 5:02}", f"2026-03-{n:02}", f"2026-03-{n + 3:02}", f"{said}{n}"] for n in range(1, 9)]
    (table, *_) = open_tables(csv_of(["限定日", "派发日", "办毕日", "说了什么"], *rows))
    assert dict(zip(table.proposed.labels, table.proposed.fields, strict=True)) == {
        "限定日": "", "派发日": "received_at", "办毕日": "", "说了什么": "text",
    }  # fmt: skip
