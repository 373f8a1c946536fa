"""What this house counts by itself, and what of a plan may take it (§3.2.1, §3.2.2, §3.2.3, §4.4b).

An indicator or a deduction says by `takes` which figure it takes. Nothing is read from an id: a plan that was adopted
before figures had words is completed once, by `named`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Deductions, Figure, Indicator, Measure, Source, SourceKind


class Unit(StrEnum):
    """What a figure is made of."""

    SHARE = "share"  # so many kept of so many
    LEVEL = "level"  # what citizens said, as options of a scale
    DUTY = "duty"  # each duty or promise, kept or not
    EVENT = "event"  # each single thing that should not have been


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Where a figure comes from and what it is made of."""

    room: str
    unit: Unit
    is_parted: bool = True  # can be counted from any day on; else it is one count for the whole year


MEASURES: Mapping[Unit, frozenset[Measure]] = {
    Unit.SHARE: frozenset({Measure.MEAN}),
    Unit.LEVEL: frozenset({Measure.SATISFACTION_SCORE, Measure.SATISFACTION_RATE}),
    Unit.DUTY: frozenset({Measure.MEAN, Measure.DEMERITS}),
    Unit.EVENT: frozenset({Measure.DEMERITS}),
}
CASES, TASKS, COMMITMENTS = "cases", "tasks", "commitments"
FIGURES: Mapping[Figure, Counted] = {
    Figure.CASES_ON_TIME: Counted(room=CASES, unit=Unit.SHARE),
    Figure.CASES_ANSWERED: Counted(room=CASES, unit=Unit.SHARE),
    Figure.CASES_SETTLED: Counted(room=CASES, unit=Unit.SHARE),
    Figure.CASES_RESPONSE: Counted(room=CASES, unit=Unit.SHARE),
    Figure.CASES_SOLUTION: Counted(room=CASES, unit=Unit.SHARE),
    Figure.CASES_SATISFACTION: Counted(room=CASES, unit=Unit.LEVEL),
    Figure.CASES_BREACHES: Counted(room=CASES, unit=Unit.EVENT),
    Figure.CASES_FOUNDED: Counted(room=CASES, unit=Unit.EVENT),
    Figure.CASES_LATE: Counted(room=CASES, unit=Unit.EVENT),
    Figure.CASES_OWNERLESS: Counted(room=CASES, unit=Unit.EVENT),
    Figure.CASES_SECOND_NOTICE: Counted(room=CASES, unit=Unit.EVENT),
    Figure.CASES_FALSE_CLOSING: Counted(room=CASES, unit=Unit.EVENT),
    Figure.TASKS_IN_TIME: Counted(room=TASKS, unit=Unit.DUTY),
    Figure.COMMITMENTS_KEPT: Counted(room=COMMITMENTS, unit=Unit.DUTY, is_parted=False),
}
_BY_ENDING = (Figure.CASES_ANSWERED, Figure.CASES_SETTLED, Figure.CASES_RESPONSE, Figure.CASES_SOLUTION)
_DEDUCTED: Mapping[str, Figure] = {
    "founded_complaint": Figure.CASES_FOUNDED,
    "case_late": Figure.CASES_LATE,
    "ownerless": Figure.CASES_OWNERLESS,
    "second_notice": Figure.CASES_SECOND_NOTICE,
    "false_closing": Figure.CASES_FALSE_CLOSING,
    "breach": Figure.CASES_BREACHES,
}


def fed(plan: Plan, room: str) -> list[Indicator]:
    """Return the indicators that a room feeds, whatever the kind of their source."""
    return [one for one in plan.indicators if room_of(one) == room]


def taken(item: Indicator | Adjustment) -> Counted | None:
    """Return what an indicator or a deduction takes of what is counted here; None where only tables feed it."""
    return FIGURES.get(item.takes) if item.takes else None


def room_of(item: Indicator | Adjustment) -> str:
    """Return the room that feeds an indicator or a deduction; nothing where only tables do."""
    counted = taken(item)
    return counted.room if counted else ""


def rooms_of(plan: Plan, source: str) -> frozenset[str]:
    """Return the rooms that feed a source."""
    return frozenset(room_of(one) for one in plan.indicators if one.source == source) - {""}


def is_parted(plan: Plan, source: str) -> bool:
    """Whether a source's figures can be counted from any day on; not where this house counts none of them."""
    mine = [counted for one in plan.indicators if one.source == source and (counted := taken(one))]
    return bool(mine) and all(one.is_parted for one in mine)


def proposed(indicator: Indicator, source: Source) -> Figure | None:
    """Return the figure that an indicator most likely means, which a person confirms before a plan is adopted.

    None where no room of this house counts anything for such a source.
    """
    if source.kind is SourceKind.TASKS:
        return Figure.TASKS_IN_TIME
    if source.kind is SourceKind.COMMITMENTS:
        return Figure.COMMITMENTS_KEPT
    if source.kind is not SourceKind.CASES:
        return None
    if indicator.measure is Measure.DEMERITS:
        return Figure.CASES_BREACHES
    if indicator.measure is not Measure.MEAN:
        return Figure.CASES_SATISFACTION
    endings = ((figure, figure.value.partition(".")[2]) for figure in _BY_ENDING)
    return next((figure for figure, ending in endings if indicator.id.endswith(ending)), Figure.CASES_ON_TIME)


def named(plan: Plan) -> Plan:
    """Return a plan whose indicators and deductions all say what they take.

    A plan that was adopted before figures had words is bound to what was meant then: the ends of its ids.
    """
    sources = {source.id: source for source in plan.sources}
    indicators = tuple(
        replace(one, takes=proposed(one, sources[one.source])) if one.takes is None and one.source in sources else one
        for one in plan.indicators
    )
    if any(one.takes is not None for one in plan.indicators):
        return plan if indicators == plan.indicators else replace(plan, indicators=indicators)
    return replace(plan, indicators=indicators, deductions=_deducting(plan.deductions))


def _deducting(deductions: Deductions | None) -> Deductions | None:
    """Complete the deductions of a plan of which nothing says what it takes, each figure once."""
    if deductions is None:
        return None
    left, items = dict(_DEDUCTED), []
    for item in deductions.items:
        ending = next((one for one in left if item.id == one or item.id.endswith(f"_{one}")), None)
        items.append(replace(item, takes=left.pop(ending)) if ending and item.takes is None else item)
    return replace(deductions, items=tuple(items))
