"""Accept what is not in order as it is, with a reason (§0, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi import ready
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
        rules.require_acceptable(
            seen=seen,
            stands=found.digest if found else "",
            is_acceptable=found is not None and found.check.is_acceptable,
            reason=reason,
        )
        if Acceptance.objects.filter(line=line, year=occasion.year, digest=seen).exists():
            raise Refused("ready.gone")
        return change.save(
            Acceptance(
                line=line, step=step, occasion=about, year=occasion.year, digest=seen,
                accepted_by=Member.objects.get(reference=by.reference), accepted_on=day_of(at),
            )
        )  # fmt: skip
