"""What other weights would make of the result: ranges and last places over a box of weights (§5.2, STATISTICS 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pingyi.inference.composite import Number, Weights
from pingyi.rules.estimate import Estimate, WeightRange, fixed

QUARTER = Fraction(1, 4)
MARGIN_ZERO = 1e-9  # a margin under this, found by the linear program, is a tie


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

    t_j = max over weights of min over the others of (their score − its score), by linear program (HiGHS): at 0 or
    above, some admissible weights make the section last, ties included (§5.2; STATISTICS 4).
    """
    low = [weight * (1 - share) for weight in marks.weights]
    high = [weight * (1 + share) for weight in marks.weights]
    found = []
    for at in range(len(marks.sections)):
        margin = _margin(marks, at, low, high)
        least, most = (_extreme(marks, at, low, high, largest=largest) for largest in (False, True))
        found.append(
            WeightRange(low=fixed(least), high=fixed(most), margin=fixed(margin), can_be_last=margin >= -MARGIN_ZERO)
        )
    return tuple(found)


def dominance(marks: Marks) -> Fraction | None:
    """Return the share of pairs in which one section is at least as good in every source: no weights change these.

    (§5.2; the outranking of COINr.) None for fewer than two sections.
    """
    size = len(marks.sections)
    pairs = [(j, k) for j in range(size) for k in range(j)]
    if not pairs:
        return None
    rows = [(*row, added) for row, added in zip(marks.marks, marks.added, strict=True)]
    held = sum(_is_above(rows[j], rows[k]) or _is_above(rows[k], rows[j]) for j, k in pairs)
    return Fraction(held, len(pairs))


def _is_above(one: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def _filled(found: Sequence[Fraction | None], shares: Sequence[Fraction]) -> tuple[Fraction, ...]:
    there = [(mark, share) for mark, share in zip(found, shares, strict=True) if mark is not None]
    whole = sum((share for _, share in there), Fraction(0))
    mean = sum((mark * share for mark, share in there), Fraction(0)) / whole if whole else Fraction(0)
    return tuple(mean if mark is None else mark for mark in found)


def _extreme(marks: Marks, at: int, low: Sequence[Fraction], high: Sequence[Fraction], *, largest: bool) -> Fraction:
    """Fill up from the lower bounds, the best (or worst) source first: exact, without a program."""
    row, left = marks.marks[at], sum(marks.weights, Fraction(0)) - sum(low, Fraction(0))
    score = sum((a * s for a, s in zip(low, row, strict=True)), marks.added[at])
    for k in sorted(range(len(row)), key=lambda one: row[one], reverse=largest):
        step = min(left, high[k] - low[k])
        score, left = score + step * row[k], left - step
    return score


def _margin(marks: Marks, at: int, low: Sequence[Fraction], high: Sequence[Fraction]) -> float:
    """Solve max t such that wᵀ(s_k − s_j) + added_k − added_j ≥ t for all others k, w in the box, Σ w as before."""
    from scipy import optimize

    others = [k for k in range(len(marks.sections)) if k != at]
    if not others:
        return 0.0
    size = len(marks.sources)
    gaps = [[float(marks.marks[k][i] - marks.marks[at][i]) for i in range(size)] for k in others]
    solved = optimize.linprog(
        c=np.array([0.0] * size + [-1.0]),
        A_ub=np.hstack([-np.array(gaps).reshape(len(others), size), np.ones((len(others), 1))]),
        b_ub=np.array([float(marks.added[k] - marks.added[at]) for k in others]),
        A_eq=np.array([[1.0] * size + [0.0]]),
        b_eq=np.array([float(sum(marks.weights, Fraction(0)))]),
        bounds=[(float(a), float(b)) for a, b in zip(low, high, strict=True)] + [(None, None)],
        method="highs",
    )
    return -float(solved.fun or 0.0)
