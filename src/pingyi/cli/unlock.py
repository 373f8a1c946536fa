"""`pingyi unlock`: for an office that locked itself out by wrong passwords or codes; the record says so."""

from __future__ import annotations

from typing import Annotated

import typer

from pingyi.cli.site import set_up_django

DONE = (
    "{name} 可以重新登录了；存证中已记下这次解锁。",
    "{name} may sign in again; the record says that it was unlocked.",
)


def unlock(name: Annotated[str, typer.Argument(help="The login's name · 登录名")]) -> None:
    """Let a login be tried again at once, after too many wrong passwords or codes · 解除登录锁定."""
    set_up_django()
    from pingyi import clock
    from pingyi.bureau.actions import lock
    from pingyi.rules.actor import machine
    from pingyi.rules.refused import Refused
    from pingyi.words import refusal

    try:
        lock.unlock(name, by=machine("operator"), at=clock.now())
    except Refused as refused:
        typer.echo(refusal(refused), err=True)
        raise typer.Exit(1) from refused
    for sentence in DONE:
        typer.echo(sentence.format(name=name))
