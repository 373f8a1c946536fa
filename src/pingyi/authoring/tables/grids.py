"""A table's bytes → grids of cells, merged cells filled; the reader opens it, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.authoring.tables import asked
from pingyi.authoring.tables.cells import Cell
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.authoring.unread import Unread

MOST_MEGABYTES = 60
MOST_ROWS = 500_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """One sheet: its name, empty where the file has only one, and its rows; the first row is row 1 of the file."""

    name: str
    rows: list[list[Cell]]
    unread: tuple[Unread, ...] = ()


def read_grids(content: bytes) -> list[Grid]:
    """Return the sheets of a table; what it is, is seen from its bytes and not from its name."""
    refuse_others(content)
    grids: list[Grid] = []
    for begins, piece in asked.pieces(content, most=MOST_ROWS, marks=True):
        if begins is not None:
            grids.append(Grid(name=begins.name, rows=[], unread=asked.unread(begins)))
        else:
            grids[-1].rows.extend(asked.row(line) for line in piece.split(b"\n"))
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise UnreadableTableError("file.too_many_rows", most=str(MOST_ROWS))
    return grids


def refuse_others(content: bytes) -> None:
    """Refuse what cannot be a table by its size alone."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise UnreadableTableError("file.too_large", most=str(MOST_MEGABYTES))
    if not content:
        raise UnreadableTableError("file.empty")
