"""A table of sections and people as plain grids of clean text, merged cells filled; the reader opens the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from pingyi.authoring.tables import asked
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.unread import Unread

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0xFEFF: None}
# What the reader says of a table → what is said here of one that should hold sections and people.
_SAID = {
    "file.not_a_table": "file.not_a_table",
    "file.too_many_rows": "file.too_many_rows",
    "file.too_many_columns": "file.too_many_rows",
    "file.far_cell": "file.too_many_rows",
    "file.unpacks": "file.too_many_rows",
    "file.too_much": "file.too_many_rows",
    "file.text": "file.encoding",
    "file.busy": "file.busy",
}


class UnreadableFileError(Exception):
    """A file that is no table; `code` is a key of people_words.MESSAGES."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and the facts of its sentence."""
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """One sheet: its name, and its rows of cells as text; the first row is row 1."""

    name: str
    rows: list[list[str]]
    unread: tuple[Unread, ...] = ()


def read_grids(content: bytes) -> list[Grid]:
    """Return the sheets of a table file; what it is, is seen from its bytes and not from its name."""
    if len(content) > MOST_BYTES:
        raise UnreadableFileError("file.too_large", most=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise UnreadableFileError("file.empty")
    grids = _grids(content)
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise UnreadableFileError("file.too_many_rows", most=MOST_ROWS)
    return grids


def clean(value: object) -> str:
    """Return a cell as text: narrow digits and letters, whole numbers without ".0", dates as ISO."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = " ".join(str("" if value is None else value).translate(_WIDE).split())
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)  # 王　强 is 王强, set apart for the eye


def _grids(content: bytes) -> list[Grid]:
    grids: list[Grid] = []
    try:
        for begins, piece in asked.pieces(content, most=MOST_ROWS, marks=False, strict=True):
            if begins is not None:
                grids.append(Grid(name=begins.name, rows=[], unread=asked.unread(begins)))
            else:
                grids[-1].rows.extend([clean(cell) for cell in asked.row(line)] for line in piece.split(b"\n"))
    except UnreadableTableError as fault:
        raise UnreadableFileError(_SAID.get(fault.code, "file.damaged"), most=MOST_ROWS) from fault
    return grids
