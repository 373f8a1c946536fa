"""How sure a verdict is, in words and numbers for a page: class by class, and section by section (§5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.documents.charts import Option, ScoreInterval, score_intervals
from pingyi.rules import standings
from pingyi.rules.assessment import Assessment, ClassAssessment
from pingyi.rules.estimate import SectionCertainty, Standing
from pingyi.rules.plan import Plan
from pingyi.rules.reasons import say
from pingyi.rules.rounding import fixed, shown
from pingyi.rules.sheet import Reason
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.queries.verdict import Result

DIGITS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class SureLine:
    """What may be said of one section; numbers as they are printed, empty where nothing can be said."""

    section: str
    name: str
    score: str
    sentences: tuple[str, ...]
    last: str  # the standing of "is the last", as a code
    low: str = ""
    high: str = ""
    half: str = ""
    error: str = ""
    df: str = ""
    rank: str = ""
    best: str = ""
    worst: str = ""
    together_best: str = ""
    together_worst: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SureClass:
    """What may be said of the sections that are ranked together."""

    name: str
    is_different: bool  # R7; True also where it could not be tested
    p: str
    lines: tuple[SureLine, ...]
    attention: tuple[str, ...]  # 需关注: may be the last, none is confirmed to be
    last: str  # the sentence on the observed last against its closest competitor
    notes: tuple[str, ...]  # why nothing can be said, where nothing can
    limits: tuple[str, ...]


def classes(assessment: Assessment | None, *, plan: Plan, found: Sequence[Result]) -> list[SureClass]:
    """Return each ranked class, in the ranking's order, or by name where the sections do not differ (R7)."""
    if assessment is None:
        return []
    names = {one.id: one.name for one in plan.subject.classes}
    return [_class(names[one.section_class], one, plan, found) for one in assessment.classes]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenLine:
    """A trigger that fires for a section beyond what the evidence confirms."""

    section: str
    trigger: str
    state: str
    sentences: tuple[str, ...]


def of_order(order: ConsequenceOrder) -> list[OpenLine]:
    """Return what the evidence bears of the triggers for which a consequence was drafted."""
    assessment, section = queries.assessment(order.verdict), order.section.reference
    if assessment is None:
        return []
    plan = queries.plan(order.verdict)
    states = [
        (one.name, standings.trigger_standing(one, section=section, assessment=assessment))
        for one in plan.triggers
        if one.id in order.triggers
    ]
    said = _sentences(section, assessment, plan)
    return [
        OpenLine(
            section=order.section.name,
            trigger=name,
            state=spoken(Reason(code=f"state.{state.value}")),
            sentences=said,
        )
        for name, state in states
        if state is not None
    ]


def open_lines(verdict: Verdict) -> list[OpenLine]:
    """Return where whoever confirms has to bring the meeting's reasoned decision (§4.4c)."""
    assessment = queries.assessment(verdict)
    if assessment is None:
        return []
    plan, judged = queries.plan(verdict), queries.judged(verdict)
    triggers = {one.id: one.name for one in plan.triggers}
    return [
        OpenLine(
            section=judged.sheet(section).section.name,
            trigger=triggers[trigger],
            state=spoken(Reason(code=f"state.{state.value}")),
            sentences=_sentences(section, assessment, plan),
        )
        for trigger, section, state in queries.open_firings(verdict)
    ]


def pictured(found: Sequence[SureClass | dict[str, Any]]) -> list[tuple[SureClass | dict[str, Any], Option]]:
    """Return each class with its picture."""
    words = (_("interval"), _("limit"))
    return [
        (one, chart(one["lines"], limits=one["limits"], words=words))
        if isinstance(one, dict)
        else (one, chart(one.lines, limits=one.limits, words=words))
        for one in found
    ]


def chart(lines: Sequence[SureLine | dict[str, Any]], *, limits: Iterable[str], words: tuple[str, str]) -> Option:
    """Return the picture: each score with its interval, and the limits as lines; lines may come from a frozen copy."""
    rows = [one if isinstance(one, dict) else {name: getattr(one, name) for name in one.__slots__} for one in lines]
    points = [
        ScoreInterval(name=row["name"], score=float(row["score"]), low=float(row["low"]), high=float(row["high"]))
        for row in rows
        if row["low"] and row["score"]
    ]
    return score_intervals(points, limits=[float(limit) for limit in limits], words=words)


def spoken(reason: Reason) -> str:
    """Return a reason in the reader's language."""
    return say(reason, language=get_language() or "zh")


