"""The words of a body of texts, found from the texts alone: no dictionary knows a district's estates and streets.

A string is a word when its parts keep together (they meet far more often than chance would have them) and when its
neighbors on both sides vary. Texts are then cut along the words by the likeliest path.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

LONGEST = 6
MOST_READ = 1_500_000  # characters are enough to know the words; more would only take longer
LEAST_SEEN = 5
COHESION = 3.0  # log of how much more often the parts meet than chance
FREEDOM = 0.8  # entropy of the neighbors, in nats
STOP = frozenset(
    "的了是在我们你他她它这那和与及或就都也还又很不没有被把对从到为以而之其但请让给向于着过吗呢吧啊么个些每各已将能会可该并且因所"
)
RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]*\d*[a-z\d]*")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Lexicon:
    """Words with how often they were seen."""

    counts: Mapping[str, int]
    _chances: dict[str, float] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the logarithms, for texts are cut many times."""
        total = sum(self.counts.values()) or 1
        self._chances.update({word: math.log(count / total) for word, count in self.counts.items()})
        self._chances[""] = -math.log(total) - 1.0  # a character that no word covers

    def cut(self, text: str) -> list[str]:
        """Return the pieces of the text along the likeliest path through the words; the rest are single characters."""
        return [piece for run in RUN.findall(cleaned(text)) if run for piece in self._path(run)]

    def words(self, text: str) -> Iterator[str]:
        """Yield the pieces that are words, and the shorter words inside long ones: an estate's name in its address."""
        for piece in self.cut(text):
            if len(piece) > 1:
                yield piece
            if len(piece) > 3 and HAN.match(piece):
                inner = (piece[at : at + size] for size in range(2, len(piece)) for at in range(len(piece) - size + 1))
                yield from (word for word in inner if word in self.counts)

    def _path(self, run: str) -> list[str]:
        if not HAN.match(run):
            return [run]
        chances, single = self._chances, self._chances[""]
        best = [0.0]
        begun = [0]
        for end in range(1, len(run) + 1):
            score, start = best[end - 1] + single, end - 1
            for other in range(max(0, end - LONGEST), end - 1):
                chance = chances.get(run[other:end])
                if chance is not None and best[other] + chance > score:
                    score, start = best[other] + chance, other
            best.append(score)
            begun.append(start)
        pieces: list[str] = []
        end = len(run)
        while end:
            pieces.append(run[begun[end] : end])
            end = begun[end]
        return pieces[::-1]


def cleaned(text: str) -> str:
    """Return the text in one form: full-width forms folded, lower case, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def lexicon(texts: Iterable[str], *, most: int = 20_000) -> Lexicon:
    """Return the words found in the texts, the most frequent first."""
    runs = _runs(texts)
    counts = _frequent(runs)
    total = sum(map(len, runs))
    free = _freedom(runs, {word for word in counts if len(word) > 1 and _holds(word, counts, total)})
    words = {word: counts[word] for word in free if free[word] >= FREEDOM and not (STOP & {word[0], word[-1]})}
    return Lexicon(dict(sorted(words.items(), key=lambda item: (-item[1], item[0]))[:most]))


def _runs(texts: Iterable[str]) -> list[str]:
    runs: list[str] = []
    read = 0
    for text in texts:
        found = [run for run in RUN.findall(cleaned(text)) if run and HAN.match(run)]
        runs += found
        read += sum(map(len, found))
        if read > MOST_READ:
            break
    return runs


def _frequent(runs: list[str]) -> dict[str, int]:
    """Count strings by length; a longer one is counted only where both its shorter halves are frequent."""
    known: dict[str, int] = dict(Counter(character for run in runs for character in run))
    for size in range(2, LONGEST + 1):
        found = Counter(
            run[at : at + size]
            for run in runs
            for at in range(len(run) - size + 1)
            if run[at : at + size - 1] in known and run[at + 1 : at + size] in known
        )
        known |= {word: count for word, count in found.items() if count >= LEAST_SEEN}
    return known


def _holds(word: str, counts: Mapping[str, int], total: int) -> bool:
    """Whether the word's weakest seam holds."""
    seams = (counts[word[:at]] * counts[word[at:]] for at in range(1, len(word)))
    return math.log(counts[word] * total / max(seams)) >= COHESION


def _freedom(runs: list[str], words: set[str]) -> dict[str, float]:
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for size in range(2, min(LONGEST, len(run)) + 1):
            for at in range(len(run) - size + 1):
                word = run[at : at + size]
                if word in words:
                    before[word][run[at - 1] if at else "^"] += 1
                    after[word][run[at + size] if at + size < len(run) else "$"] += 1
    return {word: min(_entropy(before[word]), _entropy(after[word])) for word in words}


def _entropy(neighbors: Counter[str]) -> float:
    """Return the entropy; an end of the sentence is a neighbor of its own each time."""
    total = sum(neighbors.values())
    ends = neighbors["^"] + neighbors["$"]
    shares = [count / total for mark, count in neighbors.items() if mark not in "^$"]
    return -math.fsum(share * math.log(share) for share in shares) + ends / total * math.log(total)
