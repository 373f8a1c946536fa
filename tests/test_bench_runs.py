"""The measurements still measure: each is run once, small, in a process of its own. No time is asserted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ACTS = """
import acts
for work in ("singles", "batch", "rebatch", "imported"):
    for kind in ("kept", "plain"):
        print(work, kind, getattr(acts, f"{work}_{kind}")("7").seconds > 0)
"""
READER = """
import reader, sys
reader.make(sys.argv[1], "2")
print(reader.ours(sys.argv[1]).answer, reader.with_python_docx(sys.argv[1]).answer)
"""
ENTRIES = """
import entries, pathlib, sys
path = pathlib.Path(sys.argv[1])
entries.make(path, 600)
print(*(getattr(entries, work)(str(path)) >= 0 for work in ("hashed", "read", "chained")))
"""
SECTIONS = "import sections; print(sections.seconds(3) > 0)"
ASSEMBLY = """
import assembly, functools, measure
rows = assembly.marks(6, 3, 2)
works = (assembly.estimate, assembly.whole, assembly.by_numpy)
print(len(rows), *(measure.spent(functools.partial(work, rows)) > 0 for work in works))
"""
IMPORTS = """
import imports, measure
imports.book(40)
print(*(measure.alone("imports", work, 40, "", times=1).answer["rows"] for work in ("ours", "plain")))
"""

MUTATIONS = """
import mutations, mutators
found = {str(one) for name in mutations.tried() for one in mutators.mutants(mutations.RECORD / f"{name}.py")}
print(len(found) > 1_000, len(mutations.explained()) > 0, sorted(mutations.explained() - found))
"""


def run(code: str, *words: object) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINGYI_")}
    environment = {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "bench"), str(ROOT / "src")])}
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_record_is_measured_against_plain_rows() -> None:
    assert len([line for line in run(ACTS) if line.endswith("True")]) == 8


def test_the_reader_is_measured_against_taking_out_the_text(tmp_path: Path) -> None:
    assert "duties found" in run(READER, tmp_path / "2.docx")[0]


def test_the_pass_over_the_entries_is_measured_against_hashing(tmp_path: Path) -> None:
    assert run(ENTRIES, tmp_path / "entries.jsonl") == ["True True True"]


def test_saying_how_sure_a_verdict_is_is_measured() -> None:
    assert run(SECTIONS) == ["True"]


def test_the_marks_of_an_assembly_are_measured_against_a_matrix() -> None:
    assert run(ASSEMBLY) == ["36 True True True"]


def test_the_import_of_a_hotlines_table_is_measured_against_plain_rows() -> None:
    assert run(IMPORTS) == ["40.0 40.0"]


def test_each_broken_line_that_may_survive_is_still_there() -> None:
    """The list of them only becomes shorter: a line that was changed since is tried anew."""
    assert run(MUTATIONS) == ["True True []"]
