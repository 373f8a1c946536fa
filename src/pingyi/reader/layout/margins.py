"""What stands in the margins of pages: heads, feet and page numbers are no text of the document, and are listed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pingyi.reader.layout.lines import Line

_OUTER = 0.12  # of a page's height
_SMALL = 0.85  # of the size of the text
_APART = 1.25  # times the usual distance of two lines
_OTHER = 0.05  # of the size
_LONGEST = 60
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–―·. ]*\d{1,4}[-—–―·. ]*"
    r"|第 ?[\d一二三四五六七八九十百]{1,4} ?页(?:[ ，,/]{0,3}共 ?[\d一二三四五六七八九十百]{1,4} ?页)?"
    r"|\d{1,4} ?/ ?\d{1,4}|Page ?\d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The lines of one page, and from where to where it reaches."""

    lines: list[Line]
    span: tuple[float, float]
    bottom: float
    top: float

    def margins(self) -> list[str]:
        """Return in which margin each line stands: "head", "foot" or none."""
        reach = _OUTER * (self.top - self.bottom)
        above, below = self.top - reach, self.bottom + reach
        return [
            "" if line.is_tabled or below < line.base < above else "head" if line.base >= above else "foot"
            for line in self.lines
        ]

    def apart(self, size: float) -> tuple[float, float]:
        """Return above and below which heights lines stand apart from the text, or are of another size."""
        bases = sorted({line.base for line in self.lines}, reverse=True)
        steps = [one - other for one, other in pairwise(bases)]
        usual = _APART * median(steps) if steps else 0.0
        reach = _OUTER * (self.top - self.bottom)
        own = {line.base for line in self.lines if abs(line.size - size) > _OTHER * size}
        high = [
            one for one, other in pairwise(bases) if one >= self.top - reach and (one - other > usual or one in own)
        ]
        low = [
            other
            for one, other in pairwise(bases)
            if other <= self.bottom + reach and (one - other > usual or other in own)
        ]
        return min(high, default=math.inf), max(low, default=-math.inf)


def part_margins(sheets: Sequence[Sheet], size: float) -> tuple[list[Line], list[str], list[str]]:
    """Return the lines of the text, what the margins repeat or count, and small words there that stand once."""
    margins = [sheet.margins() for sheet in sheets]
    pages: dict[tuple[str, str], set[int]] = {}
    for number, (sheet, places) in enumerate(zip(sheets, margins, strict=True)):
        for line, margin in zip(sheet.lines, places, strict=True):
            pages.setdefault((margin, _key(line)), set()).add(number)
    kept: list[Line] = []
    repeated: list[str] = []
    small: list[str] = []
    for sheet, places in zip(sheets, margins, strict=True):
        above, below = sheet.apart(size)
        for line, margin in zip(sheet.lines, places, strict=True):
            count = len(pages[margin, _key(line)])
            is_apart = line.base >= above or line.base <= below
            is_repeated = is_apart and count >= 2 and 2 * count >= len(sheets) - 1
            if margin and (_NUMBER.fullmatch(line.words.strip()) or is_repeated):
                repeated.append(line.words)
            elif margin and line.size < _SMALL * size and len(line.words) <= _LONGEST:
                small.append(line.words)
            else:
                kept.append(line)
    return kept, repeated, small


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.words.replace(" ", ""))
