"""The bureau itself: made once, on the first run, together with its first supervision officer."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import logins
from pingyi.bureau.models import Bureau, Member
from pingyi.record.acts import act
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused

THE_BUREAU = "bureau"


def create(
    *,
    name: str,
    office_name: str,
    year: int,
    officer: str,
    username: str,
    password: str,
    short_name: str = "",
    by: Actor,
    at: datetime,
) -> Member:
    """Create the bureau and its first supervision officer, in one act; a second bureau is refused (§4.1)."""
    with act("bureau.create", by=by, at=at) as change:
        if Bureau.objects.exists():
            raise Refused("bureau.exists")
        change.save(Bureau(reference=THE_BUREAU, name=name, short_name=short_name, office_name=office_name, year=year))
        login = logins.make(username=username, password=password, name=officer)
        first = Member(name=officer, role=Role.SUPERVISION_OFFICE.value, login=login, active_from=day_of(at))
        return change.save(first)


def change(
    *, name: str, short_name: str, office_name: str, year: int, reason: str = "", by: Actor, at: datetime
) -> Bureau:
    """Change the bureau's names or its year."""
    with act("bureau.change", by=by, at=at, reason=reason) as opened:
        row = opened.lock(Bureau, reference=THE_BUREAU)
        wanted = {"name": name, "short_name": short_name, "office_name": office_name, "year": year}
        if all(getattr(row, field) == value for field, value in wanted.items()):
            raise Refused("nothing_changed")
        for field, value in wanted.items():
            setattr(row, field, value)
        return opened.save(row)
