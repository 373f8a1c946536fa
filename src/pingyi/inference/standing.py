"""What may be said of last places, limits and ranks: R1 to R5 and R7 of the published method (§5.2, STATISTICS 3).

Closed forms alone, so that anyone can recompute them in a spreadsheet; ties are decided on exact scores.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np

from pingyi.inference.composite import Composite
from pingyi.inference.multiplicity import holm
from pingyi.inference.sums import Bools, Floats, t_probability, t_quantile, t_quantiles
from pingyi.rules.estimate import (
    Interval,
    LastTest,
    LimitStanding,
    RankingTest,
    RankInterval,
    Standing,
    fixed,
    fixed_df,
    significant,
)

RANK_TOLERANCE = 1e-12  # of the largest eigenvalue: a direction with less counts as known exactly


def intervals(scores: Composite, *, level: float = 0.95) -> tuple[Interval, ...]:
    """Return score ± t · se for each section, two-sided at `level` (§5.2; Student's t with Satterthwaite's df)."""
    found = []
    for exact, error, df in zip(scores.scores, scores.errors, scores.df, strict=True):
        half = t_quantile((1 + level) / 2, float(df)) * float(error)
        found.append(
            Interval(
                score=fixed(exact),
                standard_error=fixed(float(error)),
                low=fixed(float(exact) - half),
                high=fixed(float(exact) + half),
                df=fixed_df(float(df)),
            )
        )
    return tuple(found)


def against_limit(scores: Composite, *, limit: Fraction, level: float = 0.95) -> tuple[LimitStanding, ...]:
    """Return R1 for each section: one-sided at 1 − level; CONFIRMED below, REFUTED (not below) or UNDETERMINED (§5.2).

    Below is confirmed where x + t·se < limit, not below where x − t·se ≥ limit. `p` is P(T ≤ (x − limit)/se).
    """
    values = [_limit_p(exact, float(error), float(df), limit) for exact, error, df in _rows(scores)]
    together = holm(values)
    return tuple(
        LimitStanding(
            limit=fixed(limit),
            is_below=exact < limit,
            standing=_limit_standing(exact, float(error), float(df), limit, level),
            p=significant(p),
            p_holm=significant(adjusted),
        )
        for (exact, error, df), p, adjusted in zip(_rows(scores), values, together, strict=True)
    )


def ranks(scores: Sequence[Fraction]) -> tuple[int, ...]:
    """Return 1 + number strictly better, on exact scores; those that tie share the better rank (R5, §5.2)."""
    ordered = sorted(scores)
    return tuple(1 + len(ordered) - bisect_right(ordered, score) for score in scores)


def above(scores: Composite, *, tail: float) -> Bools:
    """Return the p × p array "row is above column": (x_j − x_k)/se_jk > t_{1 − tail} with the pair's df (§5.2)."""
    gaps = _gaps(scores.scores)
    return (gaps > 0) & (gaps > t_quantiles(1 - tail, scores.gap_df) * scores.gap_errors)


