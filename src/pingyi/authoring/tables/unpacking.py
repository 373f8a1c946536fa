"""A zipped workbook is unpacked once to see that it holds what it says, before a reader lays its cells out.

A reader keeps every place between the first cell and the last: two cells far apart in a file of six kilobytes would
take all memory, and the process with it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pingyi.authoring.tables.ooxml import MOST_UNPACKED
from pingyi.authoring.tables.problems import UnreadableTableError

MOST_PLACES = 30_000_000  # rows × columns of one sheet; the reader needs some thirty bytes for each
PIECE, SEAM = 1 << 20, 64  # bytes that are looked at together, and how many of them once more: a name may lie across
NEAR_ROWS, NEAR_COLUMNS = 99_999, 26  # a usual sheet stays within, and is looked through quickly
FAR_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d{6,})""")
ANY_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d+)""")
FAR_COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{2,})\d""")


def check_workbook(content: bytes) -> None:
    """Refuse a zipped workbook that unpacks to more than a table can be, or whose sheets span too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise UnreadableTableError("file.unpacks", most=str(MOST_UNPACKED // 1_000_000))
        for part in archive.infolist():
            _check(archive, part, is_sheet="worksheets/" in part.filename.casefold())
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise UnreadableTableError("file.damaged") from fault


def _check(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_sheet: bool) -> None:
    """Unpack a part to its end, which holds it to the length that it names and to its checksum."""
    rows, columns = NEAR_ROWS, NEAR_COLUMNS
    for piece in _pieces(archive, part):
        if is_sheet:
            rows = max([rows, *map(int, FAR_ROW.findall(piece))])
            columns = max([columns, *map(_number, FAR_COLUMN.findall(piece))])
    if rows * columns > MOST_PLACES and _rows(archive, part) * columns > MOST_PLACES:
        raise UnreadableTableError("file.far_cell")


def _rows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    return max(max(map(int, ANY_ROW.findall(piece)), default=0) for piece in _pieces(archive, part))


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    last = b""
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            yield last + piece
            last = piece[-SEAM:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
