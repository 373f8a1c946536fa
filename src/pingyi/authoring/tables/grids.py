"""The bytes of an XLSX, XLS or CSV file → grids of cells, merged cells filled; anything else is refused by its name."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass

from pingyi.authoring.reading.decoding import decode
from pingyi.authoring.reading.unreadable import UnreadableError
from pingyi.authoring.tables.cells import Cell, FormulaError, Percent
from pingyi.authoring.tables.ooxml import Marks
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.tables.unpacking import check_workbook

MOST_MEGABYTES = 60
MOST_ROWS = 500_000
SAMPLED_LINES = 60  # by which the delimiter of a text is judged
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
PARTS = (("word/", "Word (DOCX)"), ("ppt/", "PowerPoint (PPTX)"), ("content.xml", "OpenDocument"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """One sheet: its name, empty where the file has only one, and its rows; the first row is row 1 of the file."""

    name: str
    rows: list[list[Cell]]


def read_grids(content: bytes) -> list[Grid]:
    """Return the sheets of a table; what it is, is seen from its bytes and not from its name."""
    refuse_others(content)
    grids = _workbook(content) if content.startswith((ZIP, OLE)) else [_text(content)]
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise UnreadableTableError("file.too_many_rows", most=str(MOST_ROWS))
    return grids


def refuse_others(content: bytes) -> None:
    """Refuse what cannot be a table, by its size or its first bytes."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise UnreadableTableError("file.too_large", most=str(MOST_MEGABYTES))
    if not content.strip():
        raise UnreadableTableError("file.empty")
    for magic, kind in OTHERS:
        if content.startswith(magic):
            raise UnreadableTableError("file.not_a_table", kind=kind)


def _workbook(content: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if content.startswith(ZIP):
        check_workbook(content)
    try:
        marks = Marks(content) if content.startswith(ZIP) else None
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        only = len(book.sheet_names) == 1
        return [_sheet(book, name, shown_as="" if only else name, marks=marks) for name in book.sheet_names]
    except PasswordError as fault:
        raise UnreadableTableError("file.password") from fault
    except KeyError as fault:
        raise UnreadableTableError("file.not_a_table", kind=kind_of(content)) from fault
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as fault:
        raise UnreadableTableError("file.damaged") from fault


def _sheet(book: object, name: str, *, shown_as: str, marks: Marks | None) -> Grid:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    errors, shares = marks.of_sheet(name) if marks else ({}, set())
    for row, column in shares:
        if row < len(rows) and column < len(rows[row]) and isinstance(rows[row][column], float):
            rows[row][column] = Percent(rows[row][column])  # type: ignore[arg-type]
    for (row, column), error in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = FormulaError(error)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(rows, top=top, left=left, bottom=bottom, right=right)
    return Grid(name=shown_as, rows=rows)


def _fill(rows: list[list[Cell]], *, top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range the value of its first."""
    for row in range(top, min(bottom, len(rows) - 1) + 1):
        for column in range(left, min(right, len(rows[row]) - 1) + 1):
            rows[row][column] = rows[top][left]


def _text(content: bytes) -> Grid:
    encoding, delimiter = text_form(content)
    words = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    try:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(words, delimiter=delimiter)]
    except csv.Error as fault:
        raise UnreadableTableError("file.damaged") from fault
    return Grid(name="", rows=rows)


def text_form(content: bytes) -> tuple[str, str]:
    """Return the encoding and the delimiter of a table that is text."""
    try:
        words, encoding = decode(content, name="")
    except UnreadableError as fault:
        raise UnreadableTableError("file.text") from fault
    start = words.lstrip()[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise UnreadableTableError("file.not_a_table", kind="HTML/XML")
    if words.count("\ufffd") > len(words) // 20:
        raise UnreadableTableError("file.text")
    lines = words[:200_000].splitlines(keepends=True)[:SAMPLED_LINES]
    return encoding, max(",\t;，|", key=lambda mark: _evenness(lines, mark=mark))


def _evenness(lines: list[str], *, mark: str) -> tuple[float, int]:
    """Return the share of rows that this delimiter makes equally wide, and how wide; prose is full of commas too."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if any(row))
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda one: (one[1] if one[0] > 1 else 0, one[0]), default=(0, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)


def kind_of(content: bytes) -> str:
    """Return what a zipped file is, where it is no workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return "ZIP"
    return next((kind for part, kind in PARTS if any(name.startswith(part) for name in names)), "ZIP")
