"""The citizen's word on five levels (好差评): once for each closing, never by the handler (§3.2.2)."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum

from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.refused import Refused


class Level(IntEnum):
    """The five levels; the last two are bad ones."""

    VERY_SATISFIED = 5
    SATISFIED = 4
    FAIRLY_SATISFIED = 3
    DISSATISFIED = 2
    VERY_DISSATISFIED = 1

    @property
    def is_satisfied(self) -> bool:
        """Whether it counts among the satisfied."""
        return self >= Level.FAIRLY_SATISFIED


APART = 2  # levels between two answers from which they contradict each other, whatever side they are on


def check_rating(state: CaseState, *, level: int, rated_turns: Collection[int], by: str = "") -> Level:
    """Take one rating for one closing; `by` is a member who wrote down what the citizen said, empty for the citizen."""
    if state.stage is not Stage.CLOSED:
        raise Refused("case.not_yet_ratable")
    if state.reopenings in rated_turns:
        raise Refused("case.rated_already")
    if by and by in state.doers:
        raise Refused("case.rated_by_handler")
    if level not in {one.value for one in Level}:
        raise Refused("case.no_such_level", field="level")
    return Level(level)


def is_discordant(rating: int, call_back: int) -> bool:
    """Whether the citizen's rating and the call-back contradict each other: other sides, or two levels apart."""
    other_sides = Level(rating).is_satisfied is not Level(call_back).is_satisfied
    return other_sides or abs(rating - call_back) >= APART
