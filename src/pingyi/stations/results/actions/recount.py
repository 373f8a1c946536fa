"""A second person counts the settled numbers again and stands behind them, or finds what differs (复核重算, §5.4)."""

from __future__ import annotations

from datetime import date, datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member
from pingyi.record.acts import act
from pingyi.rules import result as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.results.models import Recount, Verdict
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import recount as queries

TOLD = (Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR)  # who learns of a count that differs


def recount(number: int, *, by: Actor, at: datetime) -> Recount:
    """Compute everything again from the frozen rows and record what came out, equal or not.

    One that differs is refused after it was recorded: the verdict is not published any more, whoever would rather
    not have heard of it.
    """
    with act("result.recount", by=by, at=at) as change:
        verdict = change.lock(Verdict, round=gathering.open_round(), number=number)
        stand = [row.recounted_by.reference for row in queries.standing_behind(verdict)]
        rules.count_again(verdict.state, by=by.known_as(verdict.settled_by.reference, *stand), counted_by=stand)
        if not verdict.published_sha256:
            raise Refused("result.recount_unbound")
        found = queries.count_again(verdict)
        row = change.save(_recount(verdict, found, by=by, on=day_of(at)))
        if found.differs:
            _tell(row, at=at)
    if found.differs:
        raise Refused("result.recount_differs", files=queries.told(found.differs))
    return row


def _recount(verdict: Verdict, found: queries.Counted, *, by: Actor, on: date) -> Recount:
    return Recount(
        verdict=verdict,
        published_sha256=found.published_sha256,
        is_equal=not found.differs,
        differs=list(found.differs),
        recounted_on=on,
        recounted_by=Member.objects.get(reference=by.reference),
    )


def _tell(row: Recount, *, at: datetime) -> None:
    told = [one for role in TOLD for one in bureau.members(role=role, on=day_of(at))]
    notices.queue("result.recount_differs", to=told, about=row, at=at, url="/results/verdict/")
