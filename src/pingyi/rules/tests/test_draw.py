"""Draws that anyone repeats: the published vectors, and what must hold for any pool."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import draw
from pingyi.rules.refused import Refused

SECRET = b"known to the announcer alone"
NUMBERS = draw.randomness([[5, 3, 1]])
LABELS = st.sets(st.text(min_size=1, max_size=8), min_size=2, max_size=12)


def vectors(shared: Path, name: str) -> Any:
    return json.loads((shared / "data" / "vectors" / name).read_text(encoding="utf-8"))


def test_the_drafts_example_gives_its_codes_and_positions(shared: Path) -> None:
    example = vectors(shared, "verifiable_draw.json")["draft_example"]
    secret, links = example["secret"].encode(), example["hash_iterations"]
    assert draw.commitment(secret, links=links).hex() == example["commitment"]
    for number, name in ((1, "first"), (2, "second")):
        code = draw.code(secret, number=number, links=links)
        assert code.hex() == example[f"otp_{name}"]
        found = draw.lots([one["label"] for one in example[name]], code=code, randomness=example["randomness"])
        assert [(lot.position.hex(), lot.label) for lot in found] == [
            (one["position"], one["label"]) for one in example[name]
        ]


def test_the_example_of_rfc_3797_is_drawn_again(shared: Path) -> None:
    example = vectors(shared, "rfc3797.json")
    key = draw.randomness(example["sources"])
    assert key == example["canonical_key"]
    assert draw.drawn_by_rfc3797(example["pool_names_fictional"], count=10, key=key) == example["first_ten"]


def test_a_revealed_code_opens_its_commitment_and_no_other() -> None:
    first, second = draw.code(SECRET), draw.code(SECRET, number=2)
    assert draw.opens(first, draw.commitment(SECRET))
    assert draw.opens(second, first)
    assert not draw.opens(second, draw.commitment(SECRET))


def test_the_chain_of_codes_ends() -> None:
    with pytest.raises(Refused, match=r"draw\.codes_used_up"):
        draw.code(SECRET, number=draw.LINKS + 1)


@given(LABELS)
def test_the_order_in_which_the_pool_is_listed_does_not_matter(pool: set[str]) -> None:
    one = draw.lots(sorted(pool), code=SECRET, randomness=NUMBERS)
    assert draw.lots(sorted(pool, reverse=True), code=SECRET, randomness=NUMBERS) == one


@given(LABELS)
def test_excluding_one_leaves_the_others_in_their_order(pool: set[str]) -> None:
    order = [lot.label for lot in draw.lots(pool, code=SECRET, randomness=NUMBERS)]
    out = order[0]
    without = draw.drawn(pool, count=len(pool) - 1, code=SECRET, randomness=NUMBERS, excluded=[out])
    assert without == order[1:]


def test_a_pool_too_small_or_with_a_label_twice_is_refused() -> None:
    with pytest.raises(Refused, match=r"draw\.pool_too_small"):
        draw.drawn(["一科"], count=2, code=SECRET, randomness=NUMBERS)
    with pytest.raises(Refused, match=r"draw\.label_twice"):
        draw.lots(["一科", "一科"], code=SECRET, randomness=NUMBERS)
