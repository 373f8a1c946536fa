"""Hashing: the parameters, never more than two at once, old ones renewed, and words for those who wait too long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import Client

from pingyi.bureau import passwords
from pingyi.bureau.passwords import MEMORY, Argon2, CrowdedError
from pingyi.bureau.tests.cast import PASSWORD, Cast

HASHERS = ["pingyi.bureau.passwords.Argon2"]


def sign_in(name: str = "zhao", password: str = PASSWORD) -> Any:
    client = Client(headers={"accept-language": "en"})
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_a_password_is_hashed_as_owasp_says(settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_a_hash_of_old_parameters_is_renewed_at_the_sign_in(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    login = cast.zhao.login
    assert login is not None
    old = Argon2PasswordHasher()
    login.password = old.encode(PASSWORD, old.salt())
    login.save()
    assert sign_in(password="not-this-one").status_code == 200
    login.refresh_from_db()
    assert "m=102400,t=2,p=8" in login.password
    assert sign_in().status_code == 302
    login.refresh_from_db()
    assert "m=47104,t=1,p=1" in login.password
    assert check_password(PASSWORD, login.password)


class _Watched:
    """Stands in for Argon2's library to see how many are inside at once; the place before it is the real one."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.lock = threading.Lock()
        self.opens = threading.Event()

    def __enter__(self) -> None:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.inside -= 1


def test_two_are_hashed_at_once_and_an_old_one_alone() -> None:
    watched, place = _Watched(), passwords._place

    def hashed(wanted: int) -> None:
        with place.taken(wanted), watched:
            watched.opens.wait(0.01)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(hashed, [MEMORY] * 64))
    assert watched.most == 2
    watched.most = 0
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(hashed, [102_400] * 32))
    assert watched.most == 1
    assert place.free == place.size


def test_who_waits_too_long_is_told_so_and_the_try_is_not_counted(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    login = cast.zhao.login
    assert login is not None
    login.set_password(PASSWORD)
    login.save()
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._place.taken(2 * MEMORY):
        with pytest.raises(CrowdedError):
            Argon2().encode(PASSWORD, "some-salt-of-22-letters")
        answers = [sign_in() for _ in range(12)]
    assert {one.status_code for one in answers} == {503}
    assert answers[0].headers["Retry-After"]
    assert "Many sign in just now" in answers[0].content.decode()
    assert sign_in().status_code == 302
