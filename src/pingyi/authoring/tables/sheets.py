"""Large tables, row by row: the file is held once, its rows never all at the same time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pingyi.authoring.tables import georeport
from pingyi.authoring.tables.cells import Cell
from pingyi.authoring.tables.grids import MOST_MEGABYTES, MOST_ROWS, OLE, ZIP, kind_of, refuse_others, text_form
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.tables.unpacking import check_workbook

csv.field_size_limit(MOST_MEGABYTES * 1_000_000)  # what is too long for a case is said at its cell
Merges = dict[int, list[tuple[int, int, int]]]  # top row → bottom row, first and last column
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: its name, empty where the file has only one, and its rows, read anew at each call."""

    name: str
    rows: Callable[[], Rows]


def open_sheets(content: bytes, *, is_known: bool = False) -> list[Sheet]:
    """Return the sheets of a table without reading their rows; what it is, is seen from its bytes.

    `is_known` says that the same bytes were opened before, so they are not looked through again.
    """
    refuse_others(content)
    if content.startswith(ZIP) and not is_known:
        check_workbook(content)
    if georeport.is_georeport(content):
        held = georeport.read_rows(content)
        if len(held) > MOST_ROWS:
            raise UnreadableTableError("file.too_many_rows", most=str(MOST_ROWS))
        return [Sheet(name="", rows=lambda: iter(held))]
    if not content.startswith((ZIP, OLE)):
        encoding, delimiter = text_form(content)
        return [Sheet(name="", rows=lambda: _lines(content, encoding=encoding, delimiter=delimiter))]
    book = _open(content)
    names: list[str] = book.sheet_names
    sheet_of = lru_cache(maxsize=1)(book.get_sheet_by_name)  # its head, its columns and its rows are read in turn
    return [
        Sheet(name="" if len(names) == 1 else name, rows=lambda name=name: _rows_of(sheet_of, name))  # type: ignore[misc]
        for name in names
    ]


def _open(content: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        if content.startswith(ZIP) and "xl/workbook.xml" not in zipfile.ZipFile(io.BytesIO(content)).namelist():
            raise UnreadableTableError("file.not_a_table", kind=kind_of(content))
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as fault:
        raise UnreadableTableError("file.password") from fault
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as fault:
        raise UnreadableTableError("file.damaged") from fault


def _rows_of(sheet_of: Callable[[str], Any], name: str) -> Rows:
    from python_calamine import CalamineError

    try:
        sheet = sheet_of(name)
        if sheet.total_height > MOST_ROWS:
            raise UnreadableTableError("file.too_many_rows", most=str(MOST_ROWS))
        merges = _merges(sheet.merged_cell_ranges or ())
        yield from _filled(sheet.iter_rows(), merges) if merges else sheet.iter_rows()
    except (CalamineError, OSError, ValueError, EOFError) as fault:
        raise UnreadableTableError("file.damaged") from fault


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Merges:
    found: Merges = {}
    for (top, left), (bottom, right) in ranges:
        found.setdefault(top, []).append((bottom, left, right))
    return found


def _filled(rows: Rows, merges: Merges) -> Rows:
    """Give every cell of a merged range the value of its first."""
    open_: list[tuple[int, int, int, Cell]] = []
    for index, row in enumerate(rows):
        new = [(bottom, left, right, row[left]) for bottom, left, right in merges.get(index, ()) if left < len(row)]
        open_ = [one for one in open_ if one[0] >= index] + new
        if open_:
            row = list(row)  # noqa: PLW2901 - the reader's own row is not ours to change
            for _, left, right, value in open_:
                row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
        yield row


def _lines(content: bytes, *, encoding: str, delimiter: str) -> Rows:
    words = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    heard: list[str] = []  # the lines of the row that is being read
    first = 1
    try:
        for index, row in enumerate(csv.reader(_remembered(words, heard), delimiter=delimiter)):
            if index >= MOST_ROWS:
                raise UnreadableTableError("file.too_many_rows", most=str(MOST_ROWS))
            if len(heard) > 1 and _is_open(heard, delimiter=delimiter):
                raise UnreadableTableError("file.open_quote", line=str(first))
            first += len(heard)
            heard.clear()
            yield row
    except csv.Error as fault:
        raise UnreadableTableError("file.damaged") from fault


def _remembered(lines: Iterable[str], heard: list[str]) -> Iterator[str]:
    for line in lines:
        heard.append(line)
        yield line


def _is_open(lines: Sequence[str], *, delimiter: str) -> bool:
    """Whether a quotation mark is never closed: the reader then takes all that follows for one cell."""
    if not sum(line.count('"') for line in lines) % 2:
        return False
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "end of data" in str(fault)
    return False
