"""Whether sections differ at all, before anybody speaks of ranks (R7)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pingyi import verify
from pingyi.inference.ballots import ballots_estimate
from pingyi.inference.certainty import certainty
from pingyi.inference.composite import composite
from pingyi.inference.marks import visits_estimate
from pingyi.inference.standing import ranking_test
from pingyi.rules.estimate import Certainty, RankingTest, Standing


def _ranking(found: Certainty) -> RankingTest:
    assert found.ranking is not None
    return found.ranking


def test_sections_that_hardly_differ_have_no_ranking() -> None:
    visits = visits_estimate("visits", marks={"a": [80, 90], "b": [81, 90], "c": [79, 92]})
    found = certainty([visits], weights={"visits": 1})
    # One-way analysis of variance by hand: means 85, 85.5, 85.5, so F = (1/6)/(175/3).
    assert float(_ranking(found).statistic) / 2 == pytest.approx((1 / 6) / (175 / 3), rel=1e-9)
    assert not _ranking(found).is_there
    assert found.last is not None
    assert found.last.standing is Standing.UNDETERMINED


def test_a_handful_of_voters_cannot_show_that_twelve_sections_differ_by_their_covariance() -> None:
    # Six ballots about four sections: three differences leave no room for a test by the whole covariance.
    marks = np.array([[80.0, 82, 79, 81], [90, 88, 92, 89], [70, 73, 71, 70], [85, 84, 86, 87], [77, 78, 75, 76]])
    names = ["a", "b", "c", "d"]
    found = _ranking(certainty([ballots_estimate("x", sections=names, marks=[marks])], weights={"x": 1}))
    assert found.df == 1
    assert not found.is_there
    # Two differences of ten ballots are Hotelling's: T² (n − 2)/((n − 1) 2) has F(2, 8).
    many = np.vstack([marks[:, :3], marks[:, :3] + np.array([1, 4, 2])])
    found = _ranking(certainty([ballots_estimate("x", sections=names[:3], marks=[many])], weights={"x": 1}))
    gaps = many[:, 1:] - many[:, :1]
    squared = 10 * gaps.mean(axis=0) @ np.linalg.solve(np.cov(gaps.T), gaps.mean(axis=0))
    assert float(found.statistic) == pytest.approx(squared, rel=1e-6)
    assert float(found.p) == pytest.approx((1 + 2 * (squared * 8 / 18) / 8) ** -4, rel=1e-6)


@settings(deadline=None, max_examples=30)
@given(
    marks=st.lists(st.lists(st.integers(50, 100), min_size=3, max_size=3), min_size=3, max_size=12),
    source=st.sampled_from(["ballots", "visits"]),
)
def test_the_strangers_program_tests_differences_alike(marks: list[list[int]], source: str) -> None:
    ballots = ballots_estimate("x", sections=["a", "b", "c"], marks=[np.array(marks, float)])
    if source == "visits":
        ballots = visits_estimate("x", marks=dict(zip("abc", np.array(marks, float).T.tolist(), strict=True)))
    plain = composite([ballots], weights={"x": 1})
    other = object.__new__(verify.Class)
    other.size, other.scores, other.df, other.sigma = (
        3,
        list(plain.scores),
        plain.df.tolist(),
        plain.covariance.tolist(),
    )
    other.blocks, other.free = [[[Fraction(cell) for cell in row] for row in ballots.covariance]], [other.df]
    own = ranking_test(plain)
    assert own is not None
    assume(np.linalg.cond(plain.covariance) < 1e7)
    assert other.differ()[:2] == pytest.approx((float(own.statistic), float(own.p)), rel=1e-5, abs=1e-9)
