"""p-values of several tests at once: Holm for punishments, false discovery for signals (§5.2, STATISTICS 3, 6)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def bonferroni(values: Sequence[float]) -> list[float]:
    """Return min(1, n p) for each of n p-values, in the order given (§5.2)."""
    return [min(1.0, len(values) * p) for p in values]


def holm(values: Sequence[float]) -> list[float]:
    """Return Holm's step-down adjustment, max_{i≤j} (n − i + 1) p_(i), in the order given (§5.2; Holm 1979)."""
    size = len(values)
    return _upwards(values, lambda p, place: (size - place) * p)


def hochberg(values: Sequence[float]) -> list[float]:
    """Return Hochberg's step-up adjustment, min_{i≥j} (n − i + 1) p_(i), in the order given (§5.2; Hochberg 1988)."""
    size = len(values)
    return _downwards(values, lambda p, place: (size - place) * p)


def benjamini_hochberg(values: Sequence[float]) -> list[float]:
    """Return min_{i≥j} n/i p_(i), the false discovery rate, in the order given (§5.2; Benjamini, Hochberg 1995)."""
    size = len(values)
    return _downwards(values, lambda p, place: size / (place + 1) * p)


def benjamini_yekutieli(values: Sequence[float]) -> list[float]:
    """Return the false discovery rate under any dependence, in the order given (§5.2; Benjamini, Yekutieli 2001)."""
    size = len(values)
    harmonic = math.fsum(1 / rank for rank in range(1, size + 1))
    return _downwards(values, lambda p, place: harmonic * size / (place + 1) * p)


def hommel(values: Sequence[float]) -> list[float]:
    """Return Hommel's adjustment by Simes' inequality, in the order given (§5.2; Hommel 1988, Wright 1992)."""
    size = len(values)
    order = sorted(range(size), key=lambda at: values[at])
    ordered = [values[at] for at in order]
    floor = min((size * p / rank for rank, p in enumerate(ordered, 1)), default=1.0)
    adjusted = [floor] * size
    for many in range(size - 1, 1, -1):
        first, rest = ordered[: size - many + 1], ordered[size - many + 1 :]
        least = min(many * p / rank for rank, p in enumerate(rest, 2))
        bound = [min(many * p, least) for p in first] + [least] * len(rest)
        # The tail takes the value of the last of the head, as in R's p.adjust.
        bound[size - many + 1 :] = [bound[size - many]] * len(rest)
        adjusted = [max(one, other) for one, other in zip(adjusted, bound, strict=True)]
    found = [0.0] * size
    for place, at in enumerate(order):
        found[at] = min(1.0, max(adjusted[place], ordered[place]))
    return found


def _upwards(values: Sequence[float], scaled: Callable[[float, int], float]) -> list[float]:
    found, reached = [0.0] * len(values), 0.0
    for place, at in enumerate(sorted(range(len(values)), key=lambda one: values[one])):
        reached = max(reached, scaled(values[at], place))
        found[at] = min(1.0, reached)
    return found


def _downwards(values: Sequence[float], scaled: Callable[[float, int], float]) -> list[float]:
    found, reached = [0.0] * len(values), 1.0
    order = sorted(range(len(values)), key=lambda one: values[one])
    for place in range(len(values) - 1, -1, -1):
        reached = min(reached, scaled(values[order[place]], place))
        found[order[place]] = reached
    return found
