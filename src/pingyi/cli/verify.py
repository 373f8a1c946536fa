"""`pingyi verify`: does everything still agree — the rows, the record, the signatures, or a published bundle."""

from __future__ import annotations

import json
import os
from contextlib import redirect_stdout
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pingyi import home
from pingyi.cli.site import set_up_django
from pingyi.storage import read_only

if TYPE_CHECKING:
    from pingyi.record.audit import Report


class Language(StrEnum):
    """Languages of the findings."""

    ZH = "zh"
    EN = "en"


def verify(
    path: Annotated[
        Path | None, typer.Argument(help="A bundle (folder or zip); without it, the database · 成果包")
    ] = None,
    database: Annotated[str, typer.Option(help="postgresql://… or an SQLite file · 数据库")] = "",
    vkey: Annotated[str, typer.Option(help="The record's public key, if it is not this machine's · 存证公钥")] = "",
    held: Annotated[
        Path | None, typer.Option(help="A checkpoint or receipt that you kept · 留存的检查点或回执")
    ] = None,
    recount: Annotated[
        bool,
        typer.Option("--recount", help="Count every frozen result again from its rows · 据冻结数据复核重算全部结果"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs · 机读输出")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the findings · 语言")] = Language.ZH,
) -> None:
    """Check a bundle, or the database against its record · 核验成果包，或核对数据库与存证."""
    if path is not None:
        raise typer.Exit(_bundle(path, lang=lang, vkey=vkey, held=held, as_json=as_json))
    with read_only.looking():
        _open(database)
        from django.utils import translation

        with translation.override("en" if lang is Language.EN else "zh-hans"):
            if recount:
                raise typer.Exit(_recount(as_json=as_json))
            report = _examine(vkey, held)
            typer.echo(_as_json(report) if as_json else report.told())
    raise typer.Exit(1 if report.faults else 0)


def _bundle(path: Path, *, lang: Language, vkey: str, held: Path | None, as_json: bool) -> int:
    from pingyi import verify as stranger

    words = [str(path), "--lang", lang.value, "--vkey", vkey, "--held", str(held or "")]
    if not as_json:
        return stranger.main(words)
    printed = StringIO()
    with redirect_stdout(printed):
        code = stranger.main(words)
    typer.echo(
        json.dumps({"passed": code == 0, "items": printed.getvalue().splitlines()}, ensure_ascii=False, indent=2)
    )
    return code


def _open(database: str) -> None:
    server = database.startswith(("postgres://", "postgresql://"))
    if server:
        os.environ["PINGYI_DATABASE_URL"] = database
    if not database:
        _take_the_rehearsal()
    set_up_django()
    if database and not server:
        from django.db import connection

        file = Path(database.removeprefix("sqlite://"))
        if not file.is_file():
            raise typer.BadParameter(f"{file}: no such file · 没有这个文件")
        connection.close()
        connection.settings_dict.update(read_only.database(file, lock=file.with_name(home.LOCK)))


def _take_the_rehearsal() -> None:
    """Where no site was ever started here, but a year was rehearsed: the rehearsal is what there is to verify."""
    usual = Path(os.environ.get("PINGYI_ROOT", Path.cwd())) / "var"
    is_named = any(os.environ.get(name) for name in ("PINGYI_HOME", "PINGYI_DATABASE_URL"))
    if is_named or (usual / "pingyi.sqlite3").exists() or (usual / "settings.env").exists():
        return
    if home.is_rehearsal(usual / "demo"):
        os.environ["PINGYI_HOME"] = str(usual / "demo")
        typer.echo("没有正式数据，核验 var/demo 里的演练 · no site here: this is the rehearsal in var/demo", err=True)


def _examine(vkey: str, held: Path | None) -> Report:
    from django.db import DatabaseError

    from pingyi import clock
    from pingyi.record import audit
    from pingyi.rules.note import read_key, read_receipt

    kept = held.read_text(encoding="utf-8") if held else ""
    if kept.startswith("c2sp.org/tlog-proof"):
        kept = read_receipt(kept)[2]
    try:
        key = read_key(vkey) if vkey else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--vkey") from error
    try:
        return audit.examine(key=key, held=kept, today=clock.today().isoformat())
    except DatabaseError as error:
        raise typer.BadParameter(f"no record in this database · 这个数据库里没有存证 ({error})") from error


def _recount(*, as_json: bool) -> int:
    """Say of each frozen result whether it comes out as it was settled; nothing is written."""
    from django.db import DatabaseError

    from pingyi.stations.results.queries import recount

    try:
        found = list(recount.every())
    except DatabaseError as error:
        raise typer.BadParameter(f"no results in this database · 这个数据库里没有结果 ({error})") from error
    code = 0 if all(one.is_equal for one in found) else 1
    if as_json:
        results = [
            {"year": one.year, "number": one.number, "stage": one.stage, "is_equal": one.is_equal,
             "differs": list(one.counted.differs) if one.counted else None}
            for one in found
        ]  # fmt: skip
        typer.echo(json.dumps({"passed": not code, "results": results}, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(map(str, found)) or "没有冻结的结果 · no frozen result")
    return code


def _as_json(report: Report) -> str:
    faults, remarks = (
        [{"code": one.code, **one.facts, "sentence": str(one)} for one in found]
        for found in (report.faults, report.remarks)
    )
    counted = {"entries": report.entries, "placed": report.placed, "checkpoints": report.checkpoints}
    told = {"passed": not faults, **counted, "faults": faults, "remarks": remarks, "listed": list(report.listed)}
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)
