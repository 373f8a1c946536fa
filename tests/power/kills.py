"""Kills in the middle of the work: what was promised is there afterwards, nothing is double, the record agrees.

`kills.py COUNT SEED` forks a child for each trial, so that a start costs nothing; it ends the child with SIGKILL at a
moment of chance and looks at what is left. `plays` kills the play of a whole year: founding, adoption, imports,
settling and publication among it.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.power import cuts

AUDIT_EACH = 10  # trials: it reads the whole record


@dataclass(frozen=True, kw_only=True)
class Killed:
    """What came of the trials."""

    kills: int
    promises: int
    faults: tuple[str, ...]


def trials(told: dict[str, str], *, count: int, seed: int = 1) -> Killed:
    """Kill submissions, the making of their cases, and the sequencing, on the ground that the environment names."""
    command = [sys.executable, str(Path(__file__)), str(count), str(seed)]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    first, *faults = done.stdout.splitlines()
    return Killed(kills=count, promises=int(first), faults=tuple(faults))


def plays(folder: Path, *, count: int, seed: int = 1) -> Killed:
    """Kill the play of a year, the first one at its first entry, and verify the record that each leaves."""
    chance = random.Random(seed)
    reached = [1, *(chance.randrange(2, 4_000) for _ in range(count - 1))]
    faults = [fault for number, entries in enumerate(reached) for fault in _played(folder / f"play-{number}", entries)]
    return Killed(kills=count, promises=0, faults=tuple(faults))


def _played(home: Path, entries: int) -> list[str]:
    """Play until there are so many entries; return what is wrong with what is left, or that nothing was killed."""
    told, nowhere = cuts.environment(home), subprocess.DEVNULL
    command = [sys.executable, "-m", "pingyi"]
    with subprocess.Popen([*command, "demo", "--only-play"], env=told, stdout=nowhere, stderr=nowhere) as one:
        while one.poll() is None and _entries(home / "pingyi.sqlite3") < entries:
            time.sleep(0.01)
        one.send_signal(signal.SIGKILL)
    if one.returncode != -signal.SIGKILL:
        return [f"{entries}: ended by itself with {one.returncode}"]
    told["PINGYI_REHEARSAL"] = "true"
    verified = subprocess.run([*command, "verify"], env=told, capture_output=True, text=True, check=False)
    return [f"{entries}: {verified.stdout[-200:]}{verified.stderr[-200:]}"] if verified.returncode else []


def _entries(database: Path) -> int:
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as read,
    ):
        return int(read.execute("SELECT count(*) FROM record_entry").fetchone()[0])
    return 0


def main(count: str, seed: str) -> None:
    """Print how many promises were made, then every fault."""
    from pingyi.cli.site import set_up_django

    set_up_django()
    promises, faults, chance = 0, [], random.Random(int(seed))
    for number in range(int(count)):
        lines = _killed(chance.random() * 0.4)
        promises += len(lines)
        is_last = number == int(count) - 1
        faults += [f"trial {number}: {fault}" for fault in _looked_at(lines, whole=is_last or number % AUDIT_EACH == 0)]
    print(promises, *faults, sep="\n")  # noqa: T201 - this is what it is asked for


def _killed(seconds: float) -> list[str]:
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.dup2(writing, sys.stdout.fileno())
        from tests.power import promises

        with contextlib.suppress(BaseException):
            promises.go_on(4)
        os._exit(1)
    os.close(writing)
    select.select([reading], [], [])  # it has promised something
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return [line.strip() for line in said.read().splitlines(keepends=True) if line.endswith("\n")]


def _looked_at(lines: list[str], *, whole: bool) -> Iterator[str]:
    from django.db.models import Count

    from pingyi.stations.cases.models import Case, Submission
    from tests.power import promises

    yield from promises.lost(lines)
    for double in Case.objects.values("follow_code").annotate(count=Count("pk")).filter(count__gt=1):
        yield f"double {double}"
    numbers = sorted(Case.objects.values_list("reference", flat=True))
    if numbers and int(numbers[-1].rpartition("-")[2]) != len(numbers):
        yield "a number was left out"
    if Submission.objects.exclude(fault="").exists():
        yield "a submission has a fault"
    if whole:
        yield from promises.faults()


if __name__ == "__main__":
    main(*sys.argv[1:])
