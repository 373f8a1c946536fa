"""Rates of very different volume side by side: funnel limits, over-dispersion, intervals (§3.2.2, §5.2).

After Spiegelhalter (2005), Funnel plots for comparing institutional performance, and not to the letter in three things:
the upper limit is the lower one of the opposite rate, mirrored (1/n above the paper's own interpolation, which at
high rates would call ordinary units remarkable); winsorizing draws the outermost scores in to the next one inside, not
to a quantile; limits are widened by φ alone, without the paper's additive variance between units.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

WARNING = 0.025  # on each side: 95 % of units at the target lie between the limits
ALARM = 0.001  # 99.8 %
WINSORIZED = 0.1
Limits = tuple[float, float]


class Place(StrEnum):
    """Where a unit's rate lies between the limits of its own volume."""

    EMPTY = "empty"  # no cases: there is no rate
    FAR_BELOW = "far_below"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


@dataclass(frozen=True, kw_only=True)
class Count:
    """What a unit brings: `events` of `cases`."""

    unit: str
    cases: int
    events: int


@dataclass(frozen=True, kw_only=True)
class Point:
    """One unit of the plot; `z` is already divided by the square root of the over-dispersion."""

    unit: str
    cases: int
    events: int
    rate: float | None
    warning: Limits
    alarm: Limits
    z: float
    place: Place


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """All units against the rate of all together."""

    target: float
    dispersion: float  # 1 unless the units differ by more than chance alone would make them
    points: tuple[Point, ...]


def funnel(counts: Iterable[Count]) -> Funnel | None:
    """Return every unit's place against the common rate; nothing when there are no cases at all (§5.2)."""
    given = sorted(counts, key=lambda count: count.unit)
    volumes = [count.cases for count in given]
    cases = sum(count.cases for count in given)
    if cases == 0:
        return None
    target = sum(count.events for count in given) / cases
    scores = {count.unit: _z(count, target) for count in given if count.cases}
    spread = dispersion(list(scores.values()))
    around = [curve(volumes, target=target, tail=tail, dispersion=spread) for tail in (WARNING, ALARM)]
    points = (
        _point(count, warning, alarm, scores.get(count.unit, 0.0) / math.sqrt(spread))
        for count, warning, alarm in zip(given, *around, strict=True)
    )
    return Funnel(target=target, dispersion=spread, points=tuple(points))


def limits(*, cases: int, target: float, tail: float = WARNING, dispersion: float = 1.0) -> Limits:
    """Return the limits of a rate over so many cases; over-dispersion widens their distance from the target.

    The lower is interpolated between the two counts around the tail of the exact binomial; the upper is its mirror, so
    that counting the satisfied and counting the dissatisfied gives the same picture.
    """
    return curve([cases], target=target, tail=tail, dispersion=dispersion)[0]


def curve(volumes: Sequence[int], *, target: float, tail: float = WARNING, dispersion: float = 1.0) -> list[Limits]:
    """Return the limits over each of these numbers of cases, all in one go: the quantiles are asked as one array."""
    wider = math.sqrt(dispersion)
    lows, highs = _exact(volumes, target, tail), _exact(volumes, 1 - target, tail)
    return [
        (max(0.0, target - (target - low) * wider), min(1.0, target + (1 - high - target) * wider))
        for low, high in zip(lows, highs, strict=True)
    ]


def dispersion(scores: Sequence[float]) -> float:
    """Return φ from winsorized z-scores, and 1 when φ is no more than chance would give (STATISTICS §5)."""
    if len(scores) < 3:
        return 1.0
    kept = winsorized(scores)
    phi = math.fsum(score * score for score in kept) / len(kept)
    return phi if phi > 1 + 2 * math.sqrt(2 / len(kept)) else 1.0


def winsorized(scores: Sequence[float], share: float = WINSORIZED) -> list[float]:
    """Return the scores, sorted, with the outermost share on each side drawn in to the next score inside."""
    ordered = sorted(scores)
    cut = int(len(ordered) * share)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(score, low), high) for score in ordered]


def wilson(*, cases: int, events: int, confidence: float = 0.95) -> Limits:
    """Return Wilson's interval of a share; without cases all is possible (§5.2)."""
    if cases == 0:
        return 0.0, 1.0
    z = _normal_quantile(0.5 + confidence / 2)
    share, weight = events / cases, z * z / cases
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / cases + weight / (4 * cases))
    return (0.0 if events == 0 else middle - half), (1.0 if events == cases else middle + half)


def _point(count: Count, warning: Limits, alarm: Limits, z: float) -> Point:
    rate = count.events / count.cases if count.cases else None
    return Point(
        unit=count.unit,
        cases=count.cases,
        events=count.events,
        rate=rate,
        warning=warning,
        alarm=alarm,
        z=z,
        place=_place(rate, warning, alarm),
    )


def _place(rate: float | None, warning: Limits, alarm: Limits) -> Place:
    if rate is None:
        return Place.EMPTY
    if rate < warning[0]:
        return Place.FAR_BELOW if rate < alarm[0] else Place.BELOW
    if rate > warning[1]:
        return Place.FAR_ABOVE if rate > alarm[1] else Place.ABOVE
    return Place.WITHIN


def _z(count: Count, target: float) -> float:
    error = math.sqrt(target * (1 - target) / count.cases)
    return (count.events / count.cases - target) / error if error else 0.0


def _exact(volumes: Sequence[int], target: float, tail: float) -> list[float]:
    """Return the lower binomial quantiles as rates, interpolated between the counts that enclose the tail."""
    import numpy as np
    from scipy import stats

    sizes = np.array([max(cases, 1) for cases in volumes])
    found = stats.binom.ppf(tail, sizes, target)
    above, below = stats.binom.cdf(found, sizes, target), stats.binom.cdf(found - 1, sizes, target)
    return [
        0.0 if cases == 0 else _between(int(count), float(at), float(under), tail, cases)
        for cases, count, at, under in zip(volumes, *map(np.atleast_1d, (found, above, below)), strict=True)
    ]


def _between(count: int, at: float, below: float, tail: float, cases: int) -> float:
    part = (at - tail) / (at - below) if at > below else 0.0
    return min(1.0, max(0.0, (count - part) / cases))


def _normal_quantile(probability: float) -> float:
    from scipy import stats

    return float(stats.norm.ppf(probability))
