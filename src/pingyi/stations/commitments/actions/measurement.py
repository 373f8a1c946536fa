"""Measuring a commitment that is not about cases: entered by one, checked by another (§3.2.3, §5.4)."""

from __future__ import annotations

from datetime import date, datetime

from pingyi.bureau import notices
from pingyi.record.acts import act
from pingyi.rules import commitment as rules
from pingyi.rules.actor import Actor
from pingyi.rules.commitment import Measured
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.models import Commitment, Measurement
from pingyi.stations.plans.queries import people


def measure(
    reference: str, *, begins_on: date, ends_on: date, total: int, kept: int, source: str, by: Actor, at: datetime
) -> Measurement:
    """Enter how often a published commitment was kept; it counts once another person has checked it."""
    with act("commitment.measure", by=by, at=at) as change:
        row = change.lock(Commitment, reference=reference)
        rules.check_measured(Measured(begins_on=begins_on, ends_on=ends_on, total=total, kept=kept), on=day_of(at))
        _measurable(row, begins_on=begins_on, ends_on=ends_on)
        one = Measurement(
            commitment=row, begins_on=begins_on, ends_on=ends_on, total=total, kept=kept, source=source,
            entered_by=people.acting(by), entered_on=day_of(at),
        )  # fmt: skip
        change.save(one)
        officers = [officer for officer in people.officers(on=day_of(at)) if officer.reference != by.reference]
        notices.queue(
            "measurement.entered", to=officers, about=one, at=at, url=row.get_absolute_url(), what=row.what,
            section=row.section.name,
        )  # fmt: skip
    return one


def accept(reference: str, *, by: Actor, at: datetime) -> Measurement:
    """Let entered figures count; never by the person who entered them."""
    with act("measurement.accept", by=by, at=at) as change:
        return change.save(_checked(change.lock(Measurement, reference=reference), by=by, at=at))


def refuse(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Measurement:
    """Let entered figures not count, with a reason."""
    if not reason.strip():
        raise Refused("commitment.reason_needed", field="reason")
    with act("measurement.refuse", by=by, at=at, ground=ground, reason=reason) as change:
        row = _checked(change.lock(Measurement, reference=reference), by=by, at=at)
        row.is_refused, row.check_note = True, reason
        change.save(row)
        notices.queue(
            "measurement.refused", to=row.entered_by, about=row, at=at, url=row.commitment.get_absolute_url(),
            what=row.commitment.what,
        )  # fmt: skip
    return row


def _measurable(row: Commitment, *, begins_on: date, ends_on: date) -> None:
    if row.case_kind:
        raise Refused("measurement.counted_by_itself")
    if row.published_on is None or begins_on < row.published_on:
        raise Refused("measurement.before_it_held", field="begins_on", published_on=row.published_on or "—")
    if row.ended_on is not None and ends_on >= row.ended_on:
        raise Refused("measurement.after_it_ended", field="ends_on", ended_on=row.ended_on)
    standing = row.measurements.filter(is_refused=False)
    if standing.filter(begins_on__lte=ends_on, ends_on__gte=begins_on).exists():
        raise Refused("measurement.days_counted_already", field="begins_on")


def _checked(row: Measurement, *, by: Actor, at: datetime) -> Measurement:
    if row.checked_on is not None:
        raise Refused("measurement.checked_already")
    row.checked_by, row.checked_on = people.acting(by), day_of(at)
    return row
