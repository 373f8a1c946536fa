"""`pingyi work`: the worker that runs every room's declared jobs."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingyi.cli.kept import tell_alive
from pingyi.cli.server import end_with
from pingyi.cli.site import PAUSE, set_up_django

if TYPE_CHECKING:
    from pingyi.jobs import Job

START = 120.0  # seconds until the worker is to run its first job
MEMORY = 4 * 1024**3  # address space of a job that runs apart; its libraries ask for more than they use
KINDNESS = 10  # such a job gives way to pages and to the worker


def work(
    beside: Annotated[int | None, typer.Option(hidden=True)] = None,
    alive_to: Annotated[int | None, typer.Option(hidden=True)] = None,
    blamed: Annotated[str, typer.Option(hidden=True)] = "",
    only: Annotated[str, typer.Option("--job", help="Run this one job now, and end · 只运行这一项")] = "",
) -> None:
    """Run the worker: places in the record, imports, reminders · 运行后台任务."""
    if beside is not None:
        # Beside a server that was killed there is nothing left to do, and the next start brings its own worker.
        threading.Thread(target=end_with, args=(beside,), daemon=True).start()
    set_up_django()
    from pingyi.jobs import declared

    jobs = declared()
    if beside is None:
        require_tables()
    if only:
        _run_alone(only, jobs)
        return
    signal.signal(signal.SIGTERM, _stop)
    with contextlib.suppress(KeyboardInterrupt):
        _go_on(jobs, blamed=blamed, alive=tell_alive(alive_to))


def require_tables() -> None:
    """Raise what `trouble` tells where nobody prepared the database; beside a server, the server did."""
    from pingyi.bureau.models import JobRun

    JobRun.objects.exists()


def _go_on(jobs: tuple[Job, ...], *, blamed: str, alive: Callable[[str, float], None]) -> None:
    from pingyi import clock
    from pingyi.bureau.scheduler import Scheduler
    from pingyi.storage.courtesy import Courtesy
    from pingyi.web.warm import warm

    def told(job: Job | None) -> None:
        alive(job.name if job else "", job.most.total_seconds() if job else START)

    warm()
    scheduler = Scheduler(jobs, now=clock.now, apart=_start_apart, alive=told, rest=Courtesy().rest)
    try:
        scheduler.begin(blamed=blamed)
        while True:
            told(None)
            scheduler.tick()
            time.sleep(PAUSE)
    finally:
        # What cannot be written now is found out by the next worker: this one is gone.
        with contextlib.suppress(Exception):
            scheduler.end()


def _start_apart(job: Job) -> subprocess.Popen[bytes]:
    """Run a job in a process of its own: it may take minutes and much memory."""
    command = [sys.executable, "-m", "pingyi", "work", "--job", job.name, "--beside", str(os.getpid())]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _run_alone(name: str, jobs: tuple[Job, ...]) -> None:
    from pingyi import clock
    from pingyi.jobs import Turn

    job = next((one for one in jobs if one.name == name), None)
    if job is None:
        typer.echo("  ".join(one.name for one in jobs), err=True)
        raise typer.Exit(2)
    if job.is_apart:
        os.nice(KINDNESS)
        _limit(resource.RLIMIT_AS, MEMORY)
        _limit(resource.RLIMIT_CPU, int(job.most.total_seconds()))
    job.run(Turn(at=clock.now, between=lambda: None))


def _limit(kind: int, most: int) -> None:
    """Lower a limit of this process; where the system knows no such limit, the worker's own patience is left."""
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _stop(*_: Any) -> None:
    raise SystemExit(0)
