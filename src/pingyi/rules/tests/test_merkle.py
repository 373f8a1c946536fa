"""The tree agrees with the published vectors, and proofs prove what they say and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import merkle
from pingyi.rules.entry import leaf_hash

HASHES = [hashlib.sha256(b"\x00" + bytes([number])).digest() for number in range(70)]


@pytest.fixture
def vectors(shared: Path) -> Any:
    return json.loads((shared / "data/vectors/merkle_rfc6962.json").read_text())


def _b64(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def test_roots_of_the_eight_leaf_tree_are_the_published_ones(vectors: Any) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in vectors["leaf_inputs_hex"]]
    roots = [merkle.root(size, merkle.over(leaves)).hex() for size in range(9)]
    assert roots == vectors["roots_by_size"]
    assert leaf_hash(b"").hex() == vectors["hashes"]["empty_leaf"]
    assert merkle.node_hash(b"N123", b"N456").hex() == vectors["hashes"]["node_N123_N456"]


def test_published_inclusion_proofs_are_judged_as_published(vectors: Any) -> None:
    for case in vectors["inclusion"]:
        path = [_b64(step) for step in case["proof"] or []]
        leaf, root = _b64(case["leafHash"]), _b64(case["root"])
        good = merkle.includes(leaf=leaf, index=case["leafIdx"], size=case["treeSize"], path=path, expected=root)
        assert good is not case["wantErr"], case["id"]


def test_published_consistency_proofs_are_judged_as_published(vectors: Any) -> None:
    for case in vectors["consistency"]:
        path = [_b64(step) for step in case["proof"] or []]
        good = merkle.consistent(
            old=case["size1"], new=case["size2"], old_root=_b64(case["root1"]), new_root=_b64(case["root2"]), path=path
        )
        assert good is not case["wantErr"], case["id"]


def test_the_seven_leaf_example_of_rfc_9162_gives_its_paths(vectors: Any) -> None:
    example = vectors["rfc9162_example"]
    full = merkle.over([leaf_hash(bytes.fromhex(text)) for text in example["leaf_data"]])
    for index, names in example["inclusion_paths"].items():
        assert [step.hex() for step in merkle.inclusion(int(index), 7, full)] == [example["nodes"][n] for n in names]
    for size, names in example["consistency_proofs"].items():
        assert [step.hex() for step in merkle.consistency(int(size), 7, full)] == [example["nodes"][n] for n in names]


@given(st.integers(1, 70), st.data())
def test_every_leaf_of_every_tree_can_be_proved_and_no_other(size: int, pick: st.DataObject) -> None:
    index, full = pick.draw(st.integers(0, size - 1)), merkle.over(HASHES)
    path, root = merkle.inclusion(index, size, full), merkle.root(size, full)
    assert merkle.includes(leaf=HASHES[index], index=index, size=size, path=path, expected=root)
    other = pick.draw(st.integers(0, 69).filter(lambda number: number != index))
    assert not merkle.includes(leaf=HASHES[other], index=index, size=size, path=path, expected=root)
    if other < size:
        assert not merkle.includes(leaf=HASHES[index], index=other, size=size, path=path, expected=root)
    assert not merkle.includes(leaf=HASHES[index], index=index, size=size, path=[*path, root], expected=root)


@given(st.integers(1, 70), st.integers(1, 70))
def test_every_tree_is_the_beginning_of_every_greater_one(one: int, two: int) -> None:
    old, new = sorted((one, two))
    full = merkle.over(HASHES)
    roots = {"old_root": merkle.root(old, full), "new_root": merkle.root(new, full)}
    path = merkle.consistency(old, new, full)
    assert merkle.consistent(old=old, new=new, path=path, **roots)
    changed = merkle.over([HASHES[1], *HASHES[1:]])
    assert not merkle.consistent(old=old, new=new, path=path, **{**roots, "old_root": merkle.root(old, changed)})
    assert not merkle.consistent(old=old, new=new, path=[*path, EMPTY_STEP], **roots)


EMPTY_STEP = bytes(32)


def test_short_hashes_and_an_empty_first_tree_are_rejected() -> None:
    full = merkle.over(HASHES)
    root = merkle.root(3, full)
    assert not merkle.includes(leaf=b"short", index=0, size=3, path=merkle.inclusion(0, 3, full), expected=root)
    assert not merkle.consistent(old=0, new=3, old_root=merkle.EMPTY, new_root=root, path=[])
    with pytest.raises(ValueError, match="not empty"):
        merkle.consistency(0, 3, full)
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion(3, 3, full)


def test_a_growing_tree_has_the_roots_and_subtrees_of_the_whole_one() -> None:
    growing, full = merkle.Growing(), merkle.over(HASHES)
    assert growing.root() == merkle.EMPTY
    for size, leaf in enumerate(HASHES, start=1):
        assert all(digest == full(height, index) for height, index, digest in growing.add(leaf))
        assert growing.root() == merkle.root(size, full)
