"""What other weights would make of the result: ranges and last places over a box of weights (§5.2, STATISTICS 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from pingyi.inference.certificate import Contest, certify, extreme
from pingyi.inference.composite import Number, Weights
from pingyi.inference.sums import Bools, Ints
from pingyi.rules.estimate import Estimate, WeightRange, fixed

QUARTER = Fraction(1, 4)
MARGIN_ZERO = Decimal("-1E-9")  # a margin from here to 0 is a tie: the proof is rounded


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Marks of p sections from K sources, exactly, with nominal weights, and what is added beside the sources."""

    sections: tuple[str, ...]
    sources: tuple[str, ...]
    weights: tuple[Fraction, ...]
    marks: tuple[tuple[Fraction, ...], ...]  # p × K
    added: tuple[Fraction, ...]  # p: bonus, deductions


def marks_of(
    estimates: Sequence[Estimate],
    *,
    weights: Mapping[str, Fraction],
    sections: Sequence[str],
    added: Mapping[str, Fraction] | None = None,
) -> Marks:
    """Return the marks on which weights work (§5.2).

    Where a source was dropped for a section, its place is taken by the section's weighted mean of the others: with the
    nominal weights that gives the official score.
    """
    known = [one for one in estimates if weights.get(one.source)]
    shares = tuple(Fraction(weights[one.source]) for one in known)
    rows = []
    for name in sections:
        places = [one.place(name) for one in known]
        found = [None if at is None else Fraction(one.values[at]) for one, at in zip(known, places, strict=True)]
        rows.append(_filled(found, shares))
    return Marks(
        sections=tuple(sections),
        sources=tuple(one.source for one in known),
        weights=shares,
        marks=tuple(rows),
        added=tuple((added or {}).get(name, Fraction(0)) for name in sections),
    )


def nominal(weights: Weights) -> dict[str, Fraction]:
    """Return a plain weight for each source: those of the section that has the most of them (§5.2)."""
    sections = dict.fromkeys(name for given in weights.values() if isinstance(given, Mapping) for name in given)
    rows = [{source: _weight(given, name) for source, given in weights.items()} for name in sections]
    if not rows:
        return {source: _weight(given, "") for source, given in weights.items()}
    return max(rows, key=lambda row: sum(weight > 0 for weight in row.values()))


def _weight(given: Number | Mapping[str, Number], name: str) -> Fraction:
    return Fraction(given.get(name, 0) if isinstance(given, Mapping) else given)


def weight_ranges(marks: Marks, *, share: Fraction = QUARTER) -> tuple[WeightRange, ...]:
    """Return each section's range of scores and its margin t_j over weights within ± `share`, adding up as before.

    t_j = max over weights of min over the others of (their score − its score): at 0 or above, some admissible weights
    make the section last, ties included (§5.2; STATISTICS 4). Its proof stands beside it.
    """
    box = _Box(
        low=tuple(weight * (1 - share) for weight in marks.weights),
        high=tuple(weight * (1 + share) for weight in marks.weights),
        whole=sum(marks.weights, Fraction(0)),
    )
    lower = _lower(_places(marks))
    return tuple(_range(marks, at, box, lower) for at in range(len(marks.sections)))


@dataclass(frozen=True, kw_only=True)
class _Box:
    """The weights that are admitted."""

    low: tuple[Fraction, ...]
    high: tuple[Fraction, ...]
    whole: Fraction


def _places(marks: Marks) -> Ints:
    """Return each section's place from the lowest, source by source and in what is added: exact, quick to compare."""
    columns = [*zip(*marks.marks, strict=True), marks.added]
    known = [{value: place for place, value in enumerate(sorted(set(column)))} for column in columns]
    return np.array([[place[one] for place, one in zip(known, row, strict=True)] for row in zip(*columns, strict=True)])


def _lower(places: Ints) -> Bools:
    """Return "row is nowhere above column, and somewhere below": by no weights is it the higher one."""
    found = [np.all(one <= places, axis=1) & np.any(one < places, axis=1) for one in places]
    return np.array(found, dtype=bool).reshape(len(places), len(places))


def _rivals(at: int, lower: Bools) -> list[int]:
    """Return the rivals that can be the lowest under some weights: none of the others lies below them everywhere."""
    below = lower.copy()
    below[at, :] = False
    beaten = np.asarray(np.any(below, axis=0), dtype=bool).tolist()
    return [k for k in range(len(lower)) if k != at and not beaten[k]]


def _range(marks: Marks, at: int, box: _Box, lower: Bools) -> WeightRange:
    own, others = marks.marks[at], _rivals(at, lower)
    contest = Contest(
        gaps=tuple(tuple(a - b for a, b in zip(marks.marks[k], own, strict=True)) for k in others),
        added=tuple(marks.added[k] - marks.added[at] for k in others),
        low=box.low,
        high=box.high,
        whole=box.whole,
    )
    proof = certify(contest, marks.weights)
    least, most = (
        extreme(own, low=box.low, high=box.high, whole=box.whole, largest=largest) + marks.added[at]
        for largest in (False, True)
    )
    margin, shares, none = fixed(proof.margin), dict(zip(others, proof.against, strict=True)), Fraction(0)
    return WeightRange(
        low=fixed(least),
        high=fixed(most),
        margin=margin,
        can_be_last=margin >= MARGIN_ZERO,
        at=proof.at,
        against=tuple(shares.get(k, none) for k in range(len(marks.sections)) if k != at),
    )


def dominance(marks: Marks) -> Fraction | None:
    """Return the share of pairs in which one section is at least as good in every source: no weights change these.

    (§5.2; the outranking of COINr.) None for fewer than two sections.
    """
    size = len(marks.sections)
    if size < 2:
        return None
    places = _places(marks)
    held = sum(
        int(np.sum(np.all(one >= places[:j], axis=1) | np.all(one <= places[:j], axis=1)))
        for j, one in enumerate(places)
    )
    return Fraction(held, size * (size - 1) // 2)


def _filled(found: Sequence[Fraction | None], shares: Sequence[Fraction]) -> tuple[Fraction, ...]:
    there = [(mark, share) for mark, share in zip(found, shares, strict=True) if mark is not None]
    whole = sum((share for _, share in there), Fraction(0))
    mean = sum((mark * share for mark, share in there), Fraction(0)) / whole if whole else Fraction(0)
    return tuple(mean if mark is None else mark for mark in found)
