"""`pingyi reference`: the pages of docs/reference/, printed from the tables that the code itself goes by."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

HEAD = "<!-- Printed by `./pingyi reference`; a test holds it to the code. Change the code, not this page. -->\n\n"


def reference(
    check: Annotated[bool, typer.Option("--check", help="Only say which pages are out of date · 只检查")] = False,
) -> None:
    """Print docs/reference/ anew from the code · 重新生成参考文档."""
    folder = Path(os.environ.get("PINGYI_ROOT", Path.cwd())) / "docs" / "reference"
    old = [name for name, text in pages().items() if _text(folder / name) != text]
    for name in old:
        typer.echo(f"{'out of date · 已过期' if check else 'written · 已更新'}: docs/reference/{name}")
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(pages()[name], encoding="utf-8")
    if check and old:
        typer.echo("Run ./pingyi reference · 请运行 ./pingyi reference")
        raise typer.Exit(1)


def pages() -> Mapping[str, str]:
    """Return each page's name and text."""
    from pingyi.cli.site import set_up_django

    set_up_django()
    from pingyi.cli import reference_pages as made

    parts: Mapping[str, Callable[[], str]] = {
        "verbs.md": made.verbs,
        "permissions.md": made.permissions,
        "states.md": made.states,
        "settings.md": made.settings,
        "plan.md": made.plan,
        "commands.md": made.commands,
        "uncovered.md": made.uncovered_columns,
    }
    return {name: HEAD + part() for name, part in parts.items()}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
