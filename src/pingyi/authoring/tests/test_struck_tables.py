"""What a page shows struck out, or not at all, is no evidence and no matter; it is told and moves no cell (§4.4b)."""

from __future__ import annotations

import pytest

from pingyi.authoring import people_grids
from pingyi.authoring.case_tables import open_tables
from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.people_tables import read_people
from pingyi.authoring.tables.grids import Grid, read_grids
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.rules.tests import verdict_cast as cast

LOOKS = [
    ("<s>{}</s>", "struck"),
    ("<strike>{}</strike>", "struck"),
    ("<del>{}</del>", "deleted"),
    ('<span style="text-decoration:line-through">{}</span>', "struck"),
    ('<span style="display:none">{}</span>', "hidden"),
    ('<span style="visibility: hidden">{}</span>', "hidden"),
    ("<span hidden>{}</span>", "hidden"),
    ('<font class="old">{}</font>', "hidden"),
]


def _grid(rows: str) -> Grid:
    head = "<meta charset=utf-8><style>.old { mso-hide: all }</style>"
    (grid,) = read_grids(f"<html><head>{head}</head><body><table>{rows}</table></body></html>".encode())
    return grid


@pytest.mark.parametrize(("look", "why"), LOOKS)
def test_words_taken_away_in_a_cell_are_no_part_of_it_and_are_told(look: str, why: str) -> None:
    grid = _grid(f"<tr><td>办公室</td><td>{look.format('75')}80</td></tr>")
    assert grid.rows == [["办公室", "80"]]
    assert [(one.why, one.count, one.words) for one in grid.unread] == [(why, 1, ("75",))]


@pytest.mark.parametrize("look", ["text-decoration: line-through", "display:none", "visibility:hidden"])
def test_a_cell_taken_away_keeps_its_place_and_a_row_its_number(look: str) -> None:
    grid = _grid(
        f"<tr><td>甲</td><td style='{look}'>75</td><td>80</td></tr>"
        f"<tr style='{look}'><td>乙</td><td>1</td><td>2</td></tr><tr><td>丙</td><td>3</td><td>4</td></tr>"
    )
    assert grid.rows == [["甲", "", "80"], [], ["丙", "3", "4"]]
    assert [one.words for one in grid.unread] == [("75", "乙 1 2")]


def test_rows_of_a_part_and_a_whole_table_can_be_taken_away() -> None:
    page = "<html><table><tbody><tr><td>1</td></tr></tbody><tbody hidden><tr><td>2</td></tr><tr><td>3</td></tr></tbody>"
    page += "</table><div style='display:none'><table><tr><td>4</td></tr></table></div></html>"
    (grid,) = read_grids(page.encode())
    assert grid.rows == [["1"], [], []]
    assert [one.words for one in grid.unread] == [("2 3",)]
    with pytest.raises(UnreadableTableError) as refused:
        read_grids(b"<html><table hidden><tr><td>4</td></tr></table></html>")
    assert refused.value.code == "file.not_a_table"


def test_a_page_says_by_no_attribute_of_ours_what_is_taken_away() -> None:
    grid = _grid("<tr><td data-taken-away='struck'>75</td><td data-taken-away='x'>80</td></tr>")
    assert (grid.rows, grid.unread) == ([["75", "80"]], ())


def test_a_page_without_any_is_read_as_it_was() -> None:
    rows = "<tr><td rowspan=2>甲</td><td>1<br>2</td></tr><tr><td class=hidden>3</td></tr>"
    assert (_grid(rows).rows, _grid(rows).unread) == ([["甲", "1\n2"], ["甲", "3"]], ())


def test_a_struck_out_mark_is_no_evidence_and_the_import_says_what_it_did_not_read() -> None:
    head = "".join(f"<th>{one}</th>" for one in ("科室", "指标", "日期", "数值"))
    rows = "".join(
        f"<tr><td>办公室</td><td>群众满意度</td><td>2026-08-20</td><td>{one}</td></tr>"
        for one in ("<s>不满意</s>满意", "满意")
    )
    page = f"<html><meta charset=utf-8><table><tr>{head}</tr>{rows}</table></html>"
    found = read_evidence("a.xls", page.encode(), plan=cast.plan(), sections=cast.SECTIONS)
    assert [one.value for one in found.evidence] == [one.value for one in found.evidence[:1]] * 2
    (note,) = [one for one in found.problems if one.code == "words.taken_away"]
    assert (note.is_blocking, found.is_good) == (False, True)
    for language in ("zh", "en"):
        assert "不满意" in note.sentence(language=language)


def test_a_hidden_matter_is_none_and_is_told_with_its_sheet() -> None:
    head = "<tr><th>工单编号</th><th>受理时间</th><th>标题</th></tr>"
    rows = "<tr><td>A1</td><td>2026-03-02</td><td>噪声</td></tr>"
    rows += "<tr hidden><td>A2</td><td>2026-03-03</td><td>油烟</td></tr>"
    (table,) = open_tables(f"<html><meta charset=utf-8><table>{head}{rows}</table></html>".encode())
    assert [row[:1] for row in table.sheet.rows()] == [["工单编号"], ["A1"], []]
    assert [one.words for one in table.sheet.unread] == [("A2 2026-03-03 油烟",)]


def test_a_struck_out_person_is_none_and_is_told() -> None:
    rows = "<tr><th>姓名</th><th>科室</th><th>角色</th></tr><tr><td>张一</td><td>办公室</td><td>科室负责人</td></tr>"
    rows += "<tr style='text-decoration:line-through'><td>李二</td><td>办公室</td><td>科室负责人</td></tr>"
    page = f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()
    (grid,) = people_grids.read_grids(page)
    assert [row[:1] for row in grid.rows] == [["姓名"], ["张一"], []]
    found = read_people(page, kinds={}, known_sections=["办公室"])
    assert [one.name for one in found.people] == ["张一"]
    assert found.unread == {"count": "1", "words": "李二 办公室 科室负责人"}
