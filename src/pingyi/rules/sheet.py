"""The score sheet and the verdict as values: every point with its reason and the references it rests on (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pingyi.rules.evidence import SectionFacts
from pingyi.rules.plan.outcome import ConsequenceKind, TestKind

BONUS, DEDUCTION, VETO, FLOOR = "bonus", "deduction", "veto", "floor"


class LineKind(StrEnum):
    """What a line of the sheet is."""

    MARK = "mark"  # an indicator's mark × its share
    BONUS = "bonus"
    DEDUCTION = "deduction"
    CAP = "cap"  # gives back what goes beyond the cap of all bonuses or of all deductions
    FLOOR = "floor"  # a score is never under 0
    VETO = "veto"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why, as a code of `reasons.MESSAGES` and the words and numbers that its sentence needs."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a sheet; the points of all lines add up to the score exactly."""

    kind: LineKind
    source: str  # a source's id, or bonus, deduction, veto, floor
    indicator: str  # the id of an indicator, of an adjustment or of a veto; empty for caps and the floor
    criterion: str  # empty where the plan ties it to none
    reason: Reason
    points: Fraction = Fraction(0)
    mark: Fraction | None = None  # 0 to 100; None where there is no evidence
    raw: Fraction | None = None  # in the indicator's own unit: the mean, the sum of demerits, the occurrences
    weight: Fraction = Fraction(0)  # share of the composite, after what was left out
    count: Fraction = Fraction(0)  # n: what was counted
    dont_know: Fraction | None = None  # share of 不了解 and 弃权 among all answers
    satisfaction_score: Fraction | None = None  # 满意度得分; both are shown where there is a scale
    satisfaction_rate: Fraction | None = None  # 满意率, in per cent
    is_too_few: bool = False  # fewer than the indicator's minimum_count: flagged, never hidden
    dropped_groups: tuple[str, ...] = ()  # elector groups with fewer valid ballots than their minimum
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Evidence that the plan cannot do without; `indicator` is empty where the whole source is missing."""

    section: str
    source: str
    indicator: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreSheet:
    """One section's sheet of reasons; without a score as long as it has gaps."""

    section: SectionFacts
    lines: tuple[Line, ...] = ()
    gaps: tuple[Gap, ...] = ()
    vetoes: tuple[str, ...] = ()
    score: Fraction | None = None  # exact
    rounded: Fraction | None = None  # by the plan's rule, once
    compared: Fraction | None = None  # which of the two is held against limits (GB/T 8170)
    printed: str = ""  # as rounded, with more digits where that would contradict the verdict

    def veto_reasons(self) -> tuple[Reason, ...]:
        """Say what each proven veto did to the score or the rank."""
        return tuple(line.reason for line in self.lines if line.kind is LineKind.VETO)

    def by_source(self) -> dict[str, tuple[Line, ...]]:
        """Return the lines under their sources."""
        return _grouped((line.source, line) for line in self.lines)

    def by_criterion(self) -> dict[str, tuple[Line, ...]]:
        """Return the same lines under the contents judged."""
        return _grouped((line.criterion, line) for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """A section's place within its class; `rank` is None where the class is not ranked, or not yet."""

    section: str
    section_class: str
    reason: Reason
    rank: int | None = None
    of: int = 0  # ranked sections of the class
    tied_with: tuple[str, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TestResult:
    """What one test of a trigger says of one section, in words with the numbers."""

    __test__ = False  # keeps pytest from collecting it
    kind: TestKind
    holds: bool
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class TriggerResult:
    """Whether a trigger fires for a section, and why or why not (§4.4c)."""

    trigger: str
    section: str
    fires: bool
    tests: tuple[TestResult, ...]
    quota: Reason | None = None  # set where all tests hold and a quota was asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Scores, ranks, grades and triggers of one year; complete when no evidence is missing."""

    title: str
    year: int
    sheets: tuple[ScoreSheet, ...]
    placements: tuple[Placement, ...]
    grades: Mapping[str, str]  # section → grade; sections without a grade are left out
    triggers: tuple[TriggerResult, ...]
    people: frozenset[str] = frozenset()  # the sources in which persons answered: what they gave is published as counts

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return what is still missing."""
        return tuple(gap for sheet in self.sheets for gap in sheet.gaps)

    @property
    def is_complete(self) -> bool:
        """Whether the verdict may be confirmed."""
        return not self.gaps

    def sheet(self, section: str) -> ScoreSheet:
        """Return one section's sheet."""
        return next(sheet for sheet in self.sheets if sheet.section.id == section)

    def placement(self, section: str) -> Placement:
        """Return one section's place."""
        return next(place for place in self.placements if place.section == section)

    def fired(self, section: str) -> tuple[str, ...]:
        """Return the triggers that fire for a section, in the plan's order."""
        return tuple(result.trigger for result in self.triggers if result.section == section and result.fires)


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedConsequence:
    """One thing that follows for one section, once, whatever number of triggers ask for it (§4.4c)."""

    section: str
    consequence: str
    kind: ConsequenceKind
    triggers: tuple[str, ...]
    due_on: date | None = None
    is_provisional: bool = False  # the calendar of that year is not published yet

    @property
    def key(self) -> str:
        """Its name within a verdict, such as for the meeting's ruling on it."""
        return f"{self.section}_{self.consequence}"


def total(lines: Iterable[Line]) -> Fraction:
    """Add the points of some lines, exactly."""
    return sum((line.points for line in lines), Fraction(0))


def _grouped(pairs: Iterable[tuple[str, Line]]) -> dict[str, tuple[Line, ...]]:
    groups: dict[str, list[Line]] = {}
    for key, line in pairs:
        groups.setdefault(key, []).append(line)
    return {key: tuple(lines) for key, lines in groups.items()}
