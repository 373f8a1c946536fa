"""Evidence of a round: imported tables, and what the rooms themselves know (§4.4b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from pingyi.authoring.evidence_tables import EvidenceTable, read_evidence
from pingyi.bureau import queries as bureau
from pingyi.rules.actor import Actor, Role
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import SourceKind
from pingyi.rules.refused import Refused
from pingyi.rules.result import FINAL
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import DEDUCTION
from pingyi.stations.cases.queries import evidence as cases
from pingyi.stations.commitments.queries import evidence as commitments
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results import frozen
from pingyi.stations.results.models import EvidenceBatch, EvidencePage, EvidenceUpload, Verdict

Feed = Callable[[Round, date], Iterable[Evidence]]


def _from_tasks(round_: Round, on: date) -> Iterable[Evidence]:
    return plans.evidence(round_, on=on)


def _from_commitments(round_: Round, on: date) -> Iterable[Evidence]:
    return commitments.evidence(round_, on=on)


# The rooms that know something of their own; an indicator that was imported as a table is not asked of these rooms.
FEEDS: tuple[Feed, ...] = (_from_tasks, _from_commitments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """All evidence of a round, and what is said about where tables and the room of cases meet."""

    rows: tuple[Evidence, ...]
    set_aside: dict[str, int]  # indicator → imported rows that do not count, because the room has its own cases
    both: tuple[str, ...]  # deductions that a table and the room both name: they add up


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """What there is for one source of the plan."""

    source: Source
    imported: int  # rows
    own: int  # rows from the room itself
    sections: int  # sections with at least one row
    missing: tuple[str, ...]  # names of those without
    set_aside: tuple[tuple[str, int], ...] = ()  # indicators whose imported rows do not count, and how many
    doubled: tuple[str, ...] = ()  # deductions that a table names too

    @property
    def share(self) -> str:
        """The source's weight in percent."""
        return f"{shown(Fraction(self.source.weight) * 100)}%"


def open_round() -> Round | None:
    """Return the round that evidence is collected for."""
    return plans.current_round()


def batches(round_: Round) -> QuerySet[EvidenceBatch]:
    """Return the round's imported tables, the newest first."""
    return EvidenceBatch.objects.filter(round=round_).select_related("imported_by").order_by("-pk")


def batch(reference: str) -> EvidenceBatch:
    """Return one imported table."""
    found: EvidenceBatch | None = (
        EvidenceBatch.objects.select_related("round", "imported_by").filter(reference=reference).first()
    )
    if found is None:
        raise Refused("missing", kind="batch")
    return found


def same_table(round_: Round, *, sha256: str, rows_sha256: str) -> EvidenceBatch | None:
    """Return a standing table of the same bytes or the same rows."""
    alike = Q(sha256=sha256) | Q(rows_sha256=rows_sha256) if rows_sha256 else Q(sha256=sha256)
    return batches(round_).filter(alike, withdrawn_on=None).first()


def read(upload: EvidenceUpload, *, source: str = "", happened_on: date | None = None) -> EvidenceTable:
    """Read a kept file with the adopted plan and the evaluated sections; nothing is changed."""
    round_ = open_round()
    if round_ is None:
        raise Refused("evidence.no_round")
    plan = plans.plan(round_)
    return read_evidence(
        upload.name,
        bytes(upload.content),
        plan=plan,
        sections=facts(plan),
        source=source,
        happened_on=happened_on,
    )


def rows_of(page: EvidencePage) -> list[tuple[int, Evidence]]:
    """Return a page's rows with their numbers in the table."""
    return [(number, frozen.evidence_of(line)) for number, line in enumerate(page.content.splitlines(), page.first)]


def is_final(round_: Round) -> bool:
    """Whether the year's verdict is final: then no table comes in any more."""
    return _final(round_).exists()


def rests_on(row: EvidenceBatch) -> bool:
    """Whether a final verdict was computed with this table."""
    return any(row.reference in verdict.batches for verdict in _final(row.round))


