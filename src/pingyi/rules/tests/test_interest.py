"""What a declaration must say, and what follows from it (§5.4)."""

from __future__ import annotations

import pytest

from pingyi.rules.actor import Actor, Role
from pingyi.rules.interest import DECLARE, check
from pingyi.rules.permissions import PERMISSIONS, RECUSED_FROM, Reach, may, require
from pingyi.rules.refused import Refused

BOUND = frozenset({"brigade"})


def code(**said: object) -> str:
    given = {"sections": [], "is_none": False, "details": "", "own": None, **said}
    with pytest.raises(Refused) as refused:
        check(**given)  # type: ignore[arg-type]
    return refused.value.code


def test_none_is_a_declaration_and_so_are_named_ties() -> None:
    check(sections=[], is_none=True, details="", own=None)
    check(sections=["brigade"], is_none=False, details="亲属", own="office")


def test_a_declaration_says_one_thing_and_says_it_whole() -> None:
    assert code() == "interest.says_nothing"
    assert code(is_none=True, sections=["brigade"]) == "interest.none_and_some"
    assert code(is_none=True, details="亲属") == "interest.none_and_some"
    assert code(sections=["brigade"], details=" ") == "interest.details_needed"
    assert code(sections=["office"], details="我在此", own="office") == "interest.own_section"


def test_whoever_checks_watches_or_closes_declares() -> None:
    assert Role.SUPERVISOR in DECLARE
    assert Role.SECTION_HEAD in DECLARE
    assert {
        role for row in PERMISSIONS.values() for role, reach in row.reach.items() if reach is Reach.NOT_OWN
    } <= DECLARE


@pytest.mark.parametrize("verb", sorted(RECUSED_FROM))
def test_who_declared_ties_with_a_section_neither_checks_nor_decides_there(verb: str) -> None:
    assert verb in PERMISSIONS
    for role in PERMISSIONS[verb].reach:
        free = Actor(reference="m", name="", role=role, section="office")
        bound = Actor(reference="m", name="", role=role, section="office", recused=BOUND)
        about = {"section": "brigade", "offered": "office", "doers": ("other",), "member": "m"}
        if not may(free, verb, about):
            continue  # the role may not do it there anyway
        assert not may(bound, verb, about)
        with pytest.raises(Refused, match=r"^recused$"):
            require(bound, verb, about)
        elsewhere = {**about, "section": "monitoring"}
        assert may(bound, verb, elsewhere) == may(free, verb, elsewhere)
        assert not may(bound, verb, {**about, "section": None, "concerns": "brigade"})
