"""Moves of a plan version."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.refused import Refused
from pingyi.rules.version import MOVES, VersionStage, move, require_sound

VERBS = sorted({verb for verb, _ in MOVES})


def walk(verbs: list[str]) -> list[VersionStage]:
    stages = [VersionStage.DRAFT]
    for verb in verbs:
        try:
            stages.append(move(stages[-1], verb))
        except Refused:
            stages.append(stages[-1])
    return stages


@given(st.lists(st.sampled_from(VERBS), max_size=12))
def test_nothing_is_adopted_that_was_not_proposed_just_before(verbs: list[str]) -> None:
    stages = walk(verbs)
    for before, after in pairwise(stages):
        if after is VersionStage.ADOPTED:
            assert before in {VersionStage.PROPOSED, VersionStage.ADOPTED}


@given(st.lists(st.sampled_from(VERBS), max_size=12))
def test_what_is_adopted_never_changes_its_stage_again(verbs: list[str]) -> None:
    stages = walk(["propose", "adopt", *verbs])
    assert set(stages[2:]) == {VersionStage.ADOPTED}


def test_a_proposed_text_cannot_be_edited_and_an_adopted_one_not_either() -> None:
    for stage in (VersionStage.PROPOSED, VersionStage.ADOPTED, VersionStage.WITHDRAWN):
        with pytest.raises(Refused) as refused:
            move(stage, "edit")
        assert refused.value.code == f"version.is_{stage.value}"


def test_a_plan_with_problems_or_overtaken_by_another_is_refused() -> None:
    require_sound(problems=0, amends="3", current="3")
    with pytest.raises(Refused, match="has_problems"):
        require_sound(problems=2, amends="", current="")
    with pytest.raises(Refused, match="overtaken"):
        require_sound(problems=0, amends="3", current="4")
