"""The glyphs of a PDF's page by their places: what stands aslant is set apart, what is drawn twice is read once."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_CELL = 8.0  # points; an equal glyph is looked for in the cells around its place alone, so that a page costs its length
_NEAR = 0.2  # of a glyph's size: two that stand side by side are at least their own width apart
_SLIM = 0.05  # of its height, for a glyph that is hardly wider than its stroke
_BEARING = 0.02  # points between a glyph's place and its box: the box holds the strokes alone
_FULL = 0.95  # of its size
_LEAN = 0.09  # radians: more than this is no line of text that a scanner took in crookedly
_RIGHT_ANGLE = math.pi / 2
_ASLANT = -1
_NO_SIGN = {0, 0xFFFF}
_HYPHEN = {0x02, 0xFFFE}  # how the library writes a hyphen at a line's end
_WIDE = 0x2E80  # from here on signs are as wide as they are high


class Glyph(NamedTuple):
    """A character and its box on the page; `base` is the height of the line that it stands on."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float  # of the letters around it, in points
    is_wide: bool  # one of the signs that are all equally wide

    def turned(self, quarters: int) -> Glyph:
        """Return the glyph as it stands when the page is turned so that its lines run level."""
        left, bottom, right, top = turned((self.left, self.bottom, self.right, self.top), quarters)
        base = (self.base, -self.base, -self.base, self.base)[quarters]
        return self._replace(left=left, bottom=bottom, right=right, top=top, base=base)

    def covers(self, other: Glyph) -> bool:
        """Tell whether another glyph of the same sign stands at (nearly) the same place."""
        aside, upward = self.shifts()
        return (
            abs(self.left - other.left) <= aside
            and abs(self.bottom - other.bottom) <= upward
            and abs(self.top - other.top) <= 2 * upward
        )

    def shifts(self) -> tuple[float, float]:
        """Return how far aside and how far up or down an equal glyph may stand and be the same one, drawn again."""
        width, height = self.right - self.left, self.top - self.bottom
        return min(max(_NEAR * width, _SLIM * height), _CELL), min(_NEAR * max(width, height), _CELL)


class PageGlyphs(NamedTuple):
    """What is drawn on a page: the glyphs of its lines, words that stand aslant, and by how many quarters it lies."""

    level: list[Glyph]
    aslant: list[str]
    quarters: int


def turned(box: tuple[float, float, float, float], quarters: int) -> tuple[float, float, float, float]:
    """Return where a box stands (left, bottom, right, top) when its page is turned by some quarters."""
    left, bottom, right, top = box
    turns = (box, (bottom, -right, top, -left), (-right, -top, -left, -bottom), (-top, left, -bottom, right))
    return turns[quarters]


def glyphs_of(words: pypdfium2.PdfTextPage) -> PageGlyphs:
    """Return the glyphs of a page, each once, in the order in which they are drawn."""
    found = list(_drawn(words))
    turns = Counter(quarter for quarter, _ in found)
    del turns[_ASLANT]
    quarters = turns.most_common(1)[0][0] if turns else 0
    level: list[Glyph] = []
    aslant: list[str] = []
    for quarter, run in groupby(found, key=itemgetter(0)):
        if quarter != quarters:
            aslant.append("".join(glyph.sign for _, glyph in run).strip())
        else:
            level += (glyph.turned(quarters) if quarters else glyph for _, glyph in run)
    return PageGlyphs(_once(level), [one for one in aslant if one], quarters)


def _quarter(angle: float) -> int:
    """Return by how many quarters a glyph's line is turned to the left, or that it stands aslant.

    The library tells the angle to the right.
    """
    quarters = round(angle / _RIGHT_ANGLE)
    return -quarters % 4 if abs(angle - quarters * _RIGHT_ANGLE) < _LEAN else _ASLANT


def _drawn(words: pypdfium2.PdfTextPage) -> Iterator[tuple[int, Glyph]]:
    """Yield what is drawn, and by how many quarters its line is turned; blanks that the library adds are left out."""
    page, box, x, y = words.raw, raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for place in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(page, place)
        if code in _NO_SIGN or raw.FPDFText_IsGenerated(page, place) == 1:
            continue
        if not (raw.FPDFText_GetLooseCharBox(page, place, box) and raw.FPDFText_GetCharOrigin(page, place, x, y)):
            continue
        left, bottom, right, top, begin, base = box.left, box.bottom, box.right, box.top, x.value, y.value
        if not math.isfinite(left + bottom + right + top + begin + base):
            continue
        angle = raw.FPDFText_GetCharAngle(page, place)
        quarter = _quarter(angle) if angle else 0
        sign, is_wide = "-" if code in _HYPHEN else chr(code), code >= _WIDE
        if is_wide and not quarter:
            left, right = _square(page, place, sign, (left, right, begin))
        if quarter in {1, 3}:
            width, height, base = top - bottom, right - left, begin
        else:
            width, height = right - left, top - bottom
        yield quarter, Glyph(sign, left, bottom, right, top, base, width if is_wide else 0.8 * height, is_wide)


def _square(page: ctypes.Structure, place: int, sign: str, box: tuple[float, float, float]) -> tuple[float, float]:
    """Return from where to where a sign reaches: of some fonts only the strokes are known, yet it fills its square."""
    left, right, begin = box
    if left - begin < _BEARING or not sign.isalpha():
        return left, right
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(page, place) * abs(matrix.a if raw.FPDFText_GetMatrix(page, place, matrix) else 0)
    return (begin, begin + size) if right < begin + size and right - left < _FULL * size else (left, right)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out the glyphs that lie over an equal one before them; of one without a size nobody can say that."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.sign.isspace() and glyph.right > glyph.left and glyph.top > glyph.bottom:
            if any(glyph.covers(other) for cell in _around(glyph) if cell in seen for other in seen[cell]):
                continue
            seen.setdefault((glyph.sign, int(glyph.left // _CELL), int(glyph.bottom // _CELL)), []).append(glyph)
        kept.append(glyph)
    return kept


def _around(glyph: Glyph) -> list[tuple[str, int, int]]:
    """Return the cells in which the same glyph may stand again: mostly one or two."""
    aside, upward = glyph.shifts()
    first, last = int((glyph.left - aside) // _CELL), int((glyph.left + aside) // _CELL)
    low, high = int((glyph.bottom - upward) // _CELL), int((glyph.bottom + upward) // _CELL)
    return [(glyph.sign, column, row) for column in range(first, last + 1) for row in range(low, high + 1)]
