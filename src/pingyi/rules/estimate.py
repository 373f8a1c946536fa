"""How sure a mark, a score and a rank are: one source's estimates, and what may be said of the sections (§5.2).

Every number is a decimal already rounded to stated digits, so that each machine prints and compares the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

COVARIANCE_DIGITS = 10
DF_DIGITS = 6
P_DIGITS = 10  # significant ones: a p-value may be as small as 1E-13
Matrix = tuple[tuple[Decimal, ...], ...]


class Standing(StrEnum):
    """What the evidence bears of a claim such as "last" or "below 80"."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNDETERMINED = "undetermined"
    INSUFFICIENT = "insufficient"  # too little evidence for any verdict (R8)
    TIE = "tie"  # several share the last place: none of them is confirmed (R5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """One source's marks, jointly for all sections that have evidence of it and over the source's indicators.

    `covariance` has a row and a column for each of `sections`, of persons in coarse steps rounded down; `df` is None
    where the variance counts as known; `counts` are the ratings, ballots, visits or cases that a mark rests on;
    `dont_know` is the share of 不了解.
    """

    source: str
    sections: tuple[str, ...]
    values: tuple[Decimal, ...]
    covariance: Matrix
    df: tuple[Decimal | None, ...]
    counts: tuple[int, ...]
    dont_know: tuple[Decimal | None, ...]
    method: str  # "survey", "ballots", "visits", "cases", "facts"

    def place(self, section: str) -> int | None:
        """Return where the section stands in the tuples, or None where it has no evidence."""
        return self.sections.index(section) if section in self.sections else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A score with its standard error and its interval; `df` is None where a normal quantile was taken."""

    score: Decimal
    standard_error: Decimal
    low: Decimal
    high: Decimal
    df: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RankInterval:
    """From the best to the worst rank that the evidence allows."""

    best: int
    worst: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitStanding:
    """A section against a score limit: the raw rule, what is confirmed, and the p-value of "not below" (R1)."""

    limit: Decimal
    is_below: bool  # the legal trigger: the exact score against the limit
    standing: Standing  # CONFIRMED: below; REFUTED: not below
    p: Decimal
    p_holm: Decimal  # over all sections


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightRange:
    """What other weights, each as near the plan's as it says, would make of a section (deterministic).

    `at` and `against` prove the margin to whoever multiplies them out: no weights of the box do worse than `at`, for
    the rivals mixed by `against` are by no weights further above.
    """

    low: Decimal
    high: Decimal
    margin: Decimal  # t_j: the most by which every other section can be at or above this one; under 0: never last
    can_be_last: bool
    at: tuple[Fraction, ...] = ()  # weights, one for each estimate, under which the margin is reached
    against: tuple[Fraction, ...] = ()  # shares of the other sections, in their order


@dataclass(frozen=True, kw_only=True, slots=True)
class FlipMargin:
    """So many records must go at least before a finding is undone; `records` is None where no removal does it."""

    source: str
    claim: str  # "last", or the limit as text
    section: str
    rival: str  # who would be last instead; empty for a limit
    records: int | None
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Shrunk:
    """A score drawn towards the mean of all as far as it is unsure: a note, never the score (STATISTICS 5)."""

    share: Decimal  # B_j: how much of the section's own distance from the mean is kept
    score: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Alone:
    """Whether each finding holds by the published counts alone, whatever was answered together (凭计数即成立).

    `standard_error` and `df` are as wide as the score's then are.
    """

    standard_error: Decimal
    df: Decimal | None
    last: bool
    may_be_last: bool
    ranks: bool
    ranks_together: bool
    limits: tuple[bool, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionCertainty:
    """Everything that may be said of one section."""

    section: str
    interval: Interval
    rank: int
    ranks: RankInterval  # marginal: right for this section in 95 of 100 years
    ranks_together: RankInterval  # simultaneous: right for all sections at once
    may_be_last: bool  # R3
    last: Standing
    limits: tuple[LimitStanding, ...] = ()
    weights: WeightRange | None = None
    shrunk: Shrunk | None = None
    alone: Alone | None = None  # None where the estimates are not those of published tables


@dataclass(frozen=True, kw_only=True, slots=True)
class LastTest:
    """The observed last against its closest competitor, smallest standardized gap (R2)."""

    sections: tuple[str, ...]  # all who share the lowest score
    rival: str
    gap: Decimal
    standard_error: Decimal
    df: Decimal | None
    t: Decimal | None  # None where the gap has no standard error
    p: Decimal  # two-sided
    standing: Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class RankingTest:
    """Whether the sections differ at all (R7): a Wald test with the whole covariance, referred to F."""

    statistic: Decimal
    df: int
    df_within: Decimal | None
    p: Decimal
    is_there: bool  # False: 各科室差异未达到统计显著


@dataclass(frozen=True, kw_only=True, slots=True)
class Certainty:
    """How sure the scores of sections that are ranked together are; the sections stand as they were given."""

    level: Decimal
    sections: tuple[SectionCertainty, ...]
    covariance: Matrix
    last: LastTest | None  # None where fewer than two sections are compared
    ranking: RankingTest | None
    dominance: Decimal | None = None  # share of pairs in which one is at least as good in every source
    flips: tuple[FlipMargin, ...] = ()
    insufficient: tuple[str, ...] = ()

    def of(self, section: str) -> SectionCertainty:
        """Return what may be said of a section."""
        return next(one for one in self.sections if one.section == section)

    def in_question(self) -> Iterator[str]:
        """Yield the sections that may be last: only the one that is confirmed, where one is (R2, R3)."""
        for one in self.sections:
            if one.last is not Standing.REFUTED:
                yield one.section


def fixed(number: float | Fraction | Decimal, *, digits: int = COVARIANCE_DIGITS) -> Decimal:
    """Return a number with so many digits after the point, half to even; zero has no sign."""
    with localcontext(prec=60):
        exact = Decimal(number.numerator) / Decimal(number.denominator) if isinstance(number, Fraction) else number
        found = Decimal(exact).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    return abs(found) if found.is_zero() else found


def fixed_df(number: float | None) -> Decimal | None:
    """Return degrees of freedom as a decimal; None where there are none to count, or infinitely many."""
    return None if number is None or number == float("inf") else fixed(number, digits=DF_DIGITS)


def significant(number: float, *, digits: int = P_DIGITS) -> Decimal:
    """Return a probability with so many significant digits."""
    return Decimal(f"{number:.{digits}g}")
