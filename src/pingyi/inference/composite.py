"""The composite with its covariance and its degrees of freedom (§5.2, STATISTICS 2.6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from pingyi.inference.sums import Floats, pooled_df
from pingyi.rules.estimate import Estimate, fixed, fixed_df
from pingyi.rules.refused import Refused

Number = Decimal | Fraction | int
Weights = Mapping[str, Number | Mapping[str, Number]]  # source → weight, or source → section → weight


@dataclass(frozen=True, kw_only=True)
class Composite:
    """Scores of p sections with all that tests between them need; arrays are in the order of `sections`."""

    sections: tuple[str, ...]
    scores: tuple[Fraction, ...]  # exact: ties and limits are decided on these
    covariance: Floats  # p × p
    df: Floats  # p; inf where nothing was estimated with a variance of its own
    gap_df: Floats  # p × p: of the difference of two sections

    @property
    def numbers(self) -> Floats:
        """The scores as floats."""
        return np.array([float(score) for score in self.scores])

    @property
    def errors(self) -> Floats:
        """The standard errors."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))

    @property
    def gap_errors(self) -> Floats:
        """The p × p standard errors of differences, √(Σ_jj + Σ_kk − 2 Σ_jk)."""
        own = np.diag(self.covariance)
        return np.sqrt(np.maximum(own[:, None] + own[None, :] - 2 * self.covariance, 0.0))

    def of(self, sections: Sequence[str]) -> Composite:
        """Return the composite of some of the sections only, such as one class."""
        at = np.array([self.sections.index(section) for section in sections], dtype=np.int64)
        return Composite(
            sections=tuple(sections),
            scores=tuple(self.scores[place] for place in at),
            covariance=self.covariance[np.ix_(at, at)],
            df=self.df[at],
            gap_df=self.gap_df[np.ix_(at, at)],
        )


def composite(
    estimates: Sequence[Estimate],
    *,
    weights: Weights,
    sections: Sequence[str] = (),
    scores: Mapping[str, Fraction] | None = None,
) -> Composite:
    """Return x = Σ a_k s_k with Σ = Σ a_k² Σ_k for independent sources (§5.2; OECD/JRC Handbook 2008, Satterthwaite).

    `weights` may give each section its own weight of a source, for a source may be dropped for one; a bonus or a
    deduction is an estimate without variance and with weight 1. `scores` are the official exact scores where they are
    known; without them they are added up exactly from the estimates. Refused where a mark with a weight is missing.
    """
    names = tuple(sections) or tuple(dict.fromkeys(name for one in estimates for name in one.sections))
    shares = [_shares(one, weights, names) for one in estimates]
    exact = tuple(_score(name, at, estimates, shares) for at, name in enumerate(names))
    if scores is not None:
        exact = tuple(scores[name] for name in names)
    blocks = [_block(one, share, names) for one, share in zip(estimates, shares, strict=True)]
    dfs = [_dfs(one, names) for one in estimates]
    size = len(names)
    return Composite(
        sections=names,
        scores=exact,
        covariance=_added(size, [block.ravel().tolist() for block in blocks]),
        df=np.array([pooled_df([float(b[j, j]) for b in blocks], [d[j] for d in dfs]) for j in range(size)]),
        gap_df=_gap_dfs(size, blocks, dfs),
    )


def blended(source: str, parts: Sequence[tuple[Estimate, Mapping[str, Number]]], *, method: str = "") -> Estimate:
    """Return one source's estimate from independent parts, each with the weight that each section gives it (§5.2).

    For indicators of one source that do not share persons; where they do, give them to the estimator jointly.
    """
    names = tuple(dict.fromkeys(name for one, _ in parts for name in one.sections))
    labels = {f"{source}-{at}": (one, share) for at, (one, share) in enumerate(parts)}
    renamed = [replace(one, source=label) for label, (one, _) in labels.items()]
    found = composite(renamed, weights={label: share for label, (_, share) in labels.items()}, sections=names)
    return Estimate(
        source=source,
        sections=names,
        values=tuple(fixed(score) for score in found.scores),
        covariance=tuple(tuple(fixed(cell) for cell in row) for row in found.covariance.tolist()),
        df=tuple(fixed_df(df) for df in found.df.tolist()),
        counts=tuple(sum(_count(one, name) for one, _ in parts) for name in names),
        dont_know=tuple(None for _ in names),
        method=method or parts[0][0].method,
    )


