"""One sheet as it is read: its name, its rows, and how cells that are merged are filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from pingyi.reader.left_out import LeftOut
from pingyi.reader.refusals import NotReadError

Cell = Any  # text, float, int, bool, None, a moment, or a mark as below
Row = Sequence[Cell]
Merges = dict[int, list[tuple[int, int, int]]]  # top row → bottom row, first and last column
MOST_COLUMNS = 1_024


@dataclass(kw_only=True, slots=True)
class Sheet:
    """One sheet: its name, empty where the file has only one, its rows, to be read once, and what is no text of it."""

    name: str
    rows: Iterator[Row]
    left_out: LeftOut = field(default_factory=LeftOut)


class Budget:
    """How many places the sheets of one file may have together."""

    def __init__(self, most: int) -> None:
        """Begin with none taken."""
        self._left = most

    def take(self, places: int) -> None:
        """Count the places of a row."""
        self._left -= places
        if self._left < 0:
            raise NotReadError("file.far_cell")


def share(value: float) -> Cell:
    """Return the mark of a number that is shown as per cent."""
    return {"t": "share", "v": value}


def fault(words: str) -> Cell:
    """Return the mark of a formula's error, such as #N/A."""
    return {"t": "fault", "v": words}


def plain(cell: object) -> Cell:
    """Return what JSON has no word for as a mark."""
    if isinstance(cell, datetime):
        return {"t": "moment", "v": cell.isoformat()}
    if isinstance(cell, date):
        return {"t": "day", "v": cell.isoformat()}
    if isinstance(cell, time):
        return {"t": "time", "v": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"t": "span", "v": cell.total_seconds()}
    return str(cell)


def filled(rows: Iterator[Row], merges: Merges) -> Iterator[Row]:
    """Give every cell of a merged range the value of its first."""
    if not merges:
        yield from rows
        return
    open_: list[tuple[int, int, int, Cell]] = []
    for index, row in enumerate(rows):
        new = [(bottom, left, right, row[left]) for bottom, left, right in merges.get(index, ()) if left < len(row)]
        open_ = [one for one in open_ if one[0] >= index] + new
        if open_:
            row = list(row)  # noqa: PLW2901 - the library's own row is not ours to change
            for _, left, right, value in open_:
                row[left : right + 1] = [value] * (min(right + 1, len(row)) - left)
        yield row
