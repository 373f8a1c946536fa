"""The table of threats is whole, and says of each what a test holds: no promise without a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATES = ("answered", "partly", "room to come")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows() -> list[tuple[str, str, str]]:
    """Number, state, and what stands against it."""
    text = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")
    return [(number, state, told) for number, _, _, state, told in ROW.findall(text)]


def test_all_42_threats_are_there_each_with_its_state() -> None:
    found = rows()
    assert [int(number) for number, _, _ in found] == list(range(1, 43))
    assert {state for _, state, _ in found} == set(STATES)


def test_what_is_answered_names_a_test_and_what_is_partly_also_says_what_is_missing() -> None:
    for number, state, told in rows():
        rest = TEST.sub("", told).strip(" ,;")
        assert TEST.search(told) or state == "room to come", f"threat {number}: {state} by no test"
        assert rest or state == "answered", f"threat {number}: what is missing?"


def test_every_test_named_there_exists() -> None:
    for number, _, told in rows():
        for file, name in TEST.findall(told):
            path = next((one for one in (ROOT / file, ROOT / "src" / "pingyi" / file) if one.exists()), None)
            assert path is not None, f"threat {number}: there is no {file}"
            assert re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE), f"{file}::{name}"
