"""`pingyi plan import`: a plan document in official prose becomes a plan file, and says what it did not understand."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingyi.cli.plan_import_changes import ChoiceError, changes_as_json, show_changes, with_choice
from pingyi.cli.plan_import_words import PARTS, say

if TYPE_CHECKING:
    from rich.console import Console

    from pingyi.authoring.importing import Imported
    from pingyi.authoring.prose import Draft

SHOWN = 12  # uncovered sentences on the terminal; the file and --json hold all


def import_plan(
    file: Annotated[Path, typer.Argument(help="TXT, DOCX, PDF or HTML · 方案文件", dir_okay=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the plan as YAML · 写入 YAML")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs · 输出 JSON")] = False,
    preset: Annotated[
        str, typer.Option(help="What the text does not say: standard, questionnaire · 预设")
    ] = "standard",
    year: Annotated[int | None, typer.Option(help="The year, where the text names none · 年份")] = None,
    take: Annotated[str, typer.Option(help="Changes of a print to take: their numbers (1,3), or all · 采用改动")] = "",
    leave: Annotated[str, typer.Option(help="Changes of a print to leave: their numbers, or all · 不采用改动")] = "",
    lang: Annotated[str, typer.Option("--lang", help="zh or en")] = "zh",
) -> None:
    """Read a plan document and list what was understood, doubted and left over · 导入方案文件."""
    imported = _taken_in(file, preset=preset, year=year, lang=lang)
    if take or leave:
        try:
            imported = with_choice(imported, take=take, leave=leave)
        except ChoiceError as error:
            _fail(say(error.code, lang, **error.facts))
    draft = imported.draft
    if output is not None and draft.is_usable:
        from pingyi.authoring.emit import to_yaml

        output.write_text(to_yaml(draft.plan), encoding="utf-8")
    if as_json:
        json.dump(_as_json(imported, lang), sys.stdout, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write("\n")
    else:
        _show(imported, lang=lang, output=output, is_chosen=bool(take or leave))
    raise typer.Exit(0 if draft.is_usable else 1)


def _taken_in(file: Path, *, preset: str, year: int | None, lang: str) -> Imported:
    from pingyi.authoring.importing import take_in
    from pingyi.authoring.presets import PRESETS
    from pingyi.authoring.reading import UnreadableError, read_document

    if preset not in PRESETS:
        _fail(say("no_preset", lang, name=preset, known=", ".join(PRESETS)))
    try:
        content = file.read_bytes()
        document = read_document(content, name=file.name)
    except OSError:
        _fail(say("no_file", lang, name=str(file)))
    except UnreadableError as error:
        _fail(error.sentence(language=lang))
    found = take_in(document, content=content, name=file.name, year=year, preset=preset)
    if year is None and any(one.code == "year.missing" for one in found.draft.problems):
        return take_in(document, content=content, name=file.name, year=_present_year(), preset=preset)
    return found


def _present_year() -> int:
    """The clock belongs to the site, which is slow to load: it is asked only when the text names no year."""
    from pingyi.cli.site import set_up_django

    set_up_django()
    from pingyi.clock import today

    return today().year


def _as_json(imported: Imported, lang: str) -> dict[str, Any]:
    from pingyi.authoring.prose import coverage, sentence

    draft = imported.draft
    problems, half_read = (
        [asdict(one) | {"sentence": sentence(one.code, one.facts, language=lang)} for one in doubts]
        for doubts in (draft.problems, draft.half_read)
    )
    return {
        "name": draft.name,
        "usable": draft.is_usable,
        "carried": imported.carriage.value,
        "way": imported.way.value,
        "changes": changes_as_json(imported.changed),
        "plan": asdict(draft.plan),
        "items": [asdict(one) for one in draft.items],
        "uncovered": [asdict(one) for one in draft.uncovered],
        "lost": [asdict(one) for one in draft.lost],
        "problems": problems,
        "units": [asdict(one) for one in draft.units],
        "left_out": list(draft.left_out),
        "facts": [asdict(one) for one in draft.facts],
        "half_read": half_read,
        "coverage": coverage(draft.facts, sentences=draft.sentences, uncovered=draft.uncovered),
        "text": draft.text,
    }


def _show(imported: Imported, *, lang: str, output: Path | None, is_chosen: bool) -> None:
    from rich.console import Console

    console, draft = Console(highlight=False), imported.draft
    if imported.is_printed:
        console.print(say("printed", lang, title=draft.plan.title), style="bold green", markup=False)
    if draft.is_usable:
        _show_understood(console, draft, lang)
    _show_problems(console, draft, lang)
    show_changes(console, imported.changed, lang, is_chosen=is_chosen)
    if draft.is_usable and draft.facts:
        _show_coverage(console, draft, lang)
    if draft.uncovered and draft.is_usable:
        console.print(f"\n[bold]{say('uncovered', lang, count=len(draft.uncovered))}[/bold]")
        for one in draft.uncovered[:SHOWN]:
            console.print(f"  · {one.text}", markup=False, soft_wrap=True)
        if len(draft.uncovered) > SHOWN:
            console.print(f"  {say('more', lang, count=len(draft.uncovered) - SHOWN)}")
    if draft.is_usable:
        tail = say("written", lang, name=str(output)) if output is not None else say("not_written", lang)
        console.print(f"\n{tail}", markup=False)


def _show_coverage(console: Console, draft: Draft, lang: str) -> None:
    """Say how many facts of the text are in fields, and which sentences lost one."""
    from pingyi.authoring.prose import coverage, sentence

    told = coverage(draft.facts, sentences=draft.sentences, uncovered=draft.uncovered)
    console.print(f"\n{say('coverage', lang, **told)}", markup=False)
    for one in draft.half_read:
        console.print(
            f"  ! {sentence(one.code, one.facts, language=lang)}", style="yellow", markup=False, soft_wrap=True
        )


def _show_understood(console: Console, draft: Draft, lang: str) -> None:
    from rich.table import Table

    plan = draft.plan
    console.print(f"{plan.title}　{plan.year}　{plan.issuer}", style="bold", markup=False)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for name in PARTS:
        values = _values(plan, name)
        if values:
            table.add_row(say(name, lang), str(len(values)), "；".join(_short(one) for one in values))
    console.print(table)
    open_choices = sum(not choice.confirmed for choice in plan.choices)
    console.print(say("choices", lang, count=open_choices), markup=False)


def _values(plan: Any, name: str) -> tuple[Any, ...]:
    return tuple(plan.subject.kinds) if name == "subject" else tuple(getattr(plan, name))


def _short(value: Any) -> str:
    if isinstance(value, str):
        return value if len(value) <= 24 else value[:24] + "…"
    words = str(getattr(value, "title", "") or getattr(value, "name", ""))
    if hasattr(value, "begins_on"):
        return f"{words} {value.begins_on:%m-%d}～{value.ends_on:%m-%d}"
    due = getattr(value, "due_on", None)
    return f"{words}（{due:%m-%d}）" if due else words


def _show_problems(console: Console, draft: Draft, lang: str) -> None:
    from pingyi.authoring.problems import MOST_ALIKE
    from pingyi.authoring.prose import sentence

    if draft.problems:
        console.print(f"\n[bold]{say('problems', lang, count=len(draft.problems))}[/bold]")
    codes = Counter(one.code for one in draft.problems)
    told: Counter[str] = Counter()
    for one in draft.problems:
        told[one.code] += 1
        if told[one.code] > 1 and codes[one.code] > MOST_ALIKE:
            continue
        console.print(
            f"  ! {sentence(one.code, one.facts, language=lang)}", style="yellow", markup=False, soft_wrap=True
        )
        if codes[one.code] > MOST_ALIKE:
            console.print(f"    {say('alike', lang, count=codes[one.code] - 1)}", style="dim", markup=False)


def _fail(message: str) -> Any:
    typer.echo(message, err=True)
    raise typer.Exit(1)
