"""A slip of the kind is undone by another person, and the due date with it (限时办结, §3.2.2, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.case import stages, timing
from pingyi.rules.case.custody import OFFICE
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions.intake import KINDS
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import year


def correct_kind(
    reference: str, *, kind: str, reason: str, ground: str = "", seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Give a case the kind that it should have had, and the due date that the right kind gives from the beginning.

    Only here may a due date move away from the citizen, so it takes another person than who gave the kind, and a
    reason in the record. A report of misconduct is neither made nor unmade by it.
    """
    with act("case.correct_kind", by=by, at=at, ground=ground, reason=reason) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "correct_kind")
        if kind not in KINDS:
            raise Refused("case.no_such_kind", field="kind")
        if kind == case.kind_id:
            raise Refused("nothing_changed")
        if case.is_restricted or stages.is_restricted_kind(kind):
            raise Refused("case.restricted_apart", field="kind")
        if by.did_any((case.kind_by or "",)):
            raise Refused("case.own_slip")
        if not reason.strip():
            raise Refused("case.reason_needed", field="reason")
        case.kind_id, case.kind_by = kind, by.reference
        section = case.section.reference if case.section else OFFICE
        limit = year.limit(case.round, kind=kind, section=section, on=case.began_on)
        case.clock = timing.correct(case.clock, limit=limit, on=day_of(at), calendar=year.calendar())
        tell("case.kind_corrected", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return change.save(case)
