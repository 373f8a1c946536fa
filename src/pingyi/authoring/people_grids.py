"""The bytes of an XLSX, XLS or CSV file as plain grids of clean text, merged cells filled."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.tables.unpacking import check_workbook

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0xFEFF: None}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")


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


def read_grids(content: bytes) -> list[Grid]:
    """Return the sheets of a table file; what it is, is seen from its bytes and not from its name."""
    if len(content) > MOST_BYTES:
        raise UnreadableFileError("file.too_large", most=MOST_BYTES // 1_000_000)
    if not content.strip():
        raise UnreadableFileError("file.empty")
    grids = _workbook(content) if content.startswith((_ZIP, _OLE)) else [_text(content)]
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


def _workbook(content: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    if content.startswith(_ZIP):
        _check(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(book, name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError, EOFError) as fault:
        raise UnreadableFileError("file.damaged") from fault


def _check(content: bytes) -> None:
    try:
        check_workbook(content)
    except UnreadableTableError as fault:
        code = "file.damaged" if fault.code == "file.damaged" else "file.too_many_rows"
        raise UnreadableFileError(code, most=MOST_ROWS) from fault


def _sheet(book: object, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    if sheet.height > MOST_ROWS:
        raise UnreadableFileError("file.too_many_rows", most=MOST_ROWS)
    rows = [[clean(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(rows, top, left, bottom, right)
    return Grid(name=name, rows=rows)


def _fill(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    if top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = rows[top][left]


def _text(content: bytes) -> Grid:
    if content.startswith(_OTHERS) or (b"\x00" in content and not content.startswith(_UTF16)):
        raise UnreadableFileError("file.not_a_table")
    text = _decoded(content)
    mark = max(",\t;，", key=text[:4000].count)
    if mark == "，":
        text, mark = text.replace("，", ","), ","
    try:
        rows = [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error as fault:
        raise UnreadableFileError("file.damaged") from fault
    return Grid(name="", rows=rows)


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("file.encoding")


def _encodings(content: bytes) -> Iterator[str]:
    if content.startswith(_UTF16):
        yield "utf-16"
    yield "utf-8-sig"
    yield "gb18030"
