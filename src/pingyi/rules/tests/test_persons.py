"""Checks are judged by person: whatever the post, whoever made it (§5.4, ADR 0013)."""

from __future__ import annotations

import pytest

from pingyi.rules.actor import Actor, Role
from pingyi.rules.motion import Stage, check_open, check_person, check_single, check_word, needs_two
from pingyi.rules.permissions import CHECKING, PERMISSIONS, Reach, may, require
from pingyi.rules.refused import Refused

CHECKS = [
    (verb, role) for verb, row in PERMISSIONS.items() for role, reach in row.reach.items() if reach is Reach.NOT_OWN
]


def test_there_are_checks_in_every_room() -> None:
    assert {verb.split(".")[0] for verb, _ in CHECKS} >= {"plan", "task", "case", "commitment", "result", "filing"}


@pytest.mark.parametrize(("verb", "role"), CHECKS)
def test_nobody_checks_what_the_same_person_did_in_another_post(verb: str, role: Role) -> None:
    alone = Actor(reference="second-post", name="", role=role)
    same = Actor(reference="second-post", name="", role=role, posts=frozenset({"first-post", "second-post"}))
    made = Actor(reference="second-post", name="", role=role, makers=frozenset({"first-post"}))
    about = {"doers": ("somebody", "first-post"), "section": None}
    assert may(alone, verb, about)
    for one in (same, made):
        assert not may(one, verb, about)
        assert may(one, verb, {**about, "doers": ("somebody",)})
        with pytest.raises(Refused, match=r"^own_work$"):
            require(one, verb, about)


def test_rules_are_told_the_name_under_which_a_person_acted_before() -> None:
    zhou = Actor(reference="leader", name="", role=Role.BUREAU_LEADER, posts=frozenset({"officer", "leader"}))
    assert zhou.known_as("wang", "officer") == "officer"
    assert zhou.known_as("wang", "") == "leader"
    assert zhou.did_any(["officer"])
    assert not zhou.did_any(["wang"])


def test_roles_that_check_are_those_of_the_permission_table() -> None:
    assert {
        Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.DISTRICT_OFFICE, Role.CITY_BUREAU, Role.SURVEY_TEAM,
        Role.AUDITOR,
    } == CHECKING  # fmt: skip
    assert needs_two("section_staff", "bureau_leader")
    assert needs_two("auditor"), "who counts a result again is no puppet of one officer"
    assert not needs_two("section_head", "supervisor")
    with pytest.raises(Refused, match=r"^member\.needs_two$"):
        check_single("bureau_leader")


def test_a_motion_is_decided_once() -> None:
    check_open(Stage.OPEN.value)
    for stage in (Stage.CONFIRMED, Stage.REFUSED, Stage.WITHDRAWN):
        with pytest.raises(Refused, match=r"^motion\.is_over$"):
            check_open(stage.value)


def test_a_post_once_taken_up_stays_its_persons() -> None:
    check_person(post="P", login="P", is_taken=True)
    check_person(post="P", login="Q", is_taken=False)
    check_person(post=None, login="Q", is_taken=False)
    with pytest.raises(Refused, match=r"^invitation\.other_person$"):
        check_person(post="P", login="Q", is_taken=True)


def test_the_second_word_opens_what_needs_it() -> None:
    check_word(is_needed=False, kept=None, given="")
    check_word(is_needed=True, kept="x", given="x")
    with pytest.raises(Refused, match=r"^invitation\.awaits_word$"):
        check_word(is_needed=True, kept=None, given="x")
    with pytest.raises(Refused, match=r"^invitation\.wrong_word$"):
        check_word(is_needed=True, kept="x", given="y")
