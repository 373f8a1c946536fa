"""Of two spellings of one unit either may be the section's: the rarer as well as the commoner (§3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pingyi.stations.cases.actions import tables
from pingyi.stations.cases.queries import units
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import LATER, looked_at

pytestmark = pytest.mark.django_db
HEAD = ("工单编号", "受理时间", "诉求类型", "标题", "承办单位", "办理状态", "办结时间")
LONG, SHORT = "环境监察大队（区环保局）", "环境监察大队"


def row(number: int, unit: str) -> Sequence[str]:
    return [f"U{number}", "2026-03-02 09:15", "投诉", f"噪声{number}", unit, "已办结", "2026-03-05 10:00"]


def rows(*many: tuple[str, int]) -> list[Sequence[str]]:
    named = [unit for unit, count in many for _ in range(count)]
    return [row(number, unit) for number, unit in enumerate(named)]


@pytest.mark.parametrize("many", [((LONG, 5), (SHORT, 2)), ((SHORT, 5), (LONG, 2))])
def test_the_rarer_and_the_commoner_spelling_are_the_section(play: Play, many: tuple[tuple[str, int], ...]) -> None:
    lines = units.of(looked_at(play, *rows(*many), head=HEAD))
    assert [line.section.reference if line.section else "" for line in lines] == ["brigade", "brigade"]
    assert {line.name: line.same_as for line in lines} == {LONG: SHORT, SHORT: LONG}


def test_what_was_settled_of_the_rarer_spelling_is_proposed_for_the_commoner(play: Play) -> None:
    first = looked_at(play, *rows(("监测站二部", 2)), head=HEAD)
    tables.settle_units(first.token, sections={"监测站二部": "pollution"}, by=play.actor("zhou"), at=LATER)
    lines = units.of(looked_at(play, *rows(("监测站二部（区环保局）", 5), ("监测站二部", 1)), head=HEAD))
    assert [line.section.reference if line.section else "" for line in lines] == ["pollution", "pollution"]
    assert [line.is_settled for line in lines] == [False, True]
