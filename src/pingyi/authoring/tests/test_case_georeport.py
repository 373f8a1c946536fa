"""What other systems export by Open311 GeoReport v2 goes through as any hotline's table."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pingyi.authoring.case_tables import UnreadableTableError, open_tables
from pingyi.authoring.tests.case_books import read

FIXTURES = "data/open311-fixtures"
ONE: dict[str, Any] = {
    "service_request_id": "8841",
    "status": "closed",
    "service_name": "Street light",
    "description": "路灯不亮",
    "requested_datetime": "2026-03-02T08:00:00+08:00",
    "updated_datetime": "2026-03-04T09:00:00+08:00",
    "expected_datetime": "2026-03-05T18:00:00+08:00",
}


def code(content: bytes | str) -> tuple[str, dict[str, str]]:
    with pytest.raises(UnreadableTableError) as refused:
        open_tables(content if isinstance(content, bytes) else content.encode())
    assert refused.value.sentence(language="en") != refused.value.sentence(language="zh")
    return refused.value.code, refused.value.facts


def written(*changes: dict[str, Any]) -> bytes:
    return json.dumps([{**ONE, **one} for one in changes], ensure_ascii=False).encode()


def test_a_citys_real_requests_are_on_time_as_their_own_dates_say(shared: Path) -> None:
    content = (shared / FIXTURES / "sf_2011_requests.json").read_bytes()
    source = {one["service_request_id"]: one for one in json.loads(content)}
    rows = read(content)
    assert len(rows) == len(source) == 263
    assert not any(row.is_set_aside for row in rows)
    for row in rows:
        one = source[row.number]
        assert row.is_closed is (one["status"] == "closed")
        has_dates = row.is_closed and one["expected_datetime"]
        expected = one["updated_datetime"] <= one["expected_datetime"] if has_dates else None
        assert row.is_on_time is expected, row.number
    assert {row.is_on_time for row in rows} >= {True, False}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("spec_10_service_requests.xml", 2),
        ("spec_11_service_request_id.json", 2),
        ("spec_12_service_requests.xml", 1),
        ("spec_13_service_request_id.json", 1),
    ],
)
def test_the_standards_own_requests_go_through_invalid_numbers_and_all(shared: Path, name: str, rows: int) -> None:
    found = read((shared / FIXTURES / name).read_bytes())
    assert len(found) == rows
    assert (found[0].number, found[0].theme, found[0].answer) == (
        "638344",
        ("Sidewalk and Curb Issues",),
        "Duplicate request.",
    )
    assert found[0].received_at == datetime(2010, 4, 14, 22, 37, 38), "a moment of another zone is told in ours"  # noqa: DTZ001
    assert (found[0].is_closed, found[0].is_on_time) == (True, True)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("01_services.xml", "services"), ("02_service_code.json", "services"), ("03_service_definition.xml", "services"),  # noqa: E501
        ("04_service_code.json", "services"), ("05_x.txt", "form"), ("06_service_requests.xml", "receipts"),
        ("07_service_request_id.json", "receipts"), ("08_service_requests.xml", "receipts"),
        ("09_service_request_id.json", "receipts"), ("14_errors.txt", "form"), ("15_code.txt", "form"),
    ],
)  # fmt: skip
def test_what_holds_no_requests_is_called_by_its_name(shared: Path, number: str, fault: str) -> None:
    assert code((shared / FIXTURES / f"spec_{number}").read_bytes())[0] == f"georeport.{fault}"


def test_only_a_closed_request_has_the_time_of_its_last_update_as_closing_time() -> None:
    closed, open_, late = read(written({}, {"service_request_id": "2", "status": "open"}, {
        "service_request_id": "3", "updated_datetime": "2026-03-05T18:00:01+08:00",
    }))  # fmt: skip
    assert (closed.closed_at, closed.is_on_time) == (datetime(2026, 3, 4, 9), True)  # noqa: DTZ001
    assert (open_.closed_at, open_.is_closed, open_.is_on_time) == (None, False, None)
    assert late.is_on_time is False, "a second after the due time is late"
    assert all(row.answered_at is None for row in (closed, open_, late)), "an update is no answer"


def test_codes_with_leading_zeros_stay_as_they_are_written() -> None:
    content = written({}).replace(b'"8841"', b"0088").replace("路灯不亮".encode(), '路灯\\"007\\"不亮'.encode())
    (row,) = read(content)
    assert (row.number, row.text) == ("0088", '路灯"007"不亮')


@pytest.mark.parametrize("form", ["bare", "named", "one", "gb18030", "mark"])
def test_a_list_is_found_in_every_usual_wrapping(form: str) -> None:
    plain = written({}, {"service_request_id": "2"} if form != "one" else {})
    content = {
        "bare": plain,
        "named": b'{"jurisdiction": "x", "requests": ' + plain + b"}",
        "one": json.dumps(ONE).encode(),
        "gb18030": plain.decode().encode("gb18030"),
        "mark": b"\xef\xbb\xbf" + plain,
    }[form]
    assert len(read(content)) == (1 if form == "one" else 2)
    assert read(content)[0].text == "路灯不亮"


def test_a_broken_file_is_refused_at_its_line_and_column() -> None:
    assert code('[\n {"service_code":006, "a": "007",\n  "b" 5}\n]') == (
        "georeport.json",
        {"line": "3", "column": "7"},
    )
    assert code('[\n // all requests\n {"a": 1}]') == ("georeport.comment", {"line": "2", "column": "2"})
    broken = code("<service_requests>\n<request></service_requests>")
    assert (broken[0], broken[1]["line"]) == ("georeport.xml", "2")
    assert code("[]")[0] == code("[[]]")[0] == code("<service_requests/>")[0] == "georeport.nothing"
    assert code("[" * 100_000)[0] in {"georeport.json", "file.damaged"}
    assert code("<?xml version='1.0'?><rss/>") == ("file.not_a_table", {"kind": "HTML/XML"})


def test_hostile_content_neither_reads_other_files_nor_breaks_later_ones() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><service_requests><request>'
    cells = "".join(f"<{name}>{value}</{name}>" for name, value in ONE.items() if name != "description")
    (row,) = read(f"{bomb}{cells}<description>&e;</description></request></service_requests>".encode())
    assert "root" not in row.text
    (row,) = read(written({}).replace("路灯不亮".encode(), b"a\\u0000\\ud800b"))
    assert row.text == "a\ufffdb"


def test_a_csv_whose_first_head_is_in_brackets_is_still_a_table() -> None:
    content = "[工单编号],受理时间,内容\nG1,2026-03-02,路灯不亮\n".encode()
    (row,) = read(content)
    assert row.received_at == date(2026, 3, 2)
