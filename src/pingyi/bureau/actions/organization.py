"""The bureau itself: made once, on the first run, together with its first two persons (ADR 0013)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pingyi.bureau import logins
from pingyi.bureau.actions import invitation
from pingyi.bureau.models import Bureau, Member
from pingyi.record.acts import Change, act
from pingyi.record.references import new_reference
from pingyi.rules import motion as two
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused

THE_BUREAU = "bureau"


@dataclass(frozen=True, kw_only=True, slots=True)
class Founded:
    """Who begins: an officer with a login, and a second person to be invited, neither made by the other."""

    officer: Member
    second: Member


def create(
    *,
    name: str,
    office_name: str,
    year: int,
    officer: str,
    username: str,
    password: str,
    second: str,
    second_role: str = Role.BUREAU_LEADER.value,
    second_mail: str = "",
    short_name: str = "",
    by: Actor,
    at: datetime,
) -> Founded:
    """Create the bureau with an officer and a second person, in one act; a second bureau is refused (§4.1, §5.4)."""
    with act("bureau.create", by=by, at=at) as change:
        if Bureau.objects.exists():
            raise Refused("bureau.exists")
        change.save(Bureau(reference=THE_BUREAU, name=name, short_name=short_name, office_name=office_name, year=year))
        person = new_reference()
        login = logins.make(username=username, password=password, name=officer, person=person, at=at)
        role = Role.SUPERVISION_OFFICE.value
        post = Member(name=officer, role=role, login=login, active_from=day_of(at), person=person, made_by=[])
        first = change.save(post)
        if second.strip() == officer.strip():
            raise Refused("bureau.second_is_first", field="second")
        return Founded(officer=first, second=_second(change, second, role=second_role, mail=second_mail, at=at))


def found_second(*, name: str, role: str, by: Actor, at: datetime) -> invitation.Issued:
    """Found another second person where nobody is left to confirm: by the server's operator alone (ADR 0013)."""
    with act("member.found", by=by, at=at) as change:
        return invitation.founding(change, _second(change, name, role=role, mail="", at=at), at=at)


def _second(change: Change, name: str, *, role: str, mail: str, at: datetime) -> Member:
    two.check_second(role)
    person = Member(name=name, role=role, mail=mail, active_from=day_of(at), person=new_reference(), made_by=[])
    return change.save(person)


def change(
    *,
    name: str,
    short_name: str,
    office_name: str,
    year: int,
    reason: str = "",
    ground: str = "",
    by: Actor,
    at: datetime,
) -> Bureau:
    """Change the bureau's names or its year."""
    with act("bureau.change", by=by, at=at, ground=ground, reason=reason) as opened:
        row = opened.lock(Bureau, reference=THE_BUREAU)
        wanted = {"name": name, "short_name": short_name, "office_name": office_name, "year": year}
        if all(getattr(row, field) == value for field, value in wanted.items()):
            raise Refused("nothing_changed")
        for field, value in wanted.items():
            setattr(row, field, value)
        return opened.save(row)
