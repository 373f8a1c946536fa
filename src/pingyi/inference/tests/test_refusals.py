"""What no estimate can be made of is refused by name, with the group or the section that is at fault (§5.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from pingyi.inference.chain import Material, Rules, chain
from pingyi.inference.design import design, post_stratified, raked
from pingyi.inference.marks import cases_estimate, visits_estimate
from pingyi.rules.refused import Refused


def refused(call: Callable[[], object]) -> tuple[str, Mapping[str, object]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code, caught.value.facts


def test_a_group_is_in_the_sample_and_in_the_known_totals() -> None:
    sample, groups = design(weights=[1.0, 1.0]), ["firm", "public"]
    unknown = refused(lambda: post_stratified(sample, groups=groups, population={"firm": 3.0}))
    assert unknown == ("estimate.no_total", {"cell": "public"})
    nobody = refused(lambda: post_stratified(sample, groups=["firm", "firm"], population={"firm": 3.0, "public": 2.0}))
    assert nobody == ("estimate.empty_cell", {"cell": "public"})


def test_margins_that_are_not_met_within_the_rounds_give_no_weights() -> None:
    sample = design(weights=[1.0, 2.0, 1.0])
    margins = [(["a", "b", "b"], {"a": 3.0, "b": 2.0}), (["x", "x", "y"], {"x": 4.0, "y": 1.0})]
    assert refused(lambda: raked(sample, margins=margins, rounds=2)) == ("estimate.raking_fails", {})
    assert raked(sample, margins=margins).weights.tolist() == pytest.approx([3, 1, 1])


def test_something_that_weighs_has_brought_something() -> None:
    material = Material(cases=[("office", 10, 8)])
    nothing = refused(lambda: chain(material, rules=Rules(weights={"survey": Fraction(1)})))
    assert nothing == ("estimate.no_source", {})


def test_no_more_are_satisfied_than_were_closed() -> None:
    for satisfied in (11, -1):
        more = refused(lambda many=satisfied: cases_estimate("x", cases={"office": 10}, satisfied={"office": many}))
        assert more == ("estimate.more_satisfied", {"section": "office"})


def test_a_variance_needs_a_second_visit() -> None:
    once = refused(lambda: visits_estimate("x", marks={"office": [90.0], "brigade": [80.0]}))
    assert once == ("estimate.too_few_visits", {})
