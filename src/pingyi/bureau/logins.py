"""Logins are plain rows: made when an invitation is accepted or the bureau is created, and bound to the record.

Who could set a password past the site, act in another's name and set it back, would leave no trace. So each change of
a password, a name or a second factor binds the login anew, and nobody signs in with one that was changed otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save

from pingyi import clock
from pingyi.bureau import passwords
from pingyi.bureau.models import Login, Member
from pingyi.record import acts, bindings
from pingyi.record.references import new_reference
from pingyi.rules.refused import Refused

COVERED = ("username", "password", "first_name", "email", "is_superuser", "is_staff", "is_active", "person")


class AlteredError(Exception):
    """A login's password, name or second factor was changed past the site: nobody signs in with it."""


def make(*, username: str, password: str, name: str = "", person: str | None = None, at: datetime) -> Login:
    """Make a login for the person of this pseudonym; a name that is taken is refused."""
    wanted = username.strip()
    if Login.objects.filter(username__iexact=wanted).exists():
        raise Refused("login.taken", field="username")
    with transaction.atomic():
        login = Login.objects.create_user(username=wanted, password=password, first_name=name[:30], person=person)
        bindings.keep([login], at=at)
    return login


def person_of(login: Login) -> str:
    """Return whose login it is; one from before gets the pseudonym of its posts, or a fresh one, for good."""
    if login.person is None:
        known = Member.objects.filter(login=login).exclude(person=None).values_list("person", flat=True).first()
        login.person = known or new_reference()
        login.save(update_fields=["person"])
    return login.person


def even_out(name: str, password: str) -> None:
    """After a wrong password: let every name cost what any name costs, whether its hash was renewed or not (§5.4)."""
    stored = dict(Login.objects.values_list("username", "password"))
    kept = next((encoded for username, encoded in stored.items() if username.lower() == name), "")
    passwords.even_out(password, kept=kept, stored=stored.values())


def is_taken(person: str | None) -> bool:
    """Whether somebody once signed in as this person."""
    return person is not None and Login.objects.filter(person=person).exists()


def cover() -> None:
    """Have logins bound to the record together with their second factors; called from AppConfig.ready."""
    bindings.cover(Login, *COVERED, more=_second_factor)
    pre_save.connect(_about_to_be_saved, sender=Login)
    post_save.connect(_saved, sender=Login)
    post_save.connect(_second_factor_changed, sender=Authenticator)
    post_delete.connect(_second_factor_changed, sender=Authenticator)


def require_bound(login: Login) -> None:
    """Raise `AlteredError` unless a login stands as the site itself last wrote it."""
    if not bindings.holds(Login.objects.get(pk=login.pk)):
        raise AlteredError


def _second_factor(login: Login) -> dict[str, object]:
    kept = Authenticator.objects.filter(user=login.pk).order_by("type", "pk")
    return {"second_factor": [list(one) for one in kept.values_list("type", "data")]}


def _about_to_be_saved(instance: Login, *, update_fields: Collection[str] | None, **_: Any) -> None:
    """Let nothing that the framework writes, such as a hash renewed at a sign-in, bind what was forged before."""
    if instance.pk and _is_covered(update_fields):
        require_bound(instance)


def _is_covered(update_fields: Collection[str] | None) -> bool:
    return update_fields is None or bool(set(update_fields) & set(COVERED))


def _saved(instance: Login, *, created: bool, update_fields: Collection[str] | None, **_: Any) -> None:
    """Bind a login that the framework changed; a new one is bound by who makes it."""
    if not created and _is_covered(update_fields):
        _keep(instance.pk)


def _second_factor_changed(instance: Authenticator, **_: Any) -> None:
    _keep(instance.user_id)


def _keep(key: int) -> None:
    bindings.keep(list(Login.objects.filter(pk=key)), at=acts.moment() or clock.now())
