"""Answers that name no person → a source's variances: independent of one another, a row of counts for so many (§5.2).

Persons are counted; design weights weigh, and only move the variance by how unequal they are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.inference.marked import Mark
from pingyi.inference.marks import share_variance
from pingyi.inference.sums import Floats, pooled_df
from pingyi.rules.published.influence import Pile

Counts = Mapping[Pile, float]


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """The covariance of the sections' marks, degrees of freedom, and how many gave a mark."""

    covariance: Floats
    df: list[float]
    counts: list[int]


@dataclass(kw_only=True, slots=True)
class _Part:
    """One independent part of a section's variance."""

    variance: float
    df: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mean:
    """A pile's weighted mean, the sum of its weights, and how many answers it holds."""

    value: float
    whole: float
    count: int


def sampled(
    rows: Sequence[Mark],
    *,
    pulls: Counts,
    sections: Sequence[str],
    frames: Mapping[str, int] | None = None,
    is_cases: bool = False,
) -> Sampled:
    """Return how sure the marks are: of each pile the variance of its mean, of a share of cases never 0 (§5.2).

    `frames`: elector group → how many there are of it in all, where that is known.
    """
    means = _means(rows)
    parts: dict[str, list[_Part]] = defaultdict(list)
    for pile, part in _by_pile(rows, means=means, pulls=pulls, frames=frames or {}, is_cases=is_cases).items():
        parts[pile[0]].append(part)
    for name in sections:
        if math.fsum(one.variance for one in parts[name]) <= 0:
            parts[name] = [_Part(variance=_floor(name, means, pulls), df=math.inf)]
    own = [math.fsum(one.variance for one in parts[name]) for name in sections]
    dfs = [pooled_df([one.variance for one in parts[name]], [one.df for one in parts[name]]) for name in sections]
    return Sampled(covariance=np.diag(own), df=dfs, counts=[_count(name, rows) for name in sections])


def _means(rows: Sequence[Mark]) -> dict[Pile, _Mean]:
    """Return each pile's mean; 不了解 is neither above nor below the line."""
    given: dict[Pile, list[Mark]] = defaultdict(list)
    for row in rows:
        if row.mark is not None:
            given[row.section, row.indicator, row.group].append(row)
    found = {}
    for pile, answers in given.items():
        whole = math.fsum(row.times * row.weight for row in answers)
        value = math.fsum((row.mark or 0.0) * row.times * row.weight for row in answers) / whole
        found[pile] = _Mean(value=value, whole=whole, count=sum(row.times for row in answers))
    return found


def _by_pile(
    rows: Sequence[Mark],
    *,
    means: Mapping[Pile, _Mean],
    pulls: Counts,
    frames: Mapping[str, int],
    is_cases: bool,
) -> dict[Pile, _Part]:
    """Return each pile's own variance: of a mean s²/n, of a share of cases never 0."""
    given: dict[Pile, list[Mark]] = defaultdict(list)
    for row in rows:
        if row.mark is not None:
            given[row.section, row.indicator, row.group].append(row)
    return {
        pile: _pile(found, means[pile], pull=pulls[pile], frame=frames.get(pile[2], 0), is_cases=is_cases)
        for pile, found in given.items()
    }


def _pile(rows: Sequence[Mark], mean: _Mean, *, pull: float, frame: int, is_cases: bool) -> _Part:
    if is_cases and all(row.mark in {0.0, 100.0} for row in rows):
        variance = 10_000 * share_variance(round(mean.value * mean.count / 100), mean.count)
        return _Part(variance=pull**2 * variance, df=math.inf)
    own = mean.count
    if own <= 1:
        return _Part(variance=0.0, df=math.inf)
    squares = math.fsum(row.times * (row.weight * ((row.mark or 0.0) - mean.value)) ** 2 for row in rows)
    left = 1 - own / frame if frame >= own else 1.0
    return _Part(variance=pull**2 * left * squares / mean.whole**2 * own / (own - 1), df=own - 1)


def _floor(section: str, means: Mapping[Pile, _Mean], pulls: Counts) -> float:
    """Return a variance for equal answers: a share of 0 or 1 is never known for certain."""
    mine = [(pulls[pile], mean.count) for pile, mean in means.items() if pile[0] == section]
    return math.fsum(pull**2 * 10_000 * share_variance(count, count) for pull, count in mine)


def _count(section: str, rows: Sequence[Mark]) -> int:
    """Return how many gave a mark: of several questions the one that most answered."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.section == section and row.mark is not None:
            found[row.indicator] += row.times
    return max(found.values(), default=0)
