"""Rank sets in closed form are those of the reference program, and its bootstrap's nearly."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pingyi.inference.composite import Composite
from pingyi.inference.standing import may_be_last, rank_intervals, ranks
from pingyi.inference.sums import t_quantile
from pingyi.inference.tests.reference_cases import column, expected, table


@pytest.fixture(scope="module")
def case(shared: Path) -> dict[str, Any]:
    return expected(shared / "data" / "stats" / "csranks-correlated")


@pytest.fixture(scope="module")
def scores(shared: Path, case: dict[str, Any]) -> Composite:
    folder = shared / "data" / "stats" / "csranks-correlated"
    rows, cells = table(folder / "input.csv"), table(folder / "sigma.csv")
    size = len(rows)
    return Composite(
        sections=tuple(row["unit"] for row in rows),
        scores=tuple(Fraction(row["score"]) for row in rows),
        covariance=np.column_stack([column(cells, name) for name in cells[0]]),
        df=np.full(size, np.inf),
        gap_df=np.full((size, size), np.inf),
    )


def test_rank_intervals_with_the_whole_covariance(case: dict[str, Any], scores: Composite) -> None:
    assert list(ranks(scores.scores)) == case["rank"]
    closed = case["bonferroni_closed_form_95"]
    for name, together in (("marginal_two_sided", False), ("simultaneous_two_sided", True)):
        found = rank_intervals(scores, together=together)
        assert [one.best for one in found] == closed[name]["L"]
        assert [one.worst for one in found] == closed[name]["U"]
    assert t_quantile(1 - 0.05 / 14, np.inf) == pytest.approx(closed["marginal_two_sided"]["q"], abs=1e-12)


def test_who_may_be_last_is_the_one_sided_set(case: dict[str, Any], scores: Composite) -> None:
    worst = case["bonferroni_closed_form_95"]["marginal_one_sided"]["U"]
    assert list(may_be_last(scores)) == [rank == len(worst) for rank in worst]
    assert case["tau_sets_1based"][0]["worst"] == 8


def test_the_bootstrap_of_the_reference_program_differs_by_at_most_one_rank(
    case: dict[str, Any], scores: Composite
) -> None:
    for said in case["csranks"]:
        if said["type"] == "two-sided" and not said["stepdown"]:
            found = rank_intervals(scores, level=said["coverage"], together=said["simultaneous"])
            assert np.abs(np.subtract([one.best for one in found], said["L"])).max() <= 1
            assert np.abs(np.subtract([one.worst for one in found], said["U"])).max() <= 1


def test_without_covariances_the_sets_would_be_far_wider(case: dict[str, Any], scores: Composite) -> None:
    alone = Composite(
        sections=scores.sections, scores=scores.scores, covariance=np.diag(np.diag(scores.covariance)),
        df=scores.df, gap_df=scores.gap_df,
    )  # fmt: skip
    found = rank_intervals(alone)
    assert [one.best for one in found] == case["diagonal_only_wrong"]["L"]
    assert [one.worst for one in found] == case["diagonal_only_wrong"]["U"]
