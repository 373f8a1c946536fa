"""Bonus, deductions, their caps, and veto events (§3.2.6, §4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Veto, VetoEffect
from pingyi.rules.rounding import shown
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO, Line, LineKind, Reason, ScoreSheet, total

SIGNS = {BONUS: 1, DEDUCTION: -1}
KINDS = {BONUS: LineKind.BONUS, DEDUCTION: LineKind.DEDUCTION}


def add(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Add the bonus items that happened, each up to its own cap."""
    return _adjusted(sheet, BONUS, plan.bonus.items if plan.bonus else (), evidence)


def deduct(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Take off the deductions that happened, each up to its own cap."""
    return _adjusted(sheet, DEDUCTION, plan.deductions.items if plan.deductions else (), evidence)


def cap(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Give back what goes beyond the cap of all bonuses together, and of all deductions together."""
    limits = {
        BONUS: plan.bonus.cap if plan.bonus else None,
        DEDUCTION: plan.deductions.cap if plan.deductions else None,
    }
    lines = list(sheet.lines)
    for source, limit in limits.items():
        given = total(line for line in sheet.lines if line.source == source)
        if limit is not None and abs(given) > limit:
            lines.append(_capped(source, given=given, limit=Fraction(limit)))
    return replace(sheet, lines=tuple(lines))


def veto(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Apply proven veto events: the score becomes 0, or is held under the cap; the rank is ranking's matter."""
    proven = [one for one in plan.vetoes if _occurrences(evidence, VETO, one.id)]
    lines = list(sheet.lines)
    for event in proven:
        lines.append(_vetoed(event, score=total(lines), references=evidence.pile(VETO, event.id).references))
    return replace(sheet, lines=tuple(lines), vetoes=tuple(event.id for event in proven))


def _adjusted(sheet: ScoreSheet, source: str, items: Sequence[Adjustment], evidence: SectionEvidence) -> ScoreSheet:
    lines = [
        _line(item, source=source, times=times, references=evidence.pile(source, item.id).references)
        for item in items
        if (times := _occurrences(evidence, source, item.id))
    ]
    return replace(sheet, lines=(*sheet.lines, *lines))


def _line(item: Adjustment, *, source: str, times: Fraction, references: tuple[str, ...]) -> Line:
    each, asked = Fraction(item.points), Fraction(item.points) * times
    given = asked if item.cap is None else min(asked, Fraction(item.cap))
    facts = {"times": shown(times), "each": shown(each), "asked": shown(asked), "points": shown(given)}
    return Line(
        kind=KINDS[source],
        source=source,
        indicator=item.id,
        criterion=item.criterion,
        raw=times,
        count=times,
        points=SIGNS[source] * given,
        reason=Reason(code=f"line.{source}{'' if given == asked else '_capped'}", facts=facts),
        references=references,
    )


def _capped(source: str, *, given: Fraction, limit: Fraction) -> Line:
    facts = {"given": shown(abs(given)), "cap": shown(limit)}
    return Line(
        kind=LineKind.CAP,
        source=source,
        indicator="",
        criterion="",
        points=SIGNS[source] * limit - given,
        reason=Reason(code=f"line.cap_{source}", facts=facts),
    )


def _vetoed(event: Veto, *, score: Fraction, references: tuple[str, ...]) -> Line:
    limit = {VetoEffect.SCORE_ZERO: Fraction(0), VetoEffect.SCORE_CAP: Fraction(event.cap or 0)}.get(
        event.effect, score
    )
    facts = {"event": event.name, "score": shown(score), "cap": shown(limit)}
    return Line(
        kind=LineKind.VETO,
        source=VETO,
        indicator=event.id,
        criterion="",
        points=min(score, limit) - score,
        reason=Reason(code=f"line.veto_{event.effect.value}", facts=facts),
        references=references,
    )


def _occurrences(evidence: SectionEvidence, source: str, item: str) -> Fraction:
    pile = evidence.pile(source, item)
    return sum((Fraction(value) * tally.weight for (_, value), tally in pile.tallies.items()), Fraction(0))
