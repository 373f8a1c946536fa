"""Rank intervals from other evidence: counts of one choice among many, and intervals alone (§5.2, STATISTICS 7).

Beside the official closed form of `standing.rank_intervals`, never instead of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from pingyi.inference.multiplicity import bonferroni, holm
from pingyi.inference.sums import t_quantile
from pingyi.rules.estimate import RankInterval


class Correction(StrEnum):
    """How the tests of many pairs are held to one level."""

    HOLM = "holm"
    BONFERRONI = "bonferroni"
    NONE = "none"


ADJUSTED: dict[Correction, Callable[[Sequence[float]], list[float]]] = {
    Correction.HOLM: holm,
    Correction.BONFERRONI: bonferroni,
    Correction.NONE: list,
}


def multinomial_ranks(
    counts: Sequence[int], *, level: float = 0.95, together: bool = True, correction: Correction = Correction.HOLM
) -> tuple[RankInterval, ...]:
    """Return rank intervals of choices by how often each was named, rank 1 the most (§5.2; Bazylik et al. 2024).

    Exact: given x_j + x_k, x_j is binomial with 1/2 where both are as likely; j is above k where P(X ≥ x_j), adjusted
    over the pairs tested, is at most 1 − level. `together` tests all p(p − 1) pairs at once, otherwise the 2(p − 1) of
    each choice by itself.
    """
    size = len(counts)
    pairs = [(j, k) for j in range(size) for k in range(size) if j != k]
    values = {(j, k): _tail(counts[j], counts[j] + counts[k]) for j, k in pairs}
    if together:
        beaten = _held(values, pairs, level, correction)
        return tuple(_interval(j, size, beaten) for j in range(size))
    return tuple(
        _interval(one, size, _held(values, [pair for pair in pairs if one in pair], level, correction))
        for one in range(size)
    )


def joint_ranks(
    values: Sequence[float],
    errors: Sequence[float],
    *,
    level: float = 0.95,
    is_independent: bool = True,
    is_lowest_first: bool = False,
) -> tuple[RankInterval, ...]:
    """Return the joint region of ranks from p intervals: j is above k where their intervals do not overlap (§5.2).

    Each interval is at level^(1/p) where the estimates are independent, at 1 − (1 − level)/p otherwise; wider than the
    official form (Klein, Wright, Wieczorek 2020).
    """
    size = len(values)
    single = level ** (1 / size) if is_independent else 1 - (1 - level) / size
    half = [t_quantile((1 + single) / 2, float("inf")) * error for error in errors]
    sign = -1 if is_lowest_first else 1
    lows = [sign * value - one for value, one in zip(values, half, strict=True)]
    highs = [sign * value + one for value, one in zip(values, half, strict=True)]
    beaten = {(j, k) for j in range(size) for k in range(size) if lows[j] > highs[k]}
    return tuple(_interval(j, size, beaten) for j in range(size))


def _held(
    values: dict[tuple[int, int], float], pairs: Sequence[tuple[int, int]], level: float, correction: Correction
) -> set[tuple[int, int]]:
    adjusted = ADJUSTED[correction]([values[pair] for pair in pairs])
    return {pair for pair, p in zip(pairs, adjusted, strict=True) if p <= 1 - level}


def _interval(one: int, size: int, beaten: set[tuple[int, int]]) -> RankInterval:
    above = sum(worse == one for _, worse in beaten)
    below = sum(better == one for better, _ in beaten)
    return RankInterval(best=1 + above, worst=size - below)


def _tail(count: int, whole: int) -> float:
    """Return P(X ≥ count) of a fair coin thrown `whole` times."""
    from scipy import special

    return 1.0 if count == 0 else float(special.betainc(count, whole - count + 1, 0.5))
