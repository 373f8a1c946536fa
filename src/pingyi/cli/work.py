"""`pingyi work`: the worker that places entries, imports, reminds, counts again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from typing import Annotated

import typer

from pingyi.cli.site import PAUSE, set_up_django

HOUR = 3600.0


def work(beside: Annotated[int | None, typer.Option(hidden=True)] = None) -> None:
    """Run the worker: places in the record, imports, reminders · 运行后台任务."""
    set_up_django()
    from pingyi import clock
    from pingyi.record.sequence import keep_up
    from pingyi.stations.cases.actions import accusing, drawing_up, inbox, looking, protection, recounting
    from pingyi.stations.cases.actions.importing import carry_on
    from pingyi.stations.cases.indexing import fill
    from pingyi.stations.plans.actions.remind import remind
    from pingyi.stations.results.actions import recounting as orders

    due = 0.0
    seeing: subprocess.Popen[bytes] | None = None
    with contextlib.suppress(KeyboardInterrupt):
        # Beside a server that was killed there is nothing left to do, and the next start brings its own worker.
        while beside is None or os.getppid() == beside:
            inbox.keep_up(at=clock.now())
            keep_up(at=clock.now())
            for _ in looking.look_on(now=clock.now, between=lambda: keep_up(at=clock.now())):
                inbox.keep_up(at=clock.now())
            for _ in carry_on(now=clock.now):
                keep_up(at=clock.now())
            fill()
            if time.monotonic() >= due:
                remind(at=clock.now())
                recounting.recount(at=clock.now())
                orders.recount(at=clock.now())
                accusing.supervise(at=clock.now())
                drawing_up.draw_up(at=clock.now())
                drawing_up.issue_last(at=clock.now())
                seeing = _see(seeing)
                protection.clear_up(at=clock.now())
                due = time.monotonic() + HOUR
            time.sleep(PAUSE)


def _see(running: subprocess.Popen[bytes] | None) -> subprocess.Popen[bytes]:
    """Look for hot matters and learn proposals in a process of its own: it may take minutes."""
    if running is not None and running.poll() is None:
        return running
    return subprocess.Popen([sys.executable, "-m", "pingyi", "manage", "see"], stdout=subprocess.DEVNULL)
