"""Numbers of an estimate are rounded once, the same on every machine."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pingyi.rules.estimate import fixed, fixed_df, significant


@pytest.mark.parametrize(
    ("number", "digits", "said"),
    [
        (0.5, 0, "0"),
        (1.5, 0, "2"),
        (Fraction(2, 3), 10, "0.6666666667"),
        (Fraction(10**30 + 1, 2), 2, f"{5 * 10**29}.50"),
        (-1e-12, 10, "0E-10"),
        (Decimal("79.99999999995"), 10, "80.0000000000"),
    ],
)
def test_a_number_is_rounded_half_to_even_and_zero_has_no_sign(number: object, digits: int, said: str) -> None:
    assert str(fixed(number, digits=digits)) == said


def test_infinitely_many_degrees_of_freedom_are_none() -> None:
    assert fixed_df(float("inf")) is None
    assert fixed_df(None) is None
    assert fixed_df(531.9394227283) == Decimal("531.939423")


def test_a_tiny_probability_keeps_its_digits() -> None:
    assert significant(4.63133346652013e-13) == Decimal("4.631333467E-13")
