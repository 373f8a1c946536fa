"""`pingyi check`: whether the site does what it should do by itself, for whoever looks after the machine."""

from __future__ import annotations

import typer

from pingyi.cli.site import set_up_django


def check() -> None:
    """List the worker's jobs and the last backup; ends with 1 where one is late · 查看后台任务和备份."""
    set_up_django()
    from pingyi import clock
    from pingyi.bureau import backup_age, job_alarms, storage_alarm

    at = clock.now()
    found = job_alarms.jobs(at=at)
    for one in found:
        mark = "!" if one.is_late else " "
        last = one.last_done.isoformat(timespec="seconds") if one.last_done else "—"
        typer.echo(f"{mark} {one.name:<16} {last:<26} {one.title}")
        if one.fault:
            typer.echo(f"  {'':<16} {one.fault}")
    made, alarm = backup_age.last(), backup_age.alarm(at=at)
    typer.echo(
        f"{'!' if alarm else ' '} {'backup':<16} {made.isoformat(timespec='seconds') if made else '—':<26} {alarm}"
    )
    told = storage_alarm.sentences()
    for sentence in told:
        typer.echo(f"! {sentence}")
    if told or alarm or any(one.is_late for one in found):
        raise typer.Exit(1)
