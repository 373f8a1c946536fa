"""Who holds a case: one person at every instant; handing over is an offer that must be accepted (首问负责, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from pingyi.rules.calendar import Calendar, is_working_day
from pingyi.rules.day import BUREAU_TIME, day_of
from pingyi.rules.refused import Refused

OFFICE = ""  # the supervision office, as a section's reference


class Outcome(StrEnum):
    """What became of an offer."""

    OFFERED = "offered"  # it is still open
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECALLED = "recalled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An open offer: to a section, and there to one person if one is named."""

    section: str
    by: str
    at: datetime
    expires_at: datetime
    member: str = ""
    is_loop: bool = False  # back to a section that held it or declined it before


@dataclass(frozen=True, kw_only=True, slots=True)
class Custody:
    """The one who holds a case now; while an offer is open the giver still holds."""

    holder: str
    section: str
    since: datetime
    offer: Offer | None = None
    bounces: int = 0  # offers that were declined
    seen: tuple[str, ...] = ()  # sections that held it or declined it before


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A stretch in which one person held a case, up to but without its end; the last one has no end."""

    holder: str
    section: str
    begins_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passing:
    """One offer in a case's history."""

    section: str
    offered_at: datetime
    outcome: Outcome
    ended_at: datetime | None = None
    ended_by: str = ""


def begin(*, holder: str, section: str = OFFICE, at: datetime) -> Custody:
    """Return the custody of a case just received: who is asked first holds it first."""
    if not holder:
        raise Refused("case.nobody_holds")
    return Custody(holder=holder, section=section, since=at)


def offer(
    custody: Custody, *, to: str, member: str = "", by: str, at: datetime, hours: int, calendar: Calendar
) -> Custody:
    """Offer the case to a section, or to one of its people; the giver holds it until somebody accepts."""
    if custody.offer is not None:
        raise Refused("case.already_offered", field="to")
    if member == custody.holder or (to == custody.section and not member):
        raise Refused("case.already_there", field="to")
    made = Offer(
        section=to,
        member=member,
        by=by,
        at=at,
        expires_at=offer_ends(at, hours=hours, calendar=calendar),
        is_loop=to != custody.section and to in custody.seen,
    )
    return replace(custody, offer=made)


def accept(custody: Custody, *, by: str, section: str, at: datetime) -> Custody:
    """Take the case: from this instant the acceptor holds it."""
    made = _mine(custody, by=by, section=section)
    seen = custody.seen if made.section == custody.section else _with(custody.seen, custody.section)
    return replace(custody, holder=by, section=made.section, since=max(at, custody.since), offer=None, seen=seen)


def decline(custody: Custody, *, by: str, section: str, reason: str) -> Custody:
    """Refuse an offer, with a reason; the case stays where it is, and the bounce is counted."""
    made = _mine(custody, by=by, section=section)
    if not reason.strip():
        raise Refused("case.reason_needed", field="reason")
    return replace(custody, offer=None, bounces=custody.bounces + 1, seen=_with(custody.seen, made.section))


def recall(custody: Custody) -> Custody:
    """Take an offer back that nobody has answered."""
    if custody.offer is None:
        raise Refused("case.nothing_offered")
    return replace(custody, offer=None)


def offer_ends(at: datetime, *, hours: int, calendar: Calendar) -> datetime:
    """Return when an offer runs out: hours run on working days only, so that Friday's 24 end on Monday."""
    left, now = timedelta(hours=hours), at.astimezone(BUREAU_TIME)
    while True:
        midnight = datetime.combine(day_of(now) + timedelta(days=1), time(), tzinfo=BUREAU_TIME)
        if is_working_day(day_of(now), calendar=calendar):
            if left <= midnight - now:
                return now + left
            left -= midnight - now
        now = midnight


def holds(first: Hold, passings: Iterable[Passing]) -> tuple[Hold, ...]:
    """Return a case's whole history as stretches without gap or overlap, from its receipt on."""
    found = [first]
    taken = (one for one in passings if one.outcome is Outcome.ACCEPTED and one.ended_at is not None)
    for one in sorted(taken, key=lambda passing: passing.ended_at or passing.offered_at):
        begins = max(one.ended_at or one.offered_at, found[-1].begins_at)
        found[-1] = replace(found[-1], ends_at=begins)
        found.append(Hold(holder=one.ended_by, section=one.section, begins_at=begins))
    return tuple(found)


def holder_at(history: Sequence[Hold], at: datetime) -> Hold | None:
    """Return the stretch that an instant lies in; None before the case was received."""
    return next(
        (one for one in history if one.begins_at <= at and (one.ends_at is None or at < one.ends_at)),
        None,
    )


def idle(passings: Iterable[Passing], *, until: datetime) -> timedelta:
    """Return how long the case lay between two sections: the time in which offers of it stood open."""
    stretches = ((one.ended_at or until) - one.offered_at for one in passings)
    return sum((max(stretch, timedelta()) for stretch in stretches), timedelta())


def _mine(custody: Custody, *, by: str, section: str) -> Offer:
    made = custody.offer
    if made is None:
        raise Refused("case.nothing_offered")
    if made.section != section:
        raise Refused("case.not_offered_to_you")
    if made.member and made.member != by:
        raise Refused("case.offered_to_another")
    return made


def _with(seen: tuple[str, ...], section: str) -> tuple[str, ...]:
    return tuple(sorted({*seen, section}))
