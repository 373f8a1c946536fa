"""Assembly ballots: means with the covariance of voters' leniency, recusals, trimming (§5.2, STATISTICS 2.5).

Arrays of marks have a row for every voter and a column for every section; nan is a blank, such as a recusal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

import numpy as np

from pingyi.inference.design import design
from pingyi.inference.leniency import ols, reml
from pingyi.inference.sums import Floats, column_totals, products
from pingyi.inference.survey import Estimated, as_estimate, standardized, survey_estimate
from pingyi.rules.estimate import Estimate
from pingyi.rules.refused import Refused

LEAST_VOTERS = 2


class Model(StrEnum):
    """What a section's mark from an incomplete assembly is."""

    COUNTED = "counted"  # the plain mean of those who voted on it
    OLS = "ols"  # least squares with an effect for each voter
    REML = "reml"  # voters' effects as random


def ballots_estimate(
    source: str,
    *,
    sections: Sequence[str],
    marks: Sequence[Floats],
    weights: Sequence[float] | Floats = (1.0,),
    groups: Sequence[str] | None = None,
    group_weights: Mapping[str, float] | None = None,
    dont_know: Floats | None = None,
    model: Model = Model.COUNTED,
) -> Estimate:
    """Return the assembly's marks, voters standing for such an assembly as would be called again (§5.2).

    For each of q indicators an n × p array of marks 0–100. Complete ballots: column means with S/n, S the covariance
    over voters; blanks: the mean of those who voted on a section, linearised. With `groups` each elector group is a
    stratum and weighs what the plan gives it. With another `model` (one indicator, no groups) recusals are adjusted
    for leniency; complete ballots need no model. Refused for fewer than two voters.
    """
    count = len(marks[0])
    if count < LEAST_VOTERS:
        raise Refused("estimate.too_few_ballots", count=str(count), least=str(LEAST_VOTERS))
    if model is not Model.COUNTED and len(marks) == 1 and groups is None and bool(np.isnan(marks[0]).any()):
        kept = np.flatnonzero(~np.isnan(marks[0]).all(axis=0))
        found = (reml if model is Model.REML else ols)(marks[0][:, kept])
        return as_estimate(source, sections=[sections[at] for at in kept.tolist()], found=found, method="ballots")
    if groups is not None and group_weights is not None:
        return _by_groups(source, sections, marks, weights, groups, group_weights)
    return survey_estimate(
        source, design=design(weights=np.ones(count)), sections=sections, marks=marks, weights=weights,
        dont_know=dont_know, method="ballots",
    )  # fmt: skip


def _by_groups(
    source: str,
    sections: Sequence[str],
    marks: Sequence[Floats],
    weights: Sequence[float] | Floats,
    groups: Sequence[str],
    group_weights: Mapping[str, float],
) -> Estimate:
    """Weigh the groups' means as the plan says; a group without a ballot on a section is refused, not counted as 0."""
    sample = design(weights=np.ones(len(groups)), strata=groups)
    shares = np.broadcast_to(np.asarray(weights, dtype=float).reshape(len(marks), -1), (len(marks), len(sections)))
    parts = [standardized(sample, one, groups=groups, shares=group_weights, names=sections) for one in marks]
    values = np.sum([share * part.values for share, part in zip(shares, parts, strict=True)], axis=0)
    linear = np.sum([share * part.linear for share, part in zip(shares, parts, strict=True)], axis=0)
    rated = np.any([~np.isnan(one) for one in marks], axis=0)
    found = Estimated(
        values=values,
        covariance=sample.covariance(linear),
        df=np.array([sample.df(column) for column in rated.T], dtype=float),
        counts=rated.sum(axis=0),
        linear=linear,
    )
    return as_estimate(source, sections=sections, found=found, method="ballots")


def trimmed_estimate(source: str, *, sections: Sequence[str], marks: Floats, cut: int = 1) -> Estimate:
    """Return means without the `cut` highest and lowest marks of each section (去掉一个最高分和一个最低分; §5.2).

    Their covariance is that of the winsorized marks over (1 − 2γ)² n, γ = cut/n, so that each standard error is
    Yuen's s_w/((1 − 2γ)√n); df = n − 2·cut − 1 (Yuen 1974; Wilcox 2012). Refused for blanks and for too few ballots.
    """
    count = len(marks)
    if bool(np.isnan(marks).any()):
        raise Refused("estimate.trimmed_blanks")
    if count - 2 * cut < LEAST_VOTERS:
        raise Refused("estimate.too_few_ballots", count=str(count), least=str(2 * cut + LEAST_VOTERS))
    ordered = np.sort(marks, axis=0)
    drawn_in = np.clip(marks, ordered[cut], ordered[count - 1 - cut])
    deviations = drawn_in - column_totals(drawn_in) / count
    kept = count - 2 * cut
    scale = np.full(count, 1 / ((count - 1) * (kept / count) ** 2 * count))
    found = Estimated(
        values=column_totals(ordered[cut : count - cut]) / kept,
        covariance=products(deviations, scale),
        df=np.full(marks.shape[1], float(kept - 1)),
        counts=np.full(marks.shape[1], count),
        linear=deviations,
    )
    return as_estimate(source, sections=sections, found=found, method="ballots")


def sign_flip(gaps: Floats) -> float:
    """Return P(Σ ± d ≥ Σ d) over all 2ⁿ signs of n paired differences: the exact one-sided test (§5.2; Fisher 1935).

    For assemblies under about 15 voters. Exact for gaps that are multiples of 1/1000, up to some 60 voters.
    """
    steps = [round(abs(float(gap)) * 1000) for gap in gaps]
    observed = sum(round(float(gap) * 1000) for gap in gaps)
    ways: dict[int, int] = {0: 1}
    for step in steps:
        found: dict[int, int] = {}
        for reached, many in ways.items():
            for one in (reached + step, reached - step):
                found[one] = found.get(one, 0) + many
        ways = found
    hits = sum(many for reached, many in ways.items() if reached >= observed)
    return float(Fraction(hits, 2 ** len(steps)))


def robust_lines(marks: Sequence[float], *, share: float = 0.1) -> dict[str, float]:
    """Return the trimmed mean, the median and Hodges and Lehmann's estimate beside a mean: a line of notes (§5.2)."""
    ordered = sorted(float(mark) for mark in marks)
    cut = int(len(ordered) * share)
    kept = ordered[cut : len(ordered) - cut]
    walsh = sorted((a + b) / 2 for at, a in enumerate(ordered) for b in ordered[at:])
    return {"trimmed": math.fsum(kept) / len(kept), "median": _median(ordered), "hodges_lehmann": _median(walsh)}


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
