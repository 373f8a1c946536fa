"""Marks → points: what each indicator weighs, and what the plan says of sources without evidence (§4.4b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import Empty, Measure
from pingyi.rules.rounding import shown
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.sheet import Gap, Line, Reason, ScoreSheet

SET_MARKS = {Empty.ZERO: Fraction(0), Empty.FULL: Fraction(100)}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """One source's lines after the empty rule; `share` is 0 when the source is left out."""

    lines: tuple[Line, ...]
    share: Fraction
    gaps: tuple[Gap, ...] = ()


def weigh(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Give every line its share of the composite and its points; missing evidence follows the source's rule."""
    parts = [_part(source, sheet=sheet, plan=plan) for source in plan.sources]
    gaps = tuple(gap for part in parts for gap in part.gaps)
    whole = sum((part.share for part in parts), Fraction(0))
    if not whole and not gaps:
        gaps = (Gap(section=evidence.section.id, source=plan.sources[0].id),) if plan.sources else ()
    lines = tuple(_pointed(line, part.share / whole if whole else Fraction(0)) for part in parts for line in part.lines)
    return replace(sheet, lines=lines, gaps=gaps)


def _part(source: Source, *, sheet: ScoreSheet, plan: Plan) -> _Part:
    lines = tuple(line for line in sheet.lines if line.source == source.id)
    if all(line.mark is None for line in lines):
        return _without_evidence(source, lines=lines, plan=plan, section=sheet.section.id)
    demerits = {one.id for one in plan.indicators if one.measure is Measure.DEMERITS}
    settled = tuple(_settled(line, source=source, is_demerit=line.indicator in demerits) for line in lines)
    gaps = tuple(
        Gap(section=sheet.section.id, source=source.id, indicator=line.indicator)
        for line in settled
        if line.mark is None and source.empty is Empty.REFUSE and _counts(source, line.indicator, plan=plan)
    )
    return _Part(lines=_shared(settled, plan=plan), share=Fraction(source.weight), gaps=gaps)


def _without_evidence(source: Source, *, lines: Sequence[Line], plan: Plan, section: str) -> _Part:
    """Apply the source's rule to a section that has no evidence at all from it."""
    if source.empty in SET_MARKS:
        settled = tuple(_set(line, source.empty) for line in lines)
        return _Part(lines=_shared(settled, plan=plan), share=Fraction(source.weight))
    if source.empty is Empty.DROP:
        return _Part(lines=tuple(_left_out(line) for line in lines), share=Fraction(0))
    refused = tuple(replace(line, reason=Reason(code="line.refused")) for line in lines)
    gaps = (Gap(section=section, source=source.id),) if source.weight else ()
    return _Part(lines=refused, share=Fraction(source.weight), gaps=gaps)


def _counts(source: Source, indicator: str, *, plan: Plan) -> bool:
    """Whether the indicator weighs anything: what cannot change a score cannot stop a verdict by its absence either."""
    return bool(source.weight) and any(one.id == indicator and one.weight for one in plan.indicators)


def _settled(line: Line, *, source: Source, is_demerit: bool) -> Line:
    """Settle one line without evidence in a source that has some: no demerit noted means none."""
    if line.mark is not None:
        return line
    if is_demerit:
        return replace(line, mark=Fraction(100), raw=Fraction(0), reason=Reason(code="line.no_demerits"))
    if source.empty in SET_MARKS:
        return _set(line, source.empty)
    return _left_out(line) if source.empty is Empty.DROP else replace(line, reason=Reason(code="line.refused"))


def _set(line: Line, rule: Empty) -> Line:
    return replace(line, mark=SET_MARKS[rule], reason=Reason(code=f"line.empty_{rule.value}"))


def _left_out(line: Line) -> Line:
    return replace(line, reason=Reason(code="line.empty_drop"))


def _shared(lines: Sequence[Line], *, plan: Plan) -> tuple[Line, ...]:
    """Share the source's weight among its lines that have a mark."""
    weights = {one.id: Fraction(one.weight) for one in plan.indicators}
    whole = sum((weights[line.indicator] for line in lines if line.mark is not None), Fraction(0))
    return tuple(
        line if line.mark is None or not whole else replace(line, weight=weights[line.indicator] / whole)
        for line in lines
    )


def _pointed(line: Line, share: Fraction) -> Line:
    """Turn the share within the source into the share of the composite, and the mark into points."""
    weight = line.weight * share
    facts = {**line.reason.facts, "weight": shown(100 * weight)}
    return replace(
        line,
        weight=weight,
        points=(line.mark or Fraction(0)) * weight,
        reason=Reason(code=line.reason.code, facts={**facts, "points": shown((line.mark or Fraction(0)) * weight)}),
    )
