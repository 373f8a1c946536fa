"""Ballots: leniency cancels in differences, recusals are adjusted for, trimming has Yuen's error."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.inference.ballots import Model, ballots_estimate, robust_lines, sign_flip, trimmed_estimate
from pingyi.inference.composite import composite
from pingyi.inference.leniency import ols, reml, reml_spread
from pingyi.inference.reliability import kendall_w, reliability
from pingyi.rules.refused import Refused

NAN = math.nan
WHOLE = np.array([[90.0, 80, 70], [95, 90, 70], [80, 70, 65], [100, 95, 85]])
BLANKS = np.array([[90.0, 80, NAN], [95, NAN, 70], [NAN, 70, 65], [100, 95, 85], [70, 72, 60], [88, NAN, NAN]])


def test_complete_ballots_have_the_covariance_of_the_voters_over_their_number() -> None:
    found = ballots_estimate("assembly", sections=["a", "b", "c"], marks=[WHOLE], model=Model.REML)
    assert [float(value) for value in found.values] == [91.25, 83.75, 72.5]
    assert np.array(found.covariance, float) == pytest.approx(np.cov(WHOLE.T) / 4, abs=1e-10)
    assert [float(df) for df in found.df] == [3, 3, 3]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-9, 9), min_size=4, max_size=4))
def test_a_voter_who_is_harsher_throughout_changes_no_difference_and_no_error_of_one(added: list[int]) -> None:
    names = ["a", "b", "c"]
    one, other = (
        composite([ballots_estimate("x", sections=names, marks=[marks])], weights={"x": 1})
        for marks in (WHOLE, WHOLE + np.array(added)[:, None])
    )
    assert one.scores[0] - one.scores[2] == other.scores[0] - other.scores[2]
    assert one.gap_errors == pytest.approx(other.gap_errors, abs=1e-4)


def test_elector_groups_weigh_what_the_plan_gives_them() -> None:
    groups = ["clients", "clients", "supervisors", "supervisors"]
    found = ballots_estimate(
        "x", sections=["a", "b", "c"], marks=[WHOLE], groups=groups,
        group_weights={"clients": 0.75, "supervisors": 0.25},
    )  # fmt: skip
    assert float(found.values[0]) == 0.75 * 92.5 + 0.25 * 90
    variance = 0.75**2 * np.var([90, 95], ddof=1) / 2 + 0.25**2 * np.var([80, 100], ddof=1) / 2
    assert float(found.covariance[0][0]) == pytest.approx(variance, abs=1e-9)
    assert float(found.df[0]) == 2


def test_generous_voters_who_skip_a_section_do_not_drag_it_down() -> None:
    # Two lenient voters, ten points above the others, recuse themselves from the second section.
    marks = np.array([[90.0, NAN], [91, NAN], [80, 80], [81, 82], [79, 79], [80, 81]])
    plain = ballots_estimate("x", sections=["a", "b"], marks=[marks])
    assert plain.values[0] - plain.values[1] == pytest.approx(3, abs=0.01)
    for model in (Model.OLS, Model.REML):
        fitted = ballots_estimate("x", sections=["a", "b"], marks=[marks], model=model)
        assert abs(float(fitted.values[0] - fitted.values[1])) < 1


def dense(marks: np.ndarray, ratio: float) -> tuple[float, np.ndarray, np.ndarray]:
    """−2 log restricted likelihood with the errors' variance profiled out, means and covariance, by dense matrices."""
    voters, sections = np.nonzero(~np.isnan(marks))
    given_, fixed = marks[voters, sections], np.eye(marks.shape[1])[sections]
    inverse = np.linalg.inv(np.eye(len(given_)) + ratio * (voters[:, None] == voters[None, :]))
    normal = fixed.T @ inverse @ fixed
    means = np.linalg.solve(normal, fixed.T @ inverse @ given_)
    left = given_ - fixed @ means
    spare = len(given_) - marks.shape[1]
    variance = left @ inverse @ left / spare
    value = -np.linalg.slogdet(inverse)[1] + np.linalg.slogdet(normal)[1] + spare * math.log(variance)
    return float(value), means, variance * np.linalg.inv(normal)


