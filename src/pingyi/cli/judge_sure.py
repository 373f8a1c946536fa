"""How sure the verdict is, in a terminal: intervals, rank intervals, what may be said of each section (§5.2)."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pingyi.rules import standings
from pingyi.rules.assessment import Assessment, ClassAssessment
from pingyi.rules.estimate import Standing
from pingyi.rules.plan import Plan, Trigger
from pingyi.rules.reasons import say
from pingyi.rules.sheet import Reason, Verdict

WORDS: dict[str, tuple[str, str]] = {
    "sure": ("结果的可靠程度", "How sure this is"),
    "section": ("科室", "Section"),
    "score": ("综合得分", "Score"),
    "half": ("±", "±"),
    "ranks": ("名次区间", "Ranks"),
    "said": ("可以说的结论", "What may be said"),
}


def show(console: Console, assessment: Assessment, *, verdict: Verdict, plan: Plan, language: str) -> None:
    """Print a table for each class that is ranked."""
    for held in assessment.classes:
        console.print(f"[bold]{_word('sure', language)}[/bold]")
        ranking = held.certainty.ranking if held.certainty else None
        if ranking and not ranking.is_there and not held.put_last:
            console.print(say(Reason(code="sure.no_difference"), language=language), style="bold yellow")
        console.print(_table(held, verdict=verdict, plan=plan, language=language))


def state(trigger: Trigger, *, section: str, assessment: Assessment, language: str) -> str:
    """Return what the evidence bears of a trigger, to stand behind the legal rule."""
    found: Standing | None = standings.trigger_standing(trigger, section=section, assessment=assessment)
    return "" if found is None else f"〔{say(Reason(code=f'state.{found.value}'), language=language)}〕"


def _table(held: ClassAssessment, *, verdict: Verdict, plan: Plan, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAVY)
    for column in ("section", "score", "half", "ranks", "said"):
        justify = "right" if column in {"score", "half"} else "left"
        table.add_column(_word(column, language), justify=justify, overflow="fold")  # type: ignore[arg-type]
    sources = {one.id: one.name for one in plan.sources}
    for sheet in verdict.sheets:
        section = sheet.section.id
        if section not in (*held.sections, *held.put_last, *held.without_score):
            continue
        one = held.of(section)
        said = standings.said_of(section, assessed=held, sources=sources)
        table.add_row(
            sheet.section.name,
            sheet.printed or "—",
            standings.interval_facts(one)["half"] if one else "—",
            f"{one.ranks.best}–{one.ranks.worst}" if one else "—",
            "；".join(say(reason, language=language) for reason in said),
        )
    return table


def _word(name: str, language: str) -> str:
    return WORDS[name][0 if language.startswith("zh") else 1]
