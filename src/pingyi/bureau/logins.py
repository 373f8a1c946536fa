"""Logins are plain rows: made when an invitation is accepted or the bureau is created."""

from __future__ import annotations

from pingyi.bureau.models import Login, Member
from pingyi.record.models import new_reference
from pingyi.rules.refused import Refused


def make(*, username: str, password: str, name: str = "", person: str | None = None) -> Login:
    """Make a login for the person of this pseudonym; a name that is taken is refused."""
    wanted = username.strip()
    if Login.objects.filter(username__iexact=wanted).exists():
        raise Refused("login.taken", field="username")
    return Login.objects.create_user(username=wanted, password=password, first_name=name[:30], person=person)


def person_of(login: Login) -> str:
    """Return whose login it is; one from before gets the pseudonym of its posts, or a fresh one, for good."""
    if login.person is None:
        known = Member.objects.filter(login=login).exclude(person=None).values_list("person", flat=True).first()
        login.person = known or new_reference()
        login.save(update_fields=["person"])
    return login.person


def is_taken(person: str | None) -> bool:
    """Whether somebody once signed in as this person."""
    return person is not None and Login.objects.filter(person=person).exists()
