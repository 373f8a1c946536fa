"""The small process that has every decoder ready: for each file it forks a child, closes it in, and ends it in time.

It has one thread, reads nothing of any file, and holds nothing of the site: what a child could look for is not here.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from collections import deque
from dataclasses import dataclass, field

from pingyi.reader import child, wire
from pingyi.reader.limits import AT_ONCE, LIMITS, LONG_AT_ONCE, Limit

LOOK = 0.5  # seconds between looks at the clock and at the parent
HEAD_WITHIN = 5.0  # seconds for a head to arrive
HUNG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


@dataclass(kw_only=True, slots=True)
class Job:
    """One connection: what it wants, and the child that works on it."""

    door: socket.socket
    since: float
    head: wire.Head = field(default_factory=dict)
    most: Limit | None = None
    wall: float = 0.0
    child: int = 0
    is_left: bool = False  # whoever asked has hung up


class Zygote:
    """Accepts, forks, kills; `refusal` says why children are not closed in, empty where they are."""

    def __init__(self, listener: socket.socket, *, beside: int, refusal: str) -> None:
        """Serve on `listener` as long as the process `beside` lives."""
        self._listener, self._beside, self._refusal = listener, beside, refusal
        self._new: dict[int, Job] = {}
        self._waiting: deque[Job] = deque()
        self._running: dict[int, Job] = {}
        self._poll = select.poll()
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        listener.settimeout(0)
        self._poll.register(listener, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)

    def run(self) -> None:
        """Serve until the process beside is gone."""
        while os.getppid() == self._beside:
            for at, event in self._poll.poll(LOOK * 1000):
                self._hear(at, event)
            self._reap()
            self._judge_times()
            self._start()
        for job in self._running.values():
            _kill(job.child)

    def _hear(self, at: int, event: int) -> None:
        if at == self._listener.fileno():
            with contextlib.suppress(OSError):
                door, _ = self._listener.accept()
                door.settimeout(0)
                self._new[door.fileno()] = Job(door=door, since=time.monotonic())
                self._poll.register(door, select.POLLIN | HUNG_UP)
        elif at == self._woken:
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 4096)
        elif at in self._new:
            self._hear_head(self._new[at])
        elif event & HUNG_UP:
            self._give_up(at)

    def _hear_head(self, job: Job) -> None:
        """Take the head and nothing behind it: the rest is the child's to read."""
        try:
            first = job.door.recv(wire.LENGTH, socket.MSG_PEEK)
            if not first:
                raise wire.BrokenError("hung up")
            if len(first) < wire.LENGTH:
                return
            whole = wire.LENGTH + wire.head_length(first)
            if len(job.door.recv(whole, socket.MSG_PEEK)) < whole:
                return
            head = wire.head_of(job.door.recv(whole)[wire.LENGTH :])
        except BlockingIOError:
            return
        except (wire.BrokenError, OSError):
            self._drop(job)
            return
        self._take(job, head)

    def _take(self, job: Job, head: wire.Head) -> None:
        if head.get("do") == "state":
            with contextlib.suppress(OSError):
                job.door.send(wire.packed({"kind": "state", "refusal": self._refusal, "children": len(self._running)}))
            self._drop(job)
            return
        most = LIMITS.get(str(head.get("do")))
        if most is None or head["n"] > most.content:
            self._drop(job)
            return
        del self._new[job.door.fileno()]
        job.head, job.most, job.wall = head, most, most.wall_of(head.get("wall"))
        self._poll.modify(job.door, HUNG_UP)
        self._waiting.append(job)

    def _start(self) -> None:
        """Fork for the next ones in their order, as long as places are free."""
        for job in list(self._waiting):
            if len(self._running) >= AT_ONCE:
                return
            if self._may_start(job):
                self._waiting.remove(job)
                self._fork(job)

    def _may_start(self, job: Job) -> bool:
        """Whether nobody else has to go first: one asker holds one place, and long work leaves one free."""
        asker = job.head.get("asker")
        if asker and any(one.head.get("asker") == asker for one in self._running.values()):
            return False
        running = sum(one.most is not None and one.most.is_long for one in self._running.values())
        return not (job.most and job.most.is_long and running >= LONG_AT_ONCE)

    def _fork(self, job: Job) -> None:
        job.since = time.monotonic()
        pid = os.fork()
        if pid:
            job.child = pid
            self._running[pid] = job
            return
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child.live(job.door.detach(), job.head, most=job.most or LIMITS["rows"], is_sealed=not self._refusal)

    def _reap(self) -> None:
        for pid in list(self._running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                job = self._running.pop(pid)
                if (code := os.waitstatus_to_exitcode(status)) and not job.is_left:
                    _tell(job, code)
                self._close(job)

    def _judge_times(self) -> None:
        now = time.monotonic()
        for pid, job in self._running.items():
            if now - job.since > job.wall:
                _kill(pid)
        for job in [one for one in self._new.values() if now - one.since > HEAD_WITHIN]:
            self._drop(job)

    def _give_up(self, at: int) -> None:
        """Whoever asked has hung up: nobody hears the answer."""
        for job in list(self._waiting):
            if job.door.fileno() == at:
                self._waiting.remove(job)
                self._close(job)
                return
        for pid, job in self._running.items():
            if job.door.fileno() == at:
                self._poll.modify(job.door, 0)
                job.is_left = True
                _kill(pid)

    def _drop(self, job: Job) -> None:
        del self._new[job.door.fileno()]
        self._close(job)

    def _close(self, job: Job) -> None:
        with contextlib.suppress(KeyError, OSError):
            self._poll.unregister(job.door)
        job.door.close()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _tell(job: Job, code: int) -> None:
    """Leave a line where the server's own lines go: what was asked and how it ended, nothing of the file."""
    how = f"signal {-code}" if code < 0 else f"status {code}"
    lasted = time.monotonic() - job.since
    with contextlib.suppress(OSError):
        sys.stderr.write(f"reader: {job.head.get('do')} of {job.head.get('n')} bytes: {how} after {lasted:.1f} s\n")
        sys.stderr.flush()
