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

from pingyi.reader.ooxml import MOST_UNPACKED
from pingyi.reader.refusals import NotReadError

PIECE, SEAM = 1 << 20, 64  # bytes that are looked at together, and how many of them once more: a name may lie across
NEAR_ROWS, NEAR_COLUMNS = 99_999, 26  # a usual sheet stays within, and is looked through quickly
HEAD = 4096  # bytes in which the first element stands
SHEET = re.compile(rb"<(?:\w+:)?(?:worksheet|dialogsheet|chartsheet)\b")
FAR_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d{6,})""")
ANY_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d+)""")
FAR_COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{2,})\d""")


def check_workbook(content: bytes, *, places: int) -> None:
    """Refuse a zipped workbook that unpacks to more than a table can be, or whose sheets together span too much.

    `places` is rows × columns of all sheets. What is a sheet is seen from its first element, never from its name: a
    reader follows the workbook's relationships, which may lead anywhere.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise NotReadError("file.unpacks", most=str(MOST_UNPACKED // 1_000_000))
        found = [(part, *_reach(archive, part)) for part in archive.infolist()]
        if sum(rows * columns for _, rows, columns in found) <= places:
            return
        if sum(_rows(archive, part) * columns for part, rows, columns in found if rows) > places:
            raise NotReadError("file.far_cell")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise NotReadError("file.damaged") from fault


def _reach(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Unpack a part to its end, which holds it to its length and its checksum; return how far a sheet may reach."""
    rows, columns, is_sheet = NEAR_ROWS, NEAR_COLUMNS, False
    for index, piece in enumerate(_pieces(archive, part)):
        if not index:
            is_sheet = SHEET.search(piece[:HEAD]) is not None
        if is_sheet:
            rows = max([rows, *map(int, FAR_ROW.findall(piece))])
            columns = max([columns, *map(_number, FAR_COLUMN.findall(piece))])
    return (rows, columns) if is_sheet else (0, 0)


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
