"""Meetings: called, convened, attended, written down (§4.1, §4.3b, §4.3c)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import Change, act
from pingyi.rules import meeting as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.meeting import Attendance
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Meeting, Proof, Round
from pingyi.stations.plans.queries import people

CALLED = (Role.SUPERVISION_OFFICE, Role.SECTION_HEAD, Role.BUREAU_LEADER)


def plan_meeting(
    *,
    title: str,
    kind: str,
    guests: str = "",
    agenda: str = "",
    convener: str = "",
    earliest_on: date | None = None,
    latest_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Call a meeting that the plan does not name."""
    with act("meeting.plan", by=by, at=at) as change:
        opened = Round.objects.select_for_update().order_by("-year").first()
        if opened is None:
            raise Refused("round.none")
        if earliest_on and latest_on and latest_on < earliest_on:
            raise Refused("meeting.days_reversed", field="latest_on")
        number = Meeting.objects.filter(round=opened).count() + 1
        return change.save(
            Meeting(
                reference=f"{opened.year}-{number:02}", round=opened, title=title, kind=kind, guests=guests,
                agenda=agenda, convener=convener, earliest_on=earliest_on, latest_on=latest_on,
            )
        )  # fmt: skip


def convene(
    reference: str,
    *,
    held_at: datetime,
    planned_minutes: int,
    place: str,
    convener: str = "",
    guests: str = "",
    agenda: str = "",
    by: Actor,
    at: datetime,
) -> Meeting:
    """Set date and place and tell those who should come; a meeting may be moved until it was held."""
    with act("meeting.convene", by=by, at=at) as change:
        meeting = change.lock(Meeting, reference=reference)
        meeting.state = rules.convene(meeting.state, held_on=day_of(held_at), place=place)
        meeting.held_at, meeting.planned_minutes, meeting.place = held_at, planned_minutes, place
        meeting.convener, meeting.guests, meeting.agenda = convener, guests, agenda
        change.save(meeting)
        _tell("meeting.convened", meeting, by=by, at=at)
    return meeting


def record_attendance(reference: str, *, invited: int, present: int, proxies: int, by: Actor, at: datetime) -> Meeting:
    """Write down how many came, and how many sent somebody."""
    with act("meeting.record_attendance", by=by, at=at) as change:
        meeting = change.lock(Meeting, reference=reference)
        came = Attendance(invited=invited, present=present, proxies=proxies)
        meeting.state = rules.record_attendance(meeting.state, attendance=came, on=day_of(at))
        return change.save(meeting)


def minute(reference: str, *, text: str, papers: Sequence[Kept] = (), by: Actor, at: datetime) -> Meeting:
    """Write the minutes, with the papers that belong to them."""
    with act("meeting.minute", by=by, at=at) as change:
        meeting = change.lock(Meeting, reference=reference)
        meeting.state = rules.minute(meeting.state, text=text)
        meeting.minutes = text
        change.save(meeting)
        _attach(change, meeting, papers, by=by, at=at)
    return meeting


def cancel(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Meeting:
    """Call the meeting off, saying why."""
    with act("meeting.cancel", by=by, at=at, ground=ground, reason=reason) as change:
        meeting = change.lock(Meeting, reference=reference)
        was_convened = meeting.held_at is not None
        meeting.state = rules.cancel(meeting.state, reason=reason)
        change.save(meeting)
        if was_convened:
            _tell("meeting.cancelled", meeting, by=by, at=at)
    return meeting


def _attach(change: Change, meeting: Meeting, papers: Sequence[Kept], *, by: Actor, at: datetime) -> None:
    known = set(meeting.papers.values_list("sha256", flat=True))
    fresh = {kept.sha256: kept for kept in papers if kept.sha256 not in known}
    adder = people.acting(by)
    rows = [
        Proof(
            meeting=meeting, name=kept.name, mime=kept.mime, sha256=kept.sha256, size=kept.size,
            added_on=day_of(at), added_by=adder,
        )
        for kept in fresh.values()
    ]  # fmt: skip
    if rows:
        change.save_all(rows)


def _tell(code: str, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    called = [one for role in CALLED for one in bureau.members(role=role, on=day_of(at))]
    notices.queue(
        code,
        to=[one for one in called if one.reference != by.reference],
        about=meeting,
        at=at,
        url=meeting.get_absolute_url(),
        title=meeting.title,
        place=meeting.place,
        held_on=day_of(meeting.held_at).isoformat() if meeting.held_at else "",
    )
