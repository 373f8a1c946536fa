"""Who changes a login past the site opens no door with it, and the audit names what was changed (§5.4)."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from pingyi.bureau.tests.cast import PASSWORD, Cast
from pingyi.record import bindings
from pingyi.record.models import Entry

pytestmark = pytest.mark.django_db
FORGED = "a password nobody chose"
NEW = "a new password of one's own"


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    cache.clear()


def signed_in(password: str) -> HttpResponse:
    """Zhou's try from a machine of its own."""
    answer: Any = Client().post("/accounts/login/", {"login": "zhou", "password": password})
    return answer


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def named() -> list[tuple[str, object, object]]:
    return [(one.code, one.facts["row"], one.facts.get("field")) for one in bindings.faults()]


def test_a_password_set_in_the_database_opens_nothing(cast: Cast) -> None:
    login: Any = cast.zhou.login
    before = login.password
    sql("UPDATE bureau_login SET password = %s WHERE id = %s", make_password(FORGED), login.pk)
    answer = signed_in(FORGED)
    assert answer.status_code == 403
    assert "绕过网站" in answer.content.decode()
    assert named() == [("bound.changed", login.pk, "password")]
    sql("UPDATE bureau_login SET password = %s WHERE id = %s", before, login.pk)
    assert (signed_in(PASSWORD).status_code, named()) == (302, [])


def test_a_forged_hash_is_not_renewed_into_a_right_one(cast: Cast, settings: Any) -> None:
    """With old parameters the framework writes the hash anew as soon as the password was right."""
    settings.PASSWORD_HASHERS = ["pingyi.bureau.passwords.Argon2"]
    login: Any = cast.zhou.login
    old = Argon2PasswordHasher()
    sql("UPDATE bureau_login SET password = %s WHERE id = %s", old.encode(FORGED, old.salt()), login.pk)
    assert signed_in(FORGED).status_code == 403
    assert named() == [("bound.changed", login.pk, "password")]


def test_a_second_factor_taken_away_in_the_database_opens_nothing(cast: Cast) -> None:
    login: Any = cast.zhou.login
    TOTP.activate(login, "JBSWY3DPEHPK3PXP")
    assert signed_in(PASSWORD).status_code == 302
    assert named() == []
    sql("DELETE FROM mfa_authenticator")
    assert signed_in(PASSWORD).status_code == 403
    assert named() == [("bound.changed", login.pk, "second_factor")]


def test_a_password_changed_on_the_site_is_bound_by_an_entry(cast: Cast) -> None:
    browser, before = cast.client("zhou"), Entry.objects.filter(verb="record.bind", is_apart=False).count()
    told = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/accounts/password/change/", told).status_code == 302
    assert Entry.objects.filter(verb="record.bind", is_apart=False).count() == before + 1
    assert (signed_in(NEW).status_code, named()) == (302, [])


def test_a_second_factor_given_up_on_the_site_is_bound_too(cast: Cast) -> None:
    login: Any = cast.zhou.login
    TOTP.activate(login, "JBSWY3DPEHPK3PXP")
    Authenticator.objects.get(user=login).delete()
    assert (signed_in(PASSWORD).status_code, named()) == (302, [])
