"""A promise's way to the public: drafted, proposed, checked by another, published, withdrawn (§3.2.3, §4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import act
from pingyi.rules import commitment as rules
from pingyi.rules.actor import Actor
from pingyi.rules.commitment import Stage
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions.taking import take
from pingyi.stations.commitments.models import Commitment
from pingyi.stations.commitments.queries import commitment as queries
from pingyi.stations.plans.queries import people


def draft(
    *,
    section: str,
    what: str,
    kind: str = rules.Kind.COMMITMENT.value,
    amount: int | None = None,
    unit: str = "",
    case_kind: str = "",
    measured_by: str = "",
    by: Actor,
    at: datetime,
) -> Commitment:
    """Write a commitment or a convenience measure down, for its section to propose."""
    with act("commitment.draft", by=by, at=at) as change:
        unit_of = Section.objects.filter(reference=section, closed_on=None).first()
        if unit_of is None:
            raise Refused("commitment.no_such_section", field="section")
        row = Commitment(
            section=unit_of, kind=kind, what=what, amount=amount,
            unit=unit if amount is not None else "", case_kind=case_kind, measured_by=measured_by,
            doers=[by.reference], drafted_on=day_of(at),
        )  # fmt: skip
        row.series = row.reference
        return change.save(row)


def edit(
    reference: str,
    *,
    what: str,
    kind: str = rules.Kind.COMMITMENT.value,
    amount: int | None = None,
    unit: str = "",
    case_kind: str = "",
    measured_by: str = "",
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Commitment:
    """Change a draft."""
    with act("commitment.edit", by=by, at=at) as change:
        row = take(change, Commitment, reference, seen=seen)
        row.state = rules.edit(row.state, by=by.reference)
        row.what, row.kind, row.measured_by, row.case_kind = what, kind, measured_by, case_kind
        row.amount, row.unit = amount, unit if amount is not None else ""
        return change.save(row)


def propose(reference: str, *, by: Actor, at: datetime) -> Commitment:
    """Hand a draft to the supervision office."""
    with act("commitment.propose", by=by, at=at) as change:
        row = change.lock(Commitment, reference=reference)
        plan = queries.plan()
        limits = plan.time_limits if plan else ()
        row.state = rules.propose(row.state, rules=queries.rules_of(plan), limits=limits, by=by.reference)
        row.note = ""
        change.save(row)
        _tell("commitment.proposed", row, to=people.officers(on=day_of(at)), by=by, at=at)
    return row


def send_back(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Commitment:
    """Return a proposed version with a reason."""
    with act("commitment.return", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(Commitment, reference=reference)
        row.state = rules.send_back(row.state, reason=reason, by=by.reference)
        row.note = reason
        change.save(row)
        _tell("commitment.returned", row, to=_writers(row), by=by, at=at)
    return row


def publish(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> Commitment:
    """Put a proposed version in force, in the place of the one it amends; by another person than its writers."""
    with act("commitment.publish", by=by, at=at) as change:
        row = take(change, Commitment, reference, seen=seen)
        row.state = rules.publish(row.state, by=by.reference)
        row.published_on, row.published_by = day_of(at), people.acting(by)
        change.save(row)
        _replace(row, by=by, at=at)
        _tell("commitment.published", row, to=_writers(row), by=by, at=at)
    return row


def amend(reference: str, *, by: Actor, at: datetime) -> Commitment:
    """Begin a new version with the words of the one in force, which holds until the new one is published."""
    with act("commitment.amend", by=by, at=at) as change:
        now = change.lock(Commitment, reference=reference)
        now.state = rules.amend(now.state)
        versions = Commitment.objects.filter(series=now.series)
        if versions.filter(stage__in=[Stage.DRAFT.value, Stage.PROPOSED.value]).exists():
            raise Refused("commitment.amended_already")
        row = Commitment(
            section=now.section, series=now.series, number=versions.count() + 1, kind=now.kind, what=now.what,
            amount=now.amount, unit=now.unit, case_kind=now.case_kind, measured_by=now.measured_by,
            doers=[by.reference], drafted_on=day_of(at),
        )  # fmt: skip
        return change.save(row)


def withdraw(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Commitment:
    """Take a version back with a reason; a section gives up drafts only."""
    with act("commitment.withdraw", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(Commitment, reference=reference)
        others = queries.published().filter(section=row.section, kind=row.kind).exclude(pk=row.pk)
        row.state = rules.withdraw(
            row.state, reason=reason, remaining=others.count(), rules=queries.rules_of(queries.plan()), role=by.role
        )
        row.note = reason
        row.ended_on = day_of(at) if row.published_on else None
        change.save(row)
        _tell("commitment.withdrawn", row, to=_writers(row), by=by, at=at)
    return row


def _replace(row: Commitment, *, by: Actor, at: datetime) -> None:
    """The older version's own writers may publish the newer one, so its end is a verb of its own."""
    older = Commitment.objects.filter(series=row.series, stage=Stage.PUBLISHED.value).exclude(pk=row.pk).first()
    if older is None:
        return
    with act("commitment.replace", by=by, at=at) as change:
        before = change.lock(Commitment, pk=older.pk)
        before.state = rules.replaced(before.state)
        before.ended_on = day_of(at)
        change.save(before)


def _writers(row: Commitment) -> list[Member]:
    return list(Member.objects.filter(reference__in=row.doers, dismissed_on=None))


def _tell(code: str, row: Commitment, *, to: Iterable[Member], by: Actor, at: datetime) -> None:
    """Nobody is told of what they did themselves."""
    others = [one for one in to if one.reference != by.reference]
    notices.queue(
        code, to=others, about=row, at=at, url=row.get_absolute_url(), what=row.what, section=row.section.name
    )
