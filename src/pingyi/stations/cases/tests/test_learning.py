"""Proposals are learnt from all that is closed, again when a third more is, and never inside a table (§3.2.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pingyi.stations.cases import learning
from pingyi.stations.cases.actions import importing
from pingyi.stations.cases.models import Case, Learnt
from pingyi.stations.cases.tests.conftest import DAY, HOUR, MONDAY, Play
from pingyi.stations.cases.tests.test_actions_tables import CLOSED, LATER, ordered

pytestmark = pytest.mark.django_db


def test_a_third_more_that_is_closed_is_learnt_without_waiting_for_the_next_day(play: Play) -> None:
    for _ in range(3):
        play.closed()
    assert learning.is_due(at=MONDAY)
    learning.learn_all(at=MONDAY)
    assert {row.check_figures["closed"] for row in Learnt.objects.all()} == {3}
    assert not learning.is_due(at=MONDAY + HOUR)
    play.closed()
    assert learning.is_due(at=MONDAY + HOUR)
    learning.learn_all(at=MONDAY + HOUR)
    play.closed()
    assert not learning.is_due(at=MONDAY + 2 * HOUR), "one of four is less than a third"
    assert learning.is_due(at=MONDAY + DAY)


def test_while_a_table_comes_in_nothing_is_learnt_from_half_of_it(play: Play) -> None:
    ordered(play, CLOSED)
    assert not learning.is_due(at=LATER)
    for _ in importing.carry_on(now=lambda: LATER):
        pass
    assert learning.is_due(at=LATER)
    learning.learn_all(at=LATER)
    assert not learning.is_due(at=LATER + timedelta(hours=1))


def test_a_section_is_proposed_from_each_level_of_the_theme_and_of_the_place() -> None:
    case = Case(
        kind_id="complaint", channel_id="12345", theme="市容 › 占道 › 游商", place="坪山区 碧岭街道 沙湖社区3号"
    )
    assert dict(learning.facets_of("section", case)) == {
        "channel": "12345", "kind": "complaint",
        "theme1": "市容", "theme2": "市容 › 占道", "theme3": "市容 › 占道 › 游商",
        "area1": "碧岭街道", "area2": "碧岭街道 › 沙湖社区",
    }  # fmt: skip
    assert dict(learning.facets_of("theme", case)) == {"channel": "12345", "kind": "complaint"}


def test_a_theme_is_not_learnt_from_a_title_that_only_repeats_it() -> None:
    case = Case(title="市容 › 占道", theme="市容 › 占道")
    assert (learning.words_for("theme", case), learning.words_for("section", case)) == ("", "市容 › 占道")
    case.text = "人行道被占"
    assert learning.words_for("theme", case) == "市容 › 占道。人行道被占"
