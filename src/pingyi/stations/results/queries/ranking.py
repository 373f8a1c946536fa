"""The verdict as one table: ranks within each class, what fires, what follows; and its picture (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pingyi.documents.charts import Option, ScoreBar, ScorePart, score_bars
from pingyi.rules.assessment import Assessment
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import TestKind
from pingyi.rules.plan.people import SectionClass
from pingyi.rules.rounding import fixed
from pingyi.rules.sheet import DraftedConsequence, total
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import certainty
from pingyi.stations.results.queries import sheet as sheets
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.queries.verdict import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class RankLine:
    """One section in the ranking."""

    section: str
    name: str
    rank: int | None
    score: str
    grade: str
    tied_with: tuple[str, ...]
    is_last: bool
    is_below: bool  # some trigger's limit is not reached
    gaps: int
    vetoes: tuple[str, ...]  # what each proven veto did to score or rank
    triggers: tuple[sheets.TriggerShown, ...]
    half: str = ""  # half the score's interval; empty where nothing is known
    ranks: str = ""  # from the best to the worst rank that the evidence allows

    @property
    def fired(self) -> tuple[sheets.TriggerShown, ...]:
        """The triggers that fire."""
        return tuple(trigger for trigger in self.triggers if trigger.fires)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassRanking:
    """The sections that are ranked together."""

    name: str
    is_ranked: bool
    lines: tuple[RankLine, ...]
    is_different: bool = True  # False: the sections do not differ significantly, and stand by name


@dataclass(frozen=True, kw_only=True, slots=True)
class PartsLine:
    """A section's score in its parts, for the picture and the table under it."""

    name: str
    score: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """What would follow for a section."""

    key: str
    section: str
    name: str
    triggers: tuple[str, ...]
    due_on: date | None
    is_provisional: bool


def classes(found: Sequence[Result], *, plan: Plan, assessment: Assessment | None = None) -> list[ClassRanking]:
    """Return the results class by class, best first; by name where the sections do not differ (§5.2)."""
    names = {one.section: one.said.sheet.section.name for one in found}
    return [
        _class(one, lines, assessment)
        for one in plan.subject.classes
        if (lines := [_line(r, plan, names, assessment) for r in found if r.said.sheet.section.section_class == one.id])
    ]


def _class(one: SectionClass, lines: list[RankLine], assessment: Assessment | None) -> ClassRanking:
    assessed = (
        next((found for found in assessment.classes if found.section_class == one.id), None) if assessment else None
    )
    is_different = assessed is None or certainty.differs(assessed)
    lines = lines if is_different else sorted(lines, key=lambda line: certainty.by_name(line.name))
    return ClassRanking(name=one.name, is_ranked=one.is_ranked, lines=tuple(lines), is_different=is_different)


def parts(found: Sequence[Result], *, plan: Plan) -> list[PartsLine]:
    """Return each section's score in its parts, source by source."""
    names = sheets.Names(plan)
    return [
        PartsLine(
            name=one.said.sheet.section.name,
            score=one.said.sheet.printed,
            parts=tuple(
                (names.source(key), fixed(total(lines), digits=2)) for key, lines in one.said.sheet.by_source().items()
            ),
        )
        for one in found
        if one.said.sheet.score is not None
    ]


def chart(lines: Sequence[PartsLine], *, plan: Plan, label: str) -> Option:
    """Return the picture of the scores with their parts and the pass mark."""
    bars = [
        ScoreBar(
            name=line.name,
            total=line.score,
            parts=tuple(ScorePart(name=name, points=Decimal(points)) for name, points in line.parts),
        )
        for line in lines
    ]
    limits = [test.score for trigger in plan.triggers for test in trigger.all_of if test.kind is TestKind.BELOW]
    return score_bars(bars, pass_mark=next(iter(limits), None), pass_label=label)


def drafts(verdict: Verdict, *, on: date, plan: Plan) -> list[DraftLine]:
    """Return what would follow if the verdict were confirmed on a day (§4.4c)."""
    return _lines(queries.drafts(verdict, on=on), verdict, plan)


def to_rule_on(verdict: Verdict, *, on: date, plan: Plan) -> list[DraftLine]:
    """Return what the bureau meeting rules on, one by one (§4.4c)."""
    return _lines(queries.to_rule_on(verdict, queries.drafts(verdict, on=on)), verdict, plan)


def _lines(drafted: Iterable[DraftedConsequence], verdict: Verdict, plan: Plan) -> list[DraftLine]:
    named = {one.id: one.name for one in plan.consequences}
    causes = {one.id: one.name for one in plan.triggers}
    sections = {sheet.section.id: sheet.section.name for sheet in queries.judged(verdict).sheets}
    return [
        DraftLine(
            key=one.key,
            section=sections[one.section],
            name=named[one.consequence],
            triggers=tuple(causes[trigger] for trigger in one.triggers),
            due_on=one.due_on,
            is_provisional=one.is_provisional,
        )
        for one in drafted
    ]


def _line(found: Result, plan: Plan, names: dict[str, str], assessment: Assessment | None) -> RankLine:
    said = found.said
    below = {trigger.id for trigger in plan.triggers if any(test.kind is TestKind.BELOW for test in trigger.all_of)}
    return RankLine(
        section=found.section,
        name=said.sheet.section.name,
        rank=said.placement.rank,
        score=said.sheet.printed,
        grade=next((one.name for one in plan.grades if one.id == said.grade), ""),
        tied_with=tuple(names.get(one, one) for one in said.placement.tied_with),
        is_last=said.placement.is_last,
        is_below=any(trigger in below for trigger in said.fired),
        gaps=len(said.sheet.gaps),
        vetoes=tuple(map(sheets.spoken, said.sheet.veto_reasons())),
        triggers=sheets.triggers(said, plan=plan, assessment=assessment),
        **certainty.beside(found.section, assessment),
    )
