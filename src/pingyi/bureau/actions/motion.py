"""Motions about roles that check: one officer makes them, another person confirms or refuses (§5.4, ADR 0013)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from pingyi.bureau import motions, notices
from pingyi.bureau.actions import member as single
from pingyi.bureau.models import Member, Motion
from pingyi.record.acts import Change, act
from pingyi.rules import motion as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused

DAYS = ("active_from", "active_until")
REACHED_BY = ("phone", "mail")  # kept with the member, and here only until the motion is decided
Particulars = dict[str, str | date | None]


def appoint(*, by: Actor, at: datetime, **particulars: str | date | None) -> Motion:
    """Propose somebody for a role that checks; nobody is appointed before another person confirms (§5.4)."""
    with act("motion.make", by=by, at=at) as opened:
        return propose(opened, "member.appoint", particulars, by=by, at=at)


def change(
    reference: str, *, reason: str = "", ground: str = "", by: Actor, at: datetime, **particulars: str | date | None
) -> Motion:
    """Propose to change a member who checks, or is to check."""
    with act("motion.make", by=by, at=at, ground=ground) as opened:
        person = opened.lock(Member, reference=reference)
        return propose(opened, "member.change", particulars, person=person, reason=reason, by=by, at=at)


def withdraw_login(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Motion:
    """Propose to part a member who checks from the login."""
    with act("motion.make", by=by, at=at, ground=ground) as opened:
        person = opened.lock(Member, reference=reference)
        return propose(opened, "member.withdraw_login", {}, person=person, reason=reason, by=by, at=at)


def propose(
    opened: Change,
    verb: str,
    particulars: Particulars,
    *,
    person: Member | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Motion:
    """Write a motion within an act, after trying whether it could be done now; the others are told of it."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in particulars.items()}
    row = Motion(
        verb=verb, member=person, role=str(particulars.get("role") or (person.role if person else "")),
        particulars=said if person is None or said else {"name": person.name}, reason=reason,
        proposed_by=by.reference, proposed_on=day_of(at),
    )  # fmt: skip
    row.section = _MADE[verb](opened, row, at).section  # tried out, and not saved
    _check_once(row)
    opened.save(row)
    url = reverse("bureau:motion", args=[row.reference])
    able = [one for one in motions.able_to_confirm(on=day_of(at)) if not one.actor().did_any(_doers(row))]
    notices.queue("motion.made", to=able, about=row, at=at, url=url, name=row.name)
    return row


def confirm(reference: str, *, by: Actor, at: datetime) -> Motion:
    """Stand behind a motion as the second person; what was proposed is done with it."""
    with act("motion.confirm", by=by, at=at) as opened:
        row = opened.lock(Motion, reference=reference)
        rules.check_open(row.stage)
        person = _MADE[row.verb](opened, row, at)
        single.seat(opened, person)
        row.member = person
        return _decided(opened, row, rules.Stage.CONFIRMED, by=by, at=at)


def refuse(reference: str, *, note: str, by: Actor, at: datetime) -> Motion:
    """Refuse a motion, saying why."""
    with act("motion.refuse", by=by, at=at) as opened:
        row = opened.lock(Motion, reference=reference)
        rules.check_open(row.stage)
        rules.check_note(note)
        row.note = note
        return _decided(opened, row, rules.Stage.REFUSED, by=by, at=at)


def withdraw(reference: str, *, by: Actor, at: datetime) -> Motion:
    """Take the own motion back."""
    with act("motion.withdraw", by=by, at=at) as opened:
        row = opened.lock(Motion, reference=reference)
        rules.check_open(row.stage)
        return _decided(opened, row, rules.Stage.WITHDRAWN, by=by, at=at)


def _decided(opened: Change, row: Motion, stage: rules.Stage, *, by: Actor, at: datetime) -> Motion:
    row.stage, row.decided_by, row.decided_on = stage.value, by.reference, day_of(at)
    row.particulars = {name: value for name, value in row.particulars.items() if name not in REACHED_BY}
    opened.save(row)
    if stage is not rules.Stage.WITHDRAWN:
        proposer = Member.objects.filter(reference=row.proposed_by)
        url = reverse("bureau:motion", args=[row.reference])
        notices.queue(f"motion.{stage.value}", to=proposer, about=row, at=at, url=url, name=row.name)
    return row


def _appointed(opened: Change, row: Motion, at: datetime) -> Member:
    return single.drawn_up(opened, **_particulars(row), at=at)


def _changed(opened: Change, row: Motion, at: datetime) -> Member:
    return single.altered(opened, _person(opened, row), **_particulars(row), at=at)


def _parted(opened: Change, row: Motion, at: datetime) -> Member:
    return single.parted(_person(opened, row), at=at)


_MADE: dict[str, Callable[[Change, Motion, datetime], Member]] = {
    "member.appoint": _appointed,
    "member.change": _changed,
    "member.withdraw_login": _parted,
}


def _person(opened: Change, row: Motion) -> Member:
    if row.member is None:
        raise Refused("missing")
    return opened.lock(Member, pk=row.member.pk)


def _particulars(row: Motion) -> dict[str, Any]:
    days = {name: date.fromisoformat(value) for name in DAYS if (value := row.particulars.get(name))}
    return {name: value for name, value in row.particulars.items() if name not in DAYS} | days


def _doers(row: Motion) -> tuple[str, ...]:
    return (row.proposed_by, row.member.reference) if row.member else (row.proposed_by,)


def _check_once(row: Motion) -> None:
    """Refuse the same motion while it waits."""
    waiting = Motion.objects.filter(stage=rules.Stage.OPEN.value, verb=row.verb, role=row.role, section=row.section)
    if any((one.member_id, one.particulars) == (row.member_id, row.particulars) for one in waiting):
        raise Refused("motion.twice", name=row.name)
