"""What can be asked about a table: the names of its sheets, or all their rows, in pieces of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pingyi.reader import wire
from pingyi.reader.sheet import Budget, Row, Sheet, plain
from pingyi.reader.tables import bounded, sheets

MOST_ROWS = 500_000
PLACES, LONG_PLACES = 6_000_000, 20_000_000  # rows × columns of all sheets
PIECE = 1 << 20  # bytes of rows that go together
NAME = 200
TOLD = 20  # passages of one kind that are no text of a sheet; the others are counted
Frames = Iterator[tuple[wire.Head, bytes]]


def names(content: bytes, *, reports: bool = False) -> Frames:
    """Answer with the sheets' names: the file can be opened, and is not out of all proportion."""
    for sheet in sheets(content, places=LONG_PLACES, marks=False, known=False, reports=reports):
        yield _begins(sheet), b""


def rows(content: bytes, **facts: object) -> Frames:
    """Answer with all rows of all sheets."""
    return _rows(content, places=PLACES, **facts)  # type: ignore[arg-type]


def long_rows(content: bytes, **facts: object) -> Frames:
    """Answer with all rows of an officer's large list."""
    return _rows(content, places=LONG_PLACES, **facts)  # type: ignore[arg-type]


def _rows(
    content: bytes,
    *,
    places: int,
    most: int = MOST_ROWS,
    marks: bool = False,
    known: bool = False,
    reports: bool = False,
    strict: bool = False,
) -> Frames:
    budget = Budget(places)
    for sheet in sheets(content, places=places, marks=marks, known=known, reports=reports, strict=strict):
        yield _begins(sheet), b""
        for count, piece in _pieces(bounded(sheet, most_rows=min(most, MOST_ROWS), budget=budget)):
            yield {"kind": "rows", "count": count}, piece


def _begins(sheet: Sheet) -> wire.Head:
    return {"kind": "sheet", "name": sheet.name[:NAME], "unread": sheet.left_out.told(most=TOLD)}


def _pieces(found: Iterator[Row]) -> Iterator[tuple[int, bytes]]:
    count, size, lines = 0, 0, []
    for row in found:
        line = json.dumps(list(row), ensure_ascii=False, default=plain, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
        lines.append(line)
        count, size = count + 1, size + len(line)
        if size > PIECE:
            yield count, b"\n".join(lines)
            count, size, lines = 0, 0, []
    if lines:
        yield count, b"\n".join(lines)
