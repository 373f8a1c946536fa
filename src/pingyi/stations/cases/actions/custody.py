"""The baton: a case is offered, taken, refused with a reason or taken back; one person holds it (§1.1, §3.2.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pingyi.bureau import interests
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import Change, act
from pingyi.rules import standin
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case import custody as rules
from pingyi.rules.case import stages, timing
from pingyi.rules.case.clock import Cause
from pingyi.rules.case.custody import OFFICE, Custody, Outcome
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Case, Handover
from pingyi.stations.cases.queries import people, year


def assign(
    reference: str,
    *,
    to: str,
    member: str = "",
    note: str = "",
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Offer a case to a section, or to one person of it (交办); the giver holds it until it is accepted (§3.2.3)."""
    with act("case.assign", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "assign")
        if by.role is not Role.SUPERVISION_OFFICE:
            people.check_carrier(case, by=by, on=day_of(at))
        section = _section(to)
        person = _of(section, member, at=at) if member else None
        if case.is_restricted and section is not None:
            raise Refused("case.restricted_stays", field="to")
        _check_free(case, person)
        hours = year.handling(case.round).accept_hours
        case.custody = rules.offer(
            case.custody, to=to, member=member, by=by.reference, at=at, hours=hours, calendar=year.calendar()
        )
        case.offered_to, case.offered_member = section, person
        change.save(case)
        change.save(_handover(case, note=note, expires_at=case.offer_expires_at or at, at=at))
        asked = people.taking(section, person, on=day_of(at))
        tell("case.offered", case, to=asked, by=by, at=at, due_on=case.due_on.isoformat())
        return case


def accept(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Take an offered case: from this instant the taker holds it and answers for it (§1.1)."""
    with act("case.accept", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "accept")
        breach.raise_due([case], at=at)
        giver, section = case.holder, case.offered_to
        given = change.lock(Handover, case=case, outcome=Outcome.OFFERED.value)
        taken = rules.accept(_for(case.custody, by=by, at=at), by=by.reference, section=by.section or OFFICE, at=at)
        case.holder, case.section = people.acting(by), section
        case.custody = taken
        case.stage = stages.open_stage(taken.section).value
        _follow_promises(case, at=at)
        change.save(case)
        _end(change, given, Outcome.ACCEPTED, by=by, at=at)
        tell("case.accepted", case, to=[giver], by=by, at=at, name=by.name)
        return case


def decline(reference: str, *, reason: str, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Refuse an offered case, with a reason; it stays with the giver, and the bounce is counted (§3.2.3)."""
    with act("case.decline", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "decline")
        breach.raise_due([case], at=at)
        given = change.lock(Handover, case=case, outcome=Outcome.OFFERED.value)
        case.custody = rules.decline(
            _for(case.custody, by=by, at=at), by=by.reference, section=by.section or OFFICE, reason=reason
        )
        change.save(case)
        given.reason = reason
        _end(change, given, Outcome.DECLINED, by=by, at=at)
        tell("case.declined", case, to=[case.holder], by=by, at=at, name=by.name)
        return case


def recall(reference: str, *, reason: str = "", seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Take an offer back before it is answered; the holder's side or the supervision office may."""
    with act("case.recall", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "recall")
        breach.raise_due([case], at=at)
        if by.role is not Role.SUPERVISION_OFFICE:
            people.check_carrier(case, by=by, on=day_of(at))
        asked = people.taking(case.offered_to, case.offered_member, on=day_of(at))
        case.custody = rules.recall(case.custody)
        given = change.lock(Handover, case=case, outcome=Outcome.OFFERED.value)
        change.save(case)
        given.reason = reason
        _end(change, given, Outcome.RECALLED, by=by, at=at)
        tell("case.recalled", case, to=asked, by=by, at=at)
        return case


def _section(reference: str) -> Section | None:
    if reference == OFFICE:
        return None
    row: Section | None = Section.objects.filter(reference=reference, closed_on=None).first()
    if row is None:
        raise Refused("case.no_such_section", field="to")
    return row


def _of(section: Section | None, member: str, *, at: datetime) -> Member:
    staff = bureau.members(section=section.reference, on=day_of(at)) if section else None
    rows = list(staff) if staff is not None else people.officers(on=day_of(at))
    found = next((one for one in rows if one.reference == member), None)
    if found is None:
        raise Refused("case.not_of_this_section", field="member")
    return found


def _check_free(case: Case, person: Member | None) -> None:
    """Refuse to hand a section's matter to somebody who declared ties with that section (§5.4)."""
    if person and case.section and person.reference in interests.recused(case.section.reference):
        raise Refused("case.taker_is_recused", field="member", name=person.name)


def _handover(case: Case, *, note: str, expires_at: datetime, at: datetime) -> Handover:
    return Handover(
        case=case,
        from_section=case.section,
        from_member=case.holder,
        to_section=case.offered_to,
        to_member=case.offered_member,
        offered_at=at,
        expires_at=expires_at,
        is_loop=case.is_offer_loop,
        note=note,
    )


def _end(change: Change, given: Handover, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    given.outcome = outcome.value
    given.ended_at = max(at, given.offered_at)
    given.ended_by = people.acting(by)
    change.save(given)


def _for(custody: Custody, *, by: Actor, at: datetime) -> Custody:
    """While the person named is away, the stand-in takes or refuses in that person's place (§3.2.3)."""
    made = custody.offer
    if made is None or not made.member or made.member == by.reference:
        return custody
    acting = standin.answering(made.member, roster=bureau.roster(since=day_of(at)), on=day_of(at))
    return replace(custody, offer=replace(made, member="")) if acting.member == by.reference else custody


def _follow_promises(case: Case, *, at: datetime) -> None:
    """The section that takes a case brings its own service commitments with it."""
    if case.section is None:
        return
    limit = year.limit(case.round, kind=case.kind_id, section=case.section.reference, on=case.began_on)
    case.clock = timing.reclassify(
        case.clock, limit=limit, on=day_of(at), calendar=year.calendar(), cause=Cause.PROMISED
    )