def test_reml_is_the_maximum_of_the_restricted_likelihood() -> None:
    found, spread = reml(BLANKS), reml_spread(BLANKS)
    ratio = spread.voters / spread.errors
    best, means, covariance = dense(BLANKS, ratio)
    assert found.values == pytest.approx(means, rel=1e-10)
    assert found.covariance == pytest.approx(covariance, rel=1e-9)
    assert all(best <= dense(BLANKS, ratio * other)[0] for other in (0.5, 0.9, 0.999, 1.001, 1.1, 2))


def test_on_complete_ballots_reml_is_the_analysis_of_variance() -> None:
    deviations = WHOLE - WHOLE.mean(axis=0)
    between = 3 * (deviations.mean(axis=1) ** 2).sum() / 3
    errors = ((deviations - deviations.mean(axis=1)[:, None]) ** 2).sum() / 6
    spread = reml_spread(WHOLE)
    assert (spread.errors, spread.voters) == pytest.approx((errors, (between - errors) / 3), rel=1e-8)
    assert reml(WHOLE).values == pytest.approx(WHOLE.mean(axis=0))
    assert ols(WHOLE).values == pytest.approx(WHOLE.mean(axis=0))
    assert ols(WHOLE).covariance == pytest.approx(reml(WHOLE).covariance, rel=1e-8)


def test_least_squares_solves_its_normal_equations() -> None:
    voters, sections = np.nonzero(~np.isnan(BLANKS))
    columns = np.hstack([np.eye(3)[sections], np.eye(6)[voters]])
    solved = np.linalg.lstsq(columns, BLANKS[voters, sections], rcond=None)[0]
    assert ols(BLANKS).values == pytest.approx(solved[:3] + solved[3:].mean(), rel=1e-10)


def test_sections_without_a_common_voter_cannot_be_compared() -> None:
    with pytest.raises(Refused, match="unconnected"):
        ols(np.array([[90.0, NAN], [80.0, NAN], [NAN, 70.0], [NAN, 75.0]]))


def test_trimming_takes_the_highest_and_the_lowest_and_widens_the_error() -> None:
    marks = np.array([[50.0], [80], [82], [84], [86], [100]])
    found = trimmed_estimate("x", sections=["a"], marks=marks)
    assert float(found.values[0]) == 83
    # Winsorized: 80 80 82 84 86 86; s_w² = 40.8/… by numpy, Yuen's s_w/((1 − 2/6)·√6).
    drawn = np.array([80.0, 80, 82, 84, 86, 86])
    assert float(found.covariance[0][0]) == pytest.approx(np.var(drawn, ddof=1) / ((4 / 6) ** 2 * 6), abs=1e-9)
    assert float(found.df[0]) == 3
    with pytest.raises(Refused, match="too_few_ballots"):
        trimmed_estimate("x", sections=["a"], marks=marks[:3])
    with pytest.raises(Refused, match="trimmed_blanks"):
        trimmed_estimate("x", sections=["a"], marks=np.array([[NAN], [1], [2], [3]]))


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=8))
def test_the_sign_flip_test_counts_every_pattern(gaps: list[int]) -> None:
    patterns = [sum(sign * abs(gap) for sign, gap in zip(signs, gaps, strict=True))
                for signs in itertools.product((1, -1), repeat=len(gaps))]  # fmt: skip
    assert sign_flip(np.array(gaps, float)) == sum(one >= sum(gaps) for one in patterns) / len(patterns)


def test_robust_lines_stand_beside_the_mean() -> None:
    # Walsh averages of 1, 2, 10: 1, 1.5, 2, 5.5, 6, 10.
    assert robust_lines([1, 10, 2], share=0.34) == {"trimmed": 2.0, "median": 2.0, "hodges_lehmann": 3.75}


def test_agreement_of_voters_has_the_values_of_shrout_and_fleiss() -> None:
    # Shrout and Fleiss (1979), table 2: six targets and four judges; ICC(2,1) = .29, ICC(2,4) = .62.
    judged = np.array([[9.0, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]])
    found = reliability(judged)
    assert found is not None
    assert (found.one, found.mean) == pytest.approx((0.29, 0.62), abs=0.005)
    assert found.is_weak
    assert kendall_w(np.array([[1.0, 2, 3], [1, 2, 3]])) == 1
    assert kendall_w(np.array([[1.0, 2, 3], [3, 2, 1]])) == 0
    assert reliability(np.array([[1.0, NAN], [2, 3]])) is None
