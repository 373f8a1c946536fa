"""A case is kept from being erased while another matter needs it, and let go again; the office alone knows (§5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.case import stages
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.models import CaseHold
from pingyi.stations.cases.queries import people


def hold(reference: str, *, reason: str, seen: int | None = None, by: Actor, at: datetime) -> CaseHold:
    """Keep what was told in a case until it is let go, whoever asks to have it erased and whatever its term."""
    with act("case.hold", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "hold")
        if case.erased_on is not None:
            raise Refused("case.erased_already")
        if CaseHold.objects.filter(case=case, ended_on=None).exists():
            raise Refused("case.held_already")
        if not reason.strip():
            raise Refused("case.reason_needed", field="reason")
        row = CaseHold(case=case, begins_on=day_of(at), held_by=people.acting(by), reason=reason.strip())
        return change.save(row)


def release(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> CaseHold:
    """Let a held case go: its term and its citizen's wish count again."""
    with act("case.release", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "release")
        if not CaseHold.objects.filter(case=case, ended_on=None).exists():
            raise Refused("case.not_held")
        row = change.lock(CaseHold, case=case, ended_on=None)
        row.ended_on, row.ended_by = day_of(at), people.acting(by)
        return change.save(row)
