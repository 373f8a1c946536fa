"""A table's cells as the reader answers with them: lines of JSON → rows, nothing but plain values let through."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from pingyi.authoring.tables.cells import Cell, FormulaError, Percent
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.unread import Unread
from pingyi.reader import client
from pingyi.reader.answers import Rows, SheetBegins
from pingyi.reader.refusals import BusyError, NotReadError

LONG_FILE = 1_000_000  # bytes; a longer table is given the time and memory of an import
_PLAIN = frozenset({str, int, bool, type(None)})
_MARKS: dict[str, Callable[[Any], Cell]] = {
    "share": Percent,
    "fault": FormulaError,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}


def sheets(content: bytes) -> list[SheetBegins]:
    """Return what a table's sheets are called; UnreadableTableError where the file is no table."""
    try:
        return [one for one, _ in client.ask_all("sheets", content, SheetBegins, reports=True)]
    except NotReadError as fault:
        raise UnreadableTableError(fault.code, **fault.facts) from fault
    except BusyError as busy:
        raise UnreadableTableError("file.busy") from busy


def pieces(
    content: bytes, *, most: int, marks: bool, known: bool = False, reports: bool = False, strict: bool = False
) -> Iterator[tuple[SheetBegins | None, bytes]]:
    """Yield a table's sheets in pieces: where a sheet begins what it is called, then lines of its rows."""
    do = "import" if len(content) > LONG_FILE else "rows"
    try:
        for head, body in client.ask_all(
            do, content, SheetBegins, Rows, most=most, marks=marks, known=known, reports=reports, strict=strict
        ):
            yield (head if isinstance(head, SheetBegins) else None), body
    except NotReadError as fault:
        raise UnreadableTableError(fault.code, **fault.facts) from fault
    except BusyError as busy:
        raise UnreadableTableError("file.busy") from busy


def unread(begins: SheetBegins) -> tuple[Unread, ...]:
    """Return what stands in a sheet and is no text of it."""
    return tuple(Unread(why=one.why, count=one.count, words=tuple(one.words)) for one in begins.unread)


def row(line: bytes) -> list[Cell]:
    """Return one row."""
    try:
        told = json.loads(line, parse_constant=str)
    except ValueError as fault:
        raise UnreadableTableError("file.damaged") from fault
    if not isinstance(told, list):
        raise UnreadableTableError("file.damaged")
    return [cell if type(cell) in _PLAIN else _marked(cell) for cell in told]


def _marked(cell: Any) -> Cell:
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    try:
        return _MARKS[cell["t"]](cell["v"])
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise UnreadableTableError("file.damaged") from fault
