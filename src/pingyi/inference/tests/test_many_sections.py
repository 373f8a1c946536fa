"""Five hundred sections are told about as five are: what makes it quick changes no digit (§5.2)."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from pingyi.inference import weighing
from pingyi.inference.certificate import Contest, certify
from pingyi.inference.standing import ranks
from pingyi.inference.sums import t_quantile, t_quantiles
from pingyi.inference.weighing import Marks, dominance, weight_ranges
from pingyi.rules.estimate import fixed

WEIGHTS = (Fraction(2, 5), Fraction(1, 5), Fraction(2, 5))


def made_up(count: int, seed: int = 7) -> Marks:
    draw = random.Random(seed)
    levels = [draw.randrange(60, 99) for _ in range(count)]
    rows = [tuple(Fraction(level + draw.randrange(-4, 5)) for _ in WEIGHTS) for level in levels]
    return Marks(
        sections=tuple(f"s{at}" for at in range(count)),
        sources=("a", "b", "c"),
        weights=WEIGHTS,
        marks=tuple(rows),
        added=tuple(Fraction(draw.randrange(-2, 3)) for _ in range(count)),
    )


@pytest.mark.parametrize("seed", range(3))
def test_leaving_out_rivals_that_are_never_the_lowest_moves_no_margin(seed: int) -> None:
    marks = made_up(12, seed)
    low, high = ([weight * part for weight in WEIGHTS] for part in (Fraction(3, 4), Fraction(5, 4)))
    for at, found in enumerate(weight_ranges(marks)):
        others = [k for k in range(12) if k != at]
        whole = certify(
            Contest(
                gaps=tuple(tuple(a - b for a, b in zip(marks.marks[k], marks.marks[at], strict=True)) for k in others),
                added=tuple(marks.added[k] - marks.added[at] for k in others),
                low=tuple(low),
                high=tuple(high),
                whole=Fraction(1),
            ),
            WEIGHTS,
        )
        assert found.margin == fixed(whole.margin)
        assert len(found.against) == 11
        assert sum(found.against) == 1


def test_the_solver_is_given_the_few_rivals_that_can_be_last(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def counted(contest: Contest, nominal: tuple[Fraction, ...]) -> object:
        given.append(len(contest.gaps))
        return certify(contest, nominal)

    monkeypatch.setattr(weighing, "certify", counted)
    weight_ranges(made_up(60))
    assert len(given) == 60
    assert sum(given) < 60 * 59 / 4


def test_places_and_dominance_are_those_of_every_pair() -> None:
    marks = made_up(25)
    rows = [(*row, added) for row, added in zip(marks.marks, marks.added, strict=True)]
    pairs = [(j, k) for j in range(25) for k in range(j)]
    held = sum(
        all(a >= b for a, b in zip(rows[j], rows[k], strict=True))
        or all(a <= b for a, b in zip(rows[j], rows[k], strict=True))
        for j, k in pairs
    )
    assert dominance(marks) == Fraction(held, len(pairs))
    scores = [sum(row, Fraction(0)) for row in rows]
    assert ranks(scores) == tuple(1 + sum(other > score for other in scores) for score in scores)


def test_quantiles_of_a_table_are_those_of_its_cells() -> None:
    dfs = np.array([[1.0, 4.5], [4.5, math.inf]])
    found = t_quantiles(0.975, dfs)
    assert found.tolist() == [[t_quantile(0.975, df) for df in row] for row in dfs.tolist()]
