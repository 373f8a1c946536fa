"""Verdicts as pages and other rooms may know them; who sees which sheet is decided here (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from pingyi.authoring.calendars import load_calendar
from pingyi.rules import standings
from pingyi.rules.actor import Actor, Role
from pingyi.rules.assessment import Assessment as AssessmentOfVerdict
from pingyi.rules.calendar import due_date
from pingyi.rules.consequence import draft
from pingyi.rules.estimate import Standing
from pingyi.rules.evidence import Evidence, PastOutcome
from pingyi.rules.plan import Plan
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import Confirmation
from pingyi.rules.refused import Refused
from pingyi.rules.result import FINAL, Correction, Objections, ObjectionStage, OrderStage, Stage
from pingyi.rules.sheet import DraftedConsequence
from pingyi.rules.sheet import Verdict as Judged
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results import frozen
from pingyi.stations.results.models import (
    Assessment,
    ConsequenceOrder,
    EvidenceBatch,
    Objection,
    ScoreSheet,
    Snapshot,
    Verdict,
)
from pingyi.stations.results.queries import evidence as gathering

# Those who run the evaluation or oversee it see all sheets from the start.
ALL_SHEETS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR})
KEPT = "_frozen"
FROZEN = ("plan", "sections", "evidence", "past")
OF_A_SECTION = frozenset({Role.SECTION_HEAD, Role.SECTION_STAFF})


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One section's result with its row."""

    row: ScoreSheet
    said: frozen.SectionResult

    @property
    def section(self) -> str:
        """The section's reference."""
        return self.said.sheet.section.id


def standing(round_: Round) -> Verdict | None:
    """Return the round's verdict that is not withdrawn."""
    rows = Verdict.objects.filter(round=round_).exclude(stage=Stage.WITHDRAWN.value)
    return rows.select_related("round", "settled_by", "confirmed_by").order_by("-number").first()


def final(year: int) -> Verdict | None:
    """Return a year's final verdict."""
    rows = Verdict.objects.filter(round__year=year, stage__in=[stage.value for stage in FINAL])
    return rows.select_related("round", "settled_by", "confirmed_by").order_by("-number").first()


def history(round_: Round) -> QuerySet[Verdict]:
    """Return every settlement of the round, the newest first."""
    rows = Verdict.objects.filter(round=round_).select_related("round", "settled_by", "confirmed_by")
    return rows.order_by("-number")


def sees(verdict: Verdict, *, seen_by: Actor, section: str) -> bool:
    """Whether a reader may see a section's sheet: before the verdict is final, only the own one, in preview."""
    stage = Stage(verdict.stage)
    if seen_by.role in ALL_SHEETS or stage in FINAL:
        return seen_by.role is not Role.PUBLIC or stage is Stage.PUBLISHED
    return stage is Stage.PREVIEW and seen_by.role in OF_A_SECTION and seen_by.section == section


def results(verdict: Verdict, *, seen_by: Actor) -> list[Result]:
    """Return the results that this reader may see, best first, unranked last."""
    rows = ScoreSheet.objects.filter(verdict=verdict).select_related("section")
    seen = [row for row in rows if sees(verdict, seen_by=seen_by, section=row.section.reference)]
    found = [Result(row=row, said=frozen.result_of(row.content)) for row in seen]
    return sorted(found, key=_place)


def result(verdict: Verdict, *, section: str, seen_by: Actor) -> Result:
    """Return one section's result; one that the reader may not see yet is not there."""
    row = ScoreSheet.objects.filter(verdict=verdict, section__reference=section).select_related("section").first()
    if row is None or not sees(verdict, seen_by=seen_by, section=section):
        raise Refused("result.not_yours_to_see")
    return Result(row=row, said=frozen.result_of(row.content))


def behind(verdict: Verdict, *, section: str, indicator: str) -> list[tuple[Evidence, str]]:
    """Return the frozen evidence that one line of a sheet rests on, each with the subject of its entry."""
    rows = frozen.evidence_rows(_snapshot(verdict).evidence)
    wanted = [row for row in rows if row.section == section and row.indicator == indicator]
    return [(row, row.reference.partition("#")[0]) for row in wanted]


