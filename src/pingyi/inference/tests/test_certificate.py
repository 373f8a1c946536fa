"""A margin comes with its proof: weights that reach it, a mixture of the rivals that no weights pass (§5.2)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.inference.certificate import Contest, certify, extreme, settled

MARKS = st.integers(0, 10_000).map(lambda one: Fraction(one, 100))


@st.composite
def contests(draw: st.DrawFn) -> tuple[Contest, tuple[Fraction, ...]]:
    size, rivals = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    given_weights = [Fraction(draw(st.integers(1, 20))) for _ in range(size)]
    nominal = tuple(one / sum(given_weights) for one in given_weights)
    moved = Fraction(draw(st.integers(0, 100)), 100)
    own = [draw(MARKS) for _ in range(size)]
    gaps = tuple(tuple(draw(MARKS) - own[k] for k in range(size)) for _ in range(rivals))
    added = tuple(draw(st.integers(-5, 5).map(Fraction)) for _ in range(rivals))
    low, high = (tuple(one * (1 + sign * moved) for one in nominal) for sign in (-1, 1))
    return Contest(gaps=gaps, added=added, low=low, high=high, whole=Fraction(1)), nominal


@settings(deadline=None, max_examples=120)
@given(contests())
def test_the_proof_keeps_to_the_rules_and_both_its_sides_give_the_margin(
    given_contest: tuple[Contest, tuple[Fraction, ...]],
) -> None:
    contest, nominal = given_contest
    proof = certify(contest, nominal)
    assert sum(proof.at) == 1
    assert all(a <= one <= b for a, one, b in zip(contest.low, proof.at, contest.high, strict=True))
    assert sum(proof.against) == 1
    assert min(proof.against) >= 0
    assert 0 <= proof.bound - proof.margin < Fraction(1, 10**9)


def test_of_two_sections_the_margin_is_known_by_hand() -> None:
    # a = 90w + 60(1 − w), b = 78, w in [3/8, 5/8]: b is above a by at most 78 − 71.25, at w = 3/8.
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    contest = Contest(
        gaps=((Fraction(-12), Fraction(18)),),
        added=(Fraction(0),),
        low=(half * (1 - quarter),) * 2,
        high=(half * (1 + quarter),) * 2,
        whole=Fraction(1),
    )
    proof = certify(contest, (half, half))
    assert (proof.at, proof.against) == ((Fraction(3, 8), Fraction(5, 8)), (Fraction(1),))
    assert proof.margin == proof.bound == Fraction(27, 4)


def test_who_has_no_rivals_keeps_the_plans_weights() -> None:
    one = (Fraction(1),)
    proof = certify(Contest(gaps=(), added=(), low=one, high=one, whole=Fraction(1)), one)
    assert (proof.at, proof.against, proof.margin) == (one, (), 0)


def test_numbers_of_a_solver_are_put_right_by_what_room_the_box_leaves() -> None:
    low, high = (Fraction(1, 3), Fraction(1, 4)), (Fraction(1, 2), Fraction(1))
    assert settled([0.333333, 0.7], low=low, high=high, whole=Fraction(1)) == (Fraction(1, 3), Fraction(2, 3))
    assert settled([0.6, 0.4], low=low, high=high, whole=Fraction(1)) == (Fraction(1, 2), Fraction(1, 2))


def test_the_extremes_over_the_box_fill_the_best_source_first() -> None:
    low, high = (Fraction(1, 4),) * 2, (Fraction(3, 4),) * 2
    row = (Fraction(80), Fraction(60))
    found = [extreme(row, low=low, high=high, whole=Fraction(1), largest=largest) for largest in (False, True)]
    assert found == [65, 75]
