"""A checked plan on the terminal: its problems at their lines, and the scores it can give."""

from __future__ import annotations

from typing import Any

from pingyi.authoring.check import Checked
from pingyi.authoring.problems import blocking
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


def show_checked(checked: Checked, *, name: str, language: str) -> None:
    """Print the problems, then the ranges, then whether the plan can be adopted."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for problem in checked.problems:
        place = f"{name}:{problem.line}:{problem.column}" if problem.line else name
        style, word = ("bold red", "blocks") if problem.blocks else ("yellow", "note")
        console.print(
            Text.assemble((place, "cyan"), "  ", (_word(word, language), style), "  ", problem.sentence(language))
        )
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
