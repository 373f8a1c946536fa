"""A printed list parted where the printer joined it: what stands in marks or brackets is not looked into."""

from __future__ import annotations

from pingyi.authoring.printing.phrases import OPENING, closing_of
from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.patterns import UnreadError

_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}


def parted(text: str, separator: str, *, brackets: bool = True) -> list[str]:
    """Return the pieces of a text between the signs that stand outside of marks, and of brackets unless told not to."""
    sign, pieces, begins, place, depth = separator.strip(), [], 0, 0, 0
    while place < len(text):
        if text[place] in OPENING:
            place = _closing(text, place)
        elif brackets:
            depth += _BRACKETS.get(text[place], 0)
        if not depth and text.startswith(sign, place):
            pieces.append(text[begins:place].strip())
            begins = place + len(sign)
        place += 1
    return [*pieces, text[begins:].strip()] if text.strip() else []


def unmarked(text: str) -> str:
    """Return a value without the marks that it was set in."""
    whole = text.strip()
    if whole[:1] and whole[0] in OPENING and closing_of(whole, 0) == len(whole) - 1:
        return whole[1:-1]
    return whole


def listed(text: str, tongue: str) -> tuple[str, ...]:
    """Return the names of a printed list."""
    return tuple(unmarked(one) for one in parted(text, word("and", language=tongue)))


def noted(text: str, tongue: str) -> tuple[str, list[str]]:
    """Return a name, still in its marks, and what is said of it in the last brackets."""
    opening, closing = word("noted", language=tongue, name="", notes="|").strip().split("|")
    whole = text.strip()
    place, found = 0, -1
    while place < len(whole):
        if whole[place] in OPENING:
            place = _closing(whole, place)
        elif whole[place] == opening and found < 0:
            found = place
        place += 1
    if found < 0 or not whole.endswith(closing):
        return whole, []
    return whole[:found].strip(), parted(whole[found + 1 : -1], word("semicolon", language=tongue))


def noted_list(text: str, tongue: str) -> list[tuple[str, list[str]]]:
    """Return the names of a printed list, without their marks, each with what is said of it in brackets."""
    found = [noted(one, tongue) for one in parted(text, word("and", language=tongue))]
    return [(unmarked(name), notes) for name, notes in found]


def _closing(text: str, place: int) -> int:
    end = closing_of(text, place)
    if end < 0:
        raise UnreadError(text[place : place + 80])
    return end
