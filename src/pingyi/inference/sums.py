"""Sums that do not depend on the order of their terms, and quantiles: the same on every machine (§5.2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]


def total(values: Floats) -> float:
    """Return the correctly rounded sum of a vector; the order of its terms makes no difference (Shewchuk)."""
    return math.fsum(values.tolist())


def column_totals(values: Floats) -> Floats:
    """Return the sum of each column of an n × p array, each correctly rounded."""
    return np.array([total(column) for column in values.T], dtype=float)


def group_totals(values: Floats, groups: Ints, *, count: int) -> Floats:
    """Return the `count` × p sums of the rows of an n × p array by group 0 … count − 1, each correctly rounded."""
    order = np.argsort(groups, kind="stable")
    ends = np.searchsorted(groups[order], np.arange(count + 1))
    if len(groups) == count and bool(np.all(np.diff(ends) == 1)):
        return values[order]
    parts = (values[order[ends[at] : ends[at + 1]]] for at in range(count))
    return np.array([column_totals(part) for part in parts], dtype=float).reshape(count, values.shape[1])


def products(rows: Floats, scales: Floats) -> Floats:
    """Return the p × p matrix Σ scale · row · rowᵀ of an n × p array, each cell correctly rounded."""
    size = rows.shape[1]
    found = np.zeros((size, size))
    scaled = rows * scales[:, None]
    for one in range(size):
        for other in range(one + 1):
            found[one, other] = found[other, one] = total(scaled[:, one] * rows[:, other])
    return found


def indexed(labels: Iterable[object]) -> tuple[Ints, tuple[str, ...]]:
    """Return the place of each label among the sorted labels, and these."""
    words = [str(label) for label in labels]
    names = tuple(sorted(set(words)))
    places = {name: at for at, name in enumerate(names)}
    return np.array([places[word] for word in words], dtype=np.int64), names


def t_quantile(probability: float, df: float) -> float:
    """Return the quantile of Student's t; of the normal distribution where `df` is infinite."""
    from scipy import special

    return float(special.ndtri(probability) if math.isinf(df) else special.stdtrit(df, probability))


def t_quantiles(probability: float, dfs: Floats) -> Floats:
    """Return the same quantile for each of these degrees of freedom."""
    from scipy import special

    kinds, at = np.unique(dfs, return_inverse=True)  # a pair has one, whichever way round it is asked
    endless = np.isinf(kinds)
    found = special.stdtrit(np.where(endless, 1.0, kinds), probability)
    each = np.asarray(np.where(endless, special.ndtri(probability), found), dtype=float)
    return each[at].reshape(dfs.shape)


def t_probability(value: float, df: float) -> float:
    """Return P(T ≤ value) of Student's t; of the normal distribution where `df` is infinite."""
    from scipy import special

    if math.isinf(value):
        return 1.0 if value > 0 else 0.0
    return float(special.ndtr(value) if math.isinf(df) else special.stdtr(df, value))


def pooled_df(variances: Sequence[float], dfs: Sequence[float]) -> float:
    """Return (Σ v)² / Σ v²/df, Satterthwaite's degrees of freedom of a sum of independent estimates (1946)."""
    shares = math.fsum(v * v / df for v, df in zip(variances, dfs, strict=True) if v > 0)
    return math.fsum(variances) ** 2 / shares if shares > 0 else math.inf


def dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    """Return the exact sum of products over one common denominator: reduced once, not at every step."""
    above, below = 0, 1
    for a, b in zip(one, other, strict=True):
        if a:  # most shares are 0
            product = a.denominator * b.denominator
            common = math.lcm(below, product)
            above = above * (common // below) + a.numerator * b.numerator * (common // product)
            below = common
    return Fraction(above, below)
