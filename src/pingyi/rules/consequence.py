"""What follows from score and rank: triggers with their reasons, quotas, drafted consequences with dates (§4.4c)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pingyi.rules.assessment import Assessment
from pingyi.rules.evidence import PastOutcome
from pingyi.rules.plan import Consequence, Plan, Trigger
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import ConsequenceKind, LastPlace, TestKind
from pingyi.rules.ranking import ordered
from pingyi.rules.refused import Refused
from pingyi.rules.scoring.pile import SectionEvidence
from pingyi.rules.sheet import DraftedConsequence, Placement, Reason, ScoreSheet, TestResult, TriggerResult, Verdict
from pingyi.rules.trigger_tests import Standing, run_test

Due = Callable[[date, int, DayUnit], tuple[date, bool]]  # confirmed on, days, unit → due date, is it provisional


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """All that triggers look at."""

    plan: Plan
    sheets: Sequence[ScoreSheet]
    evidence: Mapping[str, SectionEvidence]
    placements: Mapping[str, Placement]
    grades: Mapping[str, str]
    past: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    assessment: Assessment | None = None


def judge_triggers(scene: Scene) -> tuple[TriggerResult, ...]:
    """Say for every trigger and section whether it fires and why, in the plan's order (§4.4c)."""
    fired: dict[str, frozenset[str]] = {}
    results: dict[str, list[TriggerResult]] = {}
    for trigger in _in_order(scene.plan.triggers):
        tested = [_tested(trigger, sheet=sheet, scene=scene, fired=fired) for sheet in scene.sheets]
        results[trigger.id] = _within_quota(trigger, tested, scene)
        fired[trigger.id] = frozenset(result.section for result in results[trigger.id] if result.fires)
    return tuple(result for trigger in scene.plan.triggers for result in results[trigger.id])


def sort_past(past: Iterable[PastOutcome], *, before: int) -> dict[tuple[str, str], frozenset[int]]:
    """Return section and trigger → the former years in which it fired."""
    years: dict[tuple[str, str], set[int]] = {}
    for outcome in past:
        if outcome.year < before:
            years.setdefault((outcome.section, outcome.trigger), set()).add(outcome.year)
    return {key: frozenset(found) for key, found in years.items()}


def draft(plan: Plan, *, verdict: Verdict, confirmed_on: date, due: Due) -> tuple[DraftedConsequence, ...]:
    """Draft what follows for each section, each consequence once; refused while evidence is missing (§4.4c)."""
    if not verdict.is_complete:
        raise Refused("verdict.incomplete", gaps=len(verdict.gaps))
    drafts = []
    for sheet in verdict.sheets:
        fired = [trigger for trigger in plan.triggers if trigger.id in verdict.fired(sheet.section.id)]
        for one in plan.consequences:
            causes = tuple(trigger.id for trigger in fired if one.id in trigger.consequences)
            if causes:
                drafts.append(
                    _drafted(one, section=sheet.section.id, causes=causes, confirmed_on=confirmed_on, due=due)
                )
    return tuple(drafts)


def _drafted(
    one: Consequence, *, section: str, causes: tuple[str, ...], confirmed_on: date, due: Due
) -> DraftedConsequence:
    drafted = DraftedConsequence(section=section, consequence=one.id, kind=one.kind, triggers=causes)
    if one.days is None:
        return drafted
    due_on, is_provisional = due(confirmed_on, one.days, one.unit)
    return replace(drafted, due_on=due_on, is_provisional=is_provisional)


def _tested(trigger: Trigger, *, sheet: ScoreSheet, scene: Scene, fired: Mapping[str, frozenset[str]]) -> TriggerResult:
    section = sheet.section.id
    place = scene.placements[section]
    if place.reason.code == "place.unranked" or sheet.score is None:
        code = "test.unranked" if place.reason.code == "place.unranked" else "test.no_score"
        tests = tuple(TestResult(kind=test.kind, holds=False, reason=Reason(code=code)) for test in trigger.all_of)
        return TriggerResult(trigger=trigger.id, section=section, fires=False, tests=tests)
    standing = Standing(
        sheet=sheet,
        place=place,
        grade=scene.grades.get(section, ""),
        peers=tuple(scene.placements[other.section.id] for other in scene.sheets),
        year=scene.plan.year,
        evidence=scene.evidence[section],
        fired=frozenset(one for one, sections in fired.items() if section in sections),
        past={one: years for (who, one), years in scene.past.items() if who == section},
        assessed=scene.assessment.class_of(section) if scene.assessment else None,
    )
    tests = tuple(run_test(test, standing=standing, plan=scene.plan) for test in trigger.all_of)
    return TriggerResult(
        trigger=trigger.id, section=section, fires=bool(tests) and all(test.holds for test in tests), tests=tests
    )


def _within_quota(trigger: Trigger, results: list[TriggerResult], scene: Scene) -> list[TriggerResult]:
    """Keep only so many of those who meet the tests, in each class: the lowest, of an honor the highest."""
    if trigger.at_most is None:
        return results
    meet = {result.section for result in results if result.fires}
    is_honor = honors(trigger, plan=scene.plan)
    kept: set[str] = set()
    for one in scene.plan.subject.classes:
        sheets = [s for s in scene.sheets if s.section.section_class == one.id and s.section.id in meet]
        groups = ordered(scene.plan, sheets=sheets)
        kept |= _first(trigger.at_most, groups if is_honor else groups[::-1], rule=scene.plan.ranking.last_place)
    beyond = "quota.beyond_top" if is_honor else "quota.beyond"
    facts = {"quota": str(trigger.at_most)}
    return [
        replace(
            result,
            fires=result.section in kept,
            quota=Reason(code="quota.within" if result.section in kept else beyond, facts=facts),
        )
        if result.fires
        else result
        for result in results
    ]


def honors(trigger: Trigger, *, plan: Plan) -> bool:
    """Whether a trigger distinguishes: it asks for the top or above a limit, or only honors follow."""
    kinds = {one.kind for one in plan.consequences if one.id in trigger.consequences}
    praise = {TestKind.TOP, TestKind.ABOVE}
    return any(test.kind in praise for test in trigger.all_of) or kinds == {ConsequenceKind.HONOR}


def _first(quota: int, groups: Sequence[Sequence[ScoreSheet]], *, rule: LastPlace) -> set[str]:
    """Treat equals alike: of a tie across the quota's edge keep all or none, as last place is settled."""
    kept: set[str] = set()
    for group in groups:
        fits = len(kept) + len(group) <= quota
        if len(kept) >= quota or (not fits and rule is LastPlace.NONE):
            break
        kept |= {sheet.section.id for sheet in group}
    return kept


def _in_order(triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Yield triggers so that each comes after those that it counts; a circle is refused."""
    waiting, done = list(triggers), set[str]()
    known = {trigger.id for trigger in triggers}
    while waiting:
        ready = [trigger for trigger in waiting if not (_counted(trigger) & known) - done]
        if not ready:
            raise Refused("verdict.trigger_circle", triggers="、".join(trigger.name for trigger in waiting))
        yield from ready
        done |= {trigger.id for trigger in ready}
        waiting = [trigger for trigger in waiting if trigger.id not in done]


def _counted(trigger: Trigger) -> set[str]:
    return {test.trigger for test in trigger.all_of if test.kind is TestKind.TIMES}
