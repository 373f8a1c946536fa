"""The citizen's word about a closed case, once for each closing, and never by who handled it (好差评, §3.2.2)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import act
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case import rating as rules
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Rating
from pingyi.stations.cases.queries import people

LINK, HOTLINE = "link", "hotline"
MEANS = {Role.PUBLIC: LINK, Role.MACHINE: HOTLINE}


def rate(reference: str, *, level: int, words: str = "", by: Actor, at: datetime) -> Rating:
    """Take the citizen's own word, or what a hotline's own call-back heard; no member of the bureau rates.

    The supervision office is told of a bad one.
    """
    with act("case.rate", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        is_own_word = by.role is Role.PUBLIC
        turns = set(Rating.objects.filter(case=case).values_list("turn", flat=True))
        given = rules.check_rating(
            case.state, level=level, rated_turns=turns, by="" if is_own_word else by.known_as(*case.doers)
        )
        row = Rating(
            case=case,
            turn=case.reopenings,
            level=given.value,
            given_on=day_of(at),
            means=MEANS[by.role],
            words=words,
        )
        change.save(row)
        if not given.is_satisfied:
            tell("case.rated_badly", case, to=people.officers(on=day_of(at)), by=by, at=at)
        return row
