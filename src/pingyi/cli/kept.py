"""Children that are kept alive beside the server: started again when they die, ended when they show no sign of life."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)  # seconds before it is started again, the one after the other
STEADY = 120.0  # whoever lived so long begins with the first pause again
TO_STOP = 10.0  # seconds that a child has to end by itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """A command to keep alive.

    One that `tells` is given `--alive-to FD`, a pipe into which it writes what it does and within how many seconds it
    will write again (`tell_alive`); it is ended after twice that time. What it did last when it died is told to the
    next one as `--blamed WORD`.
    """

    command: Sequence[str]
    tells: bool = False


def worker() -> Child:
    """Return the worker of the site that this process serves."""
    command = [sys.executable, "-m", "pingyi", "work", "--beside", str(os.getpid())]
    return Child(command=command, tells=True)


def tell_alive(pipe: int | None) -> Callable[[str, float], None]:
    """Return how a child tells what it does and for how many seconds; without a pipe nobody is told."""

    def tell(word: str, seconds: float) -> None:
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                os.write(pipe, f"{seconds:g} {word}\n".encode())

    return tell


@contextlib.contextmanager
def kept(*children: Child) -> Iterator[list[Keeper]]:
    """Keep the children alive as long as the block runs, and stop them with it."""
    keepers = [Keeper(child) for child in children]
    for keeper in keepers:
        keeper.start()
    try:
        yield keepers
    finally:
        for keeper in keepers:
            keeper.ask_to_stop()
        for keeper in keepers:
            keeper.join(TO_STOP * 2)


class Keeper(threading.Thread):
    """Starts one child, watches it, and starts it again."""

    def __init__(self, child: Child) -> None:
        """Keep the command."""
        super().__init__(daemon=True)
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._word = ""

    def run(self) -> None:
        """Start the child again each time that it ends, after a pause that grows while it does not live long."""
        deaths = 0
        while not self._is_over.is_set():
            began = time.monotonic()
            self._live()
            deaths = 0 if time.monotonic() - began > STEADY else deaths
            self._is_over.wait(PAUSES[min(deaths, len(PAUSES) - 1)])
            deaths += 1

    def ask_to_stop(self) -> None:
        """End the child and start it no more; it is killed where it does not end by itself."""
        with self._lock:
            self._is_over.set()
            process = self.process
        if process is not None:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(TO_STOP)
                return
            process.kill()

    def _live(self) -> None:
        """Run the child once, to its end."""
        reading, writing = os.pipe() if self.child.tells else (-1, -1)
        command = [*self.child.command]
        if self.child.tells:
            command += ["--alive-to", str(writing), *(["--blamed", self._word] if self._word else [])]
        self._word = ""
        try:
            with self._lock:
                if self._is_over.is_set():
                    return
                self.process = subprocess.Popen(command, pass_fds=[writing] if self.child.tells else [])
            if self.child.tells:
                os.close(writing)
                writing = -1
                self._listen(reading)
            self.process.wait()
        except OSError as fault:  # no process can be started now
            print(fault, file=sys.stderr)  # noqa: T201 - the server's own log
        finally:
            for pipe in (reading, writing):
                if pipe >= 0:
                    os.close(pipe)

    def _listen(self, pipe: int) -> None:
        """Read what the child tells until it ends, and end it where it overruns its own word twice."""
        patience, text = STEADY, b""
        while True:
            if not select.select([pipe], [], [], patience * 2)[0]:
                if self.process is not None:
                    self.process.kill()
                return
            told = os.read(pipe, 4096)
            if not told:
                return
            *lines, text = (text + told).split(b"\n")
            for line in lines:
                seconds, _, word = line.decode().partition(" ")
                patience, self._word = float(seconds), word
