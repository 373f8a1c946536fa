"""`pingyi plan`: check, compare and print a plan, and give editors its schema (§0)."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from pingyi.cli.plan_words import WORDS

app = typer.Typer(no_args_is_help=True, help="The written plan: check, compare, print · 方案：检查、比较、打印")
PlanFile = Annotated[Path, typer.Argument(help="The plan's YAML file · 方案文件", dir_okay=False)]
Language = Annotated[str, typer.Option("--lang", help="zh or en")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs · 输出 JSON")]
LONGEST_FILE = 4_000_000  # bytes


@app.command()
def check(
    file: PlanFile,
    as_json: AsJson = False,
    everything: Annotated[bool, typer.Option("--all", help="List each problem · 逐条列出")] = False,
    lang: Language = "zh",
) -> None:
    """List every problem of a plan at its line, and the scores it can give · 检查方案."""
    from pingyi.authoring.calendars import load_calendar
    from pingyi.authoring.check import check as check_text
    from pingyi.cli.plan_show import checked_as_json, show_checked

    found = check_text(_text(file, lang), calendar=load_calendar())
    if as_json:
        _print_json(checked_as_json(found))
    else:
        show_checked(found, name=file.name, language=lang, everything=everything)
    raise typer.Exit(0 if found.can_be_adopted else 1)


@app.command()
def diff(before: PlanFile, after: PlanFile, as_json: AsJson = False, lang: Language = "zh") -> None:
    """Say item by item what the second plan changes in the first · 比较两份方案."""
    from pingyi.authoring.diff import diff as compare

    found = compare(_plan(before, lang), _plan(after, lang))
    if as_json:
        _print_json([difference.as_json() for difference in found])
        return
    for difference in found:
        typer.echo(difference.sentence(lang))
    if not found:
        typer.echo(_word("same", lang))


@app.command("print")
def print_plan(
    file: PlanFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .docx, .pdf, .html or .txt file")],
    lang: Language = "zh",
) -> None:
    """Print a plan as an official document · 打印为公文."""
    plan = _plan(file, lang)
    made = _made(plan, output.suffix.lower(), lang)
    if made is None:
        _fail(_word("bad_suffix", lang, name=output.name))
    else:
        output.write_bytes(made)
        typer.echo(_word("written", lang, name=str(output)))


@app.command()
def schema(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it to a file · 写入文件")] = None,
) -> None:
    """Give the JSON Schema of plan files · 输出方案的 JSON Schema."""
    from pingyi.authoring.schema import schema_text

    if output is None:
        typer.echo(schema_text(), nl=False)
    else:
        output.write_text(schema_text(), encoding="utf-8")


def _made(plan: Any, suffix: str, lang: str) -> bytes | None:
    from pingyi.authoring.printing.render import to_html, to_text
    from pingyi.documents.plan_docx import to_docx
    from pingyi.documents.plan_pdf import to_pdf

    if suffix == ".docx":
        return to_docx(plan, language=lang)
    if suffix == ".pdf":
        return to_pdf(plan, language=lang)
    if suffix in {".html", ".htm"}:
        return to_html(plan, language=lang).encode()
    return to_text(plan, language=lang).encode() if suffix == ".txt" else None


def _plan(file: Path, lang: str) -> Any:
    """Read a plan that must be whole; its problems end the command."""
    from pingyi.authoring.problems import blocking
    from pingyi.authoring.read import read

    located = read(_text(file, lang))
    faults = blocking(located.problems)
    if located.plan is None or faults:
        lines = [f"{file.name}:{problem.line}:{problem.column} {problem.sentence(lang)}" for problem in faults]
        _fail("\n".join([*lines, _word("check_first", lang, name=file.name)]))
    return located.plan


def _text(file: Path, lang: str) -> str:
    try:
        if file.stat().st_size > LONGEST_FILE:
            _fail(_word("too_big", lang, name=file.name))
        content = file.read_bytes()
    except OSError:
        _fail(_word("no_file", lang, name=str(file)))
    try:
        return decoded(content)
    except UnicodeDecodeError:
        _fail(_word("not_text", lang, name=file.name))


def decoded(content: bytes) -> str:
    """Return a text file's words, in UTF-8 or GB18030; raises UnicodeDecodeError for other bytes."""
    if b"\0" in content:
        raise UnicodeDecodeError("utf-8", content, content.index(0), content.index(0) + 1, "not a text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _word(code: str, lang: str, **facts: str) -> str:
    return WORDS[code][lang.startswith("en")].format(**facts)


if importlib.util.find_spec("pingyi.cli.plan_import") is not None:
    app.command("import")(importlib.import_module("pingyi.cli.plan_import").import_plan)
