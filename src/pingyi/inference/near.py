"""Texts that are nearly the same, and matters that the same person raised again (§1.4, §3.2.2).

Shingles of characters, signatures of least hashes, bands of signatures, and an exact check of each pair that meets in a
band. The numbers of a text depend on nothing but the text, so they may be stored and compared years later.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pingyi.inference.lexicon import cleaned

SHINGLE = 3
BANDS, ROWS = 16, 4  # a pair of likeness 0.6 meets with 89 %, of 0.8 with 99.98 %, of 0.2 with 3 %
NEAR = 0.6
AGAIN = 0.2  # for two texts of one person
CROWD = 60  # a band that more different texts share is held by a phrase, not by a matter: each meets the first only
Numbers = np.ndarray[Any, np.dtype[np.uint64]]
_chance = np.random.default_rng(20120315)
_FACTORS: Numbers = _chance.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS: Numbers = _chance.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One text; `who` is the same for texts of one person, and empty when nobody knows."""

    key: str
    text: str
    who: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two texts and the share of their shingles that both have."""

    first: str
    second: str
    likeness: float


def shingles(text: str) -> Numbers:
    """Return the sorted hashes of a text's shingles; digits count as one sign, for dates and times differ."""
    short = cleaned(text)
    marks = "".join("0" if character.isdigit() else character for character in short if character.isalnum())
    size = max(1, len(marks) - SHINGLE + 1)
    found = {zlib.crc32(marks[at : at + SHINGLE].encode()) for at in range(size)} if marks else set()
    return np.array(sorted(found), dtype=np.uint64)


def bands(numbers: Numbers) -> list[int]:
    """Return what a text is found by: one signed 64-bit number for each band; nothing for an empty text."""
    if not len(numbers):
        return []
    mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    least = ((mixed[:, None] * _FACTORS + _SHIFTS) >> np.uint64(32)).min(axis=0).reshape(BANDS, ROWS)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)
    for row in range(ROWS):
        keys = (keys ^ least[:, row]) * np.uint64(0xBF58476D1CE4E5B9)
        keys ^= keys >> np.uint64(31)
    return [int(key) for key in keys.view(np.int64)]


def likeness(one: Numbers, other: Numbers) -> float:
    """Return the exact Jaccard likeness of two texts' shingles."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    either = len(one) + len(other) - both
    return both / either if either else 0.0


def pairs(texts: Iterable[Said], *, least: float = NEAR) -> tuple[Pair, ...]:
    """Return every two texts at least so much alike, the likest first; identical ones each with the first of them."""
    numbers = {said.key: shingles(said.text) for said in texts}
    first: dict[bytes, str] = {}
    same: list[Pair] = []
    for key in sorted(numbers):
        shown = first.setdefault(numbers[key].tobytes(), key)
        if shown != key and len(numbers[key]):
            same.append(Pair(first=shown, second=key, likeness=1.0))
    meeting = _meeting({key: bands(numbers[key]) for key in first.values()})
    near = (Pair(first=one, second=two, likeness=likeness(numbers[one], numbers[two])) for one, two in meeting)
    found = [*same, *(pair for pair in near if pair.likeness >= least)]
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def repeats(texts: Iterable[Said], *, least: float = AGAIN) -> tuple[Pair, ...]:
    """Return every two texts of one person that are about the same matter (§3.2.2)."""
    by_person: dict[str, list[tuple[str, Numbers]]] = defaultdict(list)
    for said in texts:
        if said.who:
            by_person[said.who].append((said.key, shingles(said.text)))
    found = [pair for theirs in by_person.values() for pair in _among(sorted(theirs, key=lambda one: one[0]), least)]
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def groups(found: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """Return the keys that hang together through pairs, the largest group first."""
    leader: dict[str, str] = {}

    def top(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for pair in found:
        one, two = sorted((top(pair.first), top(pair.second)))
        leader[two] = one
    together: dict[str, list[str]] = defaultdict(list)
    for key in sorted(leader):
        together[top(key)].append(key)
    return tuple(sorted((tuple(keys) for keys in together.values()), key=lambda keys: (-len(keys), keys)))


def _meeting(found_by: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    shelves: dict[int, list[str]] = defaultdict(list)
    for key, numbers in found_by.items():
        for number in numbers:
            shelves[number].append(key)
    met: set[tuple[str, str]] = set()
    for keys in shelves.values():
        for at, key in enumerate(keys[1:], 1):
            others = keys[:at] if len(keys) <= CROWD else keys[:1]
            met.update((other, key) if other < key else (key, other) for other in others)
    return sorted(met)


def _among(theirs: Sequence[tuple[str, Numbers]], least: float) -> list[Pair]:
    found = [
        Pair(first=one, second=two, likeness=likeness(ours, other))
        for at, (two, other) in enumerate(theirs)
        for one, ours in theirs[max(0, at - CROWD) : at]
    ]
    return [pair for pair in found if pair.likeness >= least]
