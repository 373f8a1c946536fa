"""One rounding at the end; the print never contradicts the verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pingyi.rules.plan.outcome import Comparison, Rounding, RoundingMode
from pingyi.rules.rounding import compared, fixed, printed, rounded, shown

EIGHTY = [Fraction(80)]


@pytest.mark.parametrize(
    ("exact", "even", "up"),
    [
        ("80.125", "80.12", "80.13"),
        ("80.135", "80.14", "80.14"),
        ("80.1251", "80.13", "80.13"),
        ("-0.125", "-0.12", "-0.13"),
    ],
)
def test_half_goes_to_the_even_digit_or_away_from_zero(exact: str, even: str, up: str) -> None:
    assert rounded(Fraction(exact), digits=2) == Fraction(even)
    assert rounded(Fraction(exact), digits=2, mode=RoundingMode.HALF_UP) == Fraction(up)


def test_a_number_is_rounded_once_and_not_in_steps() -> None:
    assert rounded(Fraction("15.4546"), digits=0) == 15  # in steps: 15.455, 15.46, 15.5, 16


def test_79_996_is_not_printed_as_80_00_when_exact_numbers_are_compared() -> None:
    assert printed(Fraction("79.996"), rounding=Rounding(), limits=EIGHTY, near=[]) == "79.996"
    assert printed(Fraction("80"), rounding=Rounding(), limits=EIGHTY, near=[Fraction("79.996")]) == "80.00"


def test_79_996_is_80_00_when_rounded_numbers_are_compared() -> None:
    rule = Rounding(comparison=Comparison.ROUNDED)
    assert compared(Fraction("79.996"), rounding=rule) == 80
    assert printed(Fraction("79.996"), rounding=rule, limits=EIGHTY, near=[]) == "80.00"


def test_scores_that_differ_do_not_print_alike() -> None:
    two = [Fraction("85.003"), Fraction("85.004")]
    assert [printed(one, rounding=Rounding(), limits=[], near=two) for one in two] == ["85.003", "85.004"]


def test_a_third_below_a_limit_is_printed_below_it() -> None:
    exact = Fraction(80) - Fraction(1, 3 * 10**30)
    assert printed(exact, rounding=Rounding(), limits=EIGHTY, near=[]) == "79." + "9" * 30 + "7"


def test_numbers_in_sentences_have_no_idle_zeros() -> None:
    assert [shown(Fraction(one)) for one in ("80", "0.5", "1/3", "-2.50", "100")] == [
        "80", "0.5", "0.3333", "-2.5", "100",
    ]  # fmt: skip
    assert fixed(Fraction(80), digits=0) == "80"
