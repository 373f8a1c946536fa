"""The page of the bundle's format and the files say the same: every field name, and the worked digests (§5.4)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.rules import entry
from pingyi.rules.published.pairs import LEAST_PERSONS, share_of_step
from pingyi.rules.published.tables import LEAST_SHEETS, LEAST_UNITS
from tests import second_verifier as second
from tests.journeys import bundle_cast as bundles
from tests.journeys import vector_year
from tests.journeys.test_every_leaf_is_computed_again import YEARS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "bundle.md").read_text(encoding="utf-8")
NAMED_BY_DATA = {"facts", "grades", "files", "public", "commit"}  # below these stand ids, not fields
ENTRY = {
    "log": "l", "kind": "k", "at": "2026-05-01", "subject": "a/b", "member": "m", "role": "r", "public": {},
    "version": 2, "commit": {}, "prev": "p", "reason": "mistake", "erased": ["title"], "nonce": "n",
}  # fmt: skip


def told(part: str) -> set[str]:
    """Return the fields that the tables of a part name, the part found by its heading."""
    parts = re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)
    (text,) = [one for one in parts if one.partition("\n")[0].find(f"`{part}`") >= 0]
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


def fields(value: Any) -> Iterator[str]:
    """Yield every field name of a JSON value."""
    if isinstance(value, list):
        for one in value:
            yield from fields(one)
    for name, part in value.items() if isinstance(value, dict) else ():
        yield name
        yield from () if name in NAMED_BY_DATA else fields(part)


def held(name: str) -> set[str]:
    """Return the field names of a file in all the tests' years."""
    found: set[str] = set()
    for plan, rows in YEARS.values():
        content = bundles.recounted(bundles.files_of(plan, rows))[name].decode()
        is_table = name.endswith(".csv")
        found |= set(content.splitlines()[0].split(",")) if is_table else set(fields(json.loads(content)))
    return found


FILES = sorted({*bundle.SOURCES, *bundle.FOUND, bundle.MANIFEST} - {"plan.json", "plan.yaml"})


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_a_file_stands_on_the_page_and_no_other(name: str) -> None:
    assert told(name) == held(name)


def test_every_field_of_an_entry_stands_on_the_page_and_no_other() -> None:
    assert told("log/entries.jsonl") == set(fields(json.loads(entry.compose(**ENTRY))))


def test_the_page_names_every_file_format_and_section_of_checks() -> None:
    for name in (*verify.SOURCES, *verify.FOUND, *verify.SIGNED, verify.OWN, verify.MANIFEST, verify.FORMAT):
        assert f"`{name}`" in PAGE, name
    for _, number, *_ in verify.CHECKS:
        assert re.search(rf"^## .*\b{number}\b", PAGE, re.MULTILINE), number


def test_the_worked_digests_are_right() -> None:
    assert bundle.digest_of({"a.csv": b"", "b.csv": b"x\n"}, ["b.csv", "a.csv"]) in PAGE
    assert entry.leaf_hash(b"{}").hex() in PAGE


def test_the_variance_that_is_worked_out_by_hand_is_the_one_that_is_computed() -> None:
    told = json.loads(vector_year.by_hand()["estimates.json"])["classes"][0]
    (one,), sure = told["estimates"], told["certainty"]
    for number in (one["covariance"][0][0], sure["sections"][0]["interval"]["standard_error"],
                   sure["last"]["standard_error"]):  # fmt: skip
        assert f"{number}" in PAGE
    assert one["df"] == ["3.000000", "3.000000"]
    true = 2 * 4 / 3 * 4 * 6.25**2  # both marks are independent of one another
    assert f"{math.sqrt(true):.10f}" in PAGE


def test_the_test_vectors_are_what_the_product_and_the_second_program_compute() -> None:
    files = vector_year.vector()
    assert vector_year.printed(files) in PAGE
    assert list(second.estimates(files, second.Computed(files))) == []


def test_the_rule_of_what_is_told_of_persons_is_the_one_that_is_kept() -> None:
    assert f"fewer than {LEAST_UNITS} units join" in PAGE
    assert f"fewer than {LEAST_SHEETS} of a stratum go out" in PAGE
    steps = [f"from {at} persons {share_of_step(at)}" for at in (60, 200)]
    assert f"under {LEAST_PERSONS} persons none" in PAGE
    assert all(step in PAGE for step in steps)
    assert [share_of_step(at - 1) for at in (60, 200)] == [1, share_of_step(60)]
