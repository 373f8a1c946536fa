"""The web server behind `serve` and `demo`: child processes that share the port, and that a death does not end."""

from __future__ import annotations

import importlib
import os
import threading
import time
from dataclasses import dataclass
from typing import Any

import typer

from pingyi.cli.kept import TO_STOP

PAUSE = 1.0  # seconds
THREADS = 32  # of a process: most of them wait, for the disk or for the database's writer
MOST_PROCESSES = 8  # unless more are asked for: each takes some 150 MB
SPARE = 5  # connections left to the worker, to commands and to whoever looks after the database
FEWER = (
    "数据库服务器只接受 {most} 个连接，每个进程改用 {threads} 个线程（原为 {wanted}）；可调大 max_connections。",
    "The database server takes {most} connections, so each process has {threads} threads instead of {wanted}; "
    "raise max_connections for more.",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many processes answer, and with how many threads each."""

    processes: int
    threads: int


def run_server(host: str, port: int) -> None:
    """Serve until stopped; a child that dies is started again, and so is a server whose children die one by one."""
    from django.db import connections

    shape = _shape()
    connections.close_all()  # children must not share a connection with each other, nor a file's locks
    while not _serve(host, port, shape):
        time.sleep(PAUSE)


def fitting(shape: Shape, *, most: int) -> Shape:
    """Return the shape that a database server with so many connections can bear: each thread keeps one."""
    processes = max(1, min(shape.processes, most - SPARE))
    return Shape(processes, max(1, min(shape.threads, (most - SPARE) // processes)))


def _shape() -> Shape:
    from django.conf import settings

    wanted = Shape(settings.PINGYI.processes or min(_cores(), MOST_PROCESSES), THREADS)
    most = _most_connections()
    if most is None or (fits := fitting(wanted, most=most)) == wanted:
        return wanted
    for sentence in FEWER:
        typer.echo(sentence.format(most=most, threads=fits.threads, wanted=wanted.threads), err=True)
    return fits


def _cores() -> int:
    """Return how many cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _most_connections() -> int | None:
    """Ask PostgreSQL how many connections it has for us; None for SQLite, which has no such limit."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
        )
        return int(cursor.fetchone()[0])


def _serve(host: str, port: int, shape: Shape) -> bool:
    """Serve until stopped, or until one child died twice within seconds; return whether somebody stopped it."""
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "pingyi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=shape.processes,
        blocking_threads=shape.threads,
        runtime_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=int(TO_STOP),  # one that is only starting hears nobody ask, and would stay for ever
        log_enabled=False,
    )
    try:
        server.serve(target_loader=_load, wrap_loader=False)
    except SystemExit:
        if server.interrupt_signal:
            raise
    return bool(server.interrupt_signal)


def _load() -> Any:
    """Return the site to the process that answers; it ends with its parent, so that a killed site frees its port."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    return importlib.import_module("pingyi.config.wsgi").application


def end_with(parent: int) -> None:
    """End this process once its parent is gone."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)
