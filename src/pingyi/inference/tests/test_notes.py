"""What stands beside the verdict: shrunk scores, flip margins, other weights, shares, other rank sets."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.inference.flip import flip_margins
from pingyi.inference.marks import cases_estimate, facts_estimate, share_variance, visits_estimate
from pingyi.inference.rank_sets import Correction, joint_ranks, multinomial_ranks
from pingyi.inference.shares import clopper_pearson, hypergeometric, korn_graubard, logit_interval
from pingyi.inference.shrinkage import bayesian_average, between, between_reml, empirical_bayes
from pingyi.inference.weighing import dominance, marks_of, weight_ranges
from pingyi.rules.refused import Refused

# The eight schools of Rubin (1981): the common effect and its spread are in every textbook.
EFFECTS, ERRORS = [28.0, 8, -3, 7, -1, 1, 18, 12], [15.0, 10, 16, 11, 9, 11, 10, 18]


def test_where_units_differ_no_more_than_by_chance_all_are_drawn_to_the_mean() -> None:
    found = empirical_bayes(EFFECTS, ERRORS)
    assert found.spread == 0
    assert found.values == pytest.approx([7.6856] * 8, abs=1e-4)
    assert between_reml(EFFECTS, ERRORS) == 0


def test_equal_errors_give_the_estimates_by_hand() -> None:
    # With equal errors both τ² are s² − se²: s² of 70, 80, 90 is 100.
    values, errors = [70.0, 80, 90], [5.0] * 3
    assert between(values, errors) == pytest.approx(75)
    assert between_reml(values, errors) == pytest.approx(75)
    assert empirical_bayes(values, errors).values == pytest.approx([72.5, 80, 87.5])


def test_reml_is_where_the_restricted_likelihood_is_flat() -> None:
    values, errors = [71.0, 88, 79, 90, 84, 78], [5.5, 1.2, 2.0, 1.5, 3.0, 0.8]
    spread = between_reml(values, errors)

    def likelihood(tau: float) -> float:
        weights = np.array([1 / (error**2 + tau) for error in errors])
        mean = (weights * values).sum() / weights.sum()
        return float(np.log(weights).sum() - math.log(weights.sum()) - (weights * (np.array(values) - mean) ** 2).sum())

    assert spread > 0
    assert all(likelihood(spread) >= likelihood(spread * other) for other in (0.9, 0.999, 1.001, 1.1))


def test_the_bayesian_average_is_the_same_shrinkage() -> None:
    # σ² = 400, τ² = 25: C = 16; 10 ratings of 70 and the mean 80.
    own = empirical_bayes([70.0, 80.0], [math.sqrt(40), 1.0], spread=25.0)
    assert bayesian_average([700], [10], mean=own.mean, strength=16)[0] == pytest.approx(own.values[0])


def fewest(marks: np.ndarray, scores: list[float], share: float) -> int | None:
    """The flip margin of the last place by trying every set of records."""
    lowest, means = int(np.argmin(scores)), marks.mean(axis=0)
    for many in range(1, len(marks)):
        for gone in itertools.combinations(range(len(marks)), many):
            left = np.delete(marks, gone, axis=0).mean(axis=0)
            moved = np.array(scores) + share * (left - means)
            if any(moved[k] < moved[lowest] - 1e-9 for k in range(len(scores)) if k != lowest):
                return many
    return None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=3, max_size=7), st.permutations([70.0, 71, 74]))
def test_the_flip_margin_of_whole_ballots_is_the_smallest_there_is(
    rows: list[tuple[int, ...]], scores: list[float]
) -> None:
    marks = np.array(rows, float) * 10
    found = flip_margins("x", sections=["a", "b", "c"], marks=marks, share=0.5, scores=scores)[0]
    assert found.records == fewest(marks, scores, 0.5)


def test_a_tie_for_last_is_not_yet_another_last() -> None:
    # Without the two ballots that weigh most both are level; only a third puts the other below.
    marks = np.array([[40.0, 0, 0], [60, 0, 20], [80, 0, 40], [80, 10, 40], [80, 20, 50]])
    found = flip_margins("x", sections=["a", "b", "c"], marks=marks, share=0.5, scores=[70.0, 74, 71])[0]
    assert found.records == 3


def test_a_limit_is_crossed_without_the_one_mark_that_holds_a_section_up() -> None:
    marks = np.array([[100.0], [79], [79], [79]])
    (_,) = found = flip_margins("x", sections=["a"], marks=marks, scores=[84.25], limits=[80])
    assert (found[0].claim, found[0].records, found[0].of) == ("80", 1, 4)


def test_what_no_removal_changes_is_said_so() -> None:
    found = flip_margins("x", sections=["a", "b"], marks=np.array([[50.0, 90], [60, 95]]), scores=[55, 92.5])
    assert found[0].records is None
    assert found[0].rival == ""


WEIGHTS = {"s": Fraction(1, 2), "v": Fraction(1, 2)}


def ranges(scores: dict[str, tuple[int, int]], share: Fraction = Fraction(1, 4)) -> dict[str, tuple[float, ...]]:
    found = [facts_estimate(source, values={name: Fraction(own[at]) for name, own in scores.items()})
             for at, source in enumerate(WEIGHTS)]  # fmt: skip
    marks = marks_of(found, weights=WEIGHTS, sections=list(scores))
    rows = weight_ranges(marks, share=share)
    return {name: (float(one.low), float(one.high), float(one.margin)) for name, one in zip(scores, rows, strict=True)}


def test_other_weights_move_a_score_as_far_as_its_sources_differ() -> None:
    # w in [3/8, 5/8]: a = 90w + 60(1 − w); b is 78 always; so a ≤ b needs 60 + 30w ≤ 78, w ≤ 0.6.
    found = ranges({"a": (90, 60), "b": (78, 78)})
    assert found["a"] == pytest.approx((71.25, 78.75, 78 - 71.25))
    assert found["b"] == pytest.approx((78, 78, 0.75))


def test_who_is_better_in_every_source_can_never_be_last() -> None:
    marks = marks_of(
        [facts_estimate("s", values={"a": Fraction(90), "b": Fraction(80), "c": Fraction(70)}),
         facts_estimate("v", values={"a": Fraction(90), "b": Fraction(85), "c": Fraction(86)})],
        weights=WEIGHTS, sections=["a", "b", "c"],
    )  # fmt: skip
    assert [one.can_be_last for one in weight_ranges(marks)] == [False, False, True]
    assert dominance(marks) == Fraction(2, 3)


def test_a_source_that_was_dropped_for_a_section_leaves_its_score_as_it_is() -> None:
    marks = marks_of(
        [facts_estimate("s", values={"a": Fraction(90), "b": Fraction(80)}),
         facts_estimate("v", values={"a": Fraction(70)})],
        weights=WEIGHTS, sections=["a", "b"],
    )  # fmt: skip
    one, other = weight_ranges(marks)
    assert (one.low, one.high) == (Decimal("77.5"), Decimal("82.5"))
    assert other.low == other.high == 80


def test_shares_have_the_intervals_of_the_books() -> None:
    # Clopper and Pearson for 0 of 20: 1 − 0.025^(1/20); for 81 of 263 Newcombe (1998) prints .2527 to .3676.
    assert clopper_pearson(0, 20) == pytest.approx((0, 1 - 0.025 ** (1 / 20)))
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)
    # A simple random sample's own error and degrees of freedom give nearly the same back.
    own = math.sqrt(81 / 263 * 182 / 263 / 263)
    assert korn_graubard(81 / 263, own, cases=263, df=262) == pytest.approx(clopper_pearson(81, 263))
    assert korn_graubard(1.0, 0.0, cases=20, df=3)[0] == pytest.approx(0.025 ** (1 / 20))
    low, high = logit_interval(0.9, 0.05, df=math.inf)
    assert 0 < low < 0.9 < high < 1


def test_a_small_group_is_inverted_exactly() -> None:
    # All 20 of 60 were satisfied: with M of 60, P(all 20) = C(M, 20)/C(60, 20) exceeds 2.5% from M = 52 on.
    low, high = hypergeometric(20, 20, population=60)
    assert math.comb(51, 20) / math.comb(60, 20) <= 0.025 < math.comb(52, 20) / math.comb(60, 20)
    assert (low, high) == (52 / 60, 1)
    assert hypergeometric(7, 10, population=10) == (0.7, 0.7)


def test_counts_rank_by_exact_tests_of_pairs() -> None:
    # 30 against 10: P(X ≥ 30 | 40) = 0.0011; 30 against 20: 0.10; 20 against 10: 0.049. Six pairs.
    together = multinomial_ranks([30, 20, 10])
    assert [(one.best, one.worst) for one in together] == [(1, 2), (1, 3), (2, 3)]
    alone = multinomial_ranks([30, 20, 10], together=False, correction=Correction.NONE)
    assert [(one.best, one.worst) for one in alone] == [(1, 2), (1, 2), (3, 3)]


def test_intervals_that_do_not_overlap_rank_the_joint_region() -> None:
    found = joint_ranks([10.0, 11, 20], [1.0, 1, 1], is_lowest_first=True)
    assert [(one.best, one.worst) for one in found] == [(1, 2), (1, 2), (3, 3)]
    assert [(one.best, one.worst) for one in joint_ranks([10.0, 11, 20], [1.0, 1, 1])] == [(2, 3), (2, 3), (1, 1)]


def test_small_sources_have_the_variances_of_the_method() -> None:
    visits = visits_estimate("v", marks={"a": [80, 90], "b": [70], "c": []})
    assert visits.sections == ("a", "b")
    assert [float(row[at]) for at, row in enumerate(visits.covariance)] == [25, 50]
    cases = cases_estimate("c", cases={"a": 10, "b": 0}, satisfied={"a": 10, "b": 0})
    assert (cases.sections, float(cases.values[0]), cases.df) == (("a",), 100, (None,))
    assert float(cases.covariance[0][0]) == pytest.approx(1e4 * (12 / 14) * (2 / 14) / 14)
    assert share_variance(0, 5) > 0
    with pytest.raises(Refused, match="too_few_visits"):
        visits_estimate("v", marks={"a": [80], "b": [90]})
    with pytest.raises(Refused, match="more_satisfied"):
        cases_estimate("c", cases={"a": 1}, satisfied={"a": 2})
