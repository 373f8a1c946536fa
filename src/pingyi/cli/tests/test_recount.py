"""An auditor counts every frozen result again on a copy of the database: equal, or what differs; nothing is written."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from pingyi.cli.tests.test_verify_writes_nothing import listing, python
from pingyi.storage.tests.template import lay_out

PLAYED = """
from pingyi.cli.site import prepare
prepare()
from pingyi.bureau.tests.cast import assemble
from pingyi.record import sequence
from pingyi.stations.results.tests import stage
stage.previewed(assemble())
sequence.sequence(at=stage.PREVIEW)
"""


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a site with a settled year."""
    home = lay_out(tmp_path_factory.mktemp("home"))
    python("-c", PLAYED, home=home)
    return home


def recount(home: Path, *words: str) -> tuple[int, str]:
    return python("-m", "pingyi", "verify", "--recount", *words, home=home, fails=True)


def test_every_frozen_result_is_counted_again_and_nothing_is_written(settled: Path) -> None:
    before = listing(settled)
    assert recount(settled, "--lang", "en") == (0, "2026, no. 1: equal.\n")
    assert recount(settled) == (0, "2026年第1次计分：一致。\n")
    code, told = recount(settled, "--json")
    assert (code, json.loads(told)) == (0, {
        "passed": True,
        "results": [{"year": 2026, "number": 1, "stage": "preview", "is_equal": True, "differs": []}],
    })  # fmt: skip
    assert listing(settled) == before


def test_what_comes_out_otherwise_is_named(settled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes((settled / "pingyi.sqlite3").read_bytes())
    with sqlite3.connect(copy) as database:
        database.execute("UPDATE results_snapshot SET sections = REPLACE(sections, '办公室', '办公厅')")
    code, told = recount(tmp_path, "--database", str(copy), "--lang", "en")
    assert (code, told) == (1, "2026, no. 1: comes out otherwise in sections.json, verdict.json.\n")
    code, told = recount(tmp_path, "--database", str(copy), "--json")
    assert (code, json.loads(told)["results"][0]["differs"]) == (1, ["sections.json", "verdict.json"])


def test_a_database_without_results_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    sqlite3.connect(empty).close()
    code, told = recount(tmp_path, "--database", str(empty))
    assert (code, "这个数据库里没有结果" in told) == (2, True), told
