"""The `pingyi` command; Django is loaded only by the commands that need it, so that `--help` stays quick."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from typing import Any

import typer

from pingyi import home
from pingyi.cli import trouble

app = typer.Typer(no_args_is_help=True, add_completion=False, help="评议 · Pingyi: from the written plan to a verdict.")


def _add(module: str, name: str, command: str) -> None:
    """Register a command; its module holds a function of that name, or a Typer of commands called `app`."""
    loaded: Any = importlib.import_module(f"pingyi.cli.{module}")
    member = getattr(loaded, name)
    if isinstance(member, typer.Typer):
        app.add_typer(member, name=command)
    else:
        app.command(command, context_settings=getattr(member, "context_settings", None))(member)


for _entry in (
    ("demo", "demo", "demo"),
    ("site", "serve", "serve"),
    ("work", "work", "work"),
    ("check", "check", "check"),
    ("ready", "ready", "ready"),
    ("site", "manage", "manage"),
    ("messages", "messages", "messages"),
    ("verify", "verify", "verify"),
    ("unlock", "unlock", "unlock"),
    ("sign", "sign", "sign"),
    ("backup", "backup", "backup"),
    ("backup", "restore", "restore"),
    ("plan", "app", "plan"),
    ("judge", "judge", "judge"),
    ("estimate", "estimate", "estimate"),
    ("reference", "reference", "reference"),
):
    _add(*_entry)


def run() -> None:
    """Run the command; what the machine refuses is told in words, and a poor terminal never stops it."""
    home.keep_to_oneself()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            sys.stdout.close()  # the reader has seen enough
        raise SystemExit(1) from None
    except Exception as error:
        if not trouble.told(error):
            raise
        raise SystemExit(3) from None
