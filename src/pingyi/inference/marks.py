"""Marks of small sources with their variances: visits pooled, closed cases, facts (§5.2, STATISTICS 2.3, 2.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from pingyi.inference.sums import total
from pingyi.rules.estimate import Estimate, fixed, fixed_df
from pingyi.rules.refused import Refused

AGRESTI_COULL = 4  # two successes and two failures more


def visits_estimate(source: str, *, marks: Mapping[str, Sequence[float]]) -> Estimate:
    """Return each section's mean mark over its visits, with the variance within sections pooled (§5.2).

    s_p² = Σ_j Σ_v (x_jv − x̄_j)²/(n − p), Var = s_p²/n_j, df = n − p: three to six visits cannot carry a variance of
    their own. Refused where no section was visited twice.
    """
    visited = {name: np.array([float(mark) for mark in given]) for name, given in marks.items() if len(given)}
    variance, df = pooled_variance(list(visited.values()))
    return _independent(
        source,
        values={name: total(given) / len(given) for name, given in visited.items()},
        variances={name: variance / len(given) for name, given in visited.items()},
        df=float(df),
        counts={name: len(given) for name, given in visited.items()},
        method="visits",
    )


def pooled_variance(groups: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> tuple[float, int]:
    """Return the variance within groups and its degrees of freedom n − p (§5.2)."""
    df = sum(len(one) for one in groups) - len(groups)
    if df < 1:
        raise Refused("estimate.too_few_visits")
    squares = [total((one - total(one) / len(one)) ** 2) for one in groups]
    return math.fsum(squares) / df, df


def cases_estimate(source: str, *, cases: Mapping[str, int], satisfied: Mapping[str, int]) -> Estimate:
    """Return 100 · satisfied/cases with the variance 10⁴ p̃(1 − p̃)/(m + 4), p̃ = (s + 2)/(m + 4), never 0 (§5.2).

    (Agresti, Coull 1998.) Sections without a case are left out. Refused for more satisfied than cases.
    """
    for name, many in cases.items():
        if not 0 <= satisfied[name] <= many:
            raise Refused("estimate.more_satisfied", section=name)
    found = {name: many for name, many in cases.items() if many}
    return _independent(
        source,
        values={name: Fraction(100 * satisfied[name], many) for name, many in found.items()},
        variances={name: share_variance(satisfied[name], many) * 10_000 for name, many in found.items()},
        df=math.inf,
        counts=found,
        method="cases",
    )


def share_variance(events: int, cases: int) -> float:
    """Return p̃(1 − p̃)/(m + 4), the variance of a share that is never 0 (§5.2; Agresti, Coull 1998)."""
    size = cases + AGRESTI_COULL
    share = Fraction(2 * events + AGRESTI_COULL, 2 * size)
    return float(share * (1 - share) / size)


def facts_estimate(source: str, *, values: Mapping[str, Decimal | Fraction]) -> Estimate:
    """Return registered facts (deductions, bonus, what the record counts in full): no sample, no variance (§5.2)."""
    return _independent(
        source,
        values=values,
        variances=dict.fromkeys(values, 0.0),
        df=math.inf,
        counts=dict.fromkeys(values, 1),
        method="facts",
    )


def _independent(
    source: str,
    *,
    values: Mapping[str, float | Decimal | Fraction],
    variances: Mapping[str, float],
    df: float,
    counts: Mapping[str, int],
    method: str,
) -> Estimate:
    names = tuple(values)
    own = [fixed(variances[name]) for name in names]
    return Estimate(
        source=source,
        sections=names,
        values=tuple(fixed(values[name]) for name in names),
        covariance=tuple(
            tuple(variance if row == column else fixed(0) for column in range(len(names)))
            for row, variance in enumerate(own)
        ),
        df=(fixed_df(df),) * len(names),
        counts=tuple(counts[name] for name in names),
        dont_know=(None,) * len(names),
        method=method,
    )
