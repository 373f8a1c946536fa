"""What a workbook shows struck out is no evidence and no matter; it is told, and moves no cell (§4.4b)."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from pingyi.authoring import people_grids
from pingyi.authoring.case_tables import open_tables
from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.people_tables import read_people
from pingyi.authoring.tables.grids import Grid, read_grids
from pingyi.authoring.tests.evidence_books import HEAD
from pingyi.rules.tests import verdict_cast as cast


def _book(*rows: tuple[object, ...], sheets: int = 1) -> bytes:
    """Return an XLSX; a cell ("s", value) is struck out, ("r", gone, kept) in part."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    struck = book.add_format({"font_strikeout": True})
    day = book.add_format({"font_strikeout": True, "num_format": "yyyy-mm-dd"})
    for _ in range(sheets):
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                _write(sheet, row, column, cell, struck=struck, day=day)
    book.close()
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: object, *, struck: Any, day: Any) -> None:
    match cell:
        case ("s", datetime() as value):
            sheet.write_datetime(row, column, value, day)
        case ("s", value):
            sheet.write(row, column, value, struck)
        case ("r", gone, kept):
            sheet.write_rich_string(row, column, struck, gone, kept)
        case _:
            sheet.write(row, column, cell)


def _grid(*rows: tuple[object, ...]) -> Grid:
    (grid,) = read_grids(_book(*rows))
    return grid


def _told(grid: Grid) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.why, one.count, one.words) for one in grid.unread]


def test_a_struck_cell_keeps_its_place_and_a_struck_row_its_number() -> None:
    grid = _grid(("甲", ("s", 75), 80), (("s", "乙"), ("s", 1), ("s", 2.5)), ("丙", 3, 4))
    assert grid.rows == [["甲", "", 80], ["", "", ""], ["丙", 3, 4]]
    assert _told(grid) == [("struck", 2, ("75", "乙 1 2.5"))]


@pytest.mark.parametrize(
    ("cell", "kept", "gone"),
    [(("r", "75", "80"), "80", "75"), (("r", "不满意<1>", "满意&"), "满意&", "不满意<1>"),
     (("s", datetime(2026, 8, 20)), "", "2026-08-20")],  # noqa: DTZ001 - a cell has no zone
)  # fmt: skip
def test_a_part_of_a_text_and_a_day_can_be_struck_out(cell: object, kept: str, gone: str) -> None:
    grid = _grid(("科室", cell), ("办公室", "在"))
    assert grid.rows == [["科室", kept], ["办公室", "在"]]
    assert _told(grid) == [("struck", 1, (gone,))]


def test_a_workbook_without_any_is_read_as_it_was() -> None:
    grid = _grid(("甲", 1), ("乙", 2))
    assert (grid.rows, grid.unread) == ([["甲", 1], ["乙", 2]], ())


@pytest.mark.parametrize(("val", "rows"), [("0", [["甲", 75]]), ("1", [["甲", ""]])])
def test_a_font_may_say_that_it_does_not_strike_out(val: str, rows: list[list[object]]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(("甲", ("s", 75))))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<strike/>", f'<strike val="{val}"/>'.encode()))
    (grid,) = read_grids(made.getvalue())
    assert grid.rows == rows


def test_a_merged_struck_cell_is_empty_all_over_and_each_sheet_tells_its_own() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet("一").merge_range("A1:B2", "旧", book.add_format({"font_strikeout": True}))
    book.add_worksheet("二").write(0, 0, "新")
    book.close()
    first, second = read_grids(file.getvalue())
    assert {cell for row in first.rows for cell in row} == {""}
    assert _told(first) == [("struck", 1, ("旧",))]
    assert (second.rows, second.unread) == ([["新"]], ())


def test_a_struck_mark_is_no_evidence_and_the_import_says_what_it_did_not_read() -> None:
    day = "2026-08-20"
    good = ("办公室", "工作纪律", "明察暗访", day, 85.5, 1, "暗访-01")
    content = _book(tuple(HEAD), good, tuple(("s", one) for one in good))
    found = read_evidence("八月.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert len(found.evidence) == 1
    (note,) = [one for one in found.problems if one.code == "words.taken_away"]
    assert (note.is_blocking, found.is_good) == (False, True)
    for language in ("zh", "en"):
        assert "暗访-01" in note.sentence(language=language)


def test_a_struck_matter_and_a_struck_person_are_none_and_are_told() -> None:
    head = ("工单编号", "受理时间", "标题")
    gone = tuple(("s", one) for one in ("A2", "2026-03-03", "油烟"))
    (table,) = open_tables(_book(head, ("A1", "2026-03-02", "噪声"), gone))
    assert [row[0] for row in table.sheet.rows() if any(row)] == ["工单编号", "A1"]
    assert [one.words for one in table.sheet.unread] == [("A2 2026-03-03 油烟",)]
    person = tuple(("s", one) for one in ("李二", "办公室", "科室负责人"))
    people = _book(("姓名", "科室", "角色"), ("张一", "办公室", "科室负责人"), person)
    assert [grid.rows[1][0] for grid in people_grids.read_grids(people)] == ["张一"]
    found = read_people(people, kinds={}, known_sections=["办公室"])
    assert [one.name for one in found.people] == ["张一"]
    assert found.unread == {"count": "1", "words": "李二 办公室 科室负责人"}
