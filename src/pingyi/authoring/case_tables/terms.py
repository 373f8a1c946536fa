"""Which columns of days tell until when a matter is due and when it was closed, by what stands in the same rows.

A day that is set while its matter is still open is no closing; one that stands only in closed rows is no time limit.
Where the rows tell neither, nothing is guessed: a person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pingyi.authoring.case_tables import words
from pingyi.authoring.case_tables.columns import Column
from pingyi.authoring.case_tables.moments import day_of, moment
from pingyi.authoring.tables.by_cells import MOST
from pingyi.authoring.tables.cells import Cell

DUE, CLOSED = "due_at", "closed_at"
DATED = 0.8  # share of cells from which a column is one of days
NEVER_BEFORE = 0.95  # share of the rows in which neither comes before the receipt
SELDOM = 0.05  # share of the open rows that may have a day of closing: they were reopened, or are noted late
Row = Sequence[Cell]


def beside_states(columns: Sequence[Column], rows: Sequence[Row], fields: Sequence[str]) -> tuple[Column, ...]:
    """Add to the columns of days how often they are filled while a row is open and once it is closed."""
    if "received_at" not in fields:
        return tuple(columns)
    received = fields.index("received_at")
    status = fields.index("status") if "status" in fields else None
    return tuple(
        _beside(one, rows, received, status) if not field and one.moments >= DATED else one
        for one, field in zip(columns, fields, strict=True)
    )


def settle(columns: Iterable[Column], taken: Mapping[int, str]) -> tuple[dict[int, str], tuple[int, ...]]:
    """Return which free columns are the due day and the closing, and those of which nothing tells which they are."""
    wanted = [field for field in (DUE, CLOSED) if field not in taken.values()]
    free = [one for one in columns if one.index not in taken and one.moments >= DATED and one.follows]
    found: dict[int, str] = {}
    for field in wanted:
        fitting = [one for one in free if _FITS[field](one)]
        if len(fitting) == 1:
            found[fitting[0].index] = field
    is_open = len(found) < len(wanted)
    return found, tuple(one.index for one in free if one.index not in found) if is_open else ()


def _is_due(column: Column) -> bool:
    return column.while_open is not None and column.while_open >= MOST


def _is_closing(column: Column) -> bool:
    if column.while_open is None or column.once_closed is None:
        return False
    return column.while_open <= SELDOM and column.once_closed >= MOST


_FITS: Mapping[str, Callable[[Column], bool]] = {DUE: _is_due, CLOSED: _is_closing}


def _beside(column: Column, rows: Sequence[Row], received: int, status: int | None) -> Column:
    days = [moment(_cell(row, column.index)) for row in rows]
    began = [moment(_cell(row, received)) for row in rows]
    both = [day_of(day) >= day_of(first) for day, first in zip(days, began, strict=True) if day and first]
    states = [None if status is None else words.is_closed(words.line(_cell(row, status))) for row in rows]
    return replace(
        column,
        follows=bool(both) and sum(both) >= NEVER_BEFORE * len(both),
        while_open=_share([day is not None for day, state in zip(days, states, strict=True) if state is False]),
        once_closed=_share([day is not None for day, state in zip(days, states, strict=True) if state]),
    )


def _cell(row: Row, at: int) -> Cell:
    return row[at] if at < len(row) else None


def _share(said: Sequence[bool]) -> float | None:
    return sum(said) / len(said) if said else None
