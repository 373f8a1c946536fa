"""Tables by their rules: what is drawn as thin strokes becomes a grid, and each glyph stands in one of its cells."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from pingyi.reader.layout.glyphs import Glyph
from pingyi.reader.layout.lines import Line, joined, rows_of, words_of

_THIN = 3.0  # points: a stroke is no thicker
_SHORT = 4.0  # points: what is shorter in both ways is a dot
_TOUCH = 2.5  # points between rules that meet
_MOST_RULES = 4000  # of a page: more are a drawing, not a table
_LONGEST_CELL = 400  # characters: a table whose cells are longer only lays out the page


class Rule(NamedTuple):
    """A level or upright stroke: where it lies, and from where to where it reaches."""

    at: float
    begin: float
    end: float


class Rules(NamedTuple):
    """The rules of a page, or of one table on it."""

    level: list[Rule]
    upright: list[Rule]


class Grid:
    """The cells of one table; a cell that reaches over several places is written at its first."""

    def __init__(self, rules: Rules) -> None:
        """Know the table's rules."""
        self._rules = rules
        self._across = _distinct(rule.at for rule in rules.upright)
        self._down = _distinct(-rule.at for rule in rules.level)

    @property
    def is_table(self) -> bool:
        """Tell whether there is more than a frame: two columns and two rows."""
        return len(self._across) > 2 and len(self._down) > 2

    def place(self, glyph: Glyph) -> tuple[int, int] | None:
        """Return the row and the column of the cell that a glyph stands in."""
        x, y = (glyph.left + glyph.right) / 2, -(glyph.bottom + glyph.top) / 2
        row, column = _between(self._down, y), _between(self._across, x)
        if row is None or column is None:
            return None
        while column and not _has(self._rules.upright, self._across[column], self._middle(row)):
            column -= 1
        while row and not _has(self._rules.level, -self._down[row], self._center(column)):
            row -= 1
        return row, column

    def lines(self, cells: dict[tuple[int, int], list[Glyph]]) -> list[Line]:
        """Return the rows of the table with a tab between cells; empty where a cell holds a whole page's text."""
        words = {place: _cell(glyphs) for place, glyphs in cells.items()}
        if any(len(one) > _LONGEST_CELL for one in words.values()):
            return []
        size = max(one.size for glyphs in cells.values() for one in glyphs)
        columns = range(len(self._across) - 1)
        return [
            Line(
                words="\t".join(words.get((row, column), "") for column in columns),
                left=self._across[0], right=self._across[-1], base=-self._down[row], size=size,
                is_row=True, is_tabled=True,
            )
            for row in range(len(self._down) - 1)
            if any((row, column) in cells for column in columns)
        ]  # fmt: skip

    def _middle(self, row: int) -> float:
        return -(self._down[row] + self._down[row + 1]) / 2

    def _center(self, column: int) -> float:
        return (self._across[column] + self._across[column + 1]) / 2


def part_tables(page: pypdfium2.PdfPage, glyphs: list[Glyph], quarters: int) -> tuple[list[Glyph], list[list[Line]]]:
    """Return the glyphs outside of ruled tables, and the tables with their rows."""
    tables: list[list[Line]] = []
    for rules in _tables(_rules(page)) if not quarters else ():
        grid = Grid(rules)
        if not grid.is_table:
            continue
        cells: dict[tuple[int, int], list[Glyph]] = {}
        outside: list[Glyph] = []
        for glyph in glyphs:
            place = grid.place(glyph)
            (outside if place is None else cells.setdefault(place, [])).append(glyph)
        cells = {place: held for place, held in cells.items() if any(not one.sign.isspace() for one in held)}
        lines = grid.lines(cells) if cells else []
        if lines:
            tables.append(lines)
            glyphs = outside
    return glyphs, tables


def _cell(glyphs: list[Glyph]) -> str:
    words = ""
    for row in rows_of(glyphs):
        words = joined(words, words_of(row.glyphs).replace("\t", " "))
    return words


def _distinct(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCH:
            kept.append(place)
    return kept


def _between(edges: list[float], place: float) -> int | None:
    return next((index for index, (low, high) in enumerate(pairwise(edges)) if low <= place < high), None)


def _has(rules: list[Rule], at: float, across: float) -> bool:
    return any(abs(rule.at - at) <= _TOUCH and rule.begin - 1 <= across <= rule.end + 1 for rule in rules)


def _tables(rules: Rules) -> Iterator[Rules]:
    """Join the rules that touch: each lot is one table, from above."""
    boxes = [(rule.begin, rule.at, rule.end, rule.at, rule, True) for rule in rules.level]
    boxes += [(rule.at, rule.begin, rule.at, rule.end, rule, False) for rule in rules.upright]
    lots: list[tuple[list[float], Rules]] = []
    for left, bottom, right, top, rule, is_level in sorted(boxes, key=lambda one: -one[3]):
        edges, mine = [left, bottom, right, top], Rules([], [])
        apart: list[tuple[list[float], Rules]] = []
        for box, lot in lots:
            if _meet(box, edges):
                edges = [min(box[0], edges[0]), min(box[1], edges[1]), max(box[2], edges[2]), max(box[3], edges[3])]
                mine.level.extend(lot.level)
                mine.upright.extend(lot.upright)
            else:
                apart.append((box, lot))
        (mine.level if is_level else mine.upright).append(rule)
        lots = [*apart, (edges, mine)]
    yield from (lot for _, lot in sorted(lots, key=lambda one: -one[0][3]))


def _meet(one: list[float], other: list[float]) -> bool:
    return (
        one[0] - _TOUCH <= other[2]
        and other[0] - _TOUCH <= one[2]
        and one[1] - _TOUCH <= other[3]
        and other[1] - _TOUCH <= one[3]
    )


def _rules(page: pypdfium2.PdfPage) -> Rules:
    """Return the thin strokes of a page; a drawing with thousands of them has none."""
    found = Rules([], [])
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        for left, bottom, right, top in _strokes(item.raw):
            width, height = right - left, top - bottom
            if height <= _THIN and width > _SHORT:
                found.level.append(Rule((bottom + top) / 2, left, right))
            elif width <= _THIN and height > _SHORT:
                found.upright.append(Rule((left + right) / 2, bottom, top))
        if len(found.level) + len(found.upright) > _MOST_RULES:
            return Rules([], [])
    return found


def _strokes(path: ctypes.Structure) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of a path's strokes: of the path itself where it is thin, of its parts where it is drawn."""
    box = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(path, *box):
        return
    left, bottom, right, top = (one.value for one in box)
    if not math.isfinite(left + bottom + right + top):
        return
    if right - left <= _THIN or top - bottom <= _THIN:
        yield left, bottom, right, top
        return
    fill, is_drawn = ctypes.c_int(), ctypes.c_int()
    if raw.FPDFPath_GetDrawMode(path, fill, is_drawn) and is_drawn.value:
        yield from _parts(path)


def _parts(path: ctypes.Structure) -> Iterator[tuple[float, float, float, float]]:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    first = last = (0.0, 0.0)
    for place in range(min(raw.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _box(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield _box(point, first)
        last = point


def _box(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