def _class(name: str, assessed: ClassAssessment, plan: Plan, found: Sequence[Result]) -> SureClass:
    mine = [one for one in found if one.said.sheet.section.section_class == assessed.section_class]
    ranking, is_different = assessed.certainty.ranking if assessed.certainty else None, differs(assessed)
    lines = [line_of(one, assessed, plan) for one in mine]
    names = {one.section: one.said.sheet.section.name for one in mine}
    limits = assessed.certainty.sections[0].limits if assessed.certainty and assessed.certainty.sections else ()
    return SureClass(
        name=name,
        is_different=is_different,
        p=p_value(ranking.p) if ranking else "",
        lines=tuple(lines if is_different else sorted(lines, key=lambda line: by_name(line.name))),
        attention=tuple(names[one] for one in _attention(assessed) if one in names),
        last=_last(assessed, names),
        notes=tuple(spoken(reason) for reason in standings.unsure(assessed, source_names(plan))),
        limits=tuple(shown(Fraction(one.limit)) for one in limits),
    )


def differs(assessed: ClassAssessment) -> bool:
    """Whether the sections differ (R7); yes also where that could not be tested, or an event puts one last."""
    ranking = assessed.certainty.ranking if assessed.certainty else None
    return ranking is None or ranking.is_there or bool(assessed.put_last)


def by_name(name: str) -> bytes:
    """Return a key that sorts Chinese names by their sound, as GB 18030 orders the common characters."""
    return name.encode("gb18030", "replace")


def beside(section: str, assessment: Assessment | None) -> dict[str, str]:
    """Return what stands beside score and rank in the ranking: half the interval, and the rank interval."""
    one = assessment.of(section) if assessment else None
    if one is None:
        return {}
    best, worst = one.ranks.best, one.ranks.worst
    half = standings.interval_facts(one, digits=DIGITS)["half"]
    return {"half": half, "ranks": str(best) if best == worst else f"{best}–{worst}"}


def _attention(assessed: ClassAssessment) -> list[str]:
    """Return who may be the last while nobody is confirmed to be (R3)."""
    if assessed.certainty is None or assessed.put_last:
        return []
    confirmed = any(one.last is Standing.CONFIRMED for one in assessed.certainty.sections)
    return [] if confirmed else list(assessed.certainty.in_question())


def _last(assessed: ClassAssessment, names: dict[str, str]) -> str:
    test = assessed.certainty.last if assessed.certainty and not assessed.put_last else None
    if test is None or any(one not in names for one in (*test.sections, test.rival)):
        return ""
    facts = {
        "section": "、".join(names[one] for one in test.sections),
        "rival": names[test.rival],
        "gap": number(test.gap),
        "error": number(test.standard_error),
        "p": p if (p := p_value(test.p)).startswith("<") else f"= {p}",
    }
    return spoken(Reason(code=f"sure.last_test_{test.standing.value}", facts=facts))


def line_of(found: Result, assessed: ClassAssessment, plan: Plan) -> SureLine:
    """Return what may be said of one section."""
    one, sheet = assessed.of(found.section), found.said.sheet
    line = SureLine(
        section=found.section,
        name=sheet.section.name,
        score=sheet.printed,
        last=assessed.last_standing(found.section).value,
        sentences=_said(found.section, assessed, plan),
    )
    return line if one is None else _numbered(line, one)


def _sentences(section: str, assessment: Assessment, plan: Plan) -> tuple[str, ...]:
    assessed = assessment.class_of(section)
    return _said(section, assessed, plan) if assessed else ()


def _said(section: str, assessed: ClassAssessment, plan: Plan) -> tuple[str, ...]:
    return tuple(spoken(reason) for reason in standings.said_of(section, assessed=assessed, sources=source_names(plan)))


def _numbered(line: SureLine, one: SectionCertainty) -> SureLine:
    interval, facts = one.interval, standings.interval_facts(one, digits=DIGITS)
    return replace(
        line,
        low=facts["low"],
        high=facts["high"],
        half=facts["half"],
        error=facts["error"],
        df="∞" if interval.df is None else fixed(Fraction(interval.df), digits=1),
        rank=str(one.rank),
        best=str(one.ranks.best),
        worst=str(one.ranks.worst),
        together_best=str(one.ranks_together.best),
        together_worst=str(one.ranks_together.worst),
    )


def source_names(plan: Plan) -> dict[str, str]:
    """Return the sources' names by id."""
    return {one.id: one.name for one in plan.sources}


def number(value: Decimal) -> str:
    """Return a number as it is printed."""
    return fixed(Fraction(value), digits=DIGITS)


def p_value(value: Decimal) -> str:
    """Return a p-value as papers print it."""
    return "< 0.0001" if value < Decimal("0.0001") else fixed(Fraction(value), digits=4)
