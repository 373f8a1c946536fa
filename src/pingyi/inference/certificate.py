"""The margin of a section over a box of weights, with a proof that anybody checks by multiplying (§5.2, BUNDLE 2.6).

Weights of the box reach the margin, so it is no smaller; a mixture of the rivals is by no weights of the box further
above the section, so it is no greater. Both are published, and no linear program is needed to read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pingyi.inference.sums import dot

DIGITS = 12  # of weights and shares, before they are put right


@dataclass(frozen=True, kw_only=True)
class Contest:
    """One section against its rivals: what each source gives a rival more than it, and what is added beside."""

    gaps: tuple[tuple[Fraction, ...], ...]  # rivals × sources
    added: tuple[Fraction, ...]  # of each rival
    low: tuple[Fraction, ...]  # the box of weights
    high: tuple[Fraction, ...]
    whole: Fraction  # what the weights add up to


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Weights in the box and shares of the rivals; the margin lies between what the two give."""

    at: tuple[Fraction, ...]
    against: tuple[Fraction, ...]
    margin: Fraction  # reached under `at`
    bound: Fraction  # never passed, by `against`


def certify(contest: Contest, nominal: Sequence[Fraction]) -> Certificate:
    """Solve max t such that wᵀ gaps_k + added_k ≥ t for all rivals k, w in the box (§5.2); exact fractions come out.

    Without rivals there is nothing to reach: the margin is 0 under the nominal weights.
    """
    if not contest.gaps:
        return Certificate(at=tuple(nominal), against=(), margin=Fraction(0), bound=Fraction(0))
    weights, shares = _solved(contest)
    at = settled(weights, low=contest.low, high=contest.high, whole=contest.whole)
    rivals = len(contest.gaps)
    against = settled(shares, low=[Fraction(0)] * rivals, high=[Fraction(1)] * rivals, whole=Fraction(1))
    reached = (dot(at, row) + added for row, added in zip(contest.gaps, contest.added, strict=True))
    mixed = [dot(against, column) for column in zip(*contest.gaps, strict=True)]
    bound = extreme(mixed, low=contest.low, high=contest.high, whole=contest.whole, largest=True)
    return Certificate(at=at, against=against, margin=min(reached), bound=bound + dot(against, contest.added))


def extreme(
    row: Sequence[Fraction], *, low: Sequence[Fraction], high: Sequence[Fraction], whole: Fraction, largest: bool
) -> Fraction:
    """Return the largest or the smallest of wᵀ row over the box: filled up from below, the best source first."""
    found, left = dot(low, row), whole - sum(low, Fraction(0))
    for k in sorted(range(len(row)), key=lambda one: row[one], reverse=largest):
        step = min(left, high[k] - low[k])
        found, left = found + step * row[k], left - step
    return found


def settled(
    found: Sequence[float], *, low: Sequence[Fraction], high: Sequence[Fraction], whole: Fraction
) -> tuple[Fraction, ...]:
    """Return numbers of a solver as fractions that keep to the rules: inside the box, adding up to the whole.

    Rounded to twelve digits; what is missing or too much then goes where the box leaves room.
    """
    near = [Fraction(round(number * 10**DIGITS), 10**DIGITS) for number in found]
    kept = [min(max(number, a), b) for number, a, b in zip(near, low, high, strict=True)]
    left = whole - sum(kept, Fraction(0))
    for k, number in enumerate(kept):
        step = min(left, high[k] - number) if left > 0 else max(left, low[k] - number)
        kept[k], left = number + step, left - step
    return tuple(kept)


def _solved(contest: Contest) -> tuple[list[float], list[float]]:
    """Return the weights and, from the marginals of the rivals' rows, their shares (HiGHS)."""
    from scipy import optimize

    rivals, size = len(contest.gaps), len(contest.low)
    gaps = np.array([[float(cell) for cell in row] for row in contest.gaps]).reshape(rivals, size)
    solved = optimize.linprog(
        c=np.array([0.0] * size + [-1.0]),
        A_ub=np.hstack([-gaps, np.ones((rivals, 1))]),
        b_ub=np.array([float(added) for added in contest.added]),
        A_eq=np.array([[1.0] * size + [0.0]]),
        b_eq=np.array([float(contest.whole)]),
        bounds=[(float(a), float(b)) for a, b in zip(contest.low, contest.high, strict=True)] + [(None, None)],
        method="highs",
    )
    shares = [max(0.0, -float(one)) for one in solved.ineqlin.marginals]
    whole = sum(shares) or 1.0
    found = contest.low if solved.x is None else solved.x[:size]
    return [float(one) for one in found], [one / whole for one in shares]
