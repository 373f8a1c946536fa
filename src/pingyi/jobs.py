"""What the worker does again and again: each room declares its jobs in its `jobs.py`, and `bureau.scheduler` runs them.

A job is a look at the state, never a message: it finds by itself what is to be done, and finds nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a running job is given: the instant as of now, and what it calls between two pieces of long work.

    `between` shows that the job is alive and lets the quick jobs run; no transaction may be open where it is called.
    """

    at: Callable[[], datetime]
    between: Callable[[], object]


Run = Callable[[Turn], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One declared job; `title` says in the reader's language what stands still while it does not run."""

    name: str
    title: str | Promise
    every: timedelta
    most: timedelta  # without a sign of life for twice as long it is ended
    run: Run
    is_quick: bool = False
    is_apart: bool = False


_JOBS: dict[str, Job] = {}


def job(
    name: str, *, title: str | Promise, every: timedelta, most: timedelta, quick: bool = False, apart: bool = False
) -> Callable[[Run], Run]:
    """Declare a function as a job, by the name of its room and its own.

    `quick` ones also run between the pieces of long ones; those `apart` run in a process of their own, with limits.
    """

    def declare(run: Run) -> Run:
        if name in _JOBS:
            raise ValueError(f"there are two jobs named {name}")
        _JOBS[name] = Job(name=name, title=title, every=every, most=most, run=run, is_quick=quick, is_apart=apart)
        return run

    return declare


def declared() -> tuple[Job, ...]:
    """Return every room's jobs: the frequent ones first, the later rooms before those that they stand on."""
    autodiscover_modules("jobs")
    return tuple(sorted(_JOBS.values(), key=lambda one: one.every))
