"""The table of safeguards tells of tests that are there: each names one attack that is made."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "explanation" / "safeguards.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
# Modules that keep somebody out or slow them down; the table names a test of each.
GUARDS = (
    "limits", "attempts", "second_factor", "passwords", "gate", "middleware", "handed_in", "seal", "zygote",
    "witnesses", "replay", "acts", "home_is_closed", "persons",
)  # fmt: skip


@cache
def standing_in(path: str) -> frozenset[str]:
    """The tests that stand in a file, as the table writes its path; none for a file that is not there."""
    found = [one for one in (ROOT / path, ROOT / "src" / "pingyi" / path) if one.is_file()]
    if not found:
        return frozenset()
    tree = ast.parse(found[0].read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


def missing(text: str) -> list[str]:
    """The named tests that are not there."""
    return [f"{path}::{name}" for path, name in NAMED.findall(text) if name not in standing_in(path)]


def test_every_test_that_the_table_names_is_there() -> None:
    assert missing(TABLE.read_text(encoding="utf-8")) == []


def test_a_test_that_is_not_there_is_seen() -> None:
    assert missing("| x | y | `tests/test_limits.py::test_nothing` |") == ["tests/test_limits.py::test_nothing"]
    assert missing("| x | y | `tests/nowhere.py::test_it` |") == ["tests/nowhere.py::test_it"]
    here = "tests/architecture/test_safeguards.py::test_a_test_that_is_not_there_is_seen"
    assert missing(f"| x | y | `{here}` |") == []


def test_every_row_names_an_attack_and_its_test() -> None:
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    safeguards = [line for line in rows if not line.startswith(("| safeguard |", "| word |"))]
    assert len(safeguards) > 90
    loose = [line for line in safeguards if line.count("|") != 4 or not all(map(str.strip, line.split("|")[1:4]))]
    assert not loose, "\n".join(loose)
    tested = [line for line in safeguards if NAMED.search(line)]
    assert len(safeguards) - len(tested) <= 2, "words that only bounds hold back"


def test_every_guard_of_the_code_is_attacked() -> None:
    files = {Path(path).stem for path, _ in NAMED.findall(TABLE.read_text(encoding="utf-8"))}
    assert not [one for one in GUARDS if f"test_{one}" not in files]
