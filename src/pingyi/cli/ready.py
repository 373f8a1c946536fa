"""`pingyi ready`: what is not in order before a plan is adopted, or before the verdict is computed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pingyi.cli.site import set_up_django
from pingyi.cli.work import require_tables

if TYPE_CHECKING:
    from pingyi.bureau.readiness import Readiness

MARKS = {"stops": "!!", "warns": "! ", "notes": "· "}


def ready(
    step: Annotated[str, typer.Option(help="Only before this step: adopt or settle · 只看这一步")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs · 供程序读取")] = False,
) -> None:
    """List what is not in order; ends with 1 where anything is to be mended or accepted · 齐备检查."""
    set_up_django()
    require_tables()
    from django.utils.translation import override

    from pingyi import clock
    from pingyi import ready as declared
    from pingyi.bureau import readiness

    with override("zh-hans"):
        known = [one for one in declared.occasions(at=clock.now()) if step in {"", one.step.value}]
        found = [readiness.look(one) for one in known]
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1)) if as_json else _tell(
            found
        )
    if any(not one.is_ready for one in found):
        raise typer.Exit(1)


def _tell(found: list[Readiness]) -> None:
    for one in found:
        typer.echo(f"{one.occasion.step.value} {one.occasion.about}  {one.occasion.title}")
        for figure in one.foreseen:
            typer.echo(f"     {figure.label}: {figure.value}")
        for line in one.open:
            typer.echo(f"  {MARKS[line.check.severity]} {line.check.id:<20} {line.said}")
            if line.finding.names:
                typer.echo(f"  {'':<23} {'、'.join(map(str, line.finding.names))}")
        for taken in one.accepted:
            typer.echo(f"  ✓  {taken.line.check.id:<20} {taken.line.said}（{taken.ground}，{taken.by}，{taken.on}）")
        typer.echo(f"  {len(one.in_order)} ✓")
    if not found:
        typer.echo("没有待通过的方案，也没有待计分的年度 · nothing is about to begin")


def _plain(one: Readiness) -> dict[str, object]:
    return {
        "step": one.occasion.step.value,
        "about": one.occasion.about,
        "year": one.occasion.year,
        "ready": one.is_ready,
        "open": [
            {
                "id": line.check.id,
                "severity": line.check.severity.value,
                "said": line.said,
                "names": [str(name) for name in line.finding.names],
                "mend": line.finding.mend,
            }
            for line in one.open
        ],
        "accepted": [
            {"id": taken.line.check.id, "by": taken.by, "on": taken.on.isoformat(), "ground": taken.ground}
            for taken in one.accepted
        ],
        "foreseen": [{"label": str(figure.label), "value": figure.value} for figure in one.foreseen],
        "in_order": [check.id for check in one.in_order],
    }
