"""`pingyi check`: whether the site does what it should do by itself, for whoever looks after the machine."""

from __future__ import annotations

import typer

from pingyi.cli.site import set_up_django


def check() -> None:
    """List the worker's jobs with their last runs; ends with 1 where one does not run · 查看后台任务."""
    set_up_django()
    from pingyi import clock
    from pingyi.bureau import job_alarms

    found = job_alarms.jobs(at=clock.now())
    for one in found:
        mark = "!" if one.is_late else " "
        last = one.last_done.isoformat(timespec="seconds") if one.last_done else "—"
        typer.echo(f"{mark} {one.name:<16} {last:<26} {one.title}")
        if one.fault:
            typer.echo(f"  {'':<16} {one.fault}")
    if any(one.is_late for one in found):
        raise typer.Exit(1)
