"""The limits of a rate: the exact binomial's, the upper mirrored from the lower."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.inference.funnel import ALARM, Count, Place, dispersion, funnel, limits, wilson, winsorized


@pytest.mark.parametrize(
    ("events", "cases", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_values_printed_by_newcombe_in_1998(events: int, cases: int, low: float, high: float) -> None:
    assert wilson(cases=cases, events=events) == pytest.approx((low, high), abs=6e-5)


def test_a_share_of_nothing_may_be_anything() -> None:
    assert wilson(cases=0, events=0) == (0.0, 1.0)


def test_exact_limits_lie_between_the_counts_around_the_tail() -> None:
    # n = 20, p = 1/2: P(R ≤ 5) = 21700/2^20 and P(R ≤ 6) = 60460/2^20 enclose 0.025.
    at, below = 60460 / 2**20, 21700 / 2**20
    low = (6 - (at - 0.025) / (at - below)) / 20
    assert limits(cases=20, target=0.5)[0] == pytest.approx(low, abs=1e-12)


def test_the_upper_limit_is_the_mirror_of_the_lower_and_above_the_papers_by_one_case() -> None:
    for cases, target in ((25, 0.856), (20, 0.5), (60, 0.3)):
        low, high = limits(cases=cases, target=target)
        assert limits(cases=cases, target=1 - target) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    assert limits(cases=25, target=0.856)[1] == pytest.approx(0.998, abs=1e-3), "the paper's own would be 0.958"


def test_a_single_case_that_went_well_is_not_remarkable() -> None:
    assert limits(cases=1, target=0.9)[1] == 1.0


def test_limits_of_a_fair_coin_approach_the_normal_ones() -> None:
    low, high = limits(cases=100_000, target=0.5, tail=ALARM)
    assert high - 0.5 == pytest.approx(3.0902 * 0.5 / math.sqrt(100_000), rel=0.01)
    assert 0.5 - low == pytest.approx(3.0902 * 0.5 / math.sqrt(100_000), rel=0.01)


def test_one_wild_unit_is_drawn_in_before_the_dispersion_is_measured() -> None:
    assert winsorized([-9.0, -1.0, 0, 0, 0, 0, 0, 0, 1.0, 9.0]) == [-1, -1, 0, 0, 0, 0, 0, 0, 1, 1]
    assert dispersion([-9.0, -1.0, 0, 0, 0, 0, 0, 0, 1.0, 9.0]) == 1


def test_units_that_differ_more_than_chance_widen_the_limits() -> None:
    spread = [Count(unit=str(number), cases=400, events=120 + 20 * (number % 9)) for number in range(18)]
    plot = funnel(spread)
    assert plot is not None
    assert plot.dispersion > 2
    plain = limits(cases=400, target=plot.target)
    assert plot.points[0].warning[0] < plain[0]


def test_a_small_section_at_zero_is_within_where_a_large_one_is_far_below() -> None:
    counts = [Count(unit="small", cases=3, events=0), Count(unit="large", cases=300, events=200)]
    counts += [Count(unit=f"usual-{number}", cases=200, events=180) for number in range(8)]
    plot = funnel(counts)
    assert plot is not None
    places = {point.unit: point.place for point in plot.points}
    assert places["large"] is Place.FAR_BELOW
    assert places["small"] in {Place.WITHIN, Place.BELOW}
    assert places["usual-1"] in {Place.WITHIN, Place.ABOVE}


def test_a_unit_without_cases_has_no_rate_and_no_judgment() -> None:
    plot = funnel([Count(unit="a", cases=0, events=0), Count(unit="b", cases=10, events=9)])
    assert plot is not None
    assert (plot.points[0].rate, plot.points[0].place) == (None, Place.EMPTY)


def test_no_cases_at_all_give_no_plot() -> None:
    assert funnel([Count(unit="a", cases=0, events=0)]) is None


@given(st.integers(1, 3000), st.floats(0.0, 1.0))
def test_limits_enclose_the_target_and_the_alarm_encloses_the_warning(cases: int, target: float) -> None:
    low, high = limits(cases=cases, target=target)
    lowest, highest = limits(cases=cases, target=target, tail=ALARM)
    assert 0 <= lowest <= low <= target + 1e-9
    assert target - 1e-9 <= high <= highest <= 1
