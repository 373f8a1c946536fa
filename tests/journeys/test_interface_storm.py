"""Two hundred calls at once over real connections: one idempotency key makes one case, many make as many (§3.2.2)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import PATIENCE, free_port, wait_until
from pingyi.stations.cases.tests.calls import Caller
from pingyi.storage.tests.template import lay_out

ROOT = Path(__file__).resolve().parents[2]
MANY = 200
RECEIPTS = "SELECT told.follow_code FROM cases_case made JOIN cases_submission told ON told.case_id = made.id"
GROUND = """
from pingyi.cli.site import prepare
prepare()
from pingyi import clock
from pingyi.bureau.tests.cast import assemble
from pingyi.stations.cases.actions import keys
from pingyi.stations.cases.tests.conftest import CASES
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
zhou = assemble().actor("zhou")
rounds.open_round("version-1", text=PLAN + CASES, by=zhou, at=clock.now())
print(keys.issue(channel="hotline_12345", label="storm", by=zhou, at=clock.now()).secret)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def hotline(home: Path) -> Iterator[Caller]:
    """A caller of a server of its own, with its worker, on a file of SQLite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    told = {**kept, "PINGYI_HOME": str(home), "PINGYI_ROOT": str(ROOT), "PYTHONPATH": str(ROOT / "src")}
    told["PINGYI_CALLS_A_MINUTE"] = "0"  # this is about a storm, not about its limit
    lay_out(home)
    made = subprocess.run([sys.executable, "-c", GROUND], env=told, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr[-2000:]
    port = free_port()
    command = [sys.executable, "-m", "pingyi", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) as server:
        try:
            caller = Caller(address=f"http://127.0.0.1:{port}", key=made.stdout.splitlines()[-1])
            wait_for(caller)
            yield caller
        finally:
            server.terminate()


def wait_for(caller: Caller) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            caller.get("/kinds")
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.2)
        else:
            return


def hand_in(hotline: Caller, word: str, number: int) -> str:
    """Hand in as a careful client does: what is told to come again comes again under the same key."""
    end = time.monotonic() + PATIENCE
    while True:
        told = {"kind": "complaint", "title": f"夜间施工 {word}", "external_number": f"T-{word}"}
        answered = hotline.post("/cases", told, **{"Idempotency-Key": word})
        if answered.status != 503:
            assert answered.status in {201, 202}, (number, answered.body)
            receipt: str = answered.body["receipt"]
            return receipt
        assert time.monotonic() < end, "still busy"
        time.sleep(float(answered.headers["Retry-After"]))


def cases(home: Path) -> list[str]:
    """The receipt of each case that is there."""
    with sqlite3.connect(home / "pingyi.sqlite3") as database:
        return [code for (code,) in database.execute(RECEIPTS)]


def test_one_key_is_one_case_and_many_keys_are_as_many(hotline: Caller, home: Path) -> None:
    with ThreadPoolExecutor(MANY) as clients:
        same = set(clients.map(lambda number: hand_in(hotline, "same", number), range(MANY)))
        assert len(same) == 1
        wait_until(lambda: cases(home) == list(same), told="no case is made")  # by the worker, a moment later
        others = list(clients.map(lambda number: hand_in(hotline, f"n{number}", number), range(MANY)))
    assert len(set(others)) == MANY
    wait_until(lambda: set(cases(home)) == {*same, *others}, told="cases are missing")
    assert len(cases(home)) == MANY + 1
