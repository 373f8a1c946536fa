"""A proposal for kind, theme or section, with the words that spoke for it; a person decides (§3.2.2, §5.2)."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from pingyi.inference.features import FACET, LONGEST_TEXT, WORD, Vocabulary
from pingyi.inference.lexicon import HAN, Lexicon, cleaned

FORMAT = "pingyi-proposals/1"
MOST_WORDS = 6
LEAST_SHARE = 0.03  # a word that brought less than this of the whole says nothing
Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, kw_only=True)
class Check:
    """How the model did on matters that it had not learnt from."""

    examples: int
    macro_f1: float
    right: float  # share of all
    answered: float  # share with a score over the threshold
    right_when_answered: float
    most_frequent: float  # share that always naming the most frequent label would get right


@dataclass(frozen=True, kw_only=True)
class Spoke:
    """A word of the text, or the value of a facet, that spoke for the proposal; `share` of all that did."""

    word: str
    share: float
    facet: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the model would say: a label, or None when it does not know."""

    label: str | None
    score: float
    spoke: tuple[Spoke, ...]
    others: tuple[tuple[str, float], ...]  # the next ones, with their scores


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learnt: plain arrays and words."""

    labels: tuple[str, ...]
    lexicon: Lexicon
    vocabulary: Vocabulary
    weights: Floats  # features × labels
    bias: Floats
    sharpness: float  # margins times this, through softmax, are scores that mean what they say
    threshold: float
    check: Check

    @cached_property
    def _centered(self) -> Floats:
        centered: Floats = self.weights - self.weights.mean(axis=1, keepdims=True)
        return centered

    def propose(self, text: str = "", facets: Iterable[tuple[str, str]] = ()) -> Proposal:
        """Return the likeliest label with what spoke for it; no label under the threshold."""
        given = tuple(facets)
        row = self.vocabulary.row(self.lexicon, text, given)
        scores = softmax(self._margins(row) * self.sharpness)
        order = sorted(range(len(self.labels)), key=lambda at: (-scores[at], self.labels[at]))
        best = order[0]
        sure = bool(row) and scores[best] >= self.threshold
        return Proposal(
            label=self.labels[best] if sure else None,
            score=float(scores[best]),
            spoke=self._spoke(row, best, text, given) if sure else (),
            others=tuple((self.labels[at], float(scores[at])) for at in order[1 if sure else 0 : 4]),
        )

    def _margins(self, row: list[tuple[int, float]]) -> Floats:
        if not row:
            return self.bias
        places, values = zip(*row, strict=True)
        return np.asarray(values, dtype=np.float32) @ self.weights[list(places)] + self.bias

    def _spoke(
        self, row: list[tuple[int, float]], label: int, text: str, facets: tuple[tuple[str, str], ...]
    ) -> tuple[Spoke, ...]:
        """Lay what each feature brought onto the characters it stands on, and add it up by word."""
        brought = {place: value * float(self._centered[place, label]) for place, value in row}
        names = self.vocabulary.places
        short = cleaned(text)[:LONGEST_TEXT]
        pieces = self.lexicon.cut(short)

        def gain(name: str) -> float:
            return brought.get(names.get(name, -1), 0.0)

        words: dict[str, float] = defaultdict(float)
        for piece, total in zip(pieces, _along(short, pieces, gain), strict=True):
            if len(piece) > 1 and (HAN.search(piece) or len(piece) > 2):
                words[piece] += total
        said = [(value, name, gain(f"{FACET}{name}={value}")) for name, value in facets if value]
        return _strongest([*((word, "", total) for word, total in words.items()), *said])


def softmax(margins: Floats) -> Floats:
    """Return shares that add up to one."""
    raised = np.exp(margins - margins.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def to_bytes(model: Model) -> bytes:
    """Return the model as arrays and JSON; the same model gives the same bytes."""
    head = {
        "format": FORMAT,
        "labels": model.labels,
        "sharpness": model.sharpness,
        "threshold": model.threshold,
        "check": asdict(model.check),
        "features": list(model.vocabulary.places),
        "words": model.lexicon.counts,
    }
    out = io.BytesIO()
    np.savez_compressed(
        out,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        rarity=np.asarray(model.vocabulary.rarity, dtype=np.float64),
        weights=model.weights,
        bias=model.bias,
    )
    return out.getvalue()


def from_bytes(raw: bytes) -> Model:
    """Return the model that was saved; nothing in the bytes is ever run."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        head = json.loads(arrays["head"].tobytes())
        if head["format"] != FORMAT:
            raise ValueError(f"not a model of {FORMAT}: {head['format']}")
        rarity, weights, bias = arrays["rarity"].tolist(), arrays["weights"], arrays["bias"]
    return Model(
        labels=tuple(head["labels"]),
        lexicon=Lexicon(head["words"]),
        vocabulary=Vocabulary({name: place for place, name in enumerate(head["features"])}, rarity),
        weights=weights,
        bias=bias,
        sharpness=head["sharpness"],
        threshold=head["threshold"],
        check=Check(**head["check"]),
    )


def _along(short: str, pieces: list[str], gain: Callable[[str], float]) -> list[float]:
    """Return what each piece of the text brought: its own feature, its characters, and its share of pairs."""
    pairs = [short[at : at + 2] for at in range(len(short) - 1)]
    counts = Counter([*short, *pairs, *(WORD + piece for piece in pieces if len(piece) > 1)])
    found, at = [], 0
    for piece in pieces:
        at = short.index(piece, at)
        total = gain(WORD + piece) / counts[WORD + piece] if len(piece) > 1 else 0.0
        total += sum(gain(character) / counts[character] for character in piece)
        for start in range(max(0, at - 1), at + len(piece)):
            pair = short[start : start + 2]
            if len(pair) == 2:
                inside = (start >= at) + (start + 1 < at + len(piece))
                total += gain(pair) / counts[pair] * inside / 2
        found.append(total)
        at += len(piece)
    return found


def _strongest(said: list[tuple[str, str, float]]) -> tuple[Spoke, ...]:
    whole = sum(gain for _, _, gain in said if gain > 0) or 1.0
    strong = sorted((one for one in said if one[2] > LEAST_SHARE * whole), key=lambda one: (-one[2], one[0]))
    return tuple(Spoke(word=word, facet=facet, share=gain / whole) for word, facet, gain in strong[:MOST_WORDS])
