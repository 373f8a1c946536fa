"""The rehearsal's first days: the bureau, its sections and people, each by the same acts as in a real year."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau.actions import interest, invitation, member, organization, section
from pingyi.bureau.actions import motion as motions
from pingyi.bureau.models import Login, Member, Motion
from pingyi.record import bindings
from pingyi.rehearsal.cast import (
    BUREAU,
    FIRST_OFFICER,
    PASSWORD,
    PEOPLE,
    SECOND,
    SUPERVISION_OFFICE,
    TIES,
    UNITS,
    Person,
)
from pingyi.rules.actor import VISITOR, Actor, machine
from pingyi.rules.interest import DECLARE
from pingyi.rules.motion import Stage, needs_two


def found(*, year: int, at: datetime) -> dict[str, Actor]:
    """Make the bureau with its sections and people (§3.1, §5.1); return who acts, by user name."""
    founded = organization.create(
        name=BUREAU,
        short_name="区环保局",
        office_name=SUPERVISION_OFFICE,
        year=year,
        officer=FIRST_OFFICER.name,
        username=FIRST_OFFICER.username,
        password=PASSWORD,
        second=SECOND.name,
        by=machine("rehearsal"),
        at=at,
    )
    by = founded.officer.actor()
    for order, unit in enumerate(UNITS, 1):
        section.add(name=unit.name, kind=unit.kind, reference=unit.id, line=unit.line, order=order, by=by, at=at)
    second = _take_up(founded.second, SECOND, by=by, second=None, at=at).actor()
    people = {person.username: _seat(person, by=by, second=second, at=at) for person in PEOPLE}
    seated = {username: Member.objects.get(pk=one.pk).actor() for username, one in people.items()}
    everybody = {FIRST_OFFICER.username: by, SECOND.username: second} | seated
    _declare(everybody, year=year, at=at)
    return {username: Member.objects.get(reference=one.reference).actor() for username, one in everybody.items()}


def _declare(people: dict[str, Actor], *, year: int, at: datetime) -> None:
    """Have everybody who checks, watches or heads declare interests for the year, most of them none (§5.4)."""
    for username, one in people.items():
        if one.role not in DECLARE:
            continue
        ties = TIES.get(username)
        if ties is None:
            interest.declare(year=year, is_none=True, by=one, at=at)
        else:
            interest.declare(year=year, sections=[ties.section], details=ties.details, by=one, at=at)


def _seat(person: Person, *, by: Actor, second: Actor, at: datetime) -> Member:
    """Appoint and invite a person; for a role that checks, the leader confirms and gives the second word (§5.4)."""
    name, role, title, section = person.name, person.role.value, person.title, person.section or ""
    if not needs_two(role):
        one = member.appoint(name=name, role=role, title=title, section=section, by=by, at=at)
        return _take_up(one, person, by=by, second=second, at=at)
    motions.appoint(name=name, role=role, title=title, section=section, by=by, at=at)
    motions.confirm(Motion.objects.get(stage=Stage.OPEN.value).reference, by=second, at=at)
    one = Member.objects.get(name=name, role=role)
    return _take_up(one, person, by=by, second=second, at=at)


def _take_up(one: Member, person: Person, *, by: Actor, second: Actor | None, at: datetime) -> Member:
    issued = invitation.issue([one.reference], by=by, at=at)[0]
    row = issued.invitation
    word = invitation.give_word(row.reference, by=second, at=at) if row.needs_word and second else ""
    hashed = Login.objects.values_list("password", flat=True).first() or ""  # the same for all: hashing is dear
    login = Login.objects.create(username=person.username, password=hashed, first_name=person.name)  # plain row
    bindings.keep([login], at=at)
    return invitation.accept(issued.token, word=word, login=login, by=VISITOR, at=at)
