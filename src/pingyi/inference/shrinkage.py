"""Scores drawn towards the mean of all as far as they are unsure: a note, never the score (§5.2, STATISTICS 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pingyi.inference.composite import Composite
from pingyi.rules.estimate import Shrunk, fixed

ROUNDS = 10_000
STEP = 1e-14


@dataclass(frozen=True, kw_only=True, slots=True)
class Shrinkage:
    """θ_j ~ N(μ, τ²), x_j ~ N(θ_j, se_j²): what follows for each of p units."""

    mean: float
    spread: float  # τ²
    shares: tuple[float, ...]  # B_j
    values: tuple[float, ...]  # μ + B_j (x_j − μ)
    errors: tuple[float, ...]  # √(B_j se_j²), μ and τ² taken as known


def shrunk(scores: Composite) -> tuple[Shrunk, ...]:
    """Return each section's shrunk score, τ² by DerSimonian and Laird; nothing for fewer than three (§5.2)."""
    if len(scores.sections) < 3 or not bool((scores.errors > 0).all()):
        return ()
    found = empirical_bayes(scores.numbers.tolist(), scores.errors.tolist())
    return tuple(
        Shrunk(share=fixed(share), score=fixed(value)) for share, value in zip(found.shares, found.values, strict=True)
    )


def empirical_bayes(values: Sequence[float], errors: Sequence[float], *, spread: float | None = None) -> Shrinkage:
    """Return means shrunk by B_j = τ²/(τ² + se_j²) (§5.2; DerSimonian and Laird 1986 for τ², unless it is given)."""
    own = between(values, errors) if spread is None else spread
    weights = [1 / (error * error + own) for error in errors]
    mean = _mean(values, weights)
    shares = [own / (own + error * error) for error in errors]
    return Shrinkage(
        mean=mean,
        spread=own,
        shares=tuple(shares),
        values=tuple(mean + share * (value - mean) for share, value in zip(shares, values, strict=True)),
        errors=tuple(math.sqrt(share) * error for share, error in zip(shares, errors, strict=True)),
    )


def between(values: Sequence[float], errors: Sequence[float]) -> float:
    """Return τ² = max(0, (Q − (p − 1))/(Σw − Σw²/Σw)), w = 1/se² (§5.2; DerSimonian and Laird 1986)."""
    weights = [1 / (error * error) for error in errors]
    mean, whole = _mean(values, weights), math.fsum(weights)
    heterogeneity = math.fsum(w * (value - mean) ** 2 for w, value in zip(weights, values, strict=True))
    scale = whole - math.fsum(w * w for w in weights) / whole
    return max(0.0, (heterogeneity - (len(values) - 1)) / scale)


def between_reml(values: Sequence[float], errors: Sequence[float]) -> float:
    """Return τ² by restricted maximum likelihood, by Fisher scoring (§5.2; Viechtbauer 2005)."""
    spread = between(values, errors)
    for _ in range(ROUNDS):
        weights = [1 / (error * error + spread) for error in errors]
        whole, squares = math.fsum(weights), math.fsum(w * w for w in weights)
        cubes = math.fsum(w**3 for w in weights)
        mean = _mean(values, weights)
        gained = math.fsum(w * w * (value - mean) ** 2 for w, value in zip(weights, values, strict=True))
        information = squares - 2 * cubes / whole + (squares / whole) ** 2
        step = (gained - (whole - squares / whole)) / information
        moved = max(0.0, spread + step)
        if abs(moved - spread) <= STEP * (1 + spread):
            return moved
        spread = moved
    return spread


def bayesian_average(sums: Sequence[float], counts: Sequence[int], *, mean: float, strength: float) -> list[float]:
    """Return (C μ + Σx)/(C + n) for each unit, C = σ²/τ² (§5.2)."""
    return [(strength * mean + one) / (strength + many) for one, many in zip(sums, counts, strict=True)]


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(w * value for w, value in zip(weights, values, strict=True)) / math.fsum(weights)
