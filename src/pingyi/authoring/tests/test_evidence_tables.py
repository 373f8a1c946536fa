"""Cells as offices really write them: read rightly, or refused with the place and what to do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pingyi.authoring.evidence_tables import read_evidence, section_words
from pingyi.authoring.evidence_tables.problems import MESSAGES
from pingyi.authoring.tests.evidence_books import DAY, HEAD, codes, good_row, table, workbook
from pingyi.rules.tests import verdict_cast as cast


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


UNREADABLE = [
    (b"", "file.empty"),
    (b"   \n", "file.empty"),
    (b"%PDF-1.7 ...", "file.not_a_table"),
    (b"\x89PNG\r\n\x1a\n....", "file.not_a_table"),
    (b"<html><body><p>1</p></body></html>", "file.not_a_table"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "head.missing"),
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


@pytest.mark.parametrize("rows", [10_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_table_of_many_rows_is_read_whole(rows: int) -> None:
    lines = ["科室,指标,日期,数值,佐证"]
    names = [name for name, _ in cast.NAMES.values()]
    lines += [
        f"{names[i % 5]},群众满意度,2026-08-20,{('满意', '基本满意', '不了解')[i % 3]},问卷{i}" for i in range(rows)
    ]
    found = read_evidence("a.csv", "\n".join(lines).encode(), plan=cast.plan(), sections=cast.SECTIONS)
    assert found.rows_read == len(found.evidence) == rows
    assert codes(found) == []


def test_a_table_tells_which_sections_it_names() -> None:
    content = workbook([["标题"], HEAD, good_row(), good_row(科室="保卫科"), good_row(), ["合计"]])
    assert section_words(content, plan=cast.plan()) == ("办公室", "保卫科")


def test_every_message_is_in_both_languages() -> None:
    for chinese, english in MESSAGES.values():
        assert any("一" <= letter <= "鿿" for letter in chinese)
        assert english