def _final(round_: Round) -> QuerySet[Verdict]:
    return Verdict.objects.filter(round=round_, stage__in=[stage.value for stage in FINAL])


def facts(plan: Plan) -> tuple[SectionFacts, ...]:
    """Return the evaluated sections, each in the class that the plan puts its kind in (§3.1)."""
    return tuple(_classed(section, plan) for section in bureau.section_facts())


def imported(round_: Round) -> tuple[Evidence, ...]:
    """Return the rows of all tables that stand, each referring to its entry and its row there."""
    pages = EvidencePage.objects.filter(batch__round=round_, batch__withdrawn_on=None).order_by("batch_id", "first")
    return tuple(row for page in pages.iterator(chunk_size=100) for row in referring(page))


def gathered(round_: Round, *, on: date) -> tuple[Evidence, ...]:
    """Return all evidence of the round: tables, and for the other indicators what the rooms know."""
    return gathering(round_, on=on).rows


def gathering(round_: Round, *, on: date) -> Gathered:
    """Return all evidence, and say where a table and a room speak of the same (§4.4b).

    Cases are counted from their room as soon as it has any; a table of the same indicator then does not count.
    Deductions are single events, so those of a table and of the room add up.
    """
    tables = imported(round_)
    handled = cases.evidence(round_, on)
    counted = {row.indicator for row in handled if row.source != DEDUCTION}
    kept = [row for row in tables if row.indicator not in counted]
    covered = {row.indicator for row in kept}
    own = [row for feed in FEEDS for row in feed(round_, on) if row.indicator not in covered]
    deducted = {row.indicator for row in handled if row.source == DEDUCTION}
    return Gathered(
        rows=(*kept, *own, *handled),
        set_aside=dict(Counter(row.indicator for row in tables if row.indicator in counted)),
        both=tuple(sorted(deducted & covered)),
    )


def sources(round_: Round, *, on: date) -> list[SourceState]:
    """Return how much there is for each source of the plan."""
    plan = plans.plan(round_)
    known = facts(plan)
    found = gathering(round_, on=on)
    return [_met(_state(source, found.rows, known), plan, found) for source in plan.sources]


def _met(state: SourceState, plan: Plan, found: Gathered) -> SourceState:
    """Say where tables and the room of cases meet in a source."""
    source = state.source
    named = [(one.name, found.set_aside.get(one.id, 0)) for one in plan.indicators if one.source == source.id]
    items = plan.deductions.items if plan.deductions and source.kind is SourceKind.CASES else ()
    return replace(
        state,
        set_aside=tuple((name, count) for name, count in named if count),
        doubled=tuple(item.name for item in items if item.id in found.both),
    )


def _state(source: Source, every: Sequence[Evidence], known: Sequence[SectionFacts]) -> SourceState:
    rows = [row for row in every if row.source == source.id]
    seen = {row.section for row in rows}
    imported_rows = sum(row.reference.startswith(f"{EvidencePage.entry_kind()}/") for row in rows)
    return SourceState(
        source=source,
        imported=imported_rows,
        own=len(rows) - imported_rows,
        sections=len(seen),
        missing=tuple(section.name for section in known if section.id not in seen),
    )


def _classed(section: SectionFacts, plan: Plan) -> SectionFacts:
    said = next((one.id for one in plan.subject.classes if section.section_class in {one.id, one.name}), "")
    found = said or plan.subject.class_of_kind(section.kind)
    return replace(section, section_class=found or section.section_class)


def referring(page: EvidencePage) -> Iterable[Evidence]:
    """Yield a page's rows, each referring to its entry and its row there."""
    for number, line in enumerate(page.content.splitlines(), page.first):
        yield replace(frozen.evidence_of(line), reference=f"{page.subject}#{number}")


def may_read(actor: Actor) -> bool:
    """Whether a reader may see single rows of evidence before the result is final."""
    return actor.role in {Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR, Role.SURVEY_TEAM}
