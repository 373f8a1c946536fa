"""One verb is one action, one permission row, one sentence in each language, and at least one test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from pingyi.bureau import role_words
from pingyi.record.sentences import SENTENCES, sentence
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS
from tests.architecture import house

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "src" / "pingyi"


def test_every_verb_that_is_acted_has_a_permission_row() -> None:
    assert not house.verbs_acted(TREE) - set(PERMISSIONS)


def test_every_permission_row_has_an_action() -> None:
    assert not set(PERMISSIONS) - house.verbs_acted(TREE)


def test_every_verb_is_named_in_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in _tests())
    assert not [verb for verb in sorted(PERMISSIONS) if f'"{verb}"' not in tests]


def _tests() -> list[Path]:
    return [*TREE.rglob("tests/**/*.py"), *(ROOT / "tests").rglob("*.py")]


@pytest.mark.parametrize("verb", sorted(PERMISSIONS))
def test_every_verb_has_a_sentence_in_both_languages(verb: str) -> None:
    assert verb in SENTENCES
    with override("zh-hans"):
        chinese = sentence(verb)
    with override("en"):
        english = sentence(verb)
    assert re.search(r"[\u4e00-\u9fff]", chinese), f"{verb} has no Chinese sentence"
    assert re.search(r"[A-Za-z]{2}", english)


def test_every_role_and_every_reach_of_the_table_has_words_for_people() -> None:
    used = {reach for row in PERMISSIONS.values() for reach in row.reach.values()}
    assert used <= set(role_words.REACHES)
    assert set(role_words.WORDS) == set(Role) - {Role.MACHINE, Role.PUBLIC}
