"""From evidence to a score sheet of reasons, in exact arithmetic and with one rounding at the end (§4.4b)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pingyi.rules.plan import Plan
from pingyi.rules.rounding import compared, fixed, rounded
from pingyi.rules.scoring.adjust import add, cap, deduct, veto
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.scoring.standardize import standardize
from pingyi.rules.scoring.weigh import weigh
from pingyi.rules.sheet import FLOOR, Line, LineKind, Reason, ScoreSheet, total

Step = Callable[[ScoreSheet, Plan, SectionEvidence], ScoreSheet]


def add_up(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Add the points; a sum under 0 is raised to 0 by a line of its own. There is no ceiling: a bonus may pass 100."""
    below = -total(sheet.lines)
    if below <= 0:
        return sheet
    floor = Line(
        kind=LineKind.FLOOR, source=FLOOR, indicator="", criterion="", reason=Reason(code="line.floor"), points=below
    )
    return replace(sheet, lines=(*sheet.lines, floor))


def round_once(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Give the sheet its score: exact, rounded, compared and printed; a sheet with gaps gets none."""
    if sheet.gaps:
        return sheet
    exact, rule = total(sheet.lines), plan.rounding
    return replace(
        sheet,
        score=exact,
        rounded=rounded(exact, digits=rule.digits, mode=rule.mode),
        compared=compared(exact, rounding=rule),
        printed=fixed(exact, digits=rule.digits, mode=rule.mode),
    )


STEPS: tuple[Step, ...] = (standardize, weigh, add, deduct, cap, add_up, veto, round_once)


def score(plan: Plan, *, evidence: SectionEvidence) -> ScoreSheet:
    """Return one section's sheet: each step takes the sheet and hands it on (§4.4b)."""
    sheet = ScoreSheet(section=evidence.section)
    for step in STEPS:
        sheet = step(sheet, plan, evidence)
    return sheet
