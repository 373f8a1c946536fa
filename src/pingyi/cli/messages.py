"""`pingyi messages`: are the Chinese catalogs complete, and put them in their compiled form."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Work(StrEnum):
    """What to do with the catalogs."""

    CHECK = "check"
    COMPILE = "compile"


def messages(
    work: Annotated[Work, typer.Argument(help="check · 检查; compile · 编译")] = Work.CHECK,
) -> None:
    """Check or compile the Chinese catalogs · 检查或编译中文文案."""
    from pingyi.web.messages import check, compile_all

    for path in compile_all():
        typer.echo(f"compiled · 已编译 {path.parents[3].name}/{path.name}")
    if work is Work.COMPILE:
        return
    faults = check()
    for fault in faults:
        typer.echo(fault)
    if faults:
        typer.echo(f"{len(faults)} to mend in locale/zh_Hans/LC_MESSAGES/django.po · 共 {len(faults)} 处待改")
        raise typer.Exit(1)
    typer.echo("Chinese is complete · 中文文案齐全")
