"""A child is started again when it dies, and ended when it overruns its own word."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from pingyi.cli import kept
from pingyi.cli.kept import Child
from pingyi.cli.tests.patience import wait_until

LIVING = "import sys, time; print(*sys.argv[1:], file=open({file!r}, 'a'), flush=True); time.sleep(600)"
SILENT = """
import os, sys, time
print(*sys.argv[1:], file=open({file!r}, "a"), flush=True)
os.write(int(sys.argv[2]), b"0.2 x.long\\n")
time.sleep(600)
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "PAUSES", (0.05, 0.1))
    path = tmp_path / "started"
    path.touch()
    return path


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def command(code: str, file: Path) -> list[str]:
    return [sys.executable, "-c", code.format(file=str(file))]


def test_a_child_that_is_killed_is_started_again_and_stopped_with_the_block(file: Path) -> None:
    with kept.kept(Child(command=command(LIVING, file))) as keepers:
        for times in range(1, 4):
            wait_until(lambda times=times: len(lines(file)) == times, told="not started again")
            process = keepers[0].process
            assert process is not None
            os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda: len(lines(file)) == 4, told="not started again")
        process = keepers[0].process
    assert process is not None
    assert process.returncode == -signal.SIGTERM
    assert len(lines(file)) == 4


def test_a_child_without_a_sign_of_life_is_ended_and_the_next_one_hears_what_it_did(file: Path) -> None:
    with kept.kept(Child(command=command(SILENT, file), tells=True)):
        wait_until(lambda: len(lines(file)) >= 2, told="not ended")
    first, second, *_ = lines(file)
    assert "--blamed" not in first
    assert second.endswith("--blamed x.long")


def test_a_command_that_cannot_be_started_is_tried_again_without_an_end(file: Path) -> None:
    missing = file.with_name("missing")
    with kept.kept(Child(command=[str(missing)])):
        time.sleep(0.2)
        missing.write_text(f"#!{sys.executable}\nimport time; open({str(file)!r}, 'w').write('x')\ntime.sleep(600)\n")
        missing.chmod(0o700)
        wait_until(lambda: bool(lines(file)), told="not tried again")


def test_the_pauses_grow_to_a_minute() -> None:
    assert kept.PAUSES == (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)


def test_telling_into_a_closed_pipe_harms_nobody() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    kept.tell_alive(writing)("x", 1.0)
    kept.tell_alive(None)("x", 1.0)
    os.close(writing)