@lru_cache(maxsize=4)
def _gaps(scores: tuple[Fraction, ...]) -> Floats:
    """Return all differences, each the float nearest to the exact one: whole numbers over one denominator."""
    under = math.lcm(1, *(score.denominator for score in scores))
    whole = [score.numerator * (under // score.denominator) for score in scores]
    return np.array([[(one - other) / under for other in whole] for one in whole]).reshape(len(whole), len(whole))


def rank_intervals(scores: Composite, *, level: float = 0.95, together: bool = False) -> tuple[RankInterval, ...]:
    """Return R4's rank intervals [1 + #above, p − #below] (§5.2; Bonferroni form of Mogstad et al. 2024).

    Marginal: each pair at (1 − level)/(2(p − 1)); `together`, right for all at once: at (1 − level)/(p(p − 1)).
    """
    size = len(scores.sections)
    if size < 2:
        return (RankInterval(best=1, worst=1),) * size
    pairs = size * (size - 1) if together else 2 * (size - 1)
    better = above(scores, tail=(1 - level) / pairs)
    return tuple(
        RankInterval(best=1 + int(better[:, j].sum()), worst=size - int(better[j, :].sum())) for j in range(size)
    )


def may_be_last(scores: Composite, *, level: float = 0.95) -> tuple[bool, ...]:
    """Return R3: a section may be last unless it is above some other at (1 − level)/(p − 1) (§5.2; Hsu's MCB 1996)."""
    size = len(scores.sections)
    if size < 2:
        return (True,) * size
    better = above(scores, tail=(1 - level) / (size - 1))
    return tuple(not bool(better[j, :].any()) for j in range(size))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rival:
    place: int
    gap: Fraction
    error: float
    df: float

    @property
    def t(self) -> float:
        return float(self.gap) / self.error if self.error > 0 else math.inf

    @property
    def p(self) -> float:
        return 2 * t_probability(-self.t, self.df)


def last_test(scores: Composite, *, level: float = 0.95) -> LastTest | None:
    """Return R2: the unique last is confirmed iff every other is above it at two-sided 1 − level (§5.2).

    No further correction for the number of sections is needed, for any covariance (Gutmann and Maymin 1987; Hung and
    Fithian 2019; Sood 2025). The numbers are those of the closest competitor: the smallest standardized gap, and of
    equals the one whose test is least sure. None for fewer than two sections.
    """
    if len(scores.sections) < 2:
        return None
    lowest = min(scores.scores)
    lasts = [at for at, score in enumerate(scores.scores) if score == lowest]
    errors = scores.gap_errors
    rivals = [
        _Rival(place=k, gap=score - lowest, error=float(errors[k, lasts[0]]), df=float(scores.gap_df[k, lasts[0]]))
        for k, score in enumerate(scores.scores)
        if k != lasts[0]
    ]
    closest = min(rivals, key=lambda one: (one.t if one.gap else 0.0, -one.p, scores.sections[one.place]))
    confirmed = all(one.gap > 0 and one.t > t_quantile((1 + level) / 2, one.df) for one in rivals)
    return LastTest(
        sections=tuple(scores.sections[at] for at in lasts),
        rival=scores.sections[closest.place],
        gap=fixed(closest.gap),
        standard_error=fixed(closest.error),
        df=fixed_df(closest.df),
        t=_finite(closest.t if closest.gap else 0.0),
        p=significant(closest.p if closest.gap else 1.0),
        standing=Standing.TIE if len(lasts) > 1 else Standing.CONFIRMED if confirmed else Standing.UNDETERMINED,
    )


def ranking_test(scores: Composite, *, level: float = 0.95, is_coarse: bool = False) -> RankingTest | None:
    """Return R7, whether the sections differ at all, by T² = (Cx)ᵀ(CΣCᵀ)⁻¹(Cx) (§5.2; Wald, Hotelling 1931).

    C takes each section's difference from the first; the test does not depend on which. With q = p − 1 and ν the
    smallest df of a section: T²/q against F(q, ν) where the sections are independent; where covariances were estimated
    too, T² (ν − q + 1)/(ν q) against F(q, ν − q + 1); and where ν < 2 q, too few to estimate them, the largest t² of a
    pair with its p-value times the number of pairs (Bonferroni; its df is then 1). Covariances told in coarse steps
    make no matrix for Hotelling: then always the pairs. None for fewer than two sections.
    """
    size = len(scores.sections)
    if size < 2:
        return None
    within = float(scores.df.min())
    if is_coarse or (not _is_diagonal(scores.covariance) and within < 2 * (size - 1)):
        return _by_pairs(scores, level)
    contrasts = np.hstack([-np.ones((size - 1, 1)), np.eye(size - 1)])
    gaps = np.array([float(score - scores.scores[0]) for score in scores.scores[1:]])
    statistic = _wald(gaps, contrasts @ scores.covariance @ contrasts.T)
    lost = 0 if _is_diagonal(scores.covariance) or math.isinf(within) else size - 2
    scale = 1.0 if lost == 0 else (within - lost) / within
    p = _f_tail(scale * statistic / (size - 1), size - 1, within - lost)
    return RankingTest(
        statistic=significant(statistic),
        df=size - 1,
        df_within=fixed_df(within),
        p=significant(p),
        is_there=p < 1 - level,
    )


def _is_diagonal(covariance: Floats) -> bool:
    return not bool(np.any(covariance - np.diag(np.diag(covariance))))


def _by_pairs(scores: Composite, level: float) -> RankingTest:
    """Test every pair of sections by itself, each p-value times the number of pairs."""
    size, errors = len(scores.sections), scores.gap_errors
    rivals = [
        _Rival(place=k, gap=abs(scores.scores[j] - scores.scores[k]), error=float(errors[j, k]),
               df=float(scores.gap_df[j, k]))
        for j in range(size)
        for k in range(j)
    ]  # fmt: skip
    surest = min(rivals, key=lambda one: (one.p if one.gap else 1.0, -one.gap))
    p = min(1.0, len(rivals) * surest.p) if surest.gap else 1.0
    squared = surest.t**2 if surest.gap else 0.0
    return RankingTest(
        statistic=significant(squared), df=1, df_within=fixed_df(surest.df), p=significant(p), is_there=p < 1 - level
    )


def _wald(gaps: Floats, covariance: Floats) -> float:
    """Return gapsᵀ covariance⁻¹ gaps; infinite where the gaps differ in a direction without variance."""
    values, vectors = np.linalg.eigh(covariance)
    turned = vectors.T @ gaps
    floor = RANK_TOLERANCE * max(float(values.max()), 0.0)
    known = values <= floor
    if bool(np.any(np.abs(turned[known]) > 1e-9)):
        return math.inf
    return math.fsum((turned[~known] ** 2 / values[~known]).tolist())


def _f_tail(value: float, df: int, within: float) -> float:
    from scipy import special

    if math.isinf(value):
        return 0.0
    if math.isinf(within):
        return float(special.chdtrc(df, df * value))
    return float(special.fdtrc(df, within, value))


def _rows(scores: Composite) -> list[tuple[Fraction, float, float]]:
    return list(zip(scores.scores, scores.errors.tolist(), scores.df.tolist(), strict=True))


def _limit_p(exact: Fraction, error: float, df: float, limit: Fraction) -> float:
    if error > 0:
        return t_probability(float(exact - limit) / error, df)
    return 0.0 if exact < limit else 1.0


def _limit_standing(exact: Fraction, error: float, df: float, limit: Fraction, level: float) -> Standing:
    gap, half = exact - limit, Fraction(t_quantile(level, df) * error)
    if gap + half < 0:
        return Standing.CONFIRMED
    return Standing.REFUTED if gap - half >= 0 else Standing.UNDETERMINED


def _finite(number: float) -> Decimal | None:
    return fixed(number) if math.isfinite(number) else None
