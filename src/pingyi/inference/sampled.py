"""Marks that people gave → one source's estimate: persons who gave several marks keep their covariance (§5.2).

Rows that name no person are counted as independent ones; a row of counts stands for so many. Elector groups are strata.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.inference.design import design
from pingyi.inference.marked import Mark, Pile
from pingyi.inference.marks import share_variance
from pingyi.inference.sums import Floats, pooled_df

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


def sampled(rows: Sequence[Mark], *, pulls: Counts, sections: Sequence[str], is_cases: bool = False) -> Sampled:
    """Return how sure the marks are: linearized means, with strata and frames where the rows name them (§5.2)."""
    means = _means(rows)
    named = [row for row in rows if row.unit]
    loose = [row for row in rows if not row.unit]
    places = {name: at for at, name in enumerate(sections)}
    covariance, dfs, counts = _by_unit(named, means=means, pulls=pulls, places=places)
    parts = [[_Part(variance=float(covariance[at, at]), df=dfs[at])] for at in range(len(sections))]
    for pile, part in _by_pile(loose, means=means, pulls=pulls, is_cases=is_cases).items():
        parts[places[pile[0]]].append(part)
        covariance[places[pile[0]], places[pile[0]]] += part.variance
    for name, at in places.items():
        if covariance[at, at] <= 0:
            floor = _floor(name, means, pulls)
            covariance[at, at], parts[at] = floor, [_Part(variance=floor, df=math.inf)]
    found = [pooled_df([one.variance for one in own], [one.df for one in own]) for own in parts]
    numbers = [counts[at] + _loose_count(name, loose) for name, at in places.items()]
    return Sampled(covariance=covariance, df=found, counts=numbers)


def _means(rows: Sequence[Mark]) -> dict[Pile, tuple[float, float]]:
    """Return each pile's mean and n; 不了解 is neither above nor below the line."""
    given: dict[Pile, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        if row.mark is not None:
            given[row.section, row.indicator, row.group].append((row.mark, row.weight))
    found = {}
    for pile, pairs in given.items():
        count = math.fsum(weight for _, weight in pairs)
        found[pile] = (math.fsum(mark * weight for mark, weight in pairs) / count, count)
    return found


def _by_unit(
    rows: Sequence[Mark], *, means: Mapping[Pile, tuple[float, float]], pulls: Counts, places: Mapping[str, int]
) -> tuple[Floats, list[float], list[int]]:
    """Return the covariance over persons, who may have given marks to several sections and of several questions."""
    size = len(places)
    units = sorted({(f"{row.group}\x1f{row.stratum}", row.unit) for row in rows})
    if not units:
        return np.zeros((size, size)), [math.inf] * size, [0] * size
    at = {unit: place for place, unit in enumerate(units)}
    moved, rated = np.zeros((len(units), size)), np.zeros((len(units), size), dtype=bool)
    for row in rows:
        if row.mark is None:
            continue
        pile = (row.section, row.indicator, row.group)
        mean, count = means[pile]
        cell = (at[f"{row.group}\x1f{row.stratum}", row.unit], places[row.section])
        moved[cell] += pulls[pile] * row.weight * (row.mark - mean) / count
        rated[cell] = True
    strata, frames = _strata([stratum for stratum, _ in units], rows)
    plan = design(strata=strata, population=frames, weights=np.ones(len(units)))
    dfs = [float(df) if (df := plan.df(rated[:, one])) > 0 else math.inf for one in range(size)]
    return plan.covariance(moved), dfs, rated.sum(axis=0).tolist()


def _strata(labels: Sequence[str], rows: Sequence[Mark]) -> tuple[list[str], list[float]]:
    """Return each unit's stratum and how many that has in all; a stratum of one person joins the next by name."""
    sizes: dict[str, int] = defaultdict(int)
    frames: dict[str, int] = {}
    for label in labels:
        sizes[label] += 1
    for row in rows:
        label = f"{row.group}\x1f{row.stratum}"
        frames[label] = max(frames.get(label, 0), row.frame)
    names = sorted(sizes)
    lonely = [name for name in names if sizes[name] == 1]
    host = next((name for name in names if sizes[name] > 1), names[0])
    joined = dict.fromkeys(lonely, host)
    open_ = {host, *lonely} if lonely else set()  # a joined stratum has no frame of its own
    whole = {name: math.inf if name in open_ or frames[name] < sizes[name] else float(frames[name]) for name in names}
    return [joined.get(label, label) for label in labels], [whole[joined.get(label, label)] for label in labels]


def _by_pile(
    rows: Sequence[Mark], *, means: Mapping[Pile, tuple[float, float]], pulls: Counts, is_cases: bool
) -> dict[Pile, _Part]:
    """Return each pile's own variance: of a mean s²/n, of a share of cases never 0."""
    given: dict[Pile, list[Mark]] = defaultdict(list)
    for row in rows:
        if row.mark is not None:
            given[row.section, row.indicator, row.group].append(row)
    return {pile: _pile(found, *means[pile], pull=pulls[pile], is_cases=is_cases) for pile, found in given.items()}


def _pile(rows: Sequence[Mark], mean: float, count: float, *, pull: float, is_cases: bool) -> _Part:
    if is_cases and all(row.mark in {0.0, 100.0} for row in rows):
        variance = 10_000 * share_variance(round(mean * count / 100), round(count))
        return _Part(variance=pull**2 * variance, df=math.inf)
    own = math.fsum(row.weight for row in rows)
    if own <= 1:
        return _Part(variance=0.0, df=math.inf)
    squares = math.fsum(row.weight * ((row.mark or 0.0) - mean) ** 2 for row in rows)
    frame = max(row.frame for row in rows)
    left = 1 - own / frame if frame > own else 1.0
    return _Part(variance=pull**2 * left * squares / count**2 * own / (own - 1), df=own - 1)


def _floor(section: str, means: Mapping[Pile, tuple[float, float]], pulls: Counts) -> float:
    """Return a variance for equal answers: a share of 0 or 1 is never known for certain."""
    mine = [(pulls[pile], count) for pile, (_, count) in means.items() if pile[0] == section]
    return math.fsum(pull**2 * 10_000 * share_variance(round(count), round(count)) for pull, count in mine)


def _loose_count(section: str, rows: Sequence[Mark]) -> int:
    """Return how many gave a mark: of several questions the one that most answered."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.section == section and row.mark is not None:
            found[row.indicator] += row.weight
    return round(max(found.values(), default=0))
