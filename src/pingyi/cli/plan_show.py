"""A checked plan on the terminal: its problems at their lines, and the scores it can give."""

from __future__ import annotations

from typing import Any

from pingyi.authoring.check import Checked
from pingyi.authoring.problems import Problem, alike, blocking
from pingyi.authoring.reachable import Range, reach, shown
from pingyi.cli.plan_words import WORDS
from pingyi.rules.plan import Plan


def checked_as_json(checked: Checked) -> dict[str, Any]:
    """Return the problems and the ranges as plain values."""
    plan = checked.located.plan
    return {
        "can_be_adopted": checked.can_be_adopted,
        "title": plan.title if plan else None,
        "problems": [problem.as_json() for problem in checked.problems],
        "reachable": {name: [shown(part.low), shown(part.high)] for name, part in _ranges(plan)} if plan else {},
    }


def show_checked(checked: Checked, *, name: str, language: str, everything: bool = False) -> None:
    """Print the problems, many of one kind in one line unless all are asked for, then the ranges, then the outcome."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    groups = [(one,) for one in checked.problems] if everything else alike(checked.problems)
    for first, *others in groups:
        place = f"{name}:{first.line}:{first.column}" if first.line else name
        style, word = ("bold red", "blocks") if first.blocks else ("yellow", "note")
        console.print(
            Text.assemble((place, "cyan"), "  ", (_word(word, language), style), "  ", first.sentence(language))
        )
        if others:
            console.print(f"    {_more(others, language)}", style="dim")
    if checked.located.plan:
        console.print(_table(checked.located.plan, language))
    count = len(blocking(checked.problems))
    notes = len(checked.problems) - count
    if checked.can_be_adopted:
        console.print(_word("can", language), style="bold green")
    else:
        console.print(_word("cannot", language, count=count), style="bold red")
    if notes:
        console.print(_word("notes", language, count=notes))


def _more(others: list[Problem], language: str) -> str:
    lines = _word("comma", language).join(str(line) for line in sorted({one.line for one in others if one.line}))
    return _word("more_alike", language, count=len(others), lines=lines or "—")


def _table(plan: Plan, language: str) -> Any:
    from rich.table import Table

    table = Table(title=_word("ranges", language), title_justify="left")
    table.add_column(_word("score", language))
    for code in ("low", "high"):
        table.add_column(_word(code, language), justify="right")
    names = {source.id: source.name for source in plan.sources} | {
        code: _word(code, language) for code in ("marks", "total")
    }
    for name, part in _ranges(plan):
        table.add_row(names[name], shown(part.low), shown(part.high))
    return table


def _ranges(plan: Plan) -> list[tuple[str, Range]]:
    reached = reach(plan)
    return [*reached.sources.items(), ("marks", reached.marks), ("total", reached.total)]


def _word(code: str, language: str, **facts: object) -> str:
    return WORDS[code][language.startswith("en")].format(**facts)
