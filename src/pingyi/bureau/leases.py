"""The rows of the worker's jobs: a lease for one holder at a time, and how the last run ended."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta

from pingyi.bureau.models import JobRun
from pingyi.jobs import HOUR, Job

AFTER_FAULTS = 6  # doublings of the pause; afterwards it grows no more
CUT_OFF = "cut_off"  # it overran, or its process died in the midst of it


def holder() -> str:
    """Return the name under which this process holds leases."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


def enter(jobs: Iterable[Job], *, at: datetime) -> None:
    """Have a row for each job, so that it is seen if it never runs; known ones stay as they are."""
    JobRun.objects.bulk_create([JobRun(name=job.name, due=at) for job in jobs], ignore_conflicts=True)  # plain row


def take(job: Job, *, by: str, at: datetime) -> JobRun | None:
    """Take the lease of a job that is due; None where it is not, or where another process was quicker."""
    row = JobRun.objects.filter(name=job.name).first()
    if row is None:
        enter([job], at=at)
        row = JobRun.objects.get(name=job.name)
    if not is_free(row, job, by=by, at=at):
        return None
    return row if _write(row, holder=by, due=at + job.most, began=at) else None


def keep(row: JobRun, job: Job, *, at: datetime, ended: datetime | None) -> bool:
    """Hold the lease for longer; False where it ran out and another process has the job."""
    return _write(row, due=at + job.most, ended=ended or row.ended)


def end(row: JobRun, *, due: datetime, ended: datetime | None) -> None:
    """Give the lease back after a run without a fault."""
    _write(row, holder="", due=due, ended=ended or row.ended, fails=0, fault="")


def fail(row: JobRun, job: Job, *, fault: str, at: datetime) -> None:
    """Give the lease back after a fault; the next try waits longer each time."""
    fails = row.fails + 1
    _write(row, holder="", due=at + pause(job, fails), fails=fails, fault=fault[:200])


def pause(job: Job, fails: int) -> timedelta:
    """Return how long a job rests after so many faults, one after the other."""
    doublings: int = 2 ** min(fails - 1, AFTER_FAULTS)
    return min(job.every * doublings, max(HOUR, job.every))


def blame(job: Job, *, at: datetime) -> None:
    """Count against a job that the process before this one did not survive it, and let the others go first."""
    row = JobRun.objects.filter(name=job.name).first()
    if row is not None:
        fail(row, job, fault=CUT_OFF, at=at)


def is_free(row: JobRun, job: Job, *, by: str, at: datetime) -> bool:
    """Whether the job may be taken: it is due, its holder is gone, or the clock was set back."""
    if row.holder == by or _is_gone(row.holder):
        return True
    longest = max(job.every, job.most, HOUR)
    return not at < row.due <= at + longest


def is_anybody_at_work(*, at: datetime) -> bool:
    """Whether a worker lives: it holds the leases of the frequent jobs, and renews them; nothing is written."""
    held = JobRun.objects.filter(due__gte=at).exclude(holder="").values_list("holder", flat=True).distinct()
    return any(not _is_gone(holder) for holder in held)


def _is_gone(name: str) -> bool:
    """Whether the holder was a process of this machine that runs no more."""
    host, _, number = name.rpartition(":")
    if host != socket.gethostname()[:80]:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's process
        return False
    return False


def _write(row: JobRun, **values: object) -> bool:
    """Change the row only if it still stands as it was read."""
    held = JobRun.objects.filter(pk=row.pk, holder=row.holder, due=row.due)
    if not held.update(**values):  # plain row
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
