"""In front of the reader: few of a process's threads may wait for it, and one address never holds two places.

What is asked for meanwhile is answered at once: pages go on, whatever lies before the reader.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Protocol

from pingyi.reader.refusals import BusyError

SEATS = 3  # threads of one process that may be with the reader or wait for it
PATIENCE = 0.2  # seconds to wait for a seat
WINDOW, MOST_SECONDS = 600.0, 120.0  # of the reader's time that one address may take within ten minutes

ADDRESS = "PINGYI_READER"  # names the door of the reader that the server keeps
_asker: ContextVar[str] = ContextVar("asker", default="")


class Meter(Protocol):
    """Counts the reader's seconds of one asker; the counters that all processes share can take this one's place."""

    def may(self, asker: str) -> bool:
        """Whether this asker has seconds left."""

    def spent(self, asker: str, seconds: float) -> None:
        """Count what one file took."""


class OwnMeter:
    """Counts in this process's memory."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._lock = threading.Lock()
        self._spent: dict[str, deque[tuple[float, float]]] = {}

    def may(self, asker: str) -> bool:
        """Whether this asker has seconds left."""
        with self._lock:
            self._forget()
            return sum(seconds for _, seconds in self._spent.get(asker, ())) < MOST_SECONDS

    def spent(self, asker: str, seconds: float) -> None:
        """Count what one file took."""
        with self._lock:
            self._spent.setdefault(asker, deque()).append((time.monotonic(), seconds))

    def _forget(self) -> None:
        begins = time.monotonic() - WINDOW
        for asker, spent in list(self._spent.items()):
            while spent and spent[0][0] < begins:
                spent.popleft()
            if not spent:
                del self._spent[asker]


class Door:
    """The seats of this process."""

    def __init__(self, *, seats: int = SEATS, meter: Meter | None = None) -> None:
        """Open with all seats free."""
        self._free = threading.BoundedSemaphore(seats)
        self._lock = threading.Lock()
        self._seated: set[str] = set()
        self.meter: Meter = meter or OwnMeter()

    @contextlib.contextmanager
    def seat(self) -> Iterator[None]:
        """Hold a seat; raise `BusyError` where none is free in time, or this asker has one already."""
        asker = _asker.get()
        if asker and not self.meter.may(asker):
            raise BusyError
        until = time.monotonic() + PATIENCE
        if not self._free.acquire(timeout=PATIENCE):
            raise BusyError
        try:
            self._sit_down(asker, until)
            began = time.monotonic()
            try:
                yield
            finally:
                self._stand_up(asker, time.monotonic() - began)
        finally:
            self._free.release()

    def _sit_down(self, asker: str, until: float) -> None:
        while asker:
            with self._lock:
                if asker not in self._seated:
                    self._seated.add(asker)
                    return
            if time.monotonic() >= until:
                raise BusyError
            time.sleep(0.02)

    def _stand_up(self, asker: str, seconds: float) -> None:
        if asker:
            with self._lock:
                self._seated.discard(asker)
            self.meter.spent(asker, seconds)


DOOR = Door()


@contextlib.contextmanager
def asked_by(asker: str) -> Iterator[None]:
    """Name who asks the reader inside this block, such as a visitor's address; empty names nobody."""
    before = _asker.set(asker)
    try:
        yield
    finally:
        _asker.reset(before)


def asker() -> str:
    """Return a word for who asks, from which no address can be read."""
    name = _asker.get()
    return hashlib.blake2b(f"{os.environ.get(ADDRESS, '')} {name}".encode(), digest_size=8).hexdigest() if name else ""


def count_by(meter: Meter) -> None:
    """Count seconds by another meter, such as the counters that all processes share."""
    DOOR.meter = meter
