"""Nothing is read from the disk while a process has the turn to write: the others wait for it (§5.4)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import PATIENCE, wait_until
from pingyi.storage.tests.template import lay_out

GROUND = """
from pingyi.cli.site import prepare
prepare()
from pingyi import clock
from pingyi.bureau.tests.cast import assemble
from pingyi.stations.cases.actions import inbox
assemble()
for number in range(3):
    inbox.submit(kind="complaint", channel="web", title=f"第{number}件", at=clock.now())
"""
# Modules and files of ours that are opened while a turn is held are told; the hook sees what no test double would.
WATCHED = """
import sys
def tell(event, told):
    turns = getattr(sys.modules.get("pingyi.storage.turn"), "_TURNS", {}).values()
    if event in {"import", "open"} and any(one._held is not None for one in turns):
        name = str(told[0])
        if event == "import" or name.endswith((".py", ".pyc", ".yaml")):
            print(event, name, flush=True)
sys.addaudithook(tell)
"""
SERVER = """
from pingyi.config import wsgi
from pingyi import clock
from pingyi.stations.cases.actions import inbox
inbox.drain(at=clock.now())
"""
WORKER = """
from pingyi.cli.work import work
work(beside=None, alive_to=None, blamed="", only="")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    subprocess.run([sys.executable, "-c", GROUND], env=environment(lay_out(tmp_path)), check=True)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}
    return {**kept, "PINGYI_HOME": str(home), "PYTHONUTF8": "1"}


def cases(home: Path) -> int:
    with closing(sqlite3.connect(home / "pingyi.sqlite3", timeout=PATIENCE)) as database:
        return int(database.execute("SELECT count(*) FROM cases_case").fetchone()[0])


@pytest.mark.parametrize("program", [SERVER, WORKER], ids=["server", "worker"])
def test_the_first_act_of_a_process_reads_neither_modules_nor_calendars(home: Path, program: str) -> None:
    command, told = [sys.executable, "-c", WATCHED + program], home / "told"
    with told.open("wb") as out, subprocess.Popen(command, env=environment(home), stdout=out) as running:
        wait_until(lambda: cases(home) == 3, told="no cases", goes_on=lambda: running.poll() in {None, 0})
        running.terminate()
    assert told.read_text(encoding="utf-8").splitlines()[:10] == []
