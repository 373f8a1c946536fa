"""Careless, copied and odd ballots: signals for people to look at, never a deletion (§5.2, STATISTICS 6).

Arrays of marks are voters × sections, nan where a voter did not rate. Signals of many voters are held to a false
discovery rate with `multiplicity.benjamini_hochberg`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from pingyi.inference.sums import Floats, Ints, column_totals, products, total

SURE = 1e-3  # p under this is a signal


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """Pairs of identical ballots, against what chance would bring."""

    pairs: int
    expected: float
    p: float  # P(at least so many), Poisson
    groups: tuple[tuple[int, ...], ...]  # the rows that are alike, at least two together

    @property
    def is_signal(self) -> bool:
        """Whether so many alike are not chance."""
        return self.pairs > 0 and self.p < SURE


def longest_runs(marks: Floats) -> Ints:
    """Return each ballot's longest run of one mark, in the order of the sections (§5.2; R `careless`, longstring)."""
    found = []
    for row in marks:
        longest = run = 0
        before = math.nan
        for mark in row:
            run = run + 1 if mark == before else int(not math.isnan(mark))
            longest, before = max(longest, run), mark
        found.append(longest)
    return np.array(found, dtype=np.int64)


def average_runs(marks: Floats) -> Floats:
    """Return each ballot's average length of runs of one mark, blanks left out (§5.2; R `careless`, longstring)."""
    found = []
    for row in marks:
        given = row[~np.isnan(row)]
        runs = 1 + int((np.diff(given) != 0).sum()) if len(given) else 0
        found.append(len(given) / runs if runs else math.nan)
    return np.array(found)


def own_spread(marks: Floats) -> Floats:
    """Return the standard deviation of each ballot's marks, 0 for one that marks all alike (§5.2; intra-individual)."""
    found = []
    for row in marks:
        given = row[~np.isnan(row)]
        size = len(given)
        found.append(math.sqrt(total((given - total(given) / size) ** 2) / (size - 1)) if size > 1 else math.nan)
    return np.array(found)


def straight_lines(marks: Floats) -> Ints:
    """Return the ballots that give every section the same mark, of at least two (§5.2)."""
    return np.flatnonzero(own_spread(marks) == 0)


def odd_distances(marks: Floats) -> tuple[Floats, Floats]:
    """Return each complete ballot's squared Mahalanobis distance and P(χ²_p ≥ it); nan for others (§5.2).

    From the means and the covariance of the complete ballots themselves; nan for all where these are not more than p.
    """
    from scipy import special

    count, size = marks.shape
    distances = np.full(count, math.nan)
    whole = np.flatnonzero(~np.isnan(marks).any(axis=1))
    if len(whole) > size:
        kept = marks[whole]
        deviations = kept - column_totals(kept) / len(kept)
        covariance = products(deviations, np.full(len(kept), 1 / (len(kept) - 1)))
        if np.linalg.matrix_rank(covariance) == size:
            distances[whole] = (deviations * np.linalg.solve(covariance, deviations.T).T).sum(axis=1)
    return distances, np.asarray(special.chdtrc(size, distances), dtype=float)


def copies(marks: Floats) -> Copies:
    """Return how many pairs of ballots are identical, and how many sections that vary by themselves would bring (§5.2).

    Expected C(n, 2) Π_j Σ_l p_jl², p_jl the share of mark l at section j; the tail is Poisson's. A blank is a mark.
    """
    from scipy import special

    count, rows = len(marks), ["\x1f".join(map(str, row)) for row in marks.tolist()]
    alike: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        alike.setdefault(row, []).append(at)
    pairs = sum(math.comb(many, 2) for many in Counter(rows).values())
    same = [
        math.fsum((many / count) ** 2 for many in Counter(map(str, column)).values()) for column in marks.T.tolist()
    ]
    expected = math.comb(count, 2) * math.prod(same)
    return Copies(
        pairs=pairs,
        expected=expected,
        p=float(special.pdtrc(pairs - 1, expected)) if pairs else 1.0,
        groups=tuple(tuple(found) for found in alike.values() if len(found) > 1),
    )
