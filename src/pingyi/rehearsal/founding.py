"""The rehearsal's first days: the bureau, its sections and people, each by the same acts as in a real year."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau.actions import invitation, member, organization, section
from pingyi.bureau.models import Login, Member
from pingyi.rehearsal.cast import BUREAU, FIRST_OFFICER, PASSWORD, PEOPLE, SUPERVISION_OFFICE, UNITS, Person
from pingyi.rules.actor import VISITOR, Actor, machine


def found(*, year: int, at: datetime) -> dict[str, Actor]:
    """Make the bureau with its sections and people (§3.1, §5.1); return who acts, by user name."""
    first = organization.create(
        name=BUREAU,
        short_name="区环保局",
        office_name=SUPERVISION_OFFICE,
        year=year,
        officer=FIRST_OFFICER.name,
        username=FIRST_OFFICER.username,
        password=PASSWORD,
        by=machine("rehearsal"),
        at=at,
    )
    by = first.actor()
    for order, unit in enumerate(UNITS, 1):
        section.add(name=unit.name, kind=unit.kind, reference=unit.id, line=unit.line, order=order, by=by, at=at)
    people = {person.username: _seat(person, by=by, at=at) for person in PEOPLE}
    return {FIRST_OFFICER.username: by} | {username: one.actor() for username, one in people.items()}


def _seat(person: Person, *, by: Actor, at: datetime) -> Member:
    one = member.appoint(
        name=person.name, role=person.role.value, title=person.title, section=person.section or "", by=by, at=at
    )
    issued = invitation.issue([one.reference], by=by, at=at)[0]
    hashed = Login.objects.values_list("password", flat=True).first() or ""  # the same for all: hashing is dear
    login = Login.objects.create(username=person.username, password=hashed, first_name=person.name)  # plain row
    return invitation.accept(issued.token, login=login, by=VISITOR, at=at)
