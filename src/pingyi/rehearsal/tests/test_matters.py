"""Made-up matters are whole sentences, the same for the same seed, and what sections answer is an answer."""

from __future__ import annotations

import random

from pingyi.rehearsal import matters
from pingyi.rehearsal.cast import UNITS
from pingyi.rules.case.receipts import is_bare_receipt
from pingyi.rules.plan.conduct import CaseKind


def some(seed: int, count: int = 400) -> list[matters.Matter]:
    chance = random.Random(seed)
    return [matters.draw(chance) for _ in range(count)]


def test_the_same_seed_tells_the_same_matters() -> None:
    assert some(7) == some(7)
    assert some(7) != some(8)


def test_no_slot_is_left_open_and_every_matter_has_a_section_and_a_kind() -> None:
    for matter in some(1):
        assert "{" not in matter.title + matter.text + matter.answer + matter.result
        assert matter.section in {unit.id for unit in UNITS}
        assert matter.kind in {kind.value for kind in CaseKind}


def test_no_made_up_answer_is_a_bare_receipt() -> None:
    assert [matter.answer for matter in some(2) if is_bare_receipt(matter.answer)] == []


def test_matters_are_hardly_ever_told_twice_in_the_same_words() -> None:
    texts = [matter.title + matter.text for matter in some(3, 300)]
    assert len(set(texts)) > 0.95 * len(texts)


def test_telephone_numbers_are_nobodys() -> None:
    chance = random.Random(4)
    assert {who.phone[:7] for who in (matters.person(chance) for _ in range(50)) if who.phone} == {"1380000"}


def test_everybody_in_a_crowd_speaks_of_the_same_place_in_other_words() -> None:
    for crowd in matters.crowds():
        assert len({telling.text for telling in crowd.tellings}) == len(crowd.tellings)
        assert len({telling.place for telling in crowd.tellings}) == 1
