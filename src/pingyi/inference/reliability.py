"""Whether an assembly distinguishes sections at all: ICC(2,k) and Kendall's W for the report (§5.2, STATISTICS 2.5).

Arrays of marks are voters × sections, nan where a voter did not rate; only voters who rated every section are taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pingyi.inference.sums import Floats, column_totals, total

WEAK = 0.7  # under this the assembly hardly distinguishes sections


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliability:
    """Agreement of voters about sections; None where the marks do not vary."""

    voters: int
    sections: int
    one: float | None  # ICC(2,1): of one voter
    mean: float | None  # ICC(2,k): of the mean of all voters
    concordance: float | None  # Kendall's W, 0 to 1, ties corrected

    @property
    def is_weak(self) -> bool:
        """Whether the means of so many voters hardly distinguish sections."""
        return self.mean is None or self.mean < WEAK


def reliability(marks: Floats) -> Reliability | None:
    """Return ICC(2,1), ICC(2,k) and W (§5.2; Shrout and Fleiss 1979, two-way random, agreement; Kendall 1939).

    Nothing for fewer than two voters who rated every one of at least two sections.
    """
    whole = marks[~np.isnan(marks).any(axis=1)]
    voters, sections = whole.shape
    if voters < 2 or sections < 2:
        return None
    between_sections, between_voters, errors = _mean_squares(whole)
    bias = (between_voters - errors) / sections
    one = between_sections + (voters - 1) * errors + voters * bias
    many = between_sections + bias
    gained = between_sections - errors
    return Reliability(
        voters=voters,
        sections=sections,
        one=gained / one if one > 0 else None,
        mean=gained / many if many > 0 else None,
        concordance=kendall_w(whole),
    )


def kendall_w(marks: Floats) -> float | None:
    """Return 12 S/(m² (n³ − n) − m Σ T), ties corrected, of m voters about n sections (§5.2; Kendall 1939)."""
    voters, sections = marks.shape
    ranks = np.array([_middle_ranks(row) for row in marks])
    sums = column_totals(ranks)
    spread = total((sums - total(sums) / sections) ** 2)
    ties = sum(int(many**3 - many) for row in marks for many in np.unique(row, return_counts=True)[1].tolist())
    scale = voters**2 * (sections**3 - sections) - voters * ties
    return 12 * spread / scale if scale else None


def _mean_squares(marks: Floats) -> tuple[float, float, float]:
    """Return the mean squares of sections, of voters and of what is left (two-way layout, one mark in each cell)."""
    voters, sections = marks.shape
    grand = total(marks.ravel()) / marks.size
    by_section, by_voter = column_totals(marks) / voters, column_totals(marks.T) / sections
    left = marks - by_section - by_voter[:, None] + grand
    return (
        voters * total((by_section - grand) ** 2) / (sections - 1),
        sections * total((by_voter - grand) ** 2) / (voters - 1),
        total((left**2).ravel()) / ((voters - 1) * (sections - 1)),
    )


def _middle_ranks(row: Floats) -> Floats:
    """Return ranks from 1, equal marks sharing the mean of their places."""
    below, alike = row < row[:, None], row == row[:, None]
    ranks: Floats = below.sum(axis=1) + (alike.sum(axis=1) + 1) / 2
    return ranks
