"""A sample's design: weights, strata, clusters, stages, known totals; and the variance that follows from it (§5.2).

Linearised values of every person sampled come in, also of those who rated nothing (their value is 0): leaving them out
is the commonest error. The formulas are those of R's `survey` (Lumley 2010, Complex Surveys).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pingyi.inference.sums import Bools, Floats, Ints, column_totals, group_totals, indexed, products, total
from pingyi.rules.refused import Refused

RAKING_ROUNDS = 10  # of the projection on the margins, as in R's `survey`


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage of sampling; arrays have a value for each of n respondents."""

    strata: Ints  # 0 … H − 1
    units: Ints  # 0 … C − 1, each within one stratum
    population: Floats  # units in the respondent's stratum; inf: no finite population correction
    names: tuple[str, ...]  # of the strata


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Known totals to which weights were fitted: linearised values lose their mean within each group."""

    groups: tuple[Ints, ...]  # one array for post-strata, one for each margin of a raking
    before: Floats
    after: tuple[Floats, ...]  # the weights after each margin was fitted
    is_raking: bool = False

    def residuals(self, values: Floats) -> Floats:
        """Return weighted linearised values (n × p) without what the known totals explain."""
        if not self.is_raking:
            return _without_means(values, self.groups[0], psw=self.after[0], by=self.before)
        for _ in range(RAKING_ROUNDS):
            for groups, psw in zip(self.groups, self.after, strict=True):
                values = _without_means(values, groups, psw=psw, by=np.ones(len(psw)))
        return values


@dataclass(frozen=True, kw_only=True)
class Design:
    """A sample of n respondents."""

    weights: Floats
    stages: tuple[Stage, ...]
    calibrations: tuple[Calibration, ...] = ()

    def __len__(self) -> int:
        """Return the number of respondents."""
        return len(self.weights)

    def df(self, rows: Bools | None = None) -> int:
        """Return sampled units less strata, of those that have one of the rows (all without `rows`)."""
        first = self.stages[0]
        units, strata = (first.units, first.strata) if rows is None else (first.units[rows], first.strata[rows])
        return len(np.unique(units)) - len(np.unique(strata))

    def covariance(self, values: Floats) -> Floats:
        """Return the p × p covariance of the column sums of weighted linearised values (n × p) (§5.2).

        Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (u_hc − ū_h)(u_hc − ū_h)ᵀ, and within each unit of a first stage the same of the
        next times f_h. Refused for a stratum with one unit of several.
        """
        for calibration in self.calibrations:
            values = calibration.residuals(values)
        scales, rows = zip(*_spread(values, self.stages, 1.0), strict=True)
        return products(np.vstack(rows), np.concatenate(scales))


def design(
    *,
    weights: Sequence[float] | Floats | None = None,
    strata: Sequence[object] | None = None,
    clusters: Sequence[object] | None = None,
    population: Sequence[float] | Floats | None = None,
    within: Sequence[tuple[Sequence[object], Sequence[float] | None]] = (),
    neighbors: Mapping[str, str] | None = None,
    size: int = 0,
) -> Design:
    """Return a design from one label or number for each of n respondents (§5.2).

    `population`: how many units (clusters where there are any, else people) the respondent's stratum has in all;
    `within`: for each further stage the units' labels and how many the unit above has. `weights` may be left out where
    populations tell them (N_h/n_h, times M/m). `neighbors` names the stratum with which a lonely one is collapsed.
    Refused for a weight that is not a positive number, more sampled than there are, or two populations of a stratum.
    """
    given = [one for one in (weights, strata, clusters, population) if one is not None]
    count = len(given[0]) if given else size
    if any(len(one) != count for one in given) or count == 0:
        raise Refused("estimate.columns_differ")
    ids, names = indexed(strata if strata is not None else [""] * count)
    stages = [_stage(ids, names, clusters, population)]
    for units, sizes in within:
        stages.append(_stage(stages[-1].units, (), units, sizes))
    found = np.asarray(weights, dtype=float) if weights is not None else _from_populations(stages)
    stages[0] = _merged(stages[0], neighbors or {})
    bad = np.flatnonzero(~(np.isfinite(found) & (found > 0)))
    if len(bad):
        raise Refused("estimate.bad_weight", row=str(int(bad[0]) + 1))
    return Design(weights=found, stages=tuple(stages))


def post_stratified(given: Design, *, groups: Sequence[object], population: Mapping[str, float]) -> Design:
    """Return the design with weights that add up to a known total in each group (§5.2; non-response adjustment).

    Refused for a group without anybody in the sample, or without a known total.
    """
    ids, names = indexed(groups)
    _require_totals(names, population)
    sums = group_totals(given.weights[:, None], ids, count=len(names))[:, 0]
    factors = np.array([float(population[name]) for name in names]) / sums
    after = given.weights * factors[ids]
    calibration = Calibration(groups=(ids,), before=given.weights, after=(after,))
    return replace(given, weights=after, calibrations=(*given.calibrations, calibration))


def raked(
    given: Design,
    *,
    margins: Sequence[tuple[Sequence[object], Mapping[str, float]]],
    tolerance: float = 1e-9,
    rounds: int = 1_000,
) -> Design:
    """Return the design with weights fitted to several margins in turn until none moves (§5.2; Deming, Stephan 1940).

    Converged when in a round no cell of all margins crossed changes its sum by `tolerance` people (R's `rake` stops at
    1). Refused where it does not converge.
    """
    places = [(indexed(groups), population) for groups, population in margins]
    for (_, names), population in places:
        _require_totals(names, population)
    rows = zip(*(ids.tolist() for (ids, _), _ in places), strict=True)
    cells, crossed = indexed("\x1f".join(map(str, row)) for row in rows)
    weights = given.weights
    for _ in range(rounds):
        before, after = weights, []
        for (ids, names), population in places:
            sums = group_totals(weights[:, None], ids, count=len(names))[:, 0]
            weights = weights * (np.array([float(population[name]) for name in names]) / sums)[ids]
            after.append(weights)
        if _most_moved(weights - before, cells, len(crossed)) < tolerance:
            groups = tuple(ids for (ids, _), _ in places)
            calibration = Calibration(groups=groups, before=given.weights, after=tuple(after), is_raking=True)
            return replace(given, weights=weights, calibrations=(*given.calibrations, calibration))
    raise Refused("estimate.raking_fails")


def _most_moved(changes: Floats, cells: Ints, count: int) -> float:
    return float(np.max(np.abs(group_totals(changes[:, None], cells, count=count))))


def _require_totals(names: Sequence[str], population: Mapping[str, float]) -> None:
    for name in sorted(set(names) ^ set(population)):
        raise Refused("estimate.empty_cell" if name in population else "estimate.no_total", cell=name)


def _stage(strata: Ints, names: tuple[str, ...], units: Sequence[object] | None, population: object) -> Stage:
    """Number the units within strata: the same label in two strata is two units."""
    labels = range(len(strata)) if units is None else units
    ids, _ = indexed(f"{stratum:09d}\x1f{label}" for stratum, label in zip(strata.tolist(), labels, strict=True))
    sizes = np.full(len(strata), math.inf) if population is None else np.asarray(population, dtype=float)
    stage = Stage(strata=strata, units=ids, population=sizes, names=names)
    for stratum in sorted(set(strata.tolist())):
        rows = strata == stratum
        if len(set(sizes[rows].tolist())) > 1:
            raise Refused("estimate.two_populations", stratum=_name(stage, stratum))
        if sizes[rows][0] < len(set(ids[rows].tolist())):
            raise Refused("estimate.more_than_population", stratum=_name(stage, stratum))
    return stage


def _merged(stage: Stage, neighbors: Mapping[str, str]) -> Stage:
    """Give the units of each lonely stratum to the neighbor that is named for it; their populations add up."""
    units = {name: len(set(stage.units[stage.strata == at].tolist())) for at, name in enumerate(stage.names)}
    moved = {name: neighbors[name] for name, many in units.items() if many == 1 and name in neighbors}
    for name, neighbor in sorted(moved.items()):
        if neighbor not in units or neighbor in moved:
            raise Refused("estimate.no_neighbor", stratum=name, neighbor=neighbor)
    if not moved:
        return stage
    ids, names = indexed(moved.get(stage.names[at], stage.names[at]) for at in stage.strata.tolist())
    sizes = [math.fsum(set(stage.population[stage.strata == at].tolist())) for at in range(len(stage.names))]
    joined = [
        math.fsum(size for old, size in zip(stage.names, sizes, strict=True) if moved.get(old, old) == name)
        for name in names
    ]
    return replace(stage, strata=ids, names=names, population=np.array(joined)[ids])


def _from_populations(stages: Sequence[Stage]) -> Floats:
    weights = np.ones(len(stages[0].strata))
    for stage in stages:
        for stratum in sorted(set(stage.strata.tolist())):
            rows = stage.strata == stratum
            size = float(stage.population[rows][0])
            if math.isfinite(size):
                weights[rows] *= size / len(set(stage.units[rows].tolist()))
    return weights


def _spread(values: Floats, stages: Sequence[Stage], factor: float) -> Iterator[tuple[Floats, Floats]]:
    """Yield the scale and the deviations of each stratum's units, stage by stage."""
    stage = stages[0]
    for stratum in sorted(set(stage.strata.tolist())):
        rows = np.flatnonzero(stage.strata == stratum)
        ids, names = indexed(f"{unit:09d}" for unit in stage.units[rows].tolist())
        count, size = len(names), float(stage.population[rows][0])
        share = count / size
        sums = group_totals(values[rows], ids, count=count)
        if count == 1 and size != 1:
            raise Refused("estimate.lonely", stratum=_name(stage, stratum))
        scale = factor * (1 - share) * count / (count - 1) if count > 1 else 0.0
        yield np.full(count, scale), sums - column_totals(sums) / count
        if len(stages) > 1 and share > 0:
            below = [_part(one, rows) for one in stages[1:]]
            yield from _spread(values[rows], below, factor * share)


def _part(stage: Stage, rows: Ints) -> Stage:
    return replace(
        stage, strata=stage.strata[rows], units=stage.units[rows], population=stage.population[rows]
    )  # fmt: skip


def _without_means(values: Floats, groups: Ints, *, psw: Floats, by: Floats) -> Floats:
    """Take from values/psw their means within groups, weighted by `by`, and return what is left, times psw."""
    count = int(groups.max()) + 1
    plain = values / psw[:, None]
    sums = group_totals(plain * by[:, None], groups, count=count)
    whole = group_totals(by[:, None], groups, count=count)
    left: Floats = (plain - (sums / whole)[groups]) * psw[:, None]
    return left


def _name(stage: Stage, stratum: int) -> str:
    return stage.names[stratum] if stage.names else str(stratum + 1)


def population_size(given: Design) -> float:
    """Return the sum of the weights: how many the sample stands for."""
    return total(given.weights)
