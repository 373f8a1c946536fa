"""A score sheet as a page shows it: by source or by criterion, each line with its reason, adding up exactly (§4.4b)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.rules.assessment import Assessment
from pingyi.rules.consequence import honors
from pingyi.rules.plan import Plan, Trigger
from pingyi.rules.reasons import line_notes, say
from pingyi.rules.rounding import fixed, shown
from pingyi.rules.sheet import BONUS, DEDUCTION, FLOOR, VETO, Line, LineKind, Reason, total
from pingyi.rules.standings import trigger_standing
from pingyi.stations.results.frozen import SectionResult
from pingyi.stations.results.queries.verdict import Result

POINTS_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class LineShown:
    """One line of the sheet in words."""

    indicator: str
    name: str
    beside: str  # the criterion where lines stand under sources, and the other way round
    sentence: str
    notes: tuple[str, ...]
    points: str
    exact: str  # the points as a fraction, where the shown digits are rounded
    mark: str
    share: str
    evidence: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupShown:
    """The lines of one source or of one criterion, with what they come to."""

    name: str
    share: str
    points: str
    exact: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TestShown:
    """What one test of a trigger says."""

    holds: bool
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TriggerShown:
    """What one trigger says of one section."""

    id: str
    name: str
    fires: bool
    tests: tuple[TestShown, ...]
    quota: str
    follows: tuple[str, ...]
    is_honor: bool  # all that follows is praise
    state: str = ""  # what the evidence bears of it, as a code; empty where nothing is sampled, or nothing was kept
    state_word: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetShown:
    """A whole sheet in words."""

    section: str
    section_name: str
    by_source: tuple[GroupShown, ...]
    by_criterion: tuple[GroupShown, ...]
    score: str
    exact: str
    decimal: str  # the exact score, with more digits than it is printed with
    placement: str
    rank: int | None
    of: int
    grade: str
    gaps: tuple[str, ...]
    triggers: tuple[TriggerShown, ...]

    @property
    def fired(self) -> tuple[TriggerShown, ...]:
        """The triggers that fire."""
        return tuple(trigger for trigger in self.triggers if trigger.fires)


def spoken(reason: Reason) -> str:
    """Return a reason in the reader's language."""
    return say(reason, language=get_language() or "zh")


def show(
    result: Result, *, plan: Plan, assessment: Assessment | None = None, alone: Collection[str] = ()
) -> SheetShown:
    """Return a section's result in words; `alone` are the indicators that rest on one row of the whole bureau."""
    said = result.said
    sheet, names = said.sheet, Names(plan, alone=alone)
    return SheetShown(
        section=sheet.section.id,
        section_name=sheet.section.name,
        by_source=tuple(
            _group(names.source(key), lines, names, "criterion") for key, lines in sheet.by_source().items()
        ),
        by_criterion=tuple(
            _group(names.criterion(key), lines, names, "source") for key, lines in sheet.by_criterion().items()
        ),
        score=sheet.printed,
        exact="" if sheet.score is None else str(sheet.score),
        decimal="" if sheet.score is None else shown(sheet.score),
        placement=spoken(said.placement.reason),
        rank=said.placement.rank,
        of=said.placement.of,
        grade=names.grade(said.grade),
        gaps=tuple(names.gap(gap.source, gap.indicator) for gap in sheet.gaps),
        triggers=triggers(said, plan=plan, assessment=assessment),
    )


def triggers(said: SectionResult, *, plan: Plan, assessment: Assessment | None = None) -> tuple[TriggerShown, ...]:
    """Return what each trigger of the plan says of the section, with numbers (§4.4c), and how sure it is (§5.2)."""
    known = {trigger.id: trigger for trigger in plan.triggers}
    follows = {one.id: one.name for one in plan.consequences}
    return tuple(
        TriggerShown(
            id=result.trigger,
            name=known[result.trigger].name,
            fires=result.fires,
            tests=tuple(TestShown(holds=test.holds, sentence=spoken(test.reason)) for test in result.tests),
            quota=spoken(result.quota) if result.quota else "",
            follows=tuple(follows[one] for one in known[result.trigger].consequences if one in follows),
            is_honor=honors(known[result.trigger], plan=plan),
            **_state(known[result.trigger], result.section, assessment),
        )
        for result in said.triggers
    )


