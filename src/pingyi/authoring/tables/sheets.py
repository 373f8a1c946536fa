"""Large tables, row by row: the rows lie in a file that only this process sees, never all in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from pingyi.authoring.tables import asked
from pingyi.authoring.tables.cells import Cell
from pingyi.authoring.tables.grids import MOST_ROWS, refuse_others
from pingyi.authoring.unread import Unread
from pingyi.reader.answers import SheetBegins

IN_MEMORY = 4_000_000  # bytes of rows; more of them lie on the disk
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: its name, empty where the file has only one, and its rows, from the first at each call."""

    name: str
    rows: Callable[[], Rows]
    unread: tuple[Unread, ...] = ()


def open_sheets(content: bytes, *, is_known: bool = False) -> list[Sheet]:
    """Return the sheets of a table; what it is, is seen from its bytes.

    The rows of a large table are asked for when somebody looks at the first of them. `is_known` says that the same
    bytes were opened before, so they are not looked through again.
    """
    refuse_others(content)
    book = _Book(content, is_known=is_known)
    is_small = len(content) <= asked.LONG_FILE
    found = book.read() if is_known or is_small else asked.sheets(content)
    return [
        Sheet(name=one.name, rows=lambda index=index: book.rows(index), unread=asked.unread(one))  # type: ignore[misc]
        for index, one in enumerate(found)
    ]


class _Book:
    """A table's rows as the reader told them, each sheet in a file of its own."""

    def __init__(self, content: bytes, *, is_known: bool) -> None:
        self._content, self._is_known = content, is_known
        self._told: list[IO[bytes]] = []

    def read(self) -> list[SheetBegins]:
        """Ask for all rows, and return what the sheets are called."""
        found: list[SheetBegins] = []
        told: list[IO[bytes]] = []
        pieces = asked.pieces(self._content, most=MOST_ROWS, marks=False, known=self._is_known, reports=True)
        for begins, piece in pieces:
            if begins is not None:
                found.append(begins)
                told.append(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed with the book
            else:
                told[-1].write(piece + b"\n")
        self._told, self._content = told, b""
        return found

    def rows(self, index: int) -> Rows:
        """Yield the rows of a sheet."""
        if not self._told:
            self.read()
        held = self._told[index]
        place = 0
        while True:
            held.seek(place)  # another may be reading the same sheet
            lines = held.readlines(1 << 16)
            if not lines:
                return
            place = held.tell()
            for line in lines:
                yield asked.row(line)
