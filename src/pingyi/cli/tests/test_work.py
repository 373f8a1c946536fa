"""The worker outlives each of its jobs, and the server outlives its worker."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import PATIENCE, free_port, wait_until
from pingyi.storage.tests.template import lay_out

PREPARED = """
from pingyi.cli.site import prepare
prepare()
"""
# The reminders raise what a busy database raises; the word of a later job says that the worker went on.
RAISING = """
from pingyi.cli.site import set_up_django
set_up_django()
from django.db import OperationalError
from pingyi.stations.cases.actions import protection
from pingyi.stations.plans.actions import remind

def locked(*, at):
    print("reminded", flush=True)
    raise OperationalError("database is locked")

def last(*, at):
    print("went on", flush=True)

remind.remind, protection.clear_up = locked, last
from pingyi.cli.work import work
work(beside=None)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    subprocess.run([sys.executable, "-c", PREPARED], env=environment(lay_out(tmp_path)), check=True)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "DJANGO_"))}
    return {**kept, "PINGYI_HOME": str(home), "PYTHONUTF8": "1"}


def test_a_job_that_raises_ends_neither_the_worker_nor_the_other_jobs(home: Path) -> None:
    command = [sys.executable, "-c", RAISING]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        said = [running.stdout.readline().strip() for _ in range(2)]
        running.kill()
    assert sorted(said) == ["reminded", "went on"]


def test_the_server_starts_a_killed_worker_again(home: Path) -> None:
    with served(home) as server:
        wait_until(lambda: worker_of(home) > 0, told="no worker", goes_on=lambda: is_up(server))
        first = worker_of(home)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: worker_of(home) not in {0, first}, told="no other worker", goes_on=lambda: is_up(server))
        second = worker_of(home)
    wait_until(lambda: is_gone(second), told="the worker outlives its server")


@contextmanager
def served(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "pingyi", "serve", "--port", str(free_port())]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            running.terminate()


def is_up(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is None


def worker_of(home: Path) -> int:
    """The process that holds the inbox's lease; 0 while there is none."""
    with closing(sqlite3.connect(home / "pingyi.sqlite3", timeout=PATIENCE)) as database:
        holders = [held for (held,) in database.execute("SELECT holder FROM bureau_jobrun WHERE name='cases.inbox'")]
    return int(holders[0].rpartition(":")[2] or 0) if holders else 0


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False
