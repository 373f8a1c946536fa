"""Throw-away databases for the measurements, and how much processor time a server spent on them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import measure

PROCESSES = Path("/proc")
DURABLE = {"SQLite": "durable (synchronous=FULL)", "PostgreSQL": "durable (fsync=on)"}
SYNCED = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
SETTLED = 0.2  # seconds in which a server's processes put down their pens


@contextmanager
def postgres() -> Iterator[str | None]:
    """Start a PostgreSQL server that syncs its commits; yields its URL, or None where none can be started."""
    sys.path.insert(0, str(measure.ROOT))
    from tests.on_postgres import server

    with server(SYNCED) as url:
        yield url


def own_database(address: str, name: str = "") -> str:
    """Make a database on the server, for this process where it has no name; return its URL."""
    import psycopg

    name = name or f"bench_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.replace("/postgres?", f"/{name}?")


def seconds_used(address: str) -> float:
    """Return the processor time of a server and its processes so far; 0 without one, or where nobody tells."""
    if not address or not PROCESSES.exists():
        return 0.0
    time.sleep(SETTLED)
    first = Path(address.partition("host=")[2]) / "cluster" / "postmaster.pid"
    server = int(first.read_text().splitlines()[0])
    mine = [used for parent, used in _processes() if parent == server]
    own, ended = _used(server)
    return (own + ended + sum(mine)) / os.sysconf("SC_CLK_TCK")


def _processes() -> Iterator[tuple[int, int]]:
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            parent = int(_stat(int(folder.name))[1])
            yield parent, _used(int(folder.name))[0]
        except OSError:  # it has ended meanwhile
            continue


def _used(process: int) -> tuple[int, int]:
    """Ticks of the process itself, and of those that it has seen end."""
    own, system, ended, ended_system = map(int, _stat(process)[11:15])
    return own + system, ended + ended_system


def _stat(process: int) -> list[str]:
    return (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()
