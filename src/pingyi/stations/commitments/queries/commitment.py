"""Commitments as pages and other rooms see them: in force, in preparation, lacking (§3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Section
from pingyi.record import queries as record
from pingyi.record.queries import Line
from pingyi.rules import commitment as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.commitment import Kind, Promise, Stage, Unit
from pingyi.rules.permissions import may
from pingyi.rules.plan import CommitmentRules, Plan
from pingyi.rules.plan.conduct import CaseKind
from pingyi.stations.commitments.models import Commitment, Measurement
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.queries import people

PUBLIC = frozenset({Stage.PUBLISHED.value, Stage.REPLACED.value})
COMING = (Stage.DRAFT.value, Stage.PROPOSED.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Promising:
    """A section with what it promises."""

    section: Section
    commitments: tuple[Commitment, ...]
    measures: tuple[Commitment, ...]  # convenience measures


@dataclass(frozen=True, kw_only=True, slots=True)
class Lacking:
    """A section that promises less than the plan asks."""

    section: Section
    published: int
    minimum: int


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One version with what its page shows."""

    row: Commitment
    versions: tuple[Commitment, ...]
    measurements: tuple[Measurement, ...]
    history: tuple[Line, ...]


def plan() -> Plan | None:
    """Return the plan in force; None before one was adopted."""
    opened = plans.current_round()
    return plans.plan(opened) if opened else None


def rules_of(of: Plan | None) -> CommitmentRules | None:
    """Return what the plan wants of commitments."""
    return of.commitments if of else None


def published() -> QuerySet[Commitment]:
    """Return the versions in force now, by section."""
    rows = Commitment.objects.filter(stage=Stage.PUBLISHED.value, section__closed_on=None)
    return rows.select_related("section").order_by("section__order", "section_id", "kind", "pk")


def in_force(*, begins_on: date, ends_on: date) -> QuerySet[Commitment]:
    """Return the versions that were in force on some day of a stretch."""
    rows = Commitment.objects.filter(published_on__lte=ends_on)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=begins_on)).select_related("section").order_by("pk")


def by_section(rows: Sequence[Commitment]) -> list[Promising]:
    """Put rows together section by section, in the order in which they come."""
    grouped: dict[int, list[Commitment]] = {}
    for row in rows:
        grouped.setdefault(row.section_id, []).append(row)
    return [
        Promising(
            section=own[0].section,
            commitments=tuple(row for row in own if row.kind == Kind.COMMITMENT.value),
            measures=tuple(row for row in own if row.kind == Kind.CONVENIENCE.value),
        )
        for own in grouped.values()
    ]


def coming(actor: Actor) -> list[Commitment]:
    """Return the drafts and the proposed versions that this reader may see."""
    rows = Commitment.objects.filter(stage__in=COMING).select_related("section").order_by("section__order", "pk")
    return [row for row in rows if may_see(row, actor)]


def to_check(actor: Actor) -> list[Commitment]:
    """Return what waits for this person's check."""
    rows = Commitment.objects.filter(stage=Stage.PROPOSED.value).select_related("section").order_by("pk")
    return [row for row in rows if may(actor, "commitment.publish", row.about())]


def measured_to_check(actor: Actor) -> list[Measurement]:
    """Return the entered figures that wait for this person's check."""
    rows = Measurement.objects.filter(checked_on=None).select_related("commitment__section", "entered_by")
    return [row for row in rows.order_by("pk") if may(actor, "measurement.accept", row.about())]


def may_see(row: Commitment, actor: Actor) -> bool:
    """Everybody sees what was published; a draft is seen by its section and those who check."""
    if row.stage in PUBLIC or row.published_on is not None:
        return True
    return actor.role in people.READERS or (actor.section is not None and actor.section == row.section.reference)


def commitment(reference: str, *, seen_by: Actor) -> Opened | None:
    """Return one version with its history; None for a reader who may not see it."""
    row = get_object_or_404(Commitment.objects.select_related("section", "published_by"), reference=reference)
    if not may_see(row, seen_by):
        return None
    versions = Commitment.objects.filter(series=row.series).select_related("section").order_by("-number")
    measured = row.measurements.select_related("entered_by", "checked_by", "commitment__section").order_by("begins_on")
    return Opened(
        row=row,
        versions=tuple(one for one in versions if may_see(one, seen_by)),
        measurements=tuple(measured) if seen_by.role is not Role.PUBLIC else (),
        history=tuple(record.history(row.subject, with_words=True)) if seen_by.role is not Role.PUBLIC else (),
    )


def measured(reference: str) -> Measurement:
    """Return one entered measurement."""
    row: Measurement = get_object_or_404(Measurement.objects.select_related("commitment__section"), reference=reference)
    return row


def newest(row: Commitment) -> str:
    """Return the reference of the newest version of the same promise."""
    found: str = Commitment.objects.filter(series=row.series).order_by("-number").values_list("reference", flat=True)[0]
    return found


def lacking(of: Plan | None) -> list[Lacking]:
    """Return the evaluated sections that promise less than the plan's minimum."""
    least = of.commitments.minimum_per_section if of and of.commitments else 0
    standing = Q(commitments__stage=Stage.PUBLISHED.value, commitments__kind=Kind.COMMITMENT.value)
    rows = bureau.sections(evaluated=True).annotate(promised=Count("commitments", filter=standing))
    return [Lacking(section=row, published=row.promised, minimum=least) for row in rows if row.promised < least]


def open_titles(section: str) -> list[str]:
    """Return what a section prepares to promise: it is published or withdrawn before the section is closed."""
    rows = Commitment.objects.filter(section__reference=section, stage__in=COMING).order_by("pk")
    return list(rows.values_list("what", flat=True))


def promises(section: str, kind: CaseKind, on: date) -> list[Promise]:
    """Return what a section promises for such a case received on this day; for `hooks.promises_from`."""
    rows = in_force(begins_on=on, ends_on=on).filter(section__reference=section, case_kind=kind.value)
    found = (rules.promise(row.state, reference=row.reference) for row in rows)
    return [one for one in found if one is not None]


def within(row: Commitment) -> str:
    """Return the promised time in words, such as "within 10 working days"."""
    if row.amount is None or not row.unit:
        return ""
    if row.amount == 0:
        return _("on the spot")
    sentence = {
        Unit.MINUTES: ngettext("within %(count)s minute", "within %(count)s minutes", row.amount),
        Unit.HOURS: ngettext("within %(count)s hour", "within %(count)s hours", row.amount),
        Unit.WORKING: ngettext("within %(count)s working day", "within %(count)s working days", row.amount),
        Unit.CALENDAR: ngettext("within %(count)s calendar day", "within %(count)s calendar days", row.amount),
    }[Unit(row.unit)]
    return sentence % {"count": row.amount}
