"""A table of any kind → its sheets, each a name and rows of cells; what it is, is seen from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pingyi.reader import excel_xml, georeport, web_tables, workbooks
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import MOST_COLUMNS, Budget, Row, Sheet
from pingyi.reader.text_tables import text_sheet

MOST_MEGABYTES = 60
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


def sheets(
    content: bytes, *, places: int, marks: bool, known: bool, reports: bool, strict: bool = False
) -> Iterator[Sheet]:
    """Yield the sheets of a table, their rows still to be read.

    `marks` tells formula errors and per cents apart, `known` that the same bytes were looked through before, `reports`
    that what another system exports by Open311 is a table too, `strict` that no encoding is guessed. `places` bounds
    rows × columns of all sheets.
    """
    _refuse_others(content)
    if workbooks.is_workbook(content):
        return workbooks.sheets(content, places=places, marks=marks, known=known)
    if reports and georeport.is_georeport(content) and not excel_xml.is_excel_xml(content):
        return iter([Sheet(name="", rows=iter(georeport.read_rows(content)))])
    if web_tables.is_archive(content):
        return web_tables.archived_sheets(content)
    if excel_xml.is_excel_xml(content):
        return excel_xml.sheets(content)
    if web_tables.is_page(content):
        return web_tables.sheets(content)
    return iter([text_sheet(content, strict=strict)])


def bounded(sheet: Sheet, *, most_rows: int, budget: Budget) -> Iterator[Row]:
    """Yield the rows of a sheet as long as they are no more and no wider than a table can be."""
    for row in islice(sheet.rows, most_rows):
        width = len(row)
        if width > MOST_COLUMNS:
            while width and (row[width - 1] is None or row[width - 1] == ""):
                width -= 1
            if width > MOST_COLUMNS:
                raise NotReadError("file.too_many_columns", most=str(MOST_COLUMNS))
        budget.take(width)
        yield row[:width]
    if next(iter(sheet.rows), None) is not None:
        raise NotReadError("file.too_many_rows", most=str(most_rows))


def _refuse_others(content: bytes) -> None:
    """Refuse what cannot be a table, by its size or its first bytes."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise NotReadError("file.too_large", most=str(MOST_MEGABYTES))
    if not content.strip():
        raise NotReadError("file.empty")
    for magic, kind in OTHERS:
        if content.startswith(magic):
            raise NotReadError("file.not_a_table", kind=kind)
