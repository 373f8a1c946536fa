"""Estimates from a survey under its design: means of those who rated, totals, shares, ratios (§5.2, STATISTICS 2.1).

不了解 is missing: it is neither 60 nor 0. Arrays of marks have a row for every respondent and nan where a respondent
did not rate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.inference.design import Design, population_size
from pingyi.inference.sums import Bools, Floats, Ints, column_totals, indexed, t_quantile, total
from pingyi.rules.estimate import Estimate, fixed, fixed_df
from pingyi.rules.refused import Refused


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """p estimates with their covariance; `linear` are their linearised values (n × p), weights not yet in."""

    values: Floats
    covariance: Floats
    df: Floats
    counts: Ints
    linear: Floats

    @property
    def errors(self) -> Floats:
        """The standard errors."""
        return np.sqrt(np.diag(self.covariance))

    def intervals(self, *, level: float = 0.95, is_normal: bool = False) -> Floats:
        """Return the p × 2 two-sided limits value ± t · se, with the normal quantile where asked for (§5.2)."""
        dfs = [math.inf if is_normal else float(df) for df in self.df]
        half = np.array([t_quantile((1 + level) / 2, df) for df in dfs]) * self.errors
        return np.column_stack([self.values - half, self.values + half])


def totals(design: Design, values: Floats) -> Estimated:
    """Return Σ w y for each column of values (n × p; nan counts as 0) (§5.2; Horvitz, Thompson 1952)."""
    filled = np.where(np.isnan(values), 0.0, values)
    return _estimated(design, column_totals(design.weights[:, None] * filled), filled, ~np.isnan(values), part=False)


def ratios(design: Design, numerators: Floats, denominators: Floats) -> Estimated:
    """Return Σ w y / Σ w x for each pair of columns (n × p) (§5.2; Taylor linearisation, (y − θ x)/Σ w x)."""
    weights = design.weights[:, None]
    whole = column_totals(weights * denominators)
    values = column_totals(weights * numerators) / whole
    linear = (numerators - values * denominators) / whole
    return _estimated(design, values, linear, denominators != 0, part=False)


def means(design: Design, marks: Floats) -> Estimated:
    """Return the mean of those who rated, for each column of marks (n × p, nan: did not rate) (§5.2).

    θ = Σ w r y / Σ w r, z = r (y − θ)/Σ w r, covariance between the columns included; df = sampled units with a rating
    less strata with one. Refused for a column that nobody rated.
    """
    values, linear = _linearized(design, marks)
    return _estimated(design, values, linear, ~np.isnan(marks), part=True)


def shares(design: Design, answers: Sequence[object | None]) -> tuple[tuple[str, ...], Estimated]:
    """Return each answer with its share among those who gave one (§5.2); None is no answer."""
    words = [None if answer is None else str(answer) for answer in answers]
    names = sorted({word for word in words if word is not None})
    marks = np.array([[math.nan if word is None else float(word == name) for name in names] for word in words])
    return tuple(names), means(design, marks)


def standardized(
    design: Design, marks: Floats, *, groups: Sequence[object], shares: Mapping[str, float], names: Sequence[str] = ()
) -> Estimated:
    """Return Σ_g W_g θ_jg, means on a common mix of client groups (§5.2; direct standardisation, Var = Wᵀ V W).

    `shares` W_g (scaled to add up to 1) are fixed in advance. Refused where nobody of a group rated a column (`names`
    says how the columns are called): an empty cell never counts as 0; merge groups instead.
    """
    ids, labels = indexed(groups)
    for label in sorted(set(labels) ^ set(shares)):
        raise Refused("estimate.empty_cell" if label in shares else "estimate.no_total", cell=label)
    whole = math.fsum(float(shares[label]) for label in labels)
    values, linear = np.zeros(marks.shape[1]), np.zeros(marks.shape)
    for at, label in enumerate(labels):
        inside = (ids == at)[:, None] & ~np.isnan(marks)
        for column in np.flatnonzero(~inside.any(axis=0)).tolist():
            name = names[column] if names else str(column + 1)
            raise Refused("estimate.empty_cell", cell=f"{label} × {name}")
        share = float(shares[label]) / whole
        mean, own = _linearized(design, np.where(inside, marks, math.nan))
        values, linear = values + share * mean, linear + share * own
    return _estimated(design, values, linear, ~np.isnan(marks), part=True)


def design_effect(design: Design, values: Floats, *, with_replacement: bool = False) -> Floats:
    """Return the variance of each mean (n × p) over that of a simple random sample of the same size (§5.2).

    Without replacement unless asked for otherwise, the sum of weights standing for the population (R's `deff`).
    """
    estimated, weights = means(design, values), design.weights[:, None]
    count, size = len(design), population_size(design)
    spread = column_totals(weights * (values - estimated.values) ** 2) / size * count / (count - 1)
    plain = spread / count * (1.0 if with_replacement else (size - count) / size)
    return np.diag(estimated.covariance) / plain


def survey_estimate(
    source: str,
    *,
    design: Design,
    sections: Sequence[str],
    marks: Sequence[Floats],
    weights: Sequence[float] | Floats = (1.0,),
    dont_know: Floats | None = None,
    method: str = "survey",
) -> Estimate:
    """Return a survey's marks for its sections, jointly over its indicators (§5.2).

    `marks` has for each of q indicators an n × p array of marks 0–100, nan for 不了解 and for not asked; `weights` are
    q weights within the source, or q × p where a section has its own. Answers of one person to several questions and
    about several sections keep their covariance. `dont_know` (n × p) says where 不了解 was answered. Sections without
    any rating are left out.
    """
    shares_ = _weights(weights, indicators=len(marks), sections=len(sections))
    rated = np.any([~np.isnan(one) & (share != 0) for one, share in zip(marks, shares_, strict=True)], axis=0)
    kept = np.flatnonzero(rated.any(axis=0))
    parts = [_indicator(design, one[:, kept], share[kept]) for one, share in zip(marks, shares_, strict=True)]
    values = np.array([total(np.array(column)) for column in zip(*(part[0] for part in parts), strict=True)])
    linear = np.sum([part[1] for part in parts], axis=0)
    found = _estimated(design, values, linear, rated[:, kept], part=True)
    return as_estimate(
        source,
        sections=[sections[at] for at in kept.tolist()],
        found=found,
        dont_know=None if dont_know is None else _dont_know(dont_know[:, kept], rated[:, kept]),
        method=method,
    )


def as_estimate(
    source: str,
    *,
    sections: Sequence[str],
    found: Estimated,
    dont_know: Sequence[float | None] | None = None,
    method: str = "survey",
) -> Estimate:
    """Return estimates as a source's, rounded to the stated digits."""
    return Estimate(
        source=source,
        sections=tuple(sections),
        values=tuple(fixed(value) for value in found.values.tolist()),
        covariance=tuple(tuple(fixed(cell) for cell in row) for row in found.covariance.tolist()),
        df=tuple(fixed_df(df) for df in found.df.tolist()),
        counts=tuple(found.counts.tolist()),
        dont_know=tuple(None if one is None else fixed(one) for one in dont_know or [None] * len(sections)),
        method=method,
    )


def _indicator(design: Design, marks: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return weighted means and linearised values of one indicator; a section that it weighs nothing may lack it."""
    values, linear = np.zeros(marks.shape[1]), np.zeros(marks.shape)
    at = np.flatnonzero(share != 0)
    if len(at):
        mean, own = _linearized(design, marks[:, at])
        values[at], linear[:, at] = share[at] * mean, share[at] * own
    return values, linear


def _linearized(design: Design, marks: Floats) -> tuple[Floats, Floats]:
    """Return the mean of those who rated, and r (y − θ)/Σ w r, for each column of marks."""
    rated = ~np.isnan(marks)
    if not bool(rated.any(axis=0).all()):
        raise Refused("estimate.no_ratings")
    weights, filled = design.weights[:, None], np.where(rated, marks, 0.0)
    whole = column_totals(weights * rated)
    values = column_totals(weights * filled) / whole
    return values, np.where(rated, filled - values, 0.0) / whole


def _weights(given: Sequence[float] | Floats, *, indicators: int, sections: int) -> Floats:
    found = np.asarray(given, dtype=float)
    return np.broadcast_to(found.reshape(indicators, -1), (indicators, sections))


def _dont_know(unknown: Floats, rated: Bools) -> list[float | None]:
    """Return the share of 不了解 among all who were asked and answered, people and not weights."""
    many, known = unknown.astype(bool).sum(axis=0), rated.sum(axis=0)
    return [int(a) / int(a + b) if a + b else None for a, b in zip(many, known, strict=True)]


def _estimated(design: Design, values: Floats, linear: Floats, rated: Bools, *, part: bool) -> Estimated:
    dfs = [design.df(column) if part else design.df() for column in rated.T]
    return Estimated(
        values=values,
        covariance=design.covariance(design.weights[:, None] * linear),
        df=np.array(dfs, dtype=float),
        counts=rated.sum(axis=0),
        linear=linear,
    )
