"""An entry has one byte form, the same as every implementation of RFC 8785."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.rules import entry

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-entry.LARGEST, entry.LARGEST) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws nested values slowly
@given(PLAIN)
def test_canonical_bytes_equal_those_of_the_rfc8785_library(value: Any) -> None:
    assert entry.canonical(value) == rfc8785.dumps(value)


def test_names_are_sorted_by_utf_16_units() -> None:
    assert entry.canonical({"\U00010348": 1, "€": 2, "\uffff": 3}) == '{"€":2,"\U00010348":1,"\uffff":3}'.encode()


@pytest.mark.parametrize("value", [1.5, 2**53, b"x", {1: "x"}, float("nan"), {"x": object()}])
def test_what_other_programs_would_read_otherwise_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        entry.canonical(value)


def test_a_broken_half_of_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        entry.canonical("\ud800")


def test_published_commitments_are_reproduced(shared: Path) -> None:
    vectors = json.loads((shared / "data/vectors/commitments.json").read_text())
    for field in vectors["fields"]:
        salt = base64.urlsafe_b64decode(field["salt"] + "=")
        made = entry.commitment(salt=salt, name=field["name"], value=field["value"])
        assert made == field["commitment"]
    body = entry.canonical(vectors["entry"])
    assert body.decode() == vectors["entry_jcs"]
    assert entry.leaf_hash(body).hex() == vectors["leaf_hash"]


def test_our_own_vectors_hold_for_ever() -> None:
    vectors = json.loads((Path(__file__).parent / "entry_vectors.json").read_text(encoding="utf-8"))
    for case in vectors["entries"]:
        body = entry.compose(**case["given"])
        assert body.decode() == case["body"]
        assert entry.leaf_hash(body).hex() == case["leaf"]
        assert entry.read(body) == json.loads(case["body"])


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"not json",
        b'{"v": "pingyi-entry/1"}',
        b'{"v":"pingyi-entry/2"}',
        b'{"v":"pingyi-entry/1","a":1,"a":1}',
        b'{"v":"pingyi-entry/1","b":1,"a":1}',
    ],
)
def test_bytes_in_another_form_are_no_entry(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"canonical|Expecting"):
        entry.read(body)


def test_an_unknown_part_cannot_slip_into_an_entry() -> None:
    told: dict[str, Any] = {"log": "x", "kind": "x.y", "at": "2026-05-21", "subject": "x/1", "member": "m", "role": "r"}
    told["phone"] = "1"
    with pytest.raises(TypeError, match="phone"):
        entry.compose(**told, public={}, commit={})


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        entry.commitment(salt=b"short", name="x", value="y")
