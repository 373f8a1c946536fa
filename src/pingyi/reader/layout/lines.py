"""Glyphs → rows by the line that they stand on, and a row's words; small raised figures are marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pingyi.reader.layout.glyphs import Glyph

_SAME_BASE = 0.35  # of the size: what stands farther up or down is of another row
_CELL_GAP = 1.6  # of the size: what is farther apart is another cell of a table without rules
_WORD_GAP = 0.2
_MORE = 0.12  # than the usual gap of the row
_GAP = 0.7
_SMALL = 0.75
_NOTE = re.compile(r"[\d\[\]〔〕()（）①-⑳*※,，]{1,5}")
_MARK = re.compile(
    r"第[〇零一二三四五六七八九十百\d]{1,4}(?:[条章节款步]|部分|阶段)|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．)）](?!\d(?!\d?月))|\d{1,2}(?:\.\d{1,2}){1,3} "
    r"|[①-⑳㈠-㈩⑴-⒇]"
)
_SQUARE = 0.75  # of the size: a mark that is as wide as an ideograph
_OPENING = frozenset("“‘（《〈「『【〔［")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_GAP_AT_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3}) (?=[^\x00-\x7f])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Glyphs that stand on one line, from left to right; blanks at its ends are left out."""

    glyphs: tuple[Glyph, ...]
    size: float

    @property
    def base(self) -> float:
        """The height that it stands on."""
        return self.glyphs[0].base

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(one.right for one in self.glyphs)


@dataclass(kw_only=True, slots=True)
class Line:
    """The words of a row, or of a table's row, and where they stand; `column` is "left", "right" or "whole"."""

    words: str
    left: float
    right: float
    base: float
    size: float
    column: str = "whole"
    is_row: bool = False
    is_tabled: bool = False
    page: int = 0
    edges: tuple[float, float] = (0, 0)

    @property
    def has_mark(self) -> bool:
        """Tell whether it begins with a number of its own."""
        return bool(_MARK.match(self.words))


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return the rows of a page or a cell, from above."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        if rows and rows[-1][0].base - glyph.base <= _SAME_BASE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    made = (row_of(row) for row in rows)
    return [row for row in made if row is not None]


def row_of(glyphs: Iterable[Glyph]) -> Row | None:
    """Return the row of some glyphs, or nothing where they are blanks alone."""
    ordered = sorted(glyphs, key=_begins)
    drawn = [place for place, one in enumerate(ordered) if not one.sign.isspace()]
    if not drawn:
        return None
    kept = tuple(ordered[drawn[0] : drawn[-1] + 1])
    wide = [one.size for one in kept if one.is_wide]
    return Row(glyphs=kept, size=max(median(wide or [one.size for one in kept]), 1.0))


def _begins(glyph: Glyph) -> float:
    """Return where a glyph is drawn: a square opening mark fills the right half of its box.

    A typesetter that closes it up lays the empty half over the sign before.
    """
    width = glyph.right - glyph.left
    is_square = glyph.sign in _OPENING and width > _SQUARE * glyph.size
    return glyph.left + width / 2 if is_square else glyph.left


def part_notes(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Return the rows, and the marks of notes: small figures raised beside a row."""
    notes = [place for place in range(len(rows)) if _is_note(rows, place)]
    kept = [row for place, row in enumerate(rows) if place not in notes]
    return kept, [words_of(rows[place].glyphs) for place in notes]


def _is_note(rows: list[Row], place: int) -> bool:
    row = rows[place]
    if place + 1 == len(rows) or not _NOTE.fullmatch("".join(one.sign for one in row.glyphs).replace(" ", "")):
        return False
    below = rows[place + 1]
    height = max(one.top - one.bottom for one in row.glyphs)
    return height < _SMALL * max(one.top - one.bottom for one in below.glyphs) and row.base - below.base < below.size


def words_of(glyphs: Sequence[Glyph]) -> str:
    """Return the words of a row: a tab between what is far apart, a blank between words."""
    gaps = [after.left - before.right for before, after in pairwise(glyphs)]
    usual = median([0.0, *gaps])  # of a justified row
    pieces: list[str] = []
    for glyph, after, gap in zip(glyphs, glyphs[1:], gaps, strict=False):
        pieces.append(glyph.sign)
        if gap > _WORD_GAP * glyph.size:
            pieces.append(_between(glyph, after, gap, usual, is_number=bool(_NUMBER.fullmatch("".join(pieces)))))
    words = "".join(pieces) + glyphs[-1].sign
    return words if words.isascii() else words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _between(before: Glyph, after: Glyph, gap: float, usual: float, *, is_number: bool) -> str:
    """Return what parts two glyphs; many programs leave a quarter between figures and Chinese characters."""
    size = max(before.size, after.size, 1.0)
    if gap > _CELL_GAP * size:
        return "\t"
    if before.sign.isspace() or after.sign.isspace():
        return ""
    if before.is_wide != after.is_wide and not is_number:
        return " " if gap > _GAP * size else ""
    return " " if gap > _WORD_GAP * size and gap > usual + _MORE * size else ""


def joined(before: str, after: str) -> str:
    """Join two lines of one paragraph; a word that was parted by a hyphen is whole again."""
    if not before or not after:
        return before + after
    after = _GAP_AT_NUMBER.sub(r"\1", after)  # a number that begins a line, not a paragraph
    last, first = before[-1], after[0]
    if last == "-" and before[-2:-1].isascii() and before[-2:-1].isalpha() and first.isascii() and first.islower():
        return before[:-1] + after
    is_latin = last.isascii() and first.isascii() and (last.isalpha() or first.isalpha() or last in ",.;:!?)")
    return f"{before} {after}" if is_latin else before + after
