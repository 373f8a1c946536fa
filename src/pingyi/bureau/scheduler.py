"""Runs the declared jobs, each in its own net: a fault is logged and counted, the job rests, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from django.db import DatabaseError, close_old_connections, connection

from pingyi.bureau import leases
from pingyi.bureau.models import JobRun
from pingyi.jobs import Job, Turn

OFTEN = timedelta(seconds=30)  # a job that runs more often keeps its lease between two runs
TAKEN = timedelta(seconds=5)  # when to look again for a job that another process runs

logger = logging.getLogger(__name__)


class Apart(Protocol):
    """A job's own process."""

    def poll(self) -> int | None:
        """Return how it ended; None while it runs."""

    def kill(self) -> None:
        """End it."""


class EndedError(Exception):
    """A job's own process ended with a fault."""


@dataclass(kw_only=True)
class _Slot:
    """What this process knows of one job; the row is only written when it says something new."""

    job: Job
    row: JobRun | None = None  # while this process holds the lease
    next_at: datetime | None = None
    ended: datetime | None = None
    fails: int = 0
    is_running: bool = False
    process: Apart | None = None
    told: set[str] = field(default_factory=set)


class Scheduler:
    """The jobs of one worker process, each run when it is due and by one process at a time."""

    def __init__(
        self,
        jobs: Iterable[Job],
        *,
        now: Callable[[], datetime],
        apart: Callable[[Job], Apart],
        alive: Callable[[Job | None], object] = lambda _: None,
        rest: Callable[[], object] = lambda: None,
        by: str = "",
    ) -> None:
        """Keep the jobs; `apart` starts one in a process of its own, `alive` is told which job runs now.

        `rest` is called between the pieces of a long job, to let others have what they wait for.
        """
        self._slots = [_Slot(job=job) for job in jobs]
        self._now, self._apart, self._alive, self._rest = now, apart, alive, rest
        self._by = by or leases.holder()
        self._running: list[_Slot] = []

    def begin(self, *, blamed: str = "") -> None:
        """Have a row for each job, and count against one that the process before this one did not survive it."""
        for slot in self._slots:
            try:
                leases.enter([slot.job], at=self._now())
                if slot.job.name == blamed:
                    leases.blame(slot.job, at=self._now())
            except Exception as fault:  # noqa: BLE001 - told in the log and on the desk
                self._tell(slot, fault)

    def tick(self) -> None:
        """Run what is due; after each long job the quick ones have their turn first."""
        for slot in self._slots:
            if self._turn(slot) and not slot.job.is_quick:
                self._run_quick()
            if not connection.in_atomic_block:  # inside one the connection is its owner's
                close_old_connections()

    def end(self) -> None:
        """Give back every lease, and end the processes of jobs that run apart."""
        for slot in self._slots:
            if slot.process is not None:
                slot.process.kill()
            if slot.row is not None:
                leases.end(slot.row, due=self._now(), ended=slot.ended)

    def _run_quick(self) -> None:
        for slot in self._slots:
            if slot.job.is_quick and not slot.is_running:
                self._turn(slot)

    def _turn(self, slot: _Slot) -> bool:
        """Run a job if it is due and free; whether it ran. Nothing that a job raises leaves this function."""
        at = self._now()
        try:
            if slot.process is None and not _is_due(slot, at):
                return False
            if not self._hold(slot, at):
                return False
            slot.is_running = True
            self._running.append(slot)
            self._alive(slot.job)
            if not self._run(slot, at):
                return False
            self._done(slot)
        except Exception as fault:  # noqa: BLE001 - told in the log and on the desk
            self._failed(slot, fault)
        finally:
            if slot.is_running:
                slot.is_running = False
                self._running.pop()
                self._alive(self._running[-1].job if self._running else None)
        return True

    def _hold(self, slot: _Slot, at: datetime) -> bool:
        """Take the lease, or hold it for longer where half of it is over; a write once in a while, not each second."""
        if slot.row is not None and at + slot.job.most / 2 < slot.row.due:
            return True
        if slot.row is not None and leases.keep(slot.row, slot.job, at=at, ended=slot.ended):
            return True
        slot.row = leases.take(slot.job, by=self._by, at=at)
        if slot.row is not None:
            slot.fails, slot.ended = slot.row.fails, slot.row.ended
            return True
        waiting = JobRun.objects.get(name=slot.job.name)
        slot.next_at = min(waiting.due, at + TAKEN) if waiting.holder else waiting.due
        return False

    def _run(self, slot: _Slot, at: datetime) -> bool:
        """Run the job; False while its own process goes on."""
        if not slot.job.is_apart:
            slot.job.run(Turn(at=self._now, between=lambda: self._between(slot)))
            return True
        if slot.process is None:
            slot.process = self._apart(slot.job)
            return False
        code = slot.process.poll()
        if code is None and slot.row is not None and slot.row.began and at > slot.row.began + slot.job.most * 2:
            slot.process.kill()
            raise EndedError(leases.CUT_OFF)
        if code:
            raise EndedError(f"exit {code}")
        return code is not None

    def _between(self, slot: _Slot) -> None:
        """Show that a long job is alive, and let the quick ones run."""
        if slot.row is not None and self._now() + slot.job.most / 2 >= slot.row.due:
            try:
                leases.keep(slot.row, slot.job, at=self._now(), ended=slot.ended)
            except DatabaseError as fault:  # the lease runs on; what the job itself does next will tell
                self._tell(slot, fault)
        self._run_quick()
        self._alive(slot.job)
        self._rest()

    def _done(self, slot: _Slot) -> None:
        slot.process, at = None, self._now()
        slot.next_at, slot.ended = at + slot.job.every, at
        slot.told.clear()
        if slot.row is None:
            return
        if slot.fails or slot.job.every >= OFTEN:
            slot.fails, row, slot.row = 0, slot.row, None
            leases.end(row, due=slot.next_at, ended=at)
        elif slot.row.ended is None or (slot.row.began and slot.row.ended < slot.row.began):
            leases.keep(slot.row, slot.job, at=at, ended=at)  # the first run is told at once, later ones with the lease

    def _failed(self, slot: _Slot, fault: Exception) -> None:
        """Log the fault, let the job rest, and say so in its row where the database can still be written to."""
        self._tell(slot, fault)
        slot.process, at = None, self._now()
        slot.fails += 1
        slot.next_at = at + leases.pause(slot.job, slot.fails)
        row, slot.row = slot.row, None
        try:
            if row is not None:
                leases.fail(row, slot.job, fault=_name(fault), at=at)
        except Exception as second:  # noqa: BLE001 - told in the log
            self._tell(slot, second)

    def _tell(self, slot: _Slot, fault: Exception) -> None:
        """Log the same fault once until the job has run again; a server that went away is called anew the next time."""
        if not connection.in_atomic_block:
            connection.close()
        if str(fault) not in slot.told:
            logger.error("the job %s did not run", slot.job.name, exc_info=fault)
        slot.told.add(str(fault))


def _is_due(slot: _Slot, at: datetime) -> bool:
    """Whether its time has come; a clock that was set back by more than the job ever rests does not silence it."""
    if slot.next_at is None or at >= slot.next_at:
        return True
    return slot.next_at - at > max(slot.job.every, slot.job.most, leases.pause(slot.job, leases.AFTER_FAULTS + 1))


def _name(fault: Exception) -> str:
    return str(fault) if isinstance(fault, EndedError) else type(fault).__name__
