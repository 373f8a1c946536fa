"""The whole chain, from the survey's rows to the verdict, gives the numbers of the reference programs."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.inference.certainty import certainty, insufficient
from pingyi.inference.composite import Composite, blended, composite
from pingyi.inference.marks import facts_estimate, visits_estimate
from pingyi.inference.standing import against_limit, intervals, last_test, rank_intervals
from pingyi.inference.tests.reference_cases import estimates, expected, weights
from pingyi.rules.estimate import Certainty, Estimate, LastTest, RankingTest, Standing, fixed
from pingyi.rules.refused import Refused

SAID = {"below": Standing.CONFIRMED, "not_below": Standing.REFUTED, "undetermined": Standing.UNDETERMINED}


@pytest.fixture(scope="session")
def case(shared: Path) -> dict[str, Any]:
    return expected(shared / "data" / "stats" / "pingyi-full-A")


@pytest.fixture(scope="session")
def sources(shared: Path, case: dict[str, Any]) -> list[Estimate]:
    return estimates(shared / "data" / "stats" / "pingyi-full-A", [one["section"] for one in case["sections"]])


@pytest.fixture(scope="session")
def found(case: dict[str, Any], sources: list[Estimate]) -> Certainty:
    return certainty(sources, weights=weights(case), limits=[Fraction(case["threshold"])])


def test_every_source_of_the_chain_is_estimated_as_expected(case: dict[str, Any], sources: list[Estimate]) -> None:
    for source in sources:
        values = [one[source.source] for one in case["sections"]]
        errors = [one[f"{source.source}_se"] for one in case["sections"]]
        assert [float(value) for value in source.values] == pytest.approx(values, rel=1e-8)
        own = [math.sqrt(row[at]) for at, row in enumerate(source.covariance)]
        assert own == pytest.approx(errors, rel=1e-6)
    survey, _, covert, assembly = sources
    assert np.array(survey.covariance, float) == pytest.approx(np.array(case["survey_cov"]), abs=1e-9)
    assert np.array(assembly.covariance, float) == pytest.approx(np.array(case["assembly_cov_of_means"]), abs=1e-9)
    assert [float(df) for df in survey.df] == [one["survey_domain_df"] for one in case["sections"]]
    assert survey.counts == tuple(one["n_rated"] for one in case["sections"])
    assert {float(df) for df in covert.df} == {case["covert_df"]}


def test_the_composite_has_the_covariance_and_the_intervals_expected(case: dict[str, Any], found: Certainty) -> None:
    assert np.array(found.covariance, float) == pytest.approx(np.array(case["composite_cov"]), abs=1e-9)
    for one, said in zip(found.sections, case["sections"], strict=True):
        assert float(one.interval.score) == pytest.approx(said["composite"], rel=1e-8)
        assert float(one.interval.standard_error) == pytest.approx(said["composite_se"], rel=1e-6)
        assert float(one.interval.df) == pytest.approx(said["composite_df"], rel=1e-6)
        assert (float(one.interval.low), float(one.interval.high)) == pytest.approx(
            said["composite_ci95_t"], rel=1e-6
        )  # fmt: skip


def test_degrees_of_freedom_of_differences_are_satterthwaites(case: dict[str, Any], sources: list[Estimate]) -> None:
    dfs = composite(sources, weights=weights(case)).gap_df
    for row, own in zip(case["pairwise_df"], dfs.tolist(), strict=True):
        assert [df for df in own if math.isfinite(df)] == pytest.approx([df for df in row if df], rel=1e-6)


def test_each_section_stands_to_the_limit_and_to_the_last_place_as_expected(
    case: dict[str, Any], found: Certainty
) -> None:
    for one, said in zip(found.sections, case["sections"], strict=True):
        limit = one.limits[0]
        assert limit.standing is SAID[said["verdict_80"]]
        assert float(limit.p) == pytest.approx(said["p_below_80_t"], rel=1e-6, abs=1e-12)
        assert float(limit.p_holm) == pytest.approx(said["p_holm_t"], rel=1e-6, abs=1e-12)
        assert (one.rank, one.may_be_last) == (said["rank"], said["may_be_last_t"])
        assert [one.ranks.best, one.ranks.worst] == said["rank_ci_marginal_t"]
        assert [one.ranks_together.best, one.ranks_together.worst] == said["rank_ci_simultaneous_t"]
        assert one.weights is not None
        assert float(one.weights.margin) == pytest.approx(said["weights_box25_margin_to_be_last"], abs=1e-7)
        assert one.weights.can_be_last is said["weights_box25_can_be_last"]
        assert [float(one.weights.low), float(one.weights.high)] == pytest.approx(
            said["weights_box25_composite_range"], rel=1e-8
        )


def test_the_last_place_is_verified_against_its_closest_competitor(case: dict[str, Any], found: Certainty) -> None:
    said, last = case["last_verification"], _last(found)
    assert (last.sections, last.rival) == ((said["observed_last"],), said["closest_competitor"])
    numbers = [float(one) for one in (last.gap, last.standard_error, last.df, last.t, last.p)]
    names = ("gap", "se_gap", "df", "t", "p_two_sided")
    assert numbers == pytest.approx([said[name] for name in names], rel=1e-6)
    assert (last.standing is Standing.CONFIRMED) is said["last_confirmed_95"]
    assert list(found.in_question()) == [said["observed_last"]]


def test_with_normal_quantiles_the_other_set_of_expected_values_comes_out(
    case: dict[str, Any], sources: list[Estimate]
) -> None:
    plain = composite(sources, weights=weights(case))
    normal = _with(plain, df=math.inf)
    for row, said in zip(intervals(normal), case["sections"], strict=True):
        assert [float(row.low), float(row.high)] == pytest.approx(said["composite_ci95"], rel=1e-6)
    standings = against_limit(normal, limit=Fraction(80))
    assert [one.standing for one in standings] == [SAID[one["verdict_80_normal"]] for one in case["sections"]]
    assert [float(one.p) for one in standings] == pytest.approx(
        [one["p_below_80"] for one in case["sections"]], rel=1e-6, abs=1e-12
    )
    for together, name in ((False, "rank_ci_marginal_bonferroni"), (True, "rank_ci_simultaneous_bonferroni")):
        sets = rank_intervals(normal, together=together)
        assert [[one.best, one.worst] for one in sets] == [one[name] for one in case["sections"]]


def _with(plain: Composite, *, df: float) -> Composite:
    size = len(plain.sections)
    return Composite(
        sections=plain.sections, scores=plain.scores, covariance=plain.covariance,
        df=np.full(size, df), gap_df=np.full((size, size), df),
    )  # fmt: skip


def _last(found: Certainty) -> LastTest:
    assert found.last is not None
    return found.last


def _ranking(found: Certainty) -> RankingTest:
    assert found.ranking is not None
    return found.ranking


SCORES = st.lists(st.decimals(60, 99, places=2), min_size=2, max_size=6)


@settings(deadline=None, max_examples=25)
@given(values=SCORES, data=st.data())
def test_permuting_sections_permutes_what_is_said_of_them(values: list[Any], data: st.DataObject) -> None:
    names = [f"s{at}" for at in range(len(values))]
    visits = {
        name: [float(value) - 1, float(value), float(value) + 2] for name, value in zip(names, values, strict=True)
    }
    order = data.draw(st.permutations(names))
    shares = {"visits": 1}
    one = certainty([visits_estimate("visits", marks=visits)], weights=shares, limits=[Fraction(80)])
    other = certainty(
        [visits_estimate("visits", marks={name: visits[name] for name in order})], weights=shares, limits=[Fraction(80)]
    )
    for name in names:
        assert one.of(name).interval == other.of(name).interval
        assert (one.of(name).ranks, one.of(name).last, one.of(name).limits) == (
            other.of(name).ranks, other.of(name).last, other.of(name).limits,
        )  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(values=SCORES, spread=st.floats(0.01, 20))
def test_a_rank_lies_in_its_intervals_and_only_one_can_be_confirmed_last(values: list[Any], spread: float) -> None:
    size = len(values)
    plain = Composite(
        sections=tuple(f"s{at}" for at in range(size)),
        scores=tuple(Fraction(value) for value in values),
        covariance=np.eye(size) * spread**2,
        df=np.full(size, 30.0),
        gap_df=np.full((size, size), 30.0),
    )
    estimate = _estimate(plain)
    found = certainty([estimate], weights={"x": 1})
    for one in found.sections:
        assert one.ranks_together.best <= one.ranks.best <= one.rank <= one.ranks.worst <= one.ranks_together.worst
    lasts = [one.section for one in found.sections if one.last is Standing.CONFIRMED]
    assert lasts == [] or list(found.in_question()) == lasts
    if lasts:
        assert found.of(lasts[0]).may_be_last
        assert found.of(lasts[0]).rank == size


def _estimate(plain: Composite) -> Estimate:
    return Estimate(
        source="x", sections=plain.sections, values=tuple(fixed(score) for score in plain.scores),
        covariance=tuple(tuple(fixed(cell) for cell in row) for row in plain.covariance.tolist()),
        df=(None,) * len(plain.sections), counts=(40,) * len(plain.sections),
        dont_know=(None,) * len(plain.sections), method="survey",
    )  # fmt: skip


def test_sections_that_share_the_lowest_score_exactly_tie_for_last_and_none_is_confirmed() -> None:
    facts = facts_estimate("facts", values={"a": Fraction(80), "b": Fraction(80), "c": Fraction(95)})
    found = certainty([facts], weights={"facts": 1}, limits=[Fraction(80)])
    assert [one.last for one in found.sections] == [Standing.TIE, Standing.TIE, Standing.REFUTED]
    assert [one.rank for one in found.sections] == [2, 2, 1]
    assert [one.limits[0].standing for one in found.sections] == [Standing.REFUTED] * 3
    assert _last(found).p == 1


def test_facts_alone_are_certain() -> None:
    facts = facts_estimate("facts", values={"a": Fraction(80), "b": Fraction(7999, 100), "c": Fraction(95)})
    found = certainty([facts], weights={"facts": 1}, limits=[Fraction(80)])
    assert found.of("b").last is Standing.CONFIRMED
    assert found.of("b").limits[0].standing is Standing.CONFIRMED
    assert (found.of("b").ranks.best, found.of("b").ranks.worst) == (3, 3)
    assert _ranking(found).is_there


def test_too_little_evidence_gives_no_verdict() -> None:
    thin = _estimate(_plain({"a": 60, "b": 90}))
    few = Estimate(
        source="x", sections=thin.sections, values=thin.values, covariance=thin.covariance, df=thin.df,
        counts=(29, 30), dont_know=thin.dont_know, method="survey",
    )  # fmt: skip
    assert insufficient([few], sections=["a", "b"], least={"survey": 30}) == ("a",)
    found = certainty([few], weights={"x": 1}, limits=[Fraction(80)])
    assert found.of("a").last is Standing.INSUFFICIENT
    assert found.of("a").limits[0].standing is Standing.INSUFFICIENT
    assert _last(found).standing is Standing.INSUFFICIENT
    assert found.of("b").limits[0].standing is Standing.REFUTED


def _plain(scores: dict[str, int]) -> Composite:
    size = len(scores)
    return Composite(
        sections=tuple(scores), scores=tuple(Fraction(score) for score in scores.values()),
        covariance=np.eye(size), df=np.full(size, math.inf), gap_df=np.full((size, size), math.inf),
    )  # fmt: skip


def test_one_section_alone_is_last_of_nobody() -> None:
    assert last_test(_plain({"a": 60})) is None
    found = certainty([_estimate(_plain({"a": 60}))], weights={"x": 1})
    assert found.of("a").ranks.worst == 1
    assert found.ranking is None
    assert found.of("a").last is Standing.REFUTED


def test_a_source_may_be_dropped_for_one_section_and_a_bonus_stays_out_of_the_box() -> None:
    survey = facts_estimate("survey", values={"a": Fraction(90), "b": Fraction(80)})
    visits = facts_estimate("visits", values={"a": Fraction(70)})
    bonus = facts_estimate("bonus", values={"a": Fraction(2), "b": Fraction(0)})
    half = Fraction(1, 2)
    shares = {"survey": {"a": half, "b": 1}, "visits": {"a": half, "b": 0}, "bonus": 1}
    found = certainty([survey, visits, bonus], weights=shares)
    assert [one.interval.score for one in found.sections] == [82, 80]
    with pytest.raises(Refused, match="no_mark"):
        composite([survey, visits], weights={"survey": half, "visits": half})


def test_indicators_of_strangers_are_blended_with_their_degrees_of_freedom() -> None:
    one = visits_estimate("i1", marks={"a": [80, 90], "b": [70, 72]})
    other = visits_estimate("i2", marks={"a": [60, 64, 62], "b": [50, 50, 53]})
    both = blended(
        "inspection",
        [(one, {"a": Fraction(1, 2), "b": Fraction(1, 2)}), (other, {"a": Fraction(1, 2), "b": Fraction(1, 2)})],
    )
    assert both.values == (fixed(73.5), fixed(61))
    # (50 + 2)/2/2 and (8 + 6)/4/3 are the variances of the two means; a quarter of each, and Satterthwaite's df.
    first, second = 26 / 2 / 4, 3.5 / 3 / 4
    assert float(both.covariance[0][0]) == pytest.approx(first + second, abs=1e-9)
    assert float(both.df[0]) == pytest.approx((first + second) ** 2 / (first**2 / 2 + second**2 / 4), abs=1e-6)
    assert both.counts == (5, 5)
