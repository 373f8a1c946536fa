"""One writer at a time, whoever dies or gives up meanwhile (§5.4)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from pingyi.cli.tests.patience import wait_until
from pingyi.config.environment import Environment
from pingyi.storage.turn import Turn

HOLD = """
import sys, time
from pathlib import Path
from typing import Any
from pingyi.storage.turn import Turn
assert Turn(Path(sys.argv[1])).take(60)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".write"


def test_a_process_waits_for_another_and_gets_its_turn_when_that_is_killed(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        mine = Turn(path)
        assert not mine.take(0.1)
        assert not mine.take(0.1), "who gave up once asks again"
        waiting = threading.Thread(target=mine.take, args=(600,))
        waiting.start()
        assert waiting.is_alive()
        other.send_signal(signal.SIGKILL)
        waiting.join()
    assert not Turn(path).take(0.1), "it is ours now, and those who gave up do not hold it"
    mine.end()
    assert Turn(path).take(600)


GREEDY = """
import sys
from pathlib import Path
from pingyi.storage.turn import Turn
turn = Turn(Path(sys.argv[1]))
while True:
    assert turn.take(60)
    print("turn", flush=True)
    turn.end()
"""


def test_who_takes_turn_after_turn_lets_who_waits_come_first(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", GREEDY, str(path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        os.set_blocking(other.stdout.fileno(), False)
        mine, between = Turn(path), []
        for _ in range(50):
            while other.stdout.read(4096):
                continue
            assert mine.take(600)
            between.append((other.stdout.read() or b"").count(b"turn"))
            mine.end()
        other.kill()
    # The one that was running, and what it printed before this process had told the kernel that it waits.
    assert sorted(between)[40] <= 3, between


def test_whether_somebody_waits_is_seen_by_who_has_the_turn(path: Path) -> None:
    mine, other = Turn(path), Turn(path)
    assert mine.take(1)
    assert not mine.is_wanted()
    waiting = threading.Thread(target=other.take, args=(600,))
    waiting.start()
    wait_until(mine.is_wanted, told="nobody waits")
    mine.end()
    waiting.join()
    assert not mine.is_wanted()


def test_threads_of_a_process_come_one_after_the_other(path: Path) -> None:
    turn, inside, most = Turn(path), [], []

    def work() -> None:
        for _ in range(50):
            assert turn.take(600)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turn.end()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (max(most), len(most)) == (1, 400)


def test_a_folder_that_nobody_may_write_to_stops_no_reader(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "no folder" / ".write")
    assert turn.take(1)
    turn.end()
    assert turn.take(1)


def test_a_transaction_takes_its_turn_and_ends_it_however_it_ends(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():  # a database of its own
        _each_end(tmp_path)


def _each_end(tmp_path: Path) -> None:
    database = Environment(home=tmp_path, database_url="").database()
    database["OPTIONS"] = {**database["OPTIONS"], "timeout": 0.2}  # type: ignore[dict-item]
    found = ConnectionHandler({"default": database})["default"]
    other = Turn(tmp_path / ".write")
    for end in ("commit", "rollback", "close"):
        found.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert not other.take(0.1), end
        getattr(found, end)()
        if end != "close":
            found.set_autocommit(True)
        assert other.take(600), end
        other.end()
    assert other.take(1)
    with pytest.raises(OperationalError, match="locked"):
        found.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    other.end()
    found.close()
    assert os.stat(tmp_path / ".write").st_mode & 0o077 == 0  # noqa: PTH116
