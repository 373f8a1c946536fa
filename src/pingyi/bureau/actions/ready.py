"""Accept what is not in order as it is, with a reason (§0, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi import ready
from pingyi.bureau import readiness
from pingyi.bureau.models import Acceptance, Member
from pingyi.record.acts import act
from pingyi.rules import readiness as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


def accept(
    step: str, about: str, line: str, *, seen: str, reason: str, ground: str = "", by: Actor, at: datetime
) -> Acceptance:
    """Accept one line as it was seen: it is asked again once what was found there changes."""
    with act("ready.accept", by=by, at=at, ground=ground, reason=reason) as change:
        occasion = ready.occasion(step, about, at=at)
        if occasion is None:
            raise Refused("ready.gone")
        found = next((one for one in ready.lines(occasion) if one.check.id == line), None)
        if found is None:
            raise Refused("ready.gone")
        rules.require_acceptable(
            seen=seen, stands=found.digest, is_acceptable=found.check.is_acceptable, reason=reason
        )  # fmt: skip
        if Acceptance.objects.filter(line=line, year=occasion.year, digest=seen).exists():
            raise Refused("ready.gone")
        return change.save(_acceptance(found, occasion, by=by, at=at))


def accept_all(step: str, about: str, *, seen: str, reason: str, ground: str = "", by: Actor, at: datetime) -> int:
    """Accept with one reason all that warns, as it was seen together; what stops has a reason of its own."""
    with act("ready.accept", by=by, at=at, ground=ground, reason=reason) as change:
        occasion = ready.occasion(step, about, at=at)
        if occasion is None:
            raise Refused("ready.gone")
        found = readiness.look(occasion).acceptable
        stands = ready.together(found) if found else ""
        rules.require_acceptable(seen=seen, stands=stands, is_acceptable=True, reason=reason)
        change.save_all([_acceptance(line, occasion, by=by, at=at) for line in found])
        return len(found)


def _acceptance(line: ready.Line, occasion: ready.Occasion, *, by: Actor, at: datetime) -> Acceptance:
    return Acceptance(
        line=line.check.id, step=occasion.step.value, occasion=occasion.about, year=occasion.year, digest=line.digest,
        accepted_by=Member.objects.get(reference=by.reference), accepted_on=day_of(at),
    )  # fmt: skip
