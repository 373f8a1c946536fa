"""The glyphs of a PDF's page by their places: one that is drawn twice, as some programs make bold, is read once."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_CELL = 8.0  # points; an equal glyph is looked for in the cells around its place alone, so that a page costs its length
_NEAR = 0.2  # of a glyph's size: two that stand side by side are at least their own width apart
_SLIM = 0.05  # of its height, for a glyph that is hardly wider than its stroke
_GAP = 0.5  # of its height: what is farther from the glyph before is another word or cell


class _Glyph(NamedTuple):
    """A character and its box on the page."""

    sign: int
    left: float
    bottom: float
    right: float
    top: float

    def shifts(self) -> tuple[float, float]:
        """Return how far aside and how far up or down an equal glyph may stand and be the same one, drawn again."""
        width, height = self.right - self.left, self.top - self.bottom
        return min(max(_NEAR * width, _SLIM * height), _CELL), min(_NEAR * max(width, height), _CELL)

    def covers(self, other: _Glyph) -> bool:
        """Tell whether another glyph of the same sign stands at (nearly) the same place."""
        aside, upward = self.shifts()
        return (
            abs(self.left - other.left) <= aside
            and abs(self.bottom - other.bottom) <= upward
            and abs(self.top - other.top) <= 2 * upward
        )

    def leads_to(self, other: _Glyph) -> bool:
        """Tell whether another glyph is the next one of the same line."""
        height = max(self.top - self.bottom, self.right - self.left)
        is_beside = -_NEAR * height <= other.left - self.right <= _GAP * height
        return is_beside and min(self.top, other.top) > max(self.bottom, other.bottom)


def text_of(words: pypdfium2.PdfTextPage) -> str:
    """Return a page's text without the glyphs that lie over an equal one."""
    total = words.count_chars()
    doubled = list(_doubled(words, total))
    if not doubled:
        return str(words.get_text_range())
    pieces: list[str] = []
    start = 0
    for first, after in [*_gaps(words, doubled, total), (total, total)]:
        if first > start:
            pieces.append(words.get_text_range(start, first - start))
        start = after
    return "".join(pieces)


def _doubled(words: pypdfium2.PdfTextPage, total: int) -> Iterator[int]:
    """Yield the places of glyphs that lie over an equal one before them."""
    seen: dict[tuple[int, int, int], list[_Glyph]] = {}
    box = raw.FS_RECTF()
    for place in range(total):
        glyph = _glyph(words, place, box)
        if glyph is None:
            continue
        if any(glyph.covers(other) for cell in _around(glyph) for other in seen.get(cell, ())):
            yield place
        else:
            seen.setdefault((glyph.sign, int(glyph.left // _CELL), int(glyph.bottom // _CELL)), []).append(glyph)


def _around(glyph: _Glyph) -> Iterator[tuple[int, int, int]]:
    """Yield the cells in which the same glyph may stand again: mostly one or two."""
    aside, upward = glyph.shifts()
    for column in range(int((glyph.left - aside) // _CELL), int((glyph.left + aside) // _CELL) + 1):
        for row in range(int((glyph.bottom - upward) // _CELL), int((glyph.bottom + upward) // _CELL) + 1):
            yield glyph.sign, column, row


def _gaps(words: pypdfium2.PdfTextPage, doubled: list[int], total: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches to leave out: the doubles, and the blanks and breaks that were read only for their sake."""
    left_out = set(doubled)
    box = raw.FS_RECTF()
    place = 0
    while place < total:
        if place not in left_out and not _is_blank(words, place):
            place += 1
            continue
        start = place
        while place < total and (place in left_out or _is_blank(words, place)):
            place += 1
        inside = [one for one in range(start, place) if one in left_out]
        before, after = _glyph(words, start - 1, box), _glyph(words, place, box)
        if inside and before and after and before.leads_to(after):
            yield start, place
        else:
            yield from ((one, one + 1) for one in inside)


def _is_blank(words: pypdfium2.PdfTextPage, place: int) -> bool:
    return bool(raw.FPDFText_GetUnicode(words, place) <= ord(" "))


def _glyph(words: pypdfium2.PdfTextPage, place: int, box: ctypes.Structure) -> _Glyph | None:
    """Return a character that is drawn; of one without a size nobody can say where it stands."""
    sign = raw.FPDFText_GetUnicode(words, place) if place >= 0 else 0
    if sign <= ord(" ") or not raw.FPDFText_GetLooseCharBox(words, place, box):
        return None
    is_somewhere = math.isfinite(box.left + box.bottom + box.right + box.top)
    has_size = is_somewhere and box.right > box.left and box.top > box.bottom
    return _Glyph(sign, box.left, box.bottom, box.right, box.top) if has_size else None
