"""XLSX, XLS and their kin → sheets of cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pingyi.reader.ooxml import Marks
from pingyi.reader.papers import is_locked
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import Merges, Row, Sheet, fault, filled, share
from pingyi.reader.struck_cells import Kept, StruckCells, keep_words, without
from pingyi.reader.unpacking import check_workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PARTS = (("word/", "Word (DOCX)"), ("ppt/", "PowerPoint (PPTX)"), ("content.xml", "OpenDocument"))
BAD = (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError)


def is_workbook(content: bytes) -> bool:
    """Whether the first bytes are those of a zipped or of an old workbook."""
    return content.startswith((ZIP, OLE))


def sheets(content: bytes, *, places: int, marks: bool, known: bool) -> Iterator[Sheet]:
    """Yield the sheets, their rows still to be read."""
    if is_locked(content):
        raise NotReadError("file.password")
    is_zip = content.startswith(ZIP)
    try:
        if is_zip:
            _check(content, places=0 if known else places)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        told = Marks(content) if marks and is_zip else None
        struck = StruckCells(zipfile.ZipFile(io.BytesIO(content))) if is_zip else None
    except PasswordError as locked:
        raise NotReadError("file.password") from locked
    except KeyError as lacking:
        raise NotReadError("file.not_a_table", kind=_kind_of(content)) from lacking
    except BAD as damaged:
        raise NotReadError("file.damaged") from damaged
    return (_sheet(book, name, marks=told, struck=struck, places=places) for name in book.sheet_names)


def _sheet(book: Any, name: str, *, marks: Marks | None, struck: StruckCells | None, places: int) -> Sheet:
    try:
        gone = struck.of_sheet(name) if struck else {}
        sheet = Sheet(
            name="" if len(book.sheet_names) == 1 else name,
            rows=_rows(book, name, marks=marks, struck=gone, places=places),
        )
        if gone:
            keep_words(_bare_rows(book.get_sheet_by_name(name), places=places), gone, sheet.left_out)
    except BAD as damaged:
        raise NotReadError("file.damaged") from damaged
    return sheet


def _check(content: bytes, *, places: int) -> None:
    if places:
        check_workbook(content, places=places)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise NotReadError("file.not_a_table", kind=_kind_of(content))


def _rows(book: Any, name: str, *, marks: Marks | None, struck: Kept, places: int) -> Iterator[Row]:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = _bare_rows(sheet, places=places)
        left = without(rows, struck) if struck else rows
        marked = _marked(left, *marks.of_sheet(name)) if marks else left
        yield from filled(marked, _merges(sheet.merged_cell_ranges or ()))
    except BAD as damaged:
        raise NotReadError("file.damaged") from damaged


def _bare_rows(sheet: Any, *, places: int) -> Iterator[Row]:
    if sheet.start is None:
        return
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > places:
        raise NotReadError("file.far_cell")
    before = [""] * sheet.start[1]
    yield from ([*before, *row] if before else row for row in sheet.iter_rows())


def _marked(rows: Iterator[Row], errors: dict[tuple[int, int], str], shares: set[tuple[int, int]]) -> Iterator[Row]:
    """Put marks where a formula failed, and where a number is shown as per cent."""
    where: dict[int, list[int]] = {}
    for line, column in {*errors, *shares}:
        where.setdefault(line, []).append(column)
    for index, row in enumerate(rows):
        if index in where:
            row = list(row)  # noqa: PLW2901 - the library's own row is not ours to change
            for column in (one for one in where[index] if one < len(row)):
                if (index, column) in errors:
                    row[column] = fault(errors[index, column])
                elif isinstance(row[column], float):
                    row[column] = share(row[column])
        yield row


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Merges:
    found: Merges = {}
    for (top, left), (bottom, right) in ranges:
        found.setdefault(top, []).append((bottom, left, right))
    return found


def _kind_of(content: bytes) -> str:
    """Return what a zipped file is, where it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return "ZIP"
    return next((kind for part, kind in PARTS if any(name.startswith(part) for name in names)), "ZIP")
