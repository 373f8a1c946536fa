"""p-values are adjusted as R adjusts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.inference import multiplicity
from pingyi.inference.tests.reference_cases import column, expected, table

NAMES = {
    "holm": "holm",
    "hochberg": "hochberg",
    "bonferroni": "bonferroni",
    "BH": "benjamini_hochberg",
    "BY": "benjamini_yekutieli",
    "hommel": "hommel",
}


@pytest.mark.parametrize("name", NAMES)
def test_adjusted_values_are_those_of_the_reference_program(shared: Path, name: str) -> None:
    folder = shared / "data" / "stats" / "multiplicity"
    values = column(table(folder / "input.csv"), "p").tolist()
    assert getattr(multiplicity, NAMES[name])(values) == pytest.approx(expected(folder)[name], abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_the_order_of_strictness_holds(values: list[float]) -> None:
    rows = zip(
        values,
        multiplicity.benjamini_hochberg(values),
        multiplicity.hommel(values),
        multiplicity.hochberg(values),
        multiplicity.holm(values),
        multiplicity.bonferroni(values),
        strict=True,
    )
    for row in rows:
        assert list(row) == pytest.approx(sorted(row), abs=1e-12)


def test_nothing_is_adjusted_to_nothing() -> None:
    assert multiplicity.holm([]) == []
