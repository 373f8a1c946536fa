"""A hotline's table comes in: XLSX, XLS or CSV → typed rows, each with its problems at their cells (§3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from pingyi.authoring.case_tables.columns import Column, look_at
from pingyi.authoring.case_tables.heads import Head, find_head
from pingyi.authoring.case_tables.mapping import ColumnMapping, propose
from pingyi.authoring.case_tables.problems import RowProblem
from pingyi.authoring.case_tables.rows import CaseReader, CaseRow
from pingyi.authoring.case_tables.terms import beside_states
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.tables.sheets import Sheet, open_sheets

LOOKED_AT = 1000  # rows by which a column is judged

__all__ = ["CaseReader", "CaseRow", "CaseTable", "ColumnMapping", "RowProblem", "UnreadableTableError", "open_tables"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseTable:
    """One sheet that holds matters: its head, what its columns look like, and what they are proposed to be."""

    sheet: Sheet
    head: Head
    columns: tuple[Column, ...]
    proposed: ColumnMapping


def open_tables(content: bytes, *, is_known: bool = False) -> list[CaseTable]:
    """Return the sheets of a file that hold matters, the best first; UnreadableTableError where the file is no table.

    A sheet without a time of receipt or without any content is a cover or a list of codes, unless it is all there is.
    `is_known` says that the same bytes were opened before.
    """
    tables = [_table(sheet, head) for sheet in open_sheets(content, is_known=is_known) if (head := find_head(sheet))]
    if not tables:
        raise UnreadableTableError("head.needs", columns="工单编号、受理时间、内容")
    good = [table for table in tables if not table.proposed.problems()]
    return sorted(good, key=lambda table: -table.head.known) or [max(tables, key=lambda table: table.head.known)]


def _table(sheet: Sheet, head: Head) -> CaseTable:
    rows = list(islice(sheet.rows(), head.first_row - 1, head.first_row - 1 + LOOKED_AT))
    columns = tuple(
        look_at(index, label, [row[index] if index < len(row) else None for row in rows])
        for index, label in enumerate(head.labels)
    )
    columns = beside_states(columns, rows, propose(columns).fields)
    return CaseTable(sheet=sheet, head=head, columns=columns, proposed=propose(columns))
