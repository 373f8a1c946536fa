"""The hotlines' real tables go through, each in its own shape."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from pingyi.authoring.case_tables import open_tables
from pingyi.authoring.case_tables.units import same_units
from pingyi.authoring.tests.case_books import read, table

APPEALS = "data/cn-pingshan-2018-appeals/坪山区-民生诉求数据"
BOSTON = "data/us-boston311-2015/boston_311_2015.csv.gz"


def content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_the_districts_appeals_are_the_same_rows_as_workbook_and_as_text(shared: Path) -> None:
    book, text = (read(content(shared / f"{APPEALS}{ending}")) for ending in (".xlsx", ".csv.gz"))
    assert len(book) == 4964
    assert [row.fingerprint for row in book] == [row.fingerprint for row in text]
    assert not any(row.is_set_aside for row in book)


def test_the_districts_kinds_and_flags_are_counted_as_the_file_counts_them(shared: Path) -> None:
    rows = read(content(shared / f"{APPEALS}.xlsx"))
    kinds = Counter(row.kind for row in rows)
    assert kinds == {"complaint": 4633, "inquiry": 199, "suggestion": 92, "help": 27, "praise": 3, None: 10}
    assert Counter(row.is_on_time for row in rows if row.is_closed) == {True: 4507, False: 455}
    assert sum(row.unit == "" for row in rows) == 10, "a dash is no unit"


def test_the_districts_units_of_two_spellings_are_proposed_as_one(shared: Path) -> None:
    rows = read(content(shared / f"{APPEALS}.xlsx"))
    same = same_units(((row.unit, row.unit_id) for row in rows), counts=Counter(row.unit for row in rows))
    assert same["坪山街道综合执法队（坪山街道办事处）"] == "坪山街道综合执法队"
    assert same["市规土委坪山管理局"] == "市规划国土委坪山管理局"
    assert not {"城建办（坑梓街道办事处）", "市政服务中心（坑梓街道办事处）", "城建办"} & set(same)


@pytest.mark.parametrize(("name", "rows"), [("附件3.xlsx", 2172), ("附件4.xlsx", 1377), ("附件2_示例.xlsx", 226)])
def test_the_message_board_goes_through(shared: Path, name: str, rows: int) -> None:
    found = read(content(shared / "data/cn-taidi2020-messages" / name))
    assert len(found) == rows
    assert sum(row.is_set_aside for row in found) == (name == "附件2_示例.xlsx"), "one number stands there twice"
    assert all(row.text and row.title and row.person for row in found)
    assert all(row.answer and row.answered_at for row in found) is (name == "附件4.xlsx")


def test_a_citys_year_is_on_time_per_department_as_its_own_flag_says(shared: Path) -> None:
    held = content(shared / BOSTON)
    source = {row["CASE_ENQUIRY_ID"]: row for row in csv.DictReader(io.StringIO(held.decode()))}
    ours: dict[str, Counter[bool | None]] = defaultdict(Counter)
    theirs: dict[str, Counter[bool | None]] = defaultdict(Counter)
    rows = read(held)
    assert len(rows) == len(source) == 60_410
    for row in rows:
        flag = source[row.number]["OnTime_Status"]
        if row.is_closed and flag:
            ours[row.unit][row.is_on_time] += 1
            theirs[row.unit][flag == "ONTIME"] += 1
    assert ours == theirs


@pytest.mark.parametrize(("name", "rows"), [("2018.csv", 1000), ("2017.csv", 155), ("2023_soda.csv", 500)])
def test_three_shapes_of_one_citys_export_mean_the_same_columns(shared: Path, name: str, rows: int) -> None:
    held = content(shared / "data/us-nyc311-samples" / f"nyc_311_{name}")
    assert len(read(held)) == rows
    assert {"number", "received_at", "closed_at", "unit", "theme", "status", "answer", "place"} <= set(
        table(held).proposed.fields
    )


def test_a_data_dictionary_holds_no_matters_that_could_be_taken(shared: Path) -> None:
    held = content(shared / "data/us-nyc311-samples/311_SR_Data_Dictionary_2018.xlsx")
    assert all(one.proposed.problems() for one in open_tables(held))
