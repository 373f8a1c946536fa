"""Survey estimates are those of R's `survey`, and on tiny samples those of a sheet of paper."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pingyi.inference.design import Design, design, post_stratified, raked
from pingyi.inference.survey import (
    Estimated,
    design_effect,
    means,
    ratios,
    shares,
    standardized,
    survey_estimate,
    totals,
)
from pingyi.inference.tests.reference_cases import column, expected, table
from pingyi.rules.refused import Refused

NAN = math.nan


def read(shared: Path, case: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    folder = shared / "data" / "stats" / case
    return table(folder / "input.csv"), expected(folder)


def estimate(sample: Design, rows: list[dict[str, str]], said: dict[str, Any]) -> tuple[float, float, Any]:
    """The value, the error and the limits of one line of a case."""
    name, kind = said["name"], said["quantity"]
    at = 0
    if kind == "proportion":
        head = next(head for head in rows[0] if name.startswith(head) and name[len(head) :])
        names, found = shares(sample, [row[head] for row in rows])
        at = names.index(name[len(head) :])
    elif kind == "ratio":
        above, below = (column(rows, one)[:, None] for one in name.split("/"))
        found = ratios(sample, above, below)
    else:
        found = (totals if kind == "total" else means)(sample, column(rows, name)[:, None])
    assert float(found.df[at]) == said["df"]
    both = [found.intervals(level=said["level"], is_normal=is_normal)[at].tolist() for is_normal in (False, True)]
    return float(found.values[at]), float(found.errors[at]), both


def compare(sample: Design, rows: list[dict[str, str]], lines: list[dict[str, Any]]) -> None:
    for said in lines:
        value, error, (by_t, by_z) = estimate(sample, rows, said)
        assert value == pytest.approx(said["estimate"], rel=1e-8)
        assert error == pytest.approx(said["se"], rel=1e-6)
        assert by_t == pytest.approx(said["ci_t"], rel=1e-6)
        assert by_z == pytest.approx(said["ci_z"], rel=1e-6)


def test_a_simple_random_sample_with_and_without_its_finite_population(shared: Path) -> None:
    rows, case = read(shared, "survey-srs-fpc")
    compare(design(population=column(rows, "fpc")), rows, case["estimates"])
    compare(design(weights=column(rows, "pw")), rows, case["estimates_no_fpc_weight_pw"])


def test_a_stratified_sample_its_covariances_and_design_effects(shared: Path) -> None:
    rows, case = read(shared, "survey-stratified")
    sample = design(
        weights=column(rows, "pw"), strata=[row["stype"] for row in rows], population=column(rows, "fpc")
    )  # fmt: skip
    compare(sample, rows, case["estimates"])
    said = case["covariance_means"]
    marks = np.column_stack([column(rows, name) for name in said["names"]])
    assert means(sample, marks).covariance == pytest.approx(np.array(said["matrix"]), rel=1e-6)
    for name, effect in case["deff"].items():
        values = column(rows, name)[:, None]
        assert float(design_effect(sample, values)[0]) == pytest.approx(effect, rel=1e-6)
        replaced = design_effect(sample, values, with_replacement=True)
        assert float(replaced[0]) == pytest.approx(case["deff_vs_srswr"][name], rel=1e-6)


TYPES, WIDE = {"E": 4421, "H": 755, "M": 1018}, {"No": 1072, "Yes": 5122}


def test_cluster_samples_fitted_to_known_totals_have_the_values_that_the_books_print(shared: Path) -> None:
    # Lumley (2010) and the manual of R's `survey`: schools of 15 of 757 districts.
    rows = table(shared / "data" / "survey-api-r" / "apiclus1.csv")
    sample = design(
        weights=column(rows, "pw"), clusters=[row["dnum"] for row in rows], population=column(rows, "fpc")
    )  # fmt: skip
    types, wide = ([row[name] for row in rows] for name in ("stype", "sch.wide"))
    marks, pupils = column(rows, "api00")[:, None], column(rows, "enroll")[:, None]
    fitted = post_stratified(sample, groups=types, population=TYPES)
    both = raked(sample, margins=[(types, TYPES), (wide, WIDE)], tolerance=1)
    for found, value, error, digits in (
        (means(sample, marks), 644.169399, 23.5422, 4),
        (totals(sample, pupils), 3404940.13, 932235.03, 2),
        (means(fitted, marks), 642.31, 23.92, 2),
        (totals(fitted, pupils), 3680893, 406293, 0),
        (means(both, marks), 641.23, 23.70, 2),
    ):
        assert round(float(found.values[0]), digits) == round(value, digits)
        assert round(float(found.errors[0]), digits) == error


def test_a_two_stage_sample_has_the_values_that_the_manual_prints(shared: Path) -> None:
    rows = table(shared / "data" / "survey-api-r" / "apiclus2.csv")
    below = ([row["snum"] for row in rows], column(rows, "fpc2").tolist())
    sample = design(clusters=[row["dnum"] for row in rows], population=column(rows, "fpc1"), within=[below])
    found = means(sample, np.column_stack([column(rows, "api00"), column(rows, "enroll")]))
    assert found.values.round(2).tolist() == [670.81, 526.26]
    assert found.errors.round(3).tolist() == [30.099, 80.341]


def test_clusters_carry_the_variance_of_their_sums() -> None:
    # Three of nine clusters, each person standing for three: sums of w(y − θ)/N are 3(−2, −1, 3)/18, θ = 4.
    sample = design(weights=[3.0] * 6, clusters=["a", "a", "b", "b", "c", "c"], population=[9] * 6)
    found = means(sample, np.array([[2.0], [4.0], [5.0], [2.0], [4.0], [7.0]]))
    assert float(found.values[0]) == 4
    variance = (1 - 3 / 9) * 3 / 2 * ((2 / 6) ** 2 + (1 / 6) ** 2 + (3 / 6) ** 2)
    assert float(found.covariance[0, 0]) == pytest.approx(variance, rel=1e-12)
    assert float(found.df[0]) == 2


def test_two_stages_add_what_varies_within_the_clusters_drawn() -> None:
    clusters, people = ["a", "a", "b", "b"], ["1", "2", "3", "4"]
    sample = design(clusters=clusters, population=[4] * 4, within=[(people, [10, 10, 6, 6])])
    assert sample.weights.tolist() == [10, 10, 6, 6]
    found = totals(sample, np.array([[1.0], [3.0], [2.0], [2.0]]))
    # Cluster totals weighted: 40 and 24. First stage (1 − 1/2)·2·(8² + 8²); second 1/2·(1 − 2/10)·2·(10² + 10²) of a.
    assert float(found.values[0]) == 64
    assert float(found.covariance[0, 0]) == pytest.approx(0.5 * 2 * 128 + 0.5 * 0.8 * 2 * 200, rel=1e-12)


def test_a_part_of_the_sample_keeps_everybody_in_the_variance() -> None:
    # n = 4, two rated: θ = 3, z = (−1, 1, 0, 0)/2, variance n/(n − 1) Σ z² = 4/3 · 1/2.
    sample = design(weights=[1.0] * 4)
    found = means(sample, np.array([[2.0], [4.0], [NAN], [NAN]]))
    assert float(found.covariance[0, 0]) == pytest.approx(4 / 3 * 0.5, rel=1e-12)
    assert (float(found.df[0]), int(found.counts[0])) == (1, 2)


def test_a_stratum_taken_completely_adds_no_variance() -> None:
    sample = design(strata=["all", "all", "some", "some"], population=[2, 2, 10, 10])
    found = totals(sample, np.array([[0.0], [100.0], [1.0], [3.0]]))
    assert float(found.covariance[0, 0]) == pytest.approx(0.8 * 2 * (5**2 + 5**2), rel=1e-12)


def test_known_totals_take_away_what_they_explain() -> None:
    # Within each post-stratum the marks are equal: nothing is left to vary.
    sample = design(weights=[5.0] * 4)
    fitted = post_stratified(sample, groups=["f", "f", "m", "m"], population={"f": 60, "m": 40})
    found = means(fitted, np.array([[90.0], [90.0], [70.0], [70.0]]))
    assert float(found.values[0]) == pytest.approx(0.6 * 90 + 0.4 * 70)
    assert float(found.errors[0]) == pytest.approx(0, abs=1e-12)
    left = means(fitted, np.array([[90.0], [94.0], [70.0], [72.0]]))
    # z within f: 30 · ∓2/100, within m: 20 · ∓1/100; n/(n − 1) times their squares.
    assert float(left.covariance[0, 0]) == pytest.approx(4 / 3 * (2 * 0.6**2 + 2 * 0.2**2), rel=1e-12)


def test_raking_meets_both_margins() -> None:
    rng_free = [(f"a{i % 2}", f"b{i % 3}") for i in (0, 1, 2, 3, 4, 5, 0, 0, 1, 4)]
    margins = [([one for one, _ in rng_free], {"a0": 55.0, "a1": 45.0}),
               ([one for _, one in rng_free], {"b0": 50.0, "b1": 30.0, "b2": 20.0})]  # fmt: skip
    fitted = raked(design(weights=[2.0] * 10), margins=margins)
    for labels, population in margins:
        for label, size in population.items():
            assert fitted.weights[[one == label for one in labels]].sum() == pytest.approx(size, rel=1e-9)
    # What both margins explain does not vary.
    explained = np.array([[10.0 * (a == "a0") + 5.0 * (b == "b1")] for a, b in rng_free])
    assert float(means(fitted, explained).errors[0]) < 1e-3


def test_raking_one_margin_is_post_stratification() -> None:
    labels, population = ["x", "x", "y", "y", "y"], {"x": 10.0, "y": 30.0}
    marks = np.array([[1.0], [2.0], [3.0], [5.0], [4.0]])
    one = means(raked(design(weights=[2.0] * 5), margins=[(labels, population)]), marks)
    other = means(post_stratified(design(weights=[2.0] * 5), groups=labels, population=population), marks)
    assert one.values == pytest.approx(other.values)
    assert one.covariance == pytest.approx(other.covariance)


def test_standardizing_weighs_each_group_as_fixed_in_advance() -> None:
    sample = design(weights=[1.0] * 6)
    marks = np.array([[100.0, 60.0], [80.0, NAN], [60.0, 40.0], [NAN, 60.0], [70.0, 50.0], [90.0, 80.0]])
    groups = ["firm", "firm", "firm", "public", "public", "public"]
    found = standardized(sample, marks, groups=groups, shares={"firm": 300, "public": 700})
    assert found.values.tolist() == pytest.approx([0.3 * 80 + 0.7 * 80, 0.3 * 50 + 0.7 * 190 / 3])
    # W′VW with the covariance of the cell means of the first column: 6/5 Σ z² within each cell.
    cells = [6 / 5 * (20**2 + 20**2) / 9, 6 / 5 * (10**2 + 10**2) / 4]
    assert float(found.covariance[0, 0]) == pytest.approx(0.09 * cells[0] + 0.49 * cells[1], rel=1e-12)


def test_an_empty_cell_stops_the_computation() -> None:
    marks = np.array([[100.0, 60.0], [80.0, NAN]])
    with pytest.raises(Refused, match="empty_cell") as refused:
        standardized(
            design(weights=[1.0, 1.0]), marks, groups=["firm", "public"], shares={"firm": 1, "public": 1},
            names=["许可科", "大队"],
        )  # fmt: skip
    assert refused.value.facts == {"cell": "public × 大队"}


def test_a_lonely_unit_is_refused_or_joined_with_a_named_neighbor() -> None:
    given: dict[str, Any] = {"strata": ["a", "b", "b", "c", "c"], "population": [4, 6, 6, 5, 5]}
    marks = np.array([[1.0], [2.0], [3.0], [4.0], [6.0]])
    with pytest.raises(Refused, match="lonely") as refused:
        means(design(**given), marks)
    assert refused.value.facts == {"stratum": "a"}
    joined = design(**given, neighbors={"a": "b"})
    assert joined.weights.tolist() == [4, 3, 3, 2.5, 2.5]
    assert joined.stages[0].population.tolist() == [10, 10, 10, 5, 5]
    assert float(means(joined, marks).errors[0]) > 0
    with pytest.raises(Refused, match="no_neighbor"):
        design(**given, neighbors={"a": "nowhere"})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"weights": [1.0, 0.0]}, "bad_weight"),
        ({"weights": [1.0, NAN]}, "bad_weight"),
        ({"weights": [1.0], "strata": ["a", "b"]}, "columns_differ"),
        ({"population": [1, 1]}, "more_than_population"),
        ({"population": [5, 6]}, "two_populations"),
        ({}, "columns_differ"),
    ],
)
def test_a_design_that_cannot_be_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        design(**given)


def test_answers_of_one_person_to_several_questions_keep_their_covariance() -> None:
    first = np.array([[80.0, NAN], [100.0, 60.0], [60.0, 40.0]])
    second = np.array([[60.0, NAN], [80.0, 90.0], [40.0, NAN]])
    sample = design(weights=[1.0] * 3)
    found = survey_estimate(
        "survey", design=sample, sections=["a", "b"], marks=[first, second], weights=[0.25, 0.75],
        dont_know=np.array([[0, 1], [0, 0], [0, 1]]),
    )  # fmt: skip
    mixed: Estimated = means(sample, (0.25 * first + 0.75 * second)[:, :1])
    assert float(found.values[0]) == pytest.approx(float(mixed.values[0]))
    assert float(found.covariance[0][0]) == pytest.approx(float(mixed.covariance[0, 0]))
    assert float(found.values[1]) == 0.25 * 50 + 0.75 * 90
    assert found.counts == (3, 2)
    assert [float(one) for one in found.dont_know] == pytest.approx([0, 0.5])


def test_a_section_that_nobody_rated_is_left_out() -> None:
    marks = np.array([[80.0, NAN, 60.0], [100.0, NAN, 40.0]])
    found = survey_estimate("survey", design=design(weights=[1, 1]), sections=["a", "b", "c"], marks=[marks])
    assert found.sections == ("a", "c")
    assert found.place("b") is None
    with pytest.raises(Refused, match="no_ratings"):
        means(design(weights=[1, 1]), marks)


def test_the_order_of_respondents_makes_no_difference_at_all() -> None:
    marks = np.array([[0.1], [0.2], [0.3], [1e8], [0.7]])
    weights, strata = np.array([1.1, 2.3, 0.7, 1.9, 3.3]), np.array(["a", "b", "a", "b", "a"])
    one = means(design(weights=weights, strata=strata), marks)
    other = means(design(weights=weights[::-1], strata=strata[::-1]), marks[::-1])
    assert one.values.tolist() == other.values.tolist()
    assert one.covariance.tolist() == other.covariance.tolist()