def _shares(one: Estimate, weights: Weights, names: Sequence[str]) -> list[Fraction]:
    given = weights.get(one.source, 0)
    shares = [Fraction(given.get(name, 0) if isinstance(given, Mapping) else given) for name in names]
    for name, share in zip(names, shares, strict=True):
        if share and one.place(name) is None:
            raise Refused("estimate.no_mark", source=one.source, section=name)
    return shares


def _score(name: str, at: int, estimates: Sequence[Estimate], shares: Sequence[Sequence[Fraction]]) -> Fraction:
    terms = Fraction(0)
    for one, share in zip(estimates, shares, strict=True):
        place = one.place(name)
        if place is not None:
            terms += share[at] * Fraction(one.values[place])
    return terms


def _block(one: Estimate, shares: Sequence[Fraction], names: Sequence[str]) -> Floats:
    """Return a_j a_k Σ_jk of one source over all sections; 0 for a section without it."""
    places = [one.place(name) for name in names]
    known = [at for at, place in enumerate(places) if place is not None]
    rows = [one.covariance[place] for place in places if place is not None]
    columns = [place for place in places if place is not None]
    found = np.zeros((len(names), len(names)))
    found[np.ix_(known, known)] = np.array([[float(row[at]) for at in columns] for row in rows]).reshape(
        len(known), len(known)
    )
    lower = np.tril(found * _products(shares))
    return lower + np.tril(lower, -1).T


def _products(shares: Sequence[Fraction]) -> Floats:
    """Return a_j a_k, each the float nearest to the exact product; most sections have the same few weights."""
    kinds = sorted(set(shares))
    table = np.array([[float(one * other) for other in kinds] for one in kinds]).reshape(len(kinds), len(kinds))
    at = [kinds.index(share) for share in shares]
    return table[np.ix_(at, at)]


def _added(size: int, parts: Sequence[Sequence[float]]) -> Floats:
    """Return the correctly rounded sums of the cells of these parts."""
    if not parts:
        return np.zeros((size, size))
    return np.array([math.fsum(cells) for cells in zip(*parts, strict=True)]).reshape(size, size)


def _dfs(one: Estimate, names: Sequence[str]) -> list[float]:
    places = [one.place(name) for name in names]
    found = [None if place is None else one.df[place] for place in places]
    return [math.inf if df is None else float(df) for df in found]


def _gap_dfs(size: int, blocks: Sequence[Floats], dfs: Sequence[Sequence[float]]) -> Floats:
    """Return Satterthwaite's df of each difference: each source's own variance of it, the smaller df of the two."""
    variances, parts = [], []
    for block, given in zip(blocks, dfs, strict=True):
        own = np.diag(block)
        gaps = np.maximum(0.0, own[:, None] + own[None, :] - 2 * block)
        df = np.where(own != 0, np.array(given, dtype=float), math.inf) if size else own
        smaller = np.minimum(df[:, None], df[None, :])
        variances.append(gaps.ravel().tolist())
        parts.append(np.where(gaps > 0, gaps * gaps / smaller, 0.0).ravel().tolist())
    whole, shares = _added(size, variances).ravel().tolist(), _added(size, parts).ravel().tolist()
    found = np.array([one**2 / share if share > 0 else math.inf for one, share in zip(whole, shares, strict=True)])
    cells = found.reshape(size, size)
    np.fill_diagonal(cells, math.inf)
    return cells


def _count(one: Estimate, name: str) -> int:
    place = one.place(name)
    return 0 if place is None else one.counts[place]
