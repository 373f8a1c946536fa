"""The roster of stand-ins: pairs are set, absences entered and cancelled (AB角, §3.2.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse

from pingyi.bureau import notices, queries
from pingyi.bureau.models import Absence, Member, Post, Section
from pingyi.record.acts import Change, act
from pingyi.rules import standin as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


def set_post(section: str, *, first: str, second: str, work: str = "", by: Actor, at: datetime) -> Post:
    """Make two people of a section each other's stand-in from today; an older pair of either for this work ends."""
    with act("post.set", by=by, at=at) as change:
        unit = _section(section)
        pair = [_in_office(one, on=day_of(at)) for one in (first, second)]
        inside = all(one.section_id == unit.pk for one in pair)
        rules.check_post(first=first, second=second, same_section=inside)
        _end_older(change, unit, work=work, on=day_of(at))
        row = Post(section=unit, work=work, first=pair[0], second=pair[1], begins_on=day_of(at))
        change.save(row)
        _tell("post.set", pair, about=row, by=by, at=at, first=pair[0].name, second=pair[1].name)
        return row


def enter_absence(
    member: str,
    *,
    begins_on: date,
    ends_on: date,
    reason: str = "",
    is_head_standing_in: bool = False,
    by: Actor,
    at: datetime,
) -> Absence:
    """Enter the days on which a member is away; the stand-in acts by itself and is told (§3.2.3)."""
    with act("absence.enter", by=by, at=at) as change:
        person = _in_office(member, on=day_of(at))
        new = rules.Absence(
            member=member, begins_on=begins_on, ends_on=ends_on, is_head_standing_in=is_head_standing_in
        )
        roster = queries.roster()
        rules.check_absence(new, roster=roster, on=day_of(at))
        row = Absence(
            member=person,
            begins_on=begins_on,
            ends_on=ends_on,
            is_head_standing_in=is_head_standing_in,
            reason=reason,
            entered_on=day_of(at),
        )
        change.save(row)
        _tell_stand_in(row, on=max(begins_on, day_of(at)), by=by, at=at)
        return row


def cancel_absence(reference: str, *, by: Actor, at: datetime) -> Absence:
    """Take an absence back; the days that have passed stay as they were."""
    with act("absence.cancel", by=by, at=at) as change:
        row = change.lock(Absence, reference=reference)
        if row.cancelled_on is not None or row.ends_on < day_of(at):
            raise Refused("absence.over")
        if row.begins_on < day_of(at):
            row.ends_on = day_of(at) - timedelta(days=1)
        row.cancelled_on = day_of(at)
        return change.save(row)


def _section(reference: str) -> Section:
    row: Section | None = Section.objects.filter(reference=reference, closed_on=None).first()
    if row is None:
        raise Refused("section.closed")
    return row


def _in_office(reference: str, *, on: date) -> Member:
    row = queries.members(on=on).filter(reference=reference).first()
    if row is None:
        raise Refused("member.dismissed")
    return row


def _end_older(change: Change, section: Section, *, work: str, on: date) -> None:
    older = change.lock_all(Post.objects.filter(section=section, work=work, ends_on=None))
    for row in older:
        row.ends_on = max(row.begins_on, on) - timedelta(days=1)
    if older:
        change.save_all(older)


def _tell_stand_in(row: Absence, *, on: date, by: Actor, at: datetime) -> None:
    acting = rules.answering(row.member.reference, roster=queries.roster(), on=on)
    people = list(Member.objects.filter(reference=acting.member)) if acting.part is not rules.Part.NOBODY_ELSE else []
    dates = {"begins_on": row.begins_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    _tell("absence.entered", people, about=row, by=by, at=at, name=row.member.name, **dates)


def _tell(code: str, to: list[Member], *, about: Post | Absence, by: Actor, at: datetime, **facts: str) -> None:
    others = [one for one in to if one.reference != by.reference]
    notices.queue(code, to=others, about=about, at=at, url=reverse("bureau:roster"), **facts)
