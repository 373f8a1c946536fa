"""An import that is killed leaves all of its rows or none, and a record that still agrees with every row (§5.4)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Imports the evidence that it made itself, over and over, and says when each import begins.
IMPORT = """
import sys
from itertools import count
from pingyi import clock
from pingyi.bureau.models import Member
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import evidence
from pingyi.stations.results.tests import stage
officer = Member.objects.filter(role="supervision_office").first().actor()
rows = stage.evidence(plans.plan(plans.current_round())) * 40
for number in count({first}):
    print("begun", flush=True)
    evidence.import_rows(rows, file_name="a.csv", sha256=f"{{number:064}}", by=officer, at=clock.now())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, played_year: Path) -> Path:
    root = tmp_path_factory.mktemp("root")
    for name in ("plans", "calendars"):
        (root / name).symlink_to(ROOT / name)
    return Path(shutil.copytree(played_year, root / "var" / "demo"))


def environment(root: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    return {**kept, "PINGYI_ROOT": str(root), "PYTHONPATH": str(ROOT / "src"), **more}


def pingyi(root: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pingyi", *words]
    return subprocess.run(command, env=environment(root, **more), capture_output=True, encoding="utf-8", check=False)


def batches(home: Path) -> list[tuple[str, int, int]]:
    """Each batch with the rows that it says it has and those that are there."""
    question = """
        SELECT batch.sha256, batch.rows, sum(page.rows) FROM results_evidencebatch batch
        LEFT JOIN results_evidencepage page ON page.batch_id = batch.id GROUP BY batch.id
    """
    with sqlite3.connect(home / "pingyi.sqlite3") as database:
        return database.execute(question).fetchall()


def test_a_rehearsal_is_found_and_passes_without_a_word_in_the_environment(home: Path) -> None:
    report = pingyi(home.parents[1], "verify")
    assert report.returncode == 0, report.stdout
    assert "演练" in report.stderr


def test_a_rehearsal_keeps_its_own_name_whatever_the_environment_says_of_a_real_site(home: Path) -> None:
    words = {"PINGYI_ORIGIN": "bureau.example", "PINGYI_KEY_FILE": str(home.parent / "another-key")}
    report = pingyi(home.parents[1], "verify", PINGYI_HOME=str(home), PINGYI_REHEARSAL="false", **words)
    assert report.returncode == 0, report.stdout


def test_a_real_site_is_never_taken_for_a_rehearsal(home: Path, tmp_path: Path) -> None:
    report = pingyi(home.parents[1], "verify", PINGYI_HOME=str(tmp_path / "site"))
    assert report.returncode != 0
    assert "演练" not in report.stderr


def test_an_import_that_is_killed_leaves_all_or_nothing(home: Path) -> None:
    root = home.parents[1]
    for turn, delay in enumerate((0.05, 0.3)):
        command = [sys.executable, "-m", "pingyi", "manage", "shell", "-v0", "-c", IMPORT.format(first=turn * 1000)]
        with subprocess.Popen(
            command, env=environment(root, PINGYI_HOME=str(home)), stdout=subprocess.PIPE, encoding="utf-8"
        ) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "begun\n"
            time.sleep(delay)
            running.send_signal(signal.SIGKILL)
        assert all(said == there for _, said, there in batches(home))
    report = pingyi(root, "verify", "--json")
    assert report.returncode == 0, report.stdout
    assert json.loads(report.stdout)
