"""A plan that cannot be computed with is refused by name, with the fact that has to be mended (§4.4b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.rules.refused import Refused
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

SATISFIED, ORDER = cast.plan().indicators


def refused(sections: tuple[object, ...] = cast.SECTIONS, **changes: object) -> tuple[str, Mapping[str, object]]:
    """The code and the facts with which a changed plan, or other sections, are refused."""
    with pytest.raises(Refused) as caught:
        judge(cast.plan(**changes), sections=sections, evidence=[])  # type: ignore[arg-type]
    return caught.value.code, caught.value.facts


def test_an_indicator_of_a_source_that_does_not_exist_is_named() -> None:
    stray = replace(ORDER, source="gone")
    assert refused(indicators=(SATISFIED, stray)) == (
        "verdict.unknown_source", {"indicator": "工作纪律", "source": "gone"},
    )  # fmt: skip


def test_ties_broken_by_a_source_that_does_not_exist_are_named() -> None:
    ranking = replace(cast.plan().ranking, tie_sources=("survey", "gone"))
    code, facts = refused(ranking=ranking)
    assert (code, facts["source"]) == ("verdict.unknown_source", "gone")


@pytest.mark.parametrize("maximum", [Decimal(0), Decimal(-1)])
def test_a_maximum_is_above_nought(maximum: Decimal) -> None:
    assert refused(indicators=(SATISFIED, replace(ORDER, maximum=maximum))) == (
        "verdict.maximum", {"indicator": "工作纪律"},
    )  # fmt: skip


def test_a_scale_that_does_not_exist_is_named() -> None:
    assert refused(indicators=(replace(SATISFIED, scale="five"), ORDER)) == (
        "verdict.unknown_scale", {"indicator": "群众满意度", "scale": "five"},
    )  # fmt: skip


@pytest.mark.parametrize("value", [Decimal(101), Decimal(-1)])
def test_a_box_is_worth_at_most_what_its_indicator_is(value: Decimal) -> None:
    good, *others = cast.FOUR_BOXES.options
    scale = replace(cast.FOUR_BOXES, options=(replace(good, value=value), *others))
    code, facts = refused(scales=(scale,))
    assert (code, facts["option"], facts["maximum"]) == ("verdict.option_beyond_maximum", "满意", "100")


def test_a_section_that_is_named_twice_is_told() -> None:
    twice = (*cast.SECTIONS, cast.SECTIONS[0])
    assert refused(twice) == ("verdict.section_twice", {"section": "办公室"})
