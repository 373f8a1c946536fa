"""Lines → paragraphs: a line that ends at its column's right edge goes on in the next one."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from statistics import median

from pingyi.reader.layout.lines import Line, joined

_RAGGED = 1.6  # of the size: a full line ends this near to its column's edge
_INDENT = 1.2  # of the size: what begins farther in begins a paragraph
_SAME_SIZE = 1.2  # points
_LARGER = 1.15  # than the text: a title
_INSET = 2.5  # of the size, on both sides, of what is centred
_FAR_IN = 1 / 3  # of its column's width: what is set to the right begins there or farther
_ELSEWHERE = 0.5  # of the size: lines of one hanging paragraph begin nearer to each other
_FEW = 5  # lines of a column on one page; with fewer the whole document's edges count
_APART = 1.5  # of the usual distance of two lines
_MARGINS = 1.6  # times the left one: how wide the right margin may be
_SEVERAL = 3
_LONG = 12  # times the size: shorter lines that are equally long are a list
_WIDE = 0x2E80
# No line is broken before a closing sign, after an opening one, at a quotation mark, inside a number or a word.
_UNBROKEN = re.compile(
    r"[（(《〈「【\[“‘]*(?:[a-zA-Z\d][a-zA-Z\d.%‰/:@-]*|.)(?:[“”‘’]+.)*[）)》〉”’」】\]，。、；：！？,.;:!?%…—]*"
)
_STOPS = "。；：！？"


def paragraphs_of(lines: list[Line], size: float, spans: list[tuple[float, float]]) -> list[str]:
    """Return the paragraphs, and the rows of tables as they are.

    `size` is that of the text, `spans` are the left and right sides of the pages.
    """
    _set_edges(lines, spans)
    pitch = _pitch(lines)
    paragraphs: list[str] = []
    last: Line | None = None
    for line in lines:
        words = line.words.strip(" \u3000") if not line.is_row else line.words.strip(" ")
        if last is not None and _goes_on(last, line, size, pitch):
            paragraphs[-1] = joined(paragraphs[-1], words)
        else:
            paragraphs.append(words)
        last = line
    return paragraphs


def _goes_on(last: Line, line: Line, size: float, pitch: float) -> bool:
    if last.is_row or line.is_row or abs(last.size - line.size) >= _SAME_SIZE or _is_set_right(last, line):
        return False
    if line.size > _LARGER * size:
        return _is_centered(line) and abs(_middle(last) - _middle(line)) < line.size and not last.has_mark
    has_stopped = last.words.rstrip()[-1:] in _STOPS
    is_far = last.page == line.page and last.column == line.column and last.base - line.base > _APART * pitch
    ends = line.right < line.edges[1] - _RAGGED * line.size and line.words.rstrip()[-1:] not in _STOPS
    if has_stopped and (line.has_mark or is_far or ends):  # a short line without a stop is a heading or a name
        return False
    # What cannot be parted from the first sign of the next line moved there with it.
    kept = _RAGGED if has_stopped else max(_RAGGED, _unbroken(line.words))
    is_full = last.right >= last.edges[1] - kept * last.size
    is_at_edge = line.left - line.edges[0] <= _INDENT * line.size
    return (is_full and (is_at_edge or not (has_stopped or line.has_mark or _is_centered(line)))) or (
        _is_centered(last) and _is_centered(line) and not line.has_mark and not has_stopped
    )


def _unbroken(words: str) -> float:
    """Return how wide the first signs are between which no line may break, in sizes."""
    first = _UNBROKEN.match(words)
    return sum(1 if ord(sign) >= _WIDE else 0.6 for sign in first.group()) if first else 0


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2 - sum(line.edges) / 2


def _is_centered(line: Line) -> bool:
    before, after = line.left - line.edges[0], line.edges[1] - line.right
    return min(before, after) > _INSET * line.size and abs(before - after) < line.size


def _is_set_right(last: Line, line: Line) -> bool:
    """Tell whether a line begins far in, and elsewhere than the one before: a signature or a day, set to the right."""
    before, after = line.left - line.edges[0], line.edges[1] - line.right
    is_far_in = before > _FAR_IN * (line.edges[1] - line.edges[0]) and before > 2 * after
    return is_far_in and abs(line.left - last.left) > _ELSEWHERE * line.size


def _set_edges(lines: list[Line], spans: list[tuple[float, float]]) -> None:
    """Tell each line where its column begins and ends: on its page, or in the document where the page holds few."""
    everywhere: dict[str, list[Line]] = {}
    here: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        if not line.is_row:
            everywhere.setdefault(line.column, []).append(line)
            here.setdefault((line.column, line.page), []).append(line)
    for (column, page), held in here.items():
        known = held if len(held) >= _FEW else everywhere[column]
        left, right = _edges(known)
        is_edge = _is_margin((left, right), spans[page], known[0].size) or _is_kept(known, right)
        edges = (left, right if is_edge else math.inf)
        for line in held:
            line.edges = edges


def _edges(lines: list[Line]) -> tuple[float, float]:
    """Return where the first and the last sign of a full line stand: a single line may stick out to the right."""
    left = min(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    ragged = _RAGGED * lines[0].size
    is_alone = len(rights) > _SEVERAL and rights[0] - rights[1] > ragged > rights[1] - rights[_SEVERAL]
    return left, rights[1] if is_alone else rights[0]


def _is_margin(edges: tuple[float, float], span: tuple[float, float], size: float) -> bool:
    """Tell whether the text reaches as near to the page's right side as a column does, not only some short lines."""
    return span[1] - edges[1] <= _MARGINS * (edges[0] - span[0]) + 2 * size


def _is_kept(lines: list[Line], right: float) -> bool:
    """Tell whether several lines break at the same place in the middle of a sentence."""
    full = [one for one in lines if one.right >= right - _RAGGED * one.size and one.right - one.left > _LONG * one.size]
    broken = sum(one.words.rstrip()[-1:] not in _STOPS for one in full)
    return broken >= _SEVERAL and 2 * broken >= len(full)


def _pitch(lines: list[Line]) -> float:
    """Return the usual distance of two lines of the text."""
    steps = [
        last.base - line.base
        for last, line in pairwise(lines)
        if last.page == line.page and last.column == line.column and last.base > line.base and not line.is_row
    ]
    return median(steps) if steps else 0.0
