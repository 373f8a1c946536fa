"""The verdict as tables in a terminal: ranking, triggers in words, sheets line by line."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pingyi.cli import judge_sure
from pingyi.rules.assessment import Assessment
from pingyi.rules.plan import Plan
from pingyi.rules.reasons import line_notes, say
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import Line, ScoreSheet, Verdict
from pingyi.rules.verdict_names import Names, names_of

VETO_MARK = "※"  # at the rank, and before the reason under the table
WORDS: dict[str, tuple[str, str]] = {
    "rank": ("名次", "Rank"),
    "section": ("科室", "Section"),
    "score": ("综合得分", "Score"),
    "grade": ("等次", "Grade"),
    "fires": ("触发", "Triggers"),
    "class": ("类别", "Class"),
    "source": ("来源", "Source"),
    "criterion": ("评议内容", "Criterion"),
    "item": ("指标", "Item"),
    "points": ("计分", "Points"),
    "why": ("依据", "Why"),
    "total": ("合计", "Total"),
    "triggers": ("结果运用的触发", "What triggers say"),
    "missing": ("缺少佐证，结果不完整：", "Evidence is missing, the verdict is incomplete:"),
    "follows": ("应当", "Follows"),
}


def show(verdict: Verdict, assessment: Assessment, *, plan: Plan, language: str, details: bool) -> None:
    """Print the verdict; every line of every sheet where details are asked for."""
    console = Console()
    names = names_of(plan)
    console.print(f"[bold]{verdict.title}[/bold] {verdict.year}")
    console.print(_ranking(verdict, plan=plan, names=names, language=language))
    for sheet in verdict.sheets:
        for reason in sheet.veto_reasons():
            console.print(f"{VETO_MARK} {sheet.section.name}：{say(reason, language=language)}", style="bold red")
    judge_sure.show(console, assessment, verdict=verdict, plan=plan, language=language)
    for sheet in verdict.sheets if details else ():
        console.print(_sheet(sheet, names=names, language=language))
    _triggers(console, verdict, assessment, plan=plan, language=language)
    if verdict.gaps:
        console.print(_word("missing", language), style="bold red")
    for gap in verdict.gaps:
        item = f" · {names.items.get((gap.source, gap.indicator), gap.indicator)}" if gap.indicator else ""
        console.print(
            f"  {verdict.sheet(gap.section).section.name} · {names.sources.get(gap.source, gap.source)}{item}"
        )


def _ranking(verdict: Verdict, *, plan: Plan, names: Names, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAVY)
    for column in ("class", "rank", "section", "score", "grade", "fires"):
        table.add_column(
            _word(column, language), justify="right" if column in {"rank", "score"} else "left", overflow="fold"
        )
    triggers = {trigger.id: trigger.name for trigger in plan.triggers}
    classes = list(names.classes)
    order = sorted(verdict.placements, key=lambda one: (classes.index(one.section_class), one.rank or 0))
    for place in order:
        sheet = verdict.sheet(place.section)
        table.add_row(
            names.classes.get(place.section_class, ""),
            f"{place.rank or '—'}{VETO_MARK if sheet.vetoes else ''}",
            sheet.section.name,
            sheet.printed or "—",
            names.grades.get(verdict.grades.get(place.section, ""), ""),
            "、".join(triggers[one] for one in verdict.fired(place.section)),
        )
    return table


def _sheet(sheet: ScoreSheet, *, names: Names, language: str) -> Table:
    table = Table(title=sheet.section.name, title_justify="left", box=box.SIMPLE, show_footer=True)
    for column in ("source", "criterion", "item"):
        table.add_column(
            _word(column, language), footer=_word("total", language) if column == "source" else "", overflow="fold"
        )
    table.add_column(_word("points", language), justify="right", footer=sheet.printed or "—")
    table.add_column(_word("why", language), overflow="fold")
    for line in sheet.lines:
        table.add_row(
            names.sources.get(line.source, ""),
            names.criteria.get(line.criterion, ""),
            names.items.get((line.source, line.indicator), ""),
            shown(line.points),
            _why(line, names=names, language=language),
        )
    return table


def _why(line: Line, *, names: Names, language: str) -> str:
    return "\n".join([say(line.reason, language=language), *line_notes(line, groups=names.groups, language=language)])


def _triggers(console: Console, verdict: Verdict, assessment: Assessment, *, plan: Plan, language: str) -> None:
    console.print(f"[bold]{_word('triggers', language)}[/bold]")
    follows = {one.id: one.name for one in plan.consequences}
    for trigger in plan.triggers:
        console.print(f"{trigger.name}")
        for result in verdict.triggers:
            if result.trigger == trigger.id:
                reasons = [test.reason for test in result.tests] + ([result.quota] if result.quota else [])
                said = "；".join(say(reason, language=language) for reason in reasons)
                said += judge_sure.state(trigger, section=result.section, assessment=assessment, language=language)
                name = verdict.sheet(result.section).section.name
                console.print(
                    f"  {'●' if result.fires else '○'} {name}：{said}", style="red" if result.fires else "dim"
                )
        if any(result.fires for result in verdict.triggers if result.trigger == trigger.id):
            names = "、".join(follows.get(one, one) for one in trigger.consequences)
            console.print(f"    {_word('follows', language)}: {names}")


def _word(name: str, language: str) -> str:
    return WORDS[name][0 if language.startswith("zh") else 1]
