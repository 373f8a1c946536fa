"""A worker that is killed in the midst of an import: what was taken is whole, and the next worker goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from pingyi.authoring.tests.case_books import HEAD, csv_of
from pingyi.cli.tests.patience import PATIENCE, wait_until
from pingyi.storage.tests.template import lay_out

PREPARE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pingyi.cli.site import prepare
prepare()
from pingyi.bureau.tests.cast import assemble
from pingyi.stations.cases.actions import looking, tables
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.plans.actions import round as rounds
at = datetime(2026, 4, 1, 4, tzinfo=UTC)
by = assemble().actor("zhou")
rounds.open_round("demo", text=Path(sys.argv[2]).read_text(encoding="utf-8"), by=by, at=at)
kept = tables.keep("many.csv", content=Path(sys.argv[1]).read_bytes(), channel_id="hotline_12345", by=by, at=at)
tables.settle_columns(kept.token, mapping=queries.opened(kept).mapping, by=by, at=at)
list(looking.look_on(now=lambda: at))
tables.start(kept.token, by=by, at=at)
"""
BATCH = 1000
KILLS = int(os.environ.get("PINGYI_KILLS", "3"))  # many of them by hand: PINGYI_KILLS=20
ROWS = (KILLS + 3) * BATCH
PLAN = Path(__file__).resolve().parents[5] / "plans" / "demo-2026.yaml"


def state(home: Path) -> tuple[int, int, int, str]:
    """Cases, their entries, rows taken by the table's own count, and its state."""
    with sqlite3.connect(f"file:{home / 'pingyi.sqlite3'}?mode=ro", uri=True, timeout=PATIENCE) as held:
        cases = held.execute("SELECT count(*) FROM cases_case").fetchone()[0]
        entries = held.execute("SELECT count(*) FROM record_entry WHERE subject LIKE 'case/%'").fetchone()[0]
        taken, now = held.execute("SELECT new, state FROM cases_hotlinetable").fetchone()
    return cases, entries, taken, now


def test_nothing_is_half_done_after_a_kill_and_the_rest_follows(tmp_path: Path) -> None:
    rows = [
        [f"K{number:05}", "2026-03-02 09:15", "投诉", "夜间施工噪声很大", "监察队", "2026-03-09", "2026-03-06", ""]
        for number in range(ROWS)
    ]
    (tmp_path / "many.csv").write_bytes(csv_of(HEAD, *rows))
    home = lay_out(tmp_path / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINGYI_")}
    told = {**kept, "PINGYI_HOME": str(home), "PINGYI_DATABASE_URL": "", "PYTHONUTF8": "1"}
    made = [sys.executable, "-c", PREPARE, str(tmp_path / "many.csv"), str(PLAN)]
    subprocess.run(made, env=told, check=True)
    for kill in range(KILLS):
        worker = subprocess.Popen([sys.executable, "-m", "pingyi", "work"], env=told)
        more = min(state(home)[0] + BATCH, ROWS)
        wait_until(
            lambda more=more: state(home)[0] >= more,
            told="the worker took nothing",
            goes_on=lambda worker=worker: worker.poll() is None,
        )
        time.sleep(0.13 * kill % 0.4)  # not always at the same place
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        cases, entries, taken, now = state(home)
        assert cases == entries == taken
        assert cases % BATCH == 0
        assert now in {"running", "done"}
    worker = subprocess.Popen([sys.executable, "-m", "pingyi", "work"], env=told)
    try:
        wait_until(
            lambda: state(home)[0] >= ROWS, told="the rest did not follow", goes_on=lambda: worker.poll() is None
        )
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    cases, entries, taken, _ = state(home)
    assert cases == entries == taken == ROWS
