"""One writer after the other: threads of a process queue for a lock in memory, its first one for a lock on a file.

Before it waits for that lock it takes another, the place of the next one: who has just ended a turn finds that taken
and comes after whoever waits. Without it a busy process takes turn after turn before the kernel has woken another.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

_TURNS: dict[Path, Turn] = {}
_guard = threading.Lock()


class Turn:
    """A lock that one thread of one process holds; a killed holder's is free at once, for the kernel keeps it."""

    def __init__(self, path: Path) -> None:
        """Keep where the file lies."""
        self.path = path
        self._next = path.with_name(f"{path.name}.next")
        self._thread = threading.Lock()
        self._held: int | None = None
        self._since = 0.0
        self.held = 0.0  # seconds, of all turns so far

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False where it did not come within these seconds."""
        until = time.monotonic() + seconds
        if not self._thread.acquire(timeout=seconds):
            return False
        try:
            place, opened = _open(self._next), _open(self.path)
        except OSError:
            return True  # a folder that nobody may write to: the database itself will say so
        if not _lock(place, until=until):
            os.close(opened)
        elif _lock(opened, until=until):
            _unlock(place)
            self._held, self._since = opened, time.monotonic()
            return True
        else:
            _unlock(place)
        self._thread.release()
        return False

    def is_wanted(self) -> bool:
        """Whether another process waits for the turn: it holds the place of the next one."""
        try:
            place = _open(self._next)
        except OSError:
            return False
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(place)  # which unlocks it
        return False

    def end(self) -> None:
        """Let the next one have its turn."""
        opened, self._held = self._held, None
        if opened is not None:
            self.held += time.monotonic() - self._since
            _unlock(opened)
        self._thread.release()


def turn_at(path: Path) -> Turn:
    """Return this process's place in the queue at a file."""
    with _guard:
        return _TURNS.setdefault(path, Turn(path))


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _unlock(opened: int) -> None:
    fcntl.flock(opened, fcntl.LOCK_UN)  # a child of a fork may have it open still
    os.close(opened)


def _lock(opened: int, *, until: float) -> bool:
    """Lock the file, and close it where that took too long."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _wait(opened, until=until)
    return True


def _wait(opened: int, *, until: float) -> bool:
    """Let a thread sleep in the kernel, which wakes it in its order but knows no end of patience."""
    state, got = threading.Lock(), threading.Event()
    given_up = False

    def sleep() -> None:
        fcntl.flock(opened, fcntl.LOCK_EX)
        with state:
            got.set()
            if given_up:
                os.close(opened)

    threading.Thread(target=sleep, daemon=True).start()
    if got.wait(max(0.0, until - time.monotonic())):
        return True
    with state:
        if got.is_set():
            return True
        given_up = True
    return False


def _after_a_fork() -> None:
    """A child begins with no turn of its parent's, and with locks that nobody holds."""
    global _guard  # noqa: PLW0603 - the one way to replace a lock that a thread of the parent may hold
    _guard = threading.Lock()
    _TURNS.clear()


os.register_at_fork(after_in_child=_after_a_fork)