def _state(trigger: Trigger, section: str, assessment: Assessment | None) -> dict[str, str]:
    """Return the statistical state beside the legal rule."""
    state = trigger_standing(trigger, section=section, assessment=assessment) if assessment else None
    return {} if state is None else {"state": state.value, "state_word": spoken(Reason(code=f"state.{state.value}"))}


class Names:
    """The plan's names for its ids, and the house's own for what is beside the marks."""

    def __init__(self, plan: Plan, *, alone: Collection[str] = ()) -> None:
        """Look the names up once."""
        self.plan, self.alone = plan, alone
        self._own = {
            BONUS: _("Bonus"), DEDUCTION: _("Deductions"), VETO: _("Veto"), FLOOR: _("Floor"),
            "": _("Not tied to a criterion"),
        }  # fmt: skip
        self._own_lines = {LineKind.CAP: _("Beyond the cap"), LineKind.FLOOR: _("A score is not below 0")}
        self._sources = {one.id: one.name for one in plan.sources}
        self._criteria = {one.id: one.title for one in plan.criteria}
        adjustments = [item for part in (plan.bonus, plan.deductions) if part for item in part.items]
        self._items = {one.id: one.name for one in plan.indicators}
        self._items |= {one.id: one.name for one in adjustments} | {one.id: one.name for one in plan.vetoes}
        self.groups = {group.id: group.name for group in plan.assembly.groups} if plan.assembly else {}

    def source(self, key: str) -> str:
        """Name a source of marks, or the bonus, deductions, veto."""
        return self._sources.get(key) or self._own.get(key, key)

    def criterion(self, key: str) -> str:
        """Name a criterion."""
        return self._criteria.get(key) or self._own.get(key, key)

    def item(self, line: Line) -> str:
        """Name what a line is about."""
        return self._items.get(line.indicator) or self._own_lines.get(line.kind, "")

    def grade(self, key: str) -> str:
        """Name a grade."""
        return next((one.name for one in self.plan.grades if one.id == key), "")

    def gap(self, source: str, indicator: str) -> str:
        """Name what evidence is missing for."""
        return self._items.get(indicator) or self.source(source)


def _group(name: str, lines: Iterable[Line], names: Names, beside: str) -> GroupShown:
    kept = tuple(lines)
    points = total(kept)
    share = sum((line.weight for line in kept), Fraction(0))
    return GroupShown(
        name=name,
        share=percent(share),
        points=_points(points),
        exact=_exact(points),
        lines=tuple(_line(line, names, beside) for line in kept),
    )


def _line(line: Line, names: Names, beside: str) -> LineShown:
    return LineShown(
        indicator=line.indicator,
        name=names.item(line),
        beside=names.criterion(line.criterion) if beside == "criterion" else names.source(line.source),
        sentence=spoken(line.reason),
        notes=_notes(line, names),
        points=_points(line.points),
        exact=_exact(line.points),
        mark="" if line.mark is None else shown(line.mark),
        share=percent(line.weight),
        evidence=len(line.references),
        kind=line.kind.value,
    )


def _notes(line: Line, names: Names) -> tuple[str, ...]:
    own = (_("rests on one row"),) if line.indicator in names.alone and line.references else ()
    return (*own, *line_notes(line, groups=names.groups, language=get_language() or "zh"))


def _points(number: Fraction) -> str:
    return fixed(number, digits=POINTS_DIGITS)


def _exact(number: Fraction) -> str:
    """Return the fraction where the shown digits are not all of it."""
    return str(number) if number * 10**POINTS_DIGITS % 1 else ""


def percent(share: Fraction) -> str:
    """Return a share of 1 as people write it."""
    return f"{shown(share * 100)}%" if share else ""
