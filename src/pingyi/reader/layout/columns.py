"""One column or two: a gutter in the middle that hardly any row crosses, and the order in which lines are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pingyi.reader.layout.lines import Line, Row, row_of, words_of

_FROM, _TO = 42, 59  # per cent of the width: where a gutter may stand
_LEAST = 4  # rows on each side
_MOST_CROSSING = 0.2
_WIDTH = 0.5  # of the size: a gutter is wider than a gap between words
_TITLES = 3
_CENTERED = 2.0  # of the size
_HANGING = 0.7  # of the size
_RAGGED = 1.6  # of the size: a full line ends this near to its column's edge
_FULL = 3  # lines, and a fifth of all, end at the edge of the left column: cells of a table do not


class _Reach(NamedTuple):
    """From where to where a row reaches, and the gaps in it that a gutter may stand in."""

    left: float
    right: float
    size: float
    gaps: list[tuple[float, float]]


def gutter_of(rows: list[Row], span: tuple[float, float]) -> float | None:
    """Return where the gutter between two columns stands, or nothing where the page has one column."""
    left, right = span
    reaches = [_Reach(row.left, row.right, row.size, _gaps(row)) for row in rows]
    places = [left + (right - left) * step / 200 for step in range(2 * _FROM, 2 * _TO + 1)]
    judged = [(found, x) for x in places if (found := _judged(reaches, x)) is not None]
    if not judged:
        return None
    least = min(found for found, _ in judged)
    best = [x for found, x in judged if found == least]
    return best[len(best) // 2]


def _judged(rows: list[_Reach], x: float) -> int | None:
    """Return how many rows cross a gutter at `x`, or nothing where none can stand there."""
    crossing = after = titles = 0
    before: list[tuple[float, float]] = []  # where rows end on the left side, and their size
    for row in rows:
        hanging = _HANGING * row.size
        if row.right <= x + hanging:
            before.append((row.right, row.size))
        elif row.left >= x - hanging:
            after += 1
        else:
            end = next((one for one, other in row.gaps if one <= x + hanging and other >= x - hanging), None)
            if end is None and abs(row.left + row.right - 2 * x) < _CENTERED * row.size and titles < _TITLES:
                titles += 1  # a title or a head stands over both columns, in their middle
            elif end is None:
                crossing += 1
            else:
                before.append((end, row.size))
                after += 1
    if min(len(before), after) < _LEAST or crossing > _MOST_CROSSING * len(rows):
        return None
    edge = max(end for end, _ in before)
    full = sum(end >= edge - _RAGGED * size for end, size in before)
    return crossing if full >= max(_FULL, len(before) // 5) else None


def _gaps(row: Row) -> list[tuple[float, float]]:
    least = _WIDTH * row.size
    return [(one.right, other.left) for one, other in pairwise(row.glyphs) if other.left - one.right >= least]


def parted(row: Row, x: float) -> tuple[Row | None, Row | None] | None:
    """Return a row's parts left and right of a gutter, or nothing where the row crosses it."""
    hanging = _HANGING * row.size  # a stop may hang out of its column
    if row.right <= x + hanging:
        return row, None
    if row.left >= x - hanging:
        return None, row
    gaps = [one for one in _gaps(row) if one[0] <= x + hanging and one[1] >= x - hanging]
    if not gaps:
        return None
    end = max(gaps, key=lambda one: one[1] - one[0])[0]
    return row_of(one for one in row.glyphs if one.left < end), row_of(one for one in row.glyphs if one.left >= end)


def in_order(rows: list[Row], tables: list[list[Line]], gutter: float | None) -> list[Line]:
    """Return the lines of a page as they are read: what crosses the gutter closes both columns."""
    placed = sorted([*_lines(rows, gutter), *_blocks(tables, gutter)], key=lambda one: -one[0])
    ordered: list[Line] = []
    waiting: list[Line] = []
    for _, lines in placed:
        for line in lines:
            if line.column == "whole":
                ordered += waiting
                waiting = []
            (waiting if line.column == "right" else ordered).append(line)
    return ordered + waiting


def _lines(rows: Iterable[Row], gutter: float | None) -> Iterator[tuple[float, list[Line]]]:
    for row in rows:
        parts = parted(row, gutter) if gutter is not None else None
        if parts is None:
            yield row.base, [_line(row, "whole")]
        else:
            sides = zip(parts, ("left", "right"), strict=True)
            yield row.base, [_line(part, column) for part, column in sides if part is not None]


def _blocks(tables: list[list[Line]], gutter: float | None) -> Iterator[tuple[float, list[Line]]]:
    for table in tables:
        left, right = min(one.left for one in table), max(one.right for one in table)
        column = "whole" if gutter is None or left < gutter < right else "left" if right <= gutter else "right"
        yield table[0].base, [replace(one, column=column) for one in table]


def _line(row: Row, column: str) -> Line:
    words = words_of(row.glyphs)
    return Line(
        words=words, left=row.left, right=row.right, base=row.base, size=row.size, column=column, is_row="\t" in words
    )
