"""The printer's phrases as patterns: what it can say in a place is what is read there (§0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TypeVar

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing.words import WORDS, word
from pingyi.authoring.values import is_english

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
LONGEST = 4_000  # signs of a sentence that is held against phrases; a longer one is none of the printer's
WHOLE = r"-?\d{1,9}"
NUMBER = r"-?\d{1,20}(?:\.\d{1,20})?"
SHARE = NUMBER + "%"
CLEAR = r"[“「『\"].*?[”」』\"]|[^：:；;]+?"  # a name that the printer set in marks where it holds a colon
_SLOT = re.compile(r"\{(\w+)\}")


class UnreadError(ValueError):
    """A place of a print that does not say what the printer would."""


def source_of(code: str, tongue: str, **slots: str) -> str:
    """Return one of the printer's phrases as a pattern; a slot takes what is asked for it, else anything."""
    pieces = _SLOT.split(WORDS[code][is_english(tongue)])
    return r"\s*".join(
        f"(?P<{piece}>{slots.get(piece, '.+?')})" if place % 2 else loose(piece.strip())
        for place, piece in enumerate(pieces)
        if place % 2 or piece.strip()
    )


def read(text: str, source: str) -> dict[str, str]:
    """Return what stands in the slots of a pattern that is the whole text, or raise `UnreadError`."""
    found = _compiled(source).fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise UnreadError(text[:80])
    return {name: (value or "").strip() for name, value in found.groupdict().items()}


def matches(text: str, source: str) -> bool:
    """Whether a whole text is said as a pattern says."""
    return len(text) <= LONGEST and _compiled(source).fullmatch(text) is not None


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.DOTALL)


def optional(source: str) -> str:
    """Return a pattern that may be missing."""
    return f"(?:{source})?"


def loose(words: str) -> str:
    """Return words as a pattern in which a blank may be more or less than one, as where a line ends."""
    return r"\s*".join(re.escape(piece) for piece in re.split(r"\s+", words))


def notes_source(tongue: str) -> str:
    """Return how what is said of a name stands behind it."""
    opening, closing = word("noted", language=tongue, name="", notes="\0").split("\0")
    return rf"\s*{re.escape(opening.strip())}(?P<notes>.*?){re.escape(closing)}"


def one_of(words: Iterable[str]) -> str:
    """Return a pattern that takes any of these words, blanks aside; the longest first."""
    known = sorted({bare(one) for one in words if bare(one)}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s*".join(map(re.escape, one)) for one in known) + ")" if known else "(?!)"


def fixed(kind: type[StrEnum], tongue: str) -> str:
    """Return a pattern that takes the words of a fixed list; a hyphen may have been lost where a line ended."""
    return one_of(value_word(one)[is_english(tongue)] for one in kind).replace(r"\-", r"\-?")


def member(kind: type[E], said: str, tongue: str) -> E:
    """Return which of the fixed values a word stands for; a hyphen may have been lost where a line ended."""
    found = next((one for one in kind if plain(value_word(one)[is_english(tongue)]) == plain(said)), None)
    if found is None:
        raise UnreadError(said[:80])
    return found


def is_member(kind: type[StrEnum], said: str, tongue: str) -> bool:
    """Whether a word stands for one of the fixed values."""
    return any(plain(value_word(one)[is_english(tongue)]) == plain(said) for one in kind)


def day_source(tongue: str) -> str:
    """Return how a day is written."""
    return r"\d{4}-\d{2}-\d{2}" if is_english(tongue) else r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"


def day(said: str) -> date:
    """Return the day that is written."""
    numbers = re.findall(r"\d+", said)
    try:
        year, month, of_month = map(int, numbers)
        return date(year, month, of_month)
    except ValueError as fault:
        raise UnreadError(said[:80]) from fault


def share(said: str) -> Decimal:
    """Return a share that is written as a percentage."""
    if not re.fullmatch(SHARE, said):
        raise UnreadError(said[:80])
    return Decimal(said.removesuffix("%")) / 100


def number(said: str) -> Decimal:
    """Return a written number."""
    if not re.fullmatch(NUMBER, said):
        raise UnreadError(said[:80])
    return Decimal(said)


def unless_none(said: str, tongue: str, read: Callable[[str], T], *, otherwise: T) -> T:
    """Read a cell in which the sign for nothing may stand."""
    return otherwise if said == word("none", language=tongue) else read(said)


def whole(said: str) -> int:
    """Return a written whole number."""
    if not re.fullmatch(WHOLE, said):
        raise UnreadError(said[:80])
    return int(said)


def bare(text: str) -> str:
    """Return a text without its blanks."""
    return re.sub(r"\s+", "", text)


def plain(text: str) -> str:
    """Return a text without its blanks and hyphens, of which a line's end adds or takes one."""
    return re.sub(r"[\s-]+", "", text)
