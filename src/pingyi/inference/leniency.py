"""Lenient and harsh voters where not all rate every section: y = μ_section + b_voter + e (§5.2, STATISTICS 2.5).

Arrays of marks are voters × sections, nan where a voter did not rate, such as a recusal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pingyi.inference.sums import Bools, Floats, total
from pingyi.inference.survey import Estimated
from pingyi.rules.refused import Refused

LARGEST_RATIO = 1e6  # of the voters' variance to that of their errors


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The variance between voters, and that of their errors."""

    voters: float
    errors: float


def reml(marks: Floats) -> Estimated:
    """Return sections' means adjusted for leniency, voters random, by restricted maximum likelihood (§5.2).

    The model of lme4's `score ~ 0 + section + (1 | rater)`: b_v ~ N(0, σ_b²). Values and covariance are generalised
    least squares at the REML ratio σ_b²/σ², found as the root of the derivative; df = voters − 1.
    """
    marks, rated = _kept(marks)
    ratio = _reml_ratio(marks, rated)
    values, inverse, squares = _solved(marks, rated, ratio)
    spread = squares / (int(rated.sum()) - marks.shape[1])
    return _found(marks, rated, values, spread * inverse)


def reml_spread(marks: Floats) -> Spread:
    """Return the REML variances of voters and of errors (§5.2)."""
    marks, rated = _kept(marks)
    ratio = _reml_ratio(marks, rated)
    errors = _solved(marks, rated, ratio)[2] / (int(rated.sum()) - marks.shape[1])
    return Spread(voters=ratio * errors, errors=errors)


def ols(marks: Floats) -> Estimated:
    """Return sections' means as the average voter would have rated them, by least squares with voter effects (§5.2).

    Closed form. The covariance treats voters as a sample: that of section effects with voters fixed, and σ_b²/n beside
    it for all, σ_b² by the method of moments (Henderson 1953, III); df = voters − 1.
    """
    marks, rated = _kept(marks)
    effects, leniency, inverse, errors = _fitted(marks, rated)
    count, size = marks.shape
    # The average voter: contrasts between sections are those of the fit, the level is the mean voter's.
    values = effects + total(leniency) / count
    means = np.where(rated, marks, 0.0).sum(axis=0) / rated.sum(axis=0)
    without = total((np.where(rated, marks - means, 0.0) ** 2).ravel())  # squares left without voter effects
    spare = int(rated.sum()) - count - size + 1
    voters = max(0.0, (without - errors * (spare + count - 1)) / (int(rated.sum()) - size))
    plain = _average_covariance(rated, inverse) * errors
    return _found(marks, rated, values, plain + voters / count * np.ones((size, size)))


def _fitted(marks: Floats, rated: Bools) -> tuple[Floats, Floats, Floats, float]:
    """Return section effects, voter effects, the inverse of the reduced normal matrix, and σ²."""
    own, count = rated.sum(axis=1), rated.sum(axis=0)
    filled = np.where(rated, marks, 0.0)
    reduced = np.diag(count.astype(float)) - _pairs(rated, 1 / own)
    right = filled.sum(axis=0) - rated.T @ (filled.sum(axis=1) / own)
    if np.linalg.matrix_rank(reduced) < marks.shape[1] - 1:
        raise Refused("estimate.unconnected")
    inverse: Floats = np.asarray(np.linalg.pinv(reduced, hermitian=True), dtype=float)
    effects = inverse @ right
    leniency = (filled.sum(axis=1) - rated @ effects) / own
    left = np.where(rated, marks - effects - leniency[:, None], 0.0)
    spare = int(rated.sum()) - marks.shape[0] - marks.shape[1] + 1
    errors = total((left**2).ravel()) / spare if spare > 0 else math.nan
    return effects, leniency, inverse, errors


def _average_covariance(rated: Bools, inverse: Floats) -> Floats:
    """Return the covariance, over σ², of μ_j + mean voter effect with voters fixed."""
    count, size = rated.shape
    own = rated.sum(axis=1)
    # value = effects + mean_v (ȳ_v − mean of effects over what v rated): a linear form of the effects and voter means.
    share = (rated / own[:, None]).sum(axis=0) / count
    form = np.eye(size) - np.ones((size, 1)) * share[None, :]
    level = float((1 / own).sum()) / count**2
    found: Floats = form @ inverse @ form.T + level
    return found


def _reml_ratio(marks: Floats, rated: Bools) -> float:
    from scipy import optimize

    own = rated.sum(axis=1).astype(float)
    spare = int(rated.sum()) - marks.shape[1]

    def slope(ratio: float) -> float:
        """Return the derivative of −2 log restricted likelihood by the ratio, errors' variance profiled out."""
        values, inverse, squares = _solved(marks, rated, ratio)
        left = np.where(rated, marks - values, 0.0).sum(axis=1)
        shrunk = 1 / (1 + own * ratio) ** 2
        trace = float(np.trace(inverse @ _pairs(rated, shrunk)))
        weight = total(own / (1 + own * ratio))
        return float(weight - trace - spare * total(left**2 * shrunk) / squares)

    if slope(0.0) >= 0:
        return 0.0
    top = 1.0
    while slope(top) < 0 and top < LARGEST_RATIO:
        top *= 2
    found: float = optimize.brentq(slope, 0.0, top, xtol=1e-15, rtol=1e-14, maxiter=500)
    return found


def _solved(marks: Floats, rated: Bools, ratio: float) -> tuple[Floats, Floats, float]:
    """Return GLS means, their covariance over σ², and the weighted sum of squares, at one ratio σ_b²/σ²."""
    own = rated.sum(axis=1)
    share = ratio / (1 + own * ratio)
    filled = np.where(rated, marks, 0.0)
    normal = np.diag(rated.sum(axis=0).astype(float)) - _pairs(rated, share)
    inverse: Floats = np.asarray(np.linalg.inv(normal), dtype=float)
    values = inverse @ (filled.sum(axis=0) - rated.T @ (share * filled.sum(axis=1)))
    left = np.where(rated, marks - values, 0.0)
    squares = total((left**2).ravel()) - total(share * left.sum(axis=1) ** 2)
    return values, inverse, squares


def _pairs(rated: Bools, scales: Floats) -> Floats:
    """Return Σ_v scale_v r_v r_vᵀ, r_v which sections voter v rated."""
    found: Floats = (rated * scales[:, None]).T @ rated.astype(float)
    return found


def _kept(marks: Floats) -> tuple[Floats, Bools]:
    rated = ~np.isnan(marks)
    kept = marks[rated.any(axis=1)]
    return kept, ~np.isnan(kept)


def _found(marks: Floats, rated: Bools, values: Floats, covariance: Floats) -> Estimated:
    return Estimated(
        values=values,
        covariance=(covariance + covariance.T) / 2,
        df=np.full(marks.shape[1], float(len(marks) - 1)),
        counts=rated.sum(axis=0),
        linear=np.zeros(marks.shape),
    )
