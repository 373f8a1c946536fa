"""Evidence of a round: imported tables, and what the rooms themselves know (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from pingyi.authoring.evidence_tables import NOTHING_CHOSEN, EvidenceTable, read_evidence
from pingyi.bureau import queries as bureau
from pingyi.rules.actor import Actor, Role
from pingyi.rules.counting import Choice, Met, meet
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.rules.result import FINAL
from pingyi.stations.cases.queries import evidence as cases
from pingyi.stations.commitments.queries import evidence as commitments
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results import frozen
from pingyi.stations.results.models import EvidenceBatch, EvidencePage, EvidenceUpload, SourceChoice, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """All evidence of a round, and what is said about where tables and the rooms meet."""

    met: Met
    choices: dict[str, Choice]  # source → what was chosen
    rows: tuple[Evidence, ...]

    @property
    def decided(self) -> dict[str, dict[str, object]]:
        """What was chosen for each source, with the indicators that it decided, as a verdict keeps it."""
        return {
            source: {"choice": choice.brief, "indicators": list(self.met.both.get(source, ()))}
            for source, choice in sorted(self.choices.items())
        }


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


def read(
    upload: EvidenceUpload,
    *,
    source: str = "",
    happened_on: date | None = None,
    columns: Mapping[int, str] = NOTHING_CHOSEN,
) -> EvidenceTable:
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
        columns=columns,
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
    """Return all evidence of the round that counts: tables, and what the rooms know."""
    return gathering(round_, on=on).rows


def gathering(round_: Round, *, on: date) -> Gathered:
    """Return all evidence that counts, and where a table and a room speak of the same (§4.4b).

    Where both tell of one indicator, what was chosen for its source counts, and nothing before it was chosen.
    Deductions are single events, so those of a table and of the room add up.
    """
    choices = chosen(round_)
    met = meet(imported(round_), lambda since: own(round_, on=on, since=since), choices=choices)
    return Gathered(met=met, choices=choices, rows=met.rows)


def own(round_: Round, *, on: date, since: date | None = None) -> list[Evidence]:
    """Return what the rooms know of their own; commitments have one count for the year, whatever the day."""
    tasks = plans.evidence(round_, on=on, since=since)
    return [*tasks, *commitments.evidence(round_, on=on), *cases.evidence(round_, on, since=since)]


def tallied(round_: Round, *, on: date, since: date | None = None) -> list[Evidence]:
    """Return the same as counts, without reading what they count."""
    tasks = plans.tallied(round_, on=on, since=since)
    return [*tasks, *commitments.evidence(round_, on=on), *cases.tallied(round_, on, since=since)]


def chosen(round_: Round) -> dict[str, Choice]:
    """Return what was chosen for each source that a table and this house both tell of."""
    return {row.source: row.choice for row in SourceChoice.objects.filter(round=round_).order_by("source")}


def _classed(section: SectionFacts, plan: Plan) -> SectionFacts:
    found = plan.subject.class_of(said=section.section_class, kind=section.kind)
    return replace(section, section_class=found or section.section_class)


def referring(page: EvidencePage) -> Iterable[Evidence]:
    """Yield a page's rows, each referring to its entry and its row there."""
    for number, line in enumerate(page.content.splitlines(), page.first):
        yield replace(frozen.evidence_of(line), reference=f"{page.subject}#{number}")


def may_read(actor: Actor) -> bool:
    """Whether a reader may see single rows of evidence before the result is final."""
    return actor.role in {Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR, Role.SURVEY_TEAM}
