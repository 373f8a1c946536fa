"""Workbooks of evidence that the tests of tables share."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from pingyi.authoring.evidence_tables import EvidenceTable, read_evidence
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
