"""What a matter is made of, for learning: characters, pairs of characters, words, facets and pairs of facets."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pingyi.inference.lexicon import Lexicon, cleaned

if TYPE_CHECKING:
    import numpy as np
    from scipy import sparse

WORD, FACET = "\x01", "\x02"  # marks that no cleaned text holds, so that a word is not taken for a pair of characters
LONGEST_TEXT = 4_000  # characters; what matters is said by then
MOST_FEATURES = 150_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A matter that people have decided: what it said, what else was known, and what they decided."""

    label: str
    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    group: str = ""  # matters of one group are never learnt from and checked on at once


@dataclass(frozen=True)
class Vocabulary:
    """Every feature with its place and its inverse document frequency."""

    places: Mapping[str, int]
    rarity: Sequence[float]

    def row(self, lexicon: Lexicon, text: str, facets: Iterable[tuple[str, str]]) -> list[tuple[int, float]]:
        """Return the places and values of one matter; text and facets have length 1 each: neither drowns the other."""
        blocks = (counted(lexicon, text), dict.fromkeys(facet_words(facets), 1))
        return [pair for block in blocks for pair in self._normal(block)]

    def _normal(self, block: Mapping[str, int]) -> list[tuple[int, float]]:
        places, rarity = self.places, self.rarity
        found = [(places[name], 1 + math.log(count)) for name, count in block.items() if name in places]
        values = [(place, value * rarity[place]) for place, value in found]
        length = math.sqrt(math.fsum(value * value for _, value in values)) or 1.0
        return [(place, value / length) for place, value in values]


def counted(lexicon: Lexicon, text: str) -> Counter[str]:
    """Count a text's characters, pairs of characters and words."""
    short = cleaned(text)[:LONGEST_TEXT]
    pairs = [short[at : at + 2] for at in range(len(short) - 1)]
    words = [WORD + word for word in lexicon.cut(short) if len(word) > 1]
    return Counter([*short, *pairs, *words])


def facet_words(facets: Iterable[tuple[str, str]]) -> list[str]:
    """Return a feature for each known facet and each two of them."""
    known = [f"{name}={value}" for name, value in sorted(facets) if value]
    return [FACET + one for one in known] + [f"{FACET}{one}{FACET}{two}" for one, two in combinations(known, 2)]


def vocabulary(lexicon: Lexicon, examples: Sequence[Example], *, least: int = 2) -> Vocabulary:
    """Return the features that at least `least` examples have, the most frequent first."""
    frequency: Counter[str] = Counter()
    for example in examples:
        frequency.update(counted(lexicon, example.text).keys())
        frequency.update(facet_words(example.facets))
    kept = sorted(((name, count) for name, count in frequency.items() if count >= least), key=lambda x: (-x[1], x[0]))
    kept = kept[:MOST_FEATURES]
    rarity = [math.log((1 + len(examples)) / (1 + count)) + 1 for _, count in kept]
    return Vocabulary({name: place for place, (name, _) in enumerate(kept)}, rarity)


def matrix(vocabulary: Vocabulary, lexicon: Lexicon, examples: Sequence[Example]) -> sparse.csr_matrix:
    """Return the examples as a sparse matrix."""
    import numpy as np
    from scipy import sparse

    places, values, ends = array("i"), array("d"), array("q", [0])
    for example in examples:
        for place, value in vocabulary.row(lexicon, example.text, example.facets):
            places.append(place)
            values.append(value)
        ends.append(len(places))
    parts: tuple[np.ndarray[Any, Any], ...] = (np.array(values), np.array(places), np.array(ends))
    return sparse.csr_matrix(parts, shape=(len(examples), len(vocabulary.places)))
