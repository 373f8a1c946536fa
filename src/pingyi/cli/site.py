"""`pingyi serve` and `manage`: the site with its worker beside it, and Django's own commands."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from pingyi import home
from pingyi.cli.kept import kept, worker
from pingyi.cli.server import run_server
from pingyi.storage import read_only

PAUSE = 1.0  # seconds between the worker's looks


def set_up_django() -> None:
    """Load Django's settings and apps, and the newest words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")
    import django

    from pingyi.web.messages import compile_all

    compile_all()
    django.setup()
    from django.conf import settings

    if read_only.is_looking():
        return
    home.tighten(settings.PINGYI.home)
    home.occupy(settings.PINGYI.home)
    home.sweep(settings.PINGYI.home / home.MOMENTARY)


def prepare() -> None:
    """Bring the database to this version's shape, and make the record's key; quick when both are there (§5.4)."""
    set_up_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _make_key()


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on · 监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on · 端口")] = 8000,
) -> None:
    """Serve the site and start its worker · 启动网站."""
    free_port(host, port)
    prepare()
    _note_release()
    typer.echo(f"评议 · Pingyi  http://{host}:{port}/   (Ctrl+C 停止 · to stop)")
    _invite(host, port)
    with reader(), kept(worker()):
        run_server(host, port)


def _make_key() -> None:
    """Make the record's key before the first entry: whoever looks before the first checkpoint finds nothing amiss.

    Nor has a page to write it on a disk that is full by then.
    """
    from pingyi import words
    from pingyi.record import keys, queries
    from pingyi.rules.refused import Refused

    if queries.latest() is not None:
        return
    try:
        keys.verifier()
    except Refused as refused:  # the signer that has the key is not there
        typer.echo(words.refusal(refused), err=True)
        raise typer.Exit(3) from refused


def _note_release() -> None:
    """Record which software acts from now on; a clock that is wrong is said, and hinders no start."""
    from pingyi import clock, words
    from pingyi.bureau import queries
    from pingyi.record import software
    from pingyi.rules.refused import Refused

    if queries.bureau() is None:
        return  # the first run names the record first, and notes it then
    try:
        software.deployed(at=clock.now())
    except Refused as refused:
        typer.echo(words.refusal(refused), err=True)


def _invite(host: str, port: int) -> None:
    """Say where the first run begins; whoever does not sit at this machine needs the code."""
    from pingyi.bureau import queries, setup_code

    if queries.bureau() is None:
        typer.echo(f"首次使用 · first run  http://{host}:{port}/first-run/?code={setup_code.code()}")


def free_port(host: str, port: int) -> None:
    """Raise what `trouble` tells, before anything is prepared, where the port cannot be had."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as unknown:
        raise OSError(errno.EADDRNOTAVAIL, str(unknown)) from unknown
    with socket.socket(kind) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(address)


@contextlib.contextmanager
def reader() -> Iterator[None]:
    """Keep the process that opens files from outside; all that is started in this block asks it."""
    from pingyi.reader import door
    from pingyi.reader.process import Reader

    running = Reader()
    running.watch()
    os.environ[door.ADDRESS] = running.address
    try:
        yield
    finally:
        os.environ.pop(door.ADDRESS, None)
        running.end()


def manage(
    arguments: Annotated[list[str] | None, typer.Argument(help="Django's command and its words.")] = None,
) -> None:
    """Run one of Django's management commands · 运行管理命令."""
    set_up_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], *(arguments or [])])


# Django's options are Django's to read.
manage.context_settings = {"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": []}  # type: ignore[attr-defined]
