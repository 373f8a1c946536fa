"""A case comes in, is given its kind, becomes two, or goes on in another (受理, §3.2.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.record import personal
from pingyi.record.acts import act
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case import stages, timing
from pingyi.rules.case.clock import Cause
from pingyi.rules.case.custody import OFFICE
from pingyi.rules.day import day_of
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed, numbers
from pingyi.stations.cases.actions import breach, receipts
from pingyi.stations.cases.actions.files import attach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import Case, Complainant
from pingyi.stations.cases.queries import people, year
from pingyi.stations.cases.queries.numbered import numbered
from pingyi.stations.plans.models import Round

KINDS = frozenset(kind.value for kind in CaseKind)
OLDEST = timedelta(days=366)  # a matter received longer ago is a slip of the pen


def receive(
    *,
    kind: str,
    channel: str,
    title: str,
    text: str = "",
    place: str = "",
    theme: str = "",
    contact: Contact = NOBODY,
    received_on: date | None = None,
    not_after: date | None = None,
    external_number: str = "",
    is_kept: bool = False,
    files: Sequence[Kept] = (),
    follow_code: str = "",
    receipt: str = "",
    received_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Receive a matter: whoever is asked first holds it first (首问负责, §3.2.3).

    `is_kept` says that the receiver's own section handles it; a report of misconduct goes to the supervision office
    alone, whoever received it (§5.4). `not_after` is the hotline's own deadline; `follow_code` and `received_at` are
    what the inbox promised the citizen before the case was made; `receipt` is the number of a sealed receipt that the
    person takes along.
    """
    with act("case.receive", by=by, at=at) as change:
        came = received_at or at
        day = _check_day(received_on, on=day_of(came))
        case = new_case(kind=kind, channel=channel, day=day, holder=_first_holder(kind, by=by, at=at), at=came)
        case.follow_code, case.kind_by = follow_code or case.follow_code, _named(by)
        case.title, case.text, case.place, case.theme = title, text, place, theme
        case.is_anonymous = contact.is_empty
        _take_number(case, external_number)
        if is_kept and not case.is_restricted and case.holder.section is not None:
            case.section, case.stage = case.holder.section, stages.Stage.HELD.value
        start_clock(case, not_after=not_after)
        case.reference = numbers.apart(day.year) if case.is_restricted else numbers.take(day.year)[0]
        change.save(case)
        if not contact.is_empty:
            change.save(complainant_of(case, contact))
        attach(change, case, files, part="matter", by=by, at=at)
        if receipt:
            receipts.hand_over(change, case, receipt, by=by, at=at)
        tell("case.received", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return case


def classify(
    reference: str,
    *,
    kind: str,
    theme: str = "",
    theme_code: str = "",
    criterion: str | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Give a case another kind or theme; the due date may come nearer by it, and never goes away (§3.2.2)."""
    with act("case.classify", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "classify")
        wanted = (_kind(kind), theme, theme_code, case.criterion if criterion is None else criterion)
        if wanted == (case.kind_id, case.theme, case.theme_code, case.criterion):
            raise Refused("nothing_changed")
        if case.is_restricted and not stages.is_restricted_kind(kind):
            raise Refused("case.stays_restricted", field="kind")
        breach.raise_due([case], at=at)  # the kind may take it away from who was late
        case.kind_by = case.kind_by if case.kind_id == kind else _named(by)
        case.kind_id, case.theme, case.theme_code, case.criterion = wanted
        section = case.section.reference if case.section else OFFICE
        limit = year.limit(case.round, kind=kind, section=section, on=case.began_on)
        case.clock = timing.reclassify(case.clock, limit=limit, on=day_of(at), calendar=year.calendar())
        if stages.is_restricted_kind(kind):
            _withdraw_to_office(case, at=at)
        return change.save(case)


def merge(reference: str, *, into: str, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Let a case go on in another one, which keeps the earlier of both deadlines; return the one that goes on."""
    with act("case.merge", by=by, at=at) as change:
        if into == reference:
            raise Refused("case.merged_with_itself", field="into")
        first, second = sorted((reference, into))  # always in one order, so that two mergers never wait on each other
        found = {one: lock(change, one, seen=seen if one == reference else None) for one in (first, second)}
        case, other = found[reference], found[into]
        if case.is_restricted != other.is_restricted:  # whoever follows the one reads answer and files of the other
            raise Refused("case.restricted_apart", field="into")
        if case.stopped_on is not None:
            raise Refused("case.is_stopped")
        breach.raise_due([case, other], at=at)
        case.state = stages.merge(case.state, into=other.state, reference=other.reference)
        case.merged_into = other
        other.clock = timing.no_later(other.clock, case.due_on, cause=Cause.MERGED, on=day_of(at), source=case.subject)
        change.save(case)
        change.save(other)
        tell("case.merged", other, to=[other.holder], by=by, at=at, other=case.reference)
        return other


def split(
    reference: str, *, title: str, text: str = "", kind: str, seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Make a second case of one that holds two matters; it keeps the receipt, the holder and the deadline."""
    with act("case.split", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "split")
        if stages.is_restricted_kind(kind) != case.is_restricted:
            raise Refused("case.restricted_apart", field="kind")
        part = new_case(kind=kind, channel=case.channel_id, day=case.received_on, holder=case.holder, at=at)
        part.title, part.text, part.place = title, text, case.place
        part.section, part.stage, part.split_from = case.section, case.stage, case
        part.is_anonymous, part.kind_by = case.is_anonymous, _named(by)
        start_clock(part)
        part.clock = timing.no_later(part.clock, case.due_on, cause=Cause.SPLIT, on=day_of(at), source=case.subject)
        of = part.received_on.year
        part.reference = numbers.apart(of) if part.is_restricted else numbers.take(of)[0]
        change.save(part)
        change.save(case)
        raised = Complainant.objects.filter(case=case).first()
        if raised is not None:
            change.save(complainant_of(part, contact_of(raised)))
        tell("case.received", part, to=[part.holder], by=by, at=at, due_on=part.due_on.isoformat())
        return part


def new_case(
    *,
    kind: str,
    channel: str,
    day: date,
    holder: Member,
    at: datetime,
    year_of: Callable[[date], Round | None] = year.round_on,
) -> Case:
    """Return a case that is not saved yet: received on a day, held by one person, without clock and number."""
    return Case(
        round=year_of(day),
        kind_id=_kind(kind),
        channel_id=channel,
        received_on=day,
        received_at=at,
        received_by=holder,
        holder=holder,
        held_since=at,
        is_restricted=stages.is_restricted_kind(kind),
    )


def start_clock(case: Case, *, not_after: date | None = None) -> None:
    """Set a new case's due date from its kind, its section's promises and the hotline's own deadline."""
    section = case.section.reference if case.section else OFFICE
    limit = year.limit(case.round, kind=case.kind_id, section=section, on=case.received_on)
    case.clock = timing.start(case.received_on, limit=limit, calendar=year.calendar(), not_after=not_after)


def complainant_of(case: Case, contact: Contact) -> Complainant:
    """Return the row of who raised a case."""
    return Complainant(
        case=case,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        address=contact.address,
        is_withheld=contact.is_withheld,
    )


def contact_of(row: Complainant) -> Contact:
    """Return what is known of who raised a case; refused where the key to it is not here."""
    if personal.is_closed(row):
        raise Refused("key.lost")
    return Contact(name=row.name, phone=row.phone, email=row.email, address=row.address, is_withheld=row.is_withheld)


def _first_holder(kind: str, *, by: Actor, at: datetime) -> Member:
    is_for_the_office = stages.is_restricted_kind(kind) and by.role is not Role.SUPERVISION_OFFICE
    if by.is_machine or is_for_the_office:
        return people.duty_officer(on=day_of(at))
    return people.acting(by)


def _withdraw_to_office(case: Case, *, at: datetime) -> None:
    """What turns out to be a report of misconduct leaves its section at once (§5.4)."""
    case.is_restricted = True
    if case.is_offered:
        raise Refused("case.is_offered")
    if case.section is not None or case.holder.role != Role.SUPERVISION_OFFICE.value:
        case.holder, case.section = people.duty_officer(on=day_of(at)), None
        case.held_since, case.stage = at, stages.Stage.RECEIVED.value


def _take_number(case: Case, number: str) -> None:
    case.external_number, case.external_key = number, keyed.external_key(case.channel_id, number)
    if case.external_key and (found := numbered([case.external_key]).first()) is not None:
        code = "case.number_erased" if found.erased_on else "case.number_known"
        raise Refused(code, field="external_number", reference=found.reference)


def _check_day(day: date | None, *, on: date) -> date:
    if day is None:
        return on
    if not on - OLDEST <= day <= on:
        raise Refused("case.received_when", field="received_on")
    return day


def _named(by: Actor) -> str:
    """Return who gave a kind: nobody of ours where the public or a hotline did."""
    return "" if by.is_machine else by.reference


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Refused("case.no_such_kind", field="kind")
    return kind
