"""Ratings and call-backs: once, by the citizen, and compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pingyi.rules.case import rating as rules
from pingyi.rules.case.rating import Level
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.refused import Refused

CLOSED = CaseState(stage=Stage.CLOSED, due_on=date(2026, 3, 20), closed_on=date(2026, 3, 19), doers=("zhao",))


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        (replace(CLOSED, stage=Stage.HELD), {}, "case.not_yet_ratable"),
        (CLOSED, {"rated_turns": [0]}, "case.rated_already"),
        (CLOSED, {"by": "zhao"}, "case.rated_by_handler"),
        (CLOSED, {"level": 6}, "case.no_such_level"),
    ],
)
def test_a_rating_comes_once_after_closing_and_not_from_the_handler(
    state: CaseState, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        rules.check_rating(state, **{"level": 4, "rated_turns": [], **more})
    assert caught.value.code == code


def test_each_closing_may_be_rated_anew() -> None:
    assert rules.check_rating(CLOSED, level=1, rated_turns=[]) is Level.VERY_DISSATISFIED
    again = replace(CLOSED, reopenings=1)
    assert rules.check_rating(again, level=5, rated_turns=[0], by="zhou") is Level.VERY_SATISFIED


def test_three_and_more_are_satisfied_and_two_answers_may_contradict_each_other() -> None:
    assert [level.is_satisfied for level in sorted(Level)] == [False, False, True, True, True]
    assert rules.is_discordant(3, 2)
    assert rules.is_discordant(5, 3)
    assert not rules.is_discordant(5, 4)
    assert not rules.is_discordant(1, 2)
