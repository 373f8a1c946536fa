"""Signals of careless and copied ballots have the values of a sheet of paper."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pingyi.inference.careless import (
    average_runs,
    copies,
    longest_runs,
    odd_distances,
    own_spread,
    straight_lines,
)

NAN = math.nan
BALLOTS = np.array([[80.0, 80, 90, 90, 90], [70, 70, 70, 70, 70], [60, NAN, 60, 70, 80], [NAN, NAN, NAN, NAN, 50]])


def test_runs_and_spreads_of_a_ballot() -> None:
    assert longest_runs(BALLOTS).tolist() == [3, 5, 1, 1]
    assert average_runs(BALLOTS).tolist() == pytest.approx([2.5, 5, 4 / 3, 1])
    assert own_spread(BALLOTS)[:3].tolist() == pytest.approx([math.sqrt(30), 0, math.sqrt(275 / 3)])
    assert straight_lines(BALLOTS).tolist() == [1]


def test_identical_ballots_are_counted_against_chance() -> None:
    marks = np.array([[1.0, 1], [1, 2], [2, 1], [2, 2], [1, 1], [1, 1]])
    found = copies(marks)
    # Shares 4/6 and 2/6 at both sections: 15 pairs, each alike with chance (5/9)².
    assert (found.pairs, found.groups) == (3, ((0, 4, 5),))
    assert found.expected == pytest.approx(15 * (5 / 9) ** 2)
    rate = found.expected
    assert found.p == pytest.approx(1 - math.exp(-rate) * (1 + rate + rate**2 / 2))
    assert not found.is_signal


def test_ten_copies_where_none_was_to_be_expected_are_a_signal() -> None:
    free = np.array([[(voter * (section + 3) ** 2) % 41 for section in range(12)] for voter in range(40)], float)
    copied = np.vstack([free, np.tile(free[:1], (4, 1))])
    assert copies(free).pairs == 0
    assert copies(copied).pairs == 10
    assert copies(copied).is_signal


def test_a_ballot_against_the_grain_is_far_from_the_others() -> None:
    marks = np.array([[float(v), v + w] for v in range(10) for w in (-1, 1)] + [[0.0, 20.0]])
    distances, p = odd_distances(marks)
    assert int(np.argmax(distances)) == 20
    assert float(distances.sum()) == pytest.approx(2 * 20)  # p (n − 1), always
    assert p[20] < 1e-3 < p[0]
    assert math.isnan(odd_distances(BALLOTS)[0][0])
