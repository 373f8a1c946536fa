"""The `pingyi` command; Django is loaded only by the commands that need it, so that `--help` stays quick."""

from __future__ import annotations

import importlib
from typing import Any

import typer

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
    ("site", "work", "work"),
    ("site", "manage", "manage"),
    ("messages", "messages", "messages"),
    ("verify", "verify", "verify"),
    ("plan", "app", "plan"),
    ("judge", "judge", "judge"),
):
    _add(*_entry)
