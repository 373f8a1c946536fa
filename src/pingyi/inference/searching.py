"""Full text in Chinese without a dictionary: texts become pairs of characters, so every two-character word is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pingyi.inference.lexicon import cleaned
from pingyi.inference.near import bands, shingles

PIECE = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
LIKE = "ǂ"  # begins the words by which near-same texts meet; a letter that nobody types
LONGEST_WORD = 40
MOST_TERMS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody looks for: every word must be there, and every term as it was typed."""

    words: tuple[str, ...]  # whole words of the index
    beginnings: tuple[str, ...]  # words of the index that begin so
    terms: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing that could be found was asked for."""
        return not (self.words or self.beginnings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A stretch of a text; hits are marked."""

    text: str
    is_hit: bool


def words(texts: Iterable[str]) -> list[str]:
    """Return the index words of a matter: pairs of characters, the last one of each run, and words in letters."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in PIECE.findall(_spaced(text)):
            found.update(dict.fromkeys(_words(piece)))
    return sorted(found)


def likes(text: str) -> list[str]:
    """Return the index words by which texts that are nearly the same meet."""
    return [f"{LIKE}{number & (2**64 - 1):x}" for number in bands(shingles(text))]


def asked(query: str) -> Asked:
    """Read what was typed: terms between spaces; a single character finds what begins with it."""
    terms = _spaced(query).split()[:MOST_TERMS]
    pieces = [piece for term in terms for piece in PIECE.findall(term)]
    single = [piece[:LONGEST_WORD] for piece in pieces if not _is_han(piece) or len(piece) == 1]
    pairs = [pair for piece in pieces if _is_han(piece) and len(piece) > 1 for pair in _pairs(piece)]
    kept = tuple(term for term in terms if PIECE.search(term))
    return Asked(words=tuple(dict.fromkeys(pairs)), beginnings=tuple(dict.fromkeys(single)), terms=kept)


def holds(texts: Sequence[str], terms: Iterable[str]) -> bool:
    """Whether each term stands in one of the texts as it was typed: pairs may meet by chance in different places."""
    plain = [_plain(text) for text in texts]
    return all(any(_plain(term) in text for text in plain) for term in terms)


def marked(text: str, terms: Iterable[str], *, around: int = 40) -> tuple[Part, ...]:
    """Return the text around the first hit, hits marked; the beginning of the text where nothing is hit."""
    looked = sorted({term for term in terms if term}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, looked)), re.IGNORECASE) if looked else None
    first = pattern.search(text) if pattern else None
    start = max(0, first.start() - around) if first else 0
    shown = text[start : start + 4 * around]
    parts = [Part(text="…", is_hit=False)] if start else []
    at = 0
    for hit in pattern.finditer(shown) if pattern else ():
        parts += [Part(text=shown[at : hit.start()], is_hit=False), Part(text=hit.group(), is_hit=True)]
        at = hit.end()
    tail = shown[at:] + ("…" if start + 4 * around < len(text) else "")
    return tuple(part for part in (*parts, Part(text=tail, is_hit=False)) if part.text)


def _spaced(text: str) -> str:
    return " ".join(cleaned(part) for part in text.split())


def _plain(text: str) -> str:
    return "".join(PIECE.findall(cleaned(text)))


def _words(piece: str) -> list[str]:
    return [*_pairs(piece), piece[-1]] if _is_han(piece) else [piece[:LONGEST_WORD]]


def _pairs(piece: str) -> list[str]:
    return [piece[at : at + 2] for at in range(len(piece) - 1)]


def _is_han(piece: str) -> bool:
    return "\u3400" <= piece[0] <= "\u9fff"
