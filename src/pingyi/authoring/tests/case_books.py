"""Tables as hotlines send them, made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from pingyi.authoring.case_tables import CaseReader, CaseRow, CaseTable, open_tables

ON = date(2026, 6, 30)
HEAD = ["工单编号", "受理时间", "诉求类型", "诉求内容", "承办单位", "办结期限", "办结时间", "联系电话"]
ROW = [
    "G001",
    "2026-03-02 09:15:00",
    "投诉",
    "夜间施工噪声很大",
    "环境监察大队",
    "2026-03-09",
    "2026-03-06",
    "13800000000",
]


def csv_of(*rows: Sequence[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return rows as a text file."""
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def workbook(
    *sheets: tuple[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[int, int, int, int, str]] = ()
) -> bytes:
    """Return sheets as a workbook; the merged ranges lie on the first."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    for top, left, bottom, right, words in merged:
        book.worksheets()[0].merge_range(top, left, bottom, right, words)
    book.close()
    return out.getvalue()


def table(content: bytes) -> CaseTable:
    """Return the file's best table."""
    return open_tables(content)[0]


def read(content: bytes, **fields: str) -> list[CaseRow]:
    """Read a file under its proposed mapping, with the columns of these labels set otherwise."""
    found = table(content)
    labels = found.proposed.labels
    mapping = found.proposed.corrected({labels.index(label): field for label, field in fields.items()})
    return list(CaseReader(found.head, mapping, on=ON).read(found.sheet))


def codes(row: CaseRow) -> set[str]:
    """Return what is wrong with a row."""
    return {problem.code for problem in row.problems}
