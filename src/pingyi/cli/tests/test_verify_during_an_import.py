"""A site in use passes: `verify` reads one state, while another process imports a hotline's 5,000 rows (§5.4)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from pingyi.authoring.tests.case_books import HEAD, csv_of
from pingyi.cli.tests.patience import PATIENCE, wait_until
from pingyi.stations.cases.tests.test_killed_import import PLAN, PREPARE
from pingyi.storage.tests.template import lay_out

ROWS = 5_000
SIGNED = """
from pingyi.record import sequence
sequence.sequence(at=at)
"""


def cases(home: Path) -> int:
    with sqlite3.connect(f"file:{home / 'pingyi.sqlite3'}?mode=ro", uri=True, timeout=PATIENCE) as held:
        found: int = held.execute("SELECT count(*) FROM cases_case").fetchone()[0]
    return found


def test_verify_passes_while_the_worker_imports(tmp_path: Path) -> None:
    row = ["2026-03-02 09:15", "投诉", "夜间施工噪声很大", "监察队", "2026-03-09", "2026-03-06", ""]
    (tmp_path / "many.csv").write_bytes(csv_of(HEAD, *([f"K{number:05}", *row] for number in range(ROWS))))
    home = lay_out(tmp_path / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}
    told = {**kept, "PINGYI_HOME": str(home), "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-c", PREPARE + SIGNED, str(tmp_path / "many.csv"), str(PLAN)], env=told, check=True
    )
    worker = subprocess.Popen([sys.executable, "-m", "pingyi", "work"], env=told)
    try:
        wait_until(lambda: cases(home) > 0, told="the worker took nothing", goes_on=lambda: worker.poll() is None)
        before = cases(home)
        ran = subprocess.run(
            [sys.executable, "-m", "pingyi", "verify", "--lang", "en"], env=told, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert before < ROWS, "the import was over before the audit began"
        assert (ran.returncode, ran.stdout.splitlines()[-1:]) == (0, ["Passed."]), ran.stdout + ran.stderr
        wait_until(lambda: cases(home) == ROWS, told="the import stopped", goes_on=lambda: worker.poll() is None)
    finally:
        worker.terminate()
        worker.wait()
