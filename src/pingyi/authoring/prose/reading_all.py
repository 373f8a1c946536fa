"""All topics of one text, read in the order in which they need each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pingyi.authoring.prose.adjustments import Adjustments, read_adjustments
from pingyi.authoring.prose.announcements import read_filings, read_meetings, read_publications
from pingyi.authoring.prose.channels import read_channels
from pingyi.authoring.prose.conduct import read_solicitations, read_time_limits, read_work_rules
from pingyi.authoring.prose.counting import read_leads
from pingyi.authoring.prose.criteria import read_criteria
from pingyi.authoring.prose.draft import Doubt, NamedUnit
from pingyi.authoring.prose.duties import read_duties
from pingyi.authoring.prose.elsewhere import read_elsewhere, whole_year
from pingyi.authoring.prose.grades import read_grades
from pingyi.authoring.prose.ideals import read_maxims, read_preamble, read_principles, read_requirements
from pingyi.authoring.prose.identity import Identity, read_identity
from pingyi.authoring.prose.offices import Offices, read_offices
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.phases import PhaseText, read_phases
from pingyi.authoring.prose.preview import Preview, read_preview
from pingyi.authoring.prose.procedure import Procedure, read_procedure
from pingyi.authoring.prose.scales import ScaleReading, read_scale
from pingyi.authoring.prose.subjects import read_subject
from pingyi.authoring.prose.tabled_duties import read_tabled_duties
from pingyi.authoring.prose.tables import tables_of
from pingyi.authoring.prose.thousand import in_hundreds
from pingyi.authoring.prose.triggers import Outcome, read_outcome, read_result_uses
from pingyi.authoring.prose.walk import Duty
from pingyi.authoring.prose.weights import Weights, read_weights
from pingyi.rules.plan.conduct import Channel, SolicitationForm, TimeLimit, WorkRule
from pingyi.rules.plan.measure import Criterion
from pingyi.rules.plan.outcome import Grade
from pingyi.rules.plan.people import Principle, Subject
from pingyi.rules.plan.schedule import Filing, Meeting, Publication

T = TypeVar("T")
_SURVEYOR = re.compile(
    r"(?:[省市区县]?统计局(?:[\u4e00-\u9fff]{0,6}?(?:调查队|调查中心))?"
    r"|国家统计局[\u4e00-\u9fff]{0,6}调查队|(?:第三方|专业)(?:调查|测评|评估)?机构|社情民意调查中心"
    r"|民意调查中心)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Everything that was read from one text."""

    identity: Identity
    year: int
    offices: Offices
    preamble: list[Found[str]]
    principles: list[Found[Principle]]
    maxims: list[Found[str]]
    requirements: list[Found[str]]
    subject: Found[Subject] | None
    units: tuple[NamedUnit, ...]
    criteria: list[Found[Criterion]]
    marks: dict[str, Decimal]
    channels: list[Found[Channel]]
    solicitations: list[Found[SolicitationForm]]
    work_rules: list[Found[WorkRule]]
    time_limits: list[Found[TimeLimit]]
    phases: list[PhaseText]
    has_phases: bool  # the text names them; otherwise one holds the duties of the year
    duties: list[Duty]
    meetings: list[Found[Meeting]]
    publications: list[Found[Publication]]
    filings: list[Found[Filing]]
    grades: list[Found[Grade]]
    outcome: Outcome
    result_uses: list[Found[str]]
    weights: Weights
    scale: ScaleReading | None
    adjustments: Adjustments
    procedure: Procedure
    preview: Preview
    surveyor: Found[str] | None
    doubts: list[Doubt]
    leads: list[tuple[str, int, int]]


def read_all(page: Page, *, year: int | None) -> Reading:
    """Read every topic; `year` is taken where the text names none."""
    identity = read_identity(page)
    chosen = identity.year.value if identity.year else (year or date.min.year + 1999)
    offices = read_offices(page, issuer=identity.issuer.value if identity.issuer else "")
    grades = read_grades(page)
    outcome = read_outcome(page, grades)
    uses = read_result_uses(page)
    adjustments = read_adjustments(page, closed=[(one.start, one.end) for one in grades])
    grades, thousand = in_hundreds(page, grades, outcome, adjustments)
    closed = [*outcome.closed, *_taken(uses), *_taken(grades), *_adjusting(page, adjustments)]
    closed += [(table.start, table.end) for table in tables_of(page) if not table.is_of_phases]
    issued_on = identity.issued_on.value if identity.issued_on else None
    phases, phase_doubts = read_phases(page, year=chosen, issued_on=issued_on)
    duties, duty_doubts = read_duties(page, phases, offices=offices, year=chosen, closed=closed)
    year_long = [] if phases else whole_year(page, year=chosen, offices=offices, closed=closed)
    phases = phases or year_long
    duties = _with_others(page, phases, duties, offices=offices, year=chosen, closed=closed)
    principles = read_principles(page)
    subject, units = read_subject(page)
    criteria, marks = read_criteria(page)
    weights = read_weights(page, closed=[(one.start, one.end) for one in criteria])
    preview = read_preview(page)
    return Reading(
        identity=identity, year=chosen, offices=offices,
        preamble=read_preamble(page, body_start=identity.body_start), principles=principles,
        maxims=read_maxims(page, principles), requirements=read_requirements(page), subject=subject, units=units,
        criteria=criteria, marks=marks, channels=read_channels(page), solicitations=read_solicitations(page),
        work_rules=read_work_rules(page), time_limits=read_time_limits(page), phases=phases,
        has_phases=not year_long and bool(phases), duties=duties,
        meetings=read_meetings(page, phases, year=chosen),
        publications=read_publications(page, phases, closed=closed), filings=read_filings(duties, page),
        grades=grades, outcome=outcome, result_uses=uses, weights=weights,
        scale=read_scale(page, [one.value.name for one in grades]),
        adjustments=adjustments, procedure=read_procedure(page), preview=preview,
        surveyor=_surveyor(page), leads=read_leads(page),
        doubts=[*thousand, *phase_doubts, *duty_doubts, *outcome.doubts, *weights.doubts, *preview.doubts],
    )  # fmt: skip


def _with_others(
    page: Page,
    phases: list[PhaseText],
    duties: list[Duty],
    *,
    offices: Offices,
    year: int,
    closed: list[tuple[int, int]],
) -> list[Duty]:
    """Add the duties that stand outside the phases, in sentences and in tables."""
    if not phases:
        return duties
    others = read_elsewhere(page, phases, offices=offices, year=year, closed=closed)
    starts = {known.start for known in duties}
    new = [one for one in others if one.start not in starts]
    return [*duties, *new, *read_tabled_duties(page, phases, offices=offices, year=year)]


def _taken(found: Sequence[Found[T]]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]


def _adjusting(page: Page, found: Adjustments) -> list[tuple[int, int]]:
    """Sentences that add, take or veto hold no duties."""
    changes = [(one.start, one.end) for one in [*found.bonus, *found.deductions]]
    return [*changes, *(page.sentence_at(one.start) for one in found.vetoes)]


def _surveyor(page: Page) -> Found[str] | None:
    found = _SURVEYOR.search(page.flat)
    return Found(found.group(), *found.span()) if found else None