def plan(verdict: Verdict) -> Plan:
    """Return the plan as it was when the verdict was computed."""
    return plans.read(_snapshot(verdict, "plan").plan)


def judged(verdict: Verdict) -> Judged:
    """Compute the verdict once more from what was frozen; refuses where that is not the verdict any more."""
    row = _snapshot(verdict)
    said = Assessment.objects.filter(verdict=verdict).values_list("content", flat=True).first() or ""
    found = _judged(row.plan, row.sections, row.evidence, row.past, said)
    if not frozen.is_digest(verdict.verdict_sha256, found):
        raise Refused("result.does_not_recompute")
    return found


def snapshot(verdict: Verdict) -> Snapshot:
    """Return all that the verdict was computed from."""
    return _snapshot(verdict)


def assessed(verdict: Verdict) -> Assessment | None:
    """Return the row that says how sure the verdict is; None for one of the time before this was kept."""
    return Assessment.objects.filter(verdict=verdict).select_related("decided_by").first()


def assessment(verdict: Verdict) -> AssessmentOfVerdict | None:
    """Return how sure the verdict is, as it was frozen (§5.2)."""
    row = assessed(verdict)
    return None if row is None else frozen.assessment_of(row.content)


def open_firings(verdict: Verdict) -> tuple[tuple[str, str, Standing], ...]:
    """Return where a trigger fires that the evidence does not confirm: (trigger, section, state) (§4.4c, §5.2)."""
    found = assessment(verdict)
    return () if found is None else standings.open_firings(plan(verdict), verdict=judged(verdict), assessment=found)


def drafts(verdict: Verdict, *, on: date) -> tuple[DraftedConsequence, ...]:
    """Draft what follows, dated from a day of confirmation (§4.4c)."""
    if not verdict.is_complete:
        return ()
    return draft(plan(verdict), verdict=judged(verdict), confirmed_on=on, due=_due)


def to_rule_on(verdict: Verdict, drafted: Iterable[DraftedConsequence]) -> tuple[DraftedConsequence, ...]:
    """Return the drafts that rest on triggers alone that the evidence does not confirm: the meeting rules on each."""
    unsure = {(section, trigger) for trigger, section, _ in open_firings(verdict)}
    return tuple(one for one in drafted if {(one.section, each) for each in one.triggers} <= unsure)


def to_order(verdict: Verdict) -> QuerySet[ConsequenceOrder]:
    """Return the drafts that are ordered next: at first all but what the meeting put off, then just that (§4.4c)."""
    rows = ConsequenceOrder.objects.filter(verdict=verdict, stage=OrderStage.DRAFTED.value)
    return rows.filter(is_postponed=verdict.applied_on is not None)


def preview_end(plan_: Plan, *, on: date) -> date:
    """Return the last day of a preview that opens today."""
    rule = plan_.confirmation or Confirmation()
    return due_date(on, days=rule.preview_days, unit=rule.unit, calendar=load_calendar()).date


def objections_of(verdict: Verdict) -> Objections:
    """Count the objections that stand in the way of confirmation."""
    stages = list(Objection.objects.filter(verdict=verdict).values_list("stage", flat=True))
    return Objections(
        waiting=stages.count(ObjectionStage.FILED.value), upheld=stages.count(ObjectionStage.UPHELD.value)
    )


def standing_batches(round_: Round) -> list[str]:
    """Return the references of the imported tables that stand."""
    rows = EvidenceBatch.objects.filter(round=round_, withdrawn_on=None).order_by("pk")
    return list(rows.values_list("reference", flat=True))


def is_current(verdict: Verdict) -> bool:
    """Whether the verdict rests on the tables, the plan and the choices between two sides that stand now."""
    same_plan = verdict.plan_sha256 == verdict.round.plan_sha256
    decided = {source: one["choice"] for source, one in (verdict.choices or {}).items()}
    same_choices = decided == {source: one.brief for source, one in gathering.chosen(verdict.round).items()}
    return same_plan and same_choices and verdict.batches == standing_batches(verdict.round)


