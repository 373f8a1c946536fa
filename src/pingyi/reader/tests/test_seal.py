"""A child that a file has taken over can do nothing; the same child without its seal can, so the tests can fail."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pingyi.reader import seal
from pingyi.reader.calls import AARCH64, MACHINES, X86_64

SOURCES = str(Path(seal.__file__).resolve().parents[2])
needs_seal = pytest.mark.skipif(bool(seal.refusal()), reason="this machine closes no child in")
TRIED = {
    "reads a file": "os.open('/etc/passwd', os.O_RDONLY)",
    "writes a file": "os.open(spare, os.O_WRONLY | os.O_CREAT)",
    "lists a folder": "os.listdir('/')",
    "looks whether a file is there": "os.stat('/etc/passwd')",
    "opens a connection": "socket.socket()",
    "opens a way to the server beside": "socket.socket(socket.AF_UNIX)",
    "makes another process": "os.fork() or os._exit(0)",
    "sends a signal": "os.kill(os.getpid(), 0)",
    "runs what it has written": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
}
SCRIPT = """
import mmap, os, socket, sys, tempfile, threading
sys.path.insert(0, sys.argv[1])
from pingyi.reader import seal
spare = tempfile.mktemp()
if sys.argv[2] == "sealed":
    seal.close_in()
try:
    {what}
except PermissionError:
    os.write(1, b"not permitted")
else:
    os.write(1, b"done")
os._exit(0)
"""


def run(what: str, *, how: str) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-c", SCRIPT.format(what=what), SOURCES, how]
    return subprocess.run(words, capture_output=True, check=False)


@needs_seal
@pytest.mark.parametrize("what", TRIED.values(), ids=TRIED.keys())
def test_what_a_sealed_child_cannot_do_an_open_one_can(what: str) -> None:
    assert run(what, how="sealed").stdout == b"not permitted"
    assert run(what, how="open").stdout == b"done"


@needs_seal
def test_a_program_that_a_sealed_child_starts_is_its_end() -> None:
    what = "os.execv('/bin/echo', ['echo', 'started'])"
    assert run(what, how="sealed").returncode == -signal.SIGSYS
    assert run(what, how="open").stdout == b"started\n"


@needs_seal
def test_a_sealed_child_may_still_make_threads_for_its_own_work() -> None:
    what = "made = threading.Thread(target=lambda: os.write(1, b'threaded ')); made.start(); made.join()"
    assert run(what, how="sealed").stdout == b"threaded done"


def test_a_machine_whose_calls_are_not_known_is_told_and_not_believed_to_be_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert "riscv64" in seal.refusal()


@pytest.mark.parametrize("name", MACHINES)
def test_no_call_stands_in_two_lists(name: str) -> None:
    machine = MACHINES[name]
    numbers = [*machine.allowed.values(), *machine.denied.values(), *machine.mapped.values(), machine.clone]
    assert len(numbers) == len(set(numbers))
    assert len(seal.program(machine)) // 8 < 4096  # steps that the kernel takes


def test_both_machines_allow_the_same_work() -> None:
    only_old = {"time", "poll"}  # which the newer machine never had
    assert set(X86_64.allowed) - set(AARCH64.allowed) <= only_old
    assert set(AARCH64.allowed) - set(X86_64.allowed) <= {"ppoll"}


def test_the_trial_itself_leaves_this_process_open() -> None:
    seal.refusal()
    assert list(Path("/").iterdir())
