"""Edges of scoring: a group that is just large enough, numbers without an end (§4.3c, §4.4b)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from pingyi.rules.evidence import Evidence
from pingyi.rules.refused import Refused
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.tests.test_scoring import GOOD, sheet_of
from pingyi.rules.verdict import judge


def test_an_elector_group_is_in_or_out_once_for_the_whole_assembly() -> None:
    """One abstention may not make two bad ballots vanish: three ballots were returned, so the group counts."""

    def ballots(section: str, third: str) -> list[Evidence]:
        return [
            cast.answers("good", 12, section=section, group="clients", source="assembly"),
            cast.answers("good", 12, section=section, group="society", source="assembly"),
            cast.answers("bad", 2, section=section, group="supervisors", source="assembly"),
            cast.answers(third, 1, section=section, group="supervisors", source="assembly"),
        ]

    rows = [*ballots("office", "unknown"), *ballots("brigade", "good")]
    verdict = judge(cast.voting_plan(minimum=3), sections=cast.SECTIONS, evidence=rows)
    silent, spoken = verdict.sheet("office"), verdict.sheet("brigade")
    assert silent.lines[0].dropped_groups == spoken.lines[0].dropped_groups == ()
    assert silent.score == Fraction(75 * 100 + 25 * 30, 100)
    assert spoken.score == Fraction(75 * 100, 100) + Fraction(25, 100) * Fraction(160, 3)
    assert silent.score is not None
    assert spoken.score is not None
    assert silent.score < spoken.score


def test_numbers_finer_than_any_measurement_are_refused_so_that_prints_have_an_end() -> None:
    tiny = Decimal("1E-400")
    first, second = cast.plan().sources
    with localcontext(prec=900):
        sources = (replace(first, weight=first.weight - tiny), replace(second, weight=second.weight + tiny))
    with pytest.raises(Refused) as refused:
        sheet_of("office", GOOD, sources=sources)
    assert refused.value.code == "verdict.too_fine"