def alone(verdict: Verdict) -> list[str]:
    """Return the names of what rests on one row."""
    named = {one.id: one.name for one in plan(verdict).indicators} if verdict.alone else {}
    return [named.get(one, one) for one in verdict.alone or ()]


def past(round_: Round) -> tuple[PastOutcome, ...]:
    """Return which triggers fired for whom in earlier years' final verdicts; needed for "the k-th time"."""
    rows = ScoreSheet.objects.filter(
        verdict__round__year__lt=round_.year, verdict__stage__in=[stage.value for stage in FINAL]
    ).select_related("verdict__round", "section")
    return tuple(
        PastOutcome(section=row.section.reference, trigger=trigger, year=row.verdict.round.year)
        for row in rows.order_by("pk")
        for trigger in frozen.result_of(row.content).fired
    )


def _place(found: Result) -> tuple[bool, int, str]:
    rank = found.said.placement.rank
    return (rank is None, rank or 0, found.said.sheet.section.name)


def _snapshot(verdict: Verdict, *columns: str) -> Snapshot:
    """Return what was frozen; of a large year only these columns, without reading the rest.

    It is kept with the verdict's row in memory, so that one request reads the texts once; the next one reads anew.
    """
    kept: Snapshot | None = verdict.__dict__.get(KEPT)
    if kept is not None and not kept.get_deferred_fields() & set(columns or FROZEN):
        return kept
    row: Snapshot | None = Snapshot.objects.only(*columns).filter(verdict=verdict).first()
    if row is None:
        raise Refused("missing", kind="snapshot")
    verdict.__dict__[KEPT] = row
    return row


@lru_cache(maxsize=4)
def _judged(plan_text: str, sections: str, evidence: str, past: str, assessment_text: str) -> Judged:
    """Compute it once for the same texts; what was altered is another text, so no memory of before answers for it."""
    return frozen.judge_again(plans.read(plan_text), sections, evidence, past, assessment=assessment_text)


def _due(confirmed_on: date, days: int, unit: DayUnit) -> tuple[date, bool]:
    due = due_date(confirmed_on, days=days, unit=unit, calendar=load_calendar())
    return due.date, due.is_provisional


def recomputes(verdict: Verdict, *, section: str) -> bool:
    """Whether the frozen evidence still gives the saved sheet, computed just now."""
    saved = ScoreSheet.objects.get(verdict=verdict, section__reference=section).content
    again = frozen.results_of(judged(verdict))[section]
    return frozen.result_text(again) == saved


def steps(verdict: Verdict | None, *, correction: Correction | None = None) -> list[tuple[str, str]]:
    """Return the verdict's course: each step with done, now or later; the correction only where one is due or made.

    What is published and no longer holds is corrected before anything else is done.
    """
    done = _steps_done(verdict)
    if correction is not None:
        done["correct"] = not correction.to_correct
    open_ = [name for name, is_done in done.items() if not is_done]
    now = "correct" if "correct" in open_ else next(iter(open_), "")
    return [(name, "done" if is_done else "now" if name == now else "later") for name, is_done in done.items()]


def _steps_done(verdict: Verdict | None) -> dict[str, bool]:
    """Return which steps were taken: a verdict may be published before its consequences are ordered."""
    stage = Stage(verdict.stage) if verdict else None
    return {
        "settle": verdict is not None,
        "preview": stage is Stage.PREVIEW or stage in FINAL,
        "confirm": stage in FINAL,
        "apply": bool(verdict and verdict.applied_on),
        "publish": stage is Stage.PUBLISHED,
    }


def all_results(verdict: Verdict) -> list[Result]:
    """Return every section's result, best first, for the act that publishes them."""
    rows = ScoreSheet.objects.filter(verdict=verdict).select_related("section")
    return sorted((Result(row=row, said=frozen.result_of(row.content)) for row in rows), key=_place)
