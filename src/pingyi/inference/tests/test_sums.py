"""Sums are exact, whatever the order and the denominators of their terms."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pingyi.inference.sums import dot

PAIRS = st.lists(st.tuples(st.fractions(), st.fractions()), max_size=12)


@given(pairs=PAIRS)
def test_a_sum_of_products_over_one_denominator_is_the_sum_of_the_products(
    pairs: list[tuple[Fraction, Fraction]],
) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert dot(one, other) == sum((a * b for a, b in pairs), Fraction(0))
