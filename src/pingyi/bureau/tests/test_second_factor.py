"""The second factor, from the side of somebody who knows the password and guesses the code."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from pingyi.bureau.models import Login
from pingyi.bureau.tests.cast import PASSWORD, Cast

MOST = 8
CODE = "/accounts/2fa/authenticate/"


@pytest.fixture
def secret(cast: Cast) -> str:
    secret = generate_totp_secret()
    TOTP.activate(login(cast, "zhao"), secret)
    RecoveryCodes.activate(login(cast, "zhao"))
    return secret


def login(cast: Cast, who: str) -> Login:
    found = cast.member(who).login
    assert found is not None
    return found


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong(secret: str) -> str:
    return f"{(int(code(secret)) + 1) % 10**6:06}"


def with_password(address: str = "192.0.2.7") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    answer = client.post("/accounts/login/", {"login": "zhao", "password": PASSWORD})
    assert answer.url == CODE
    return client


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.url == "/desk/")


def test_the_right_code_is_refused_after_eight_wrong_ones_whatever_session_they_came_from(secret: str) -> None:
    guesses = [with_password(f"192.0.2.{number}").post(CODE, {"code": wrong(secret)}) for number in range(MOST)]
    assert {one.status_code for one in guesses} == {200}
    refused = with_password("203.0.113.1").post(CODE, {"code": code(secret)})
    assert refused.status_code == 429
    assert "The code was wrong too often" in refused.content.decode()


def test_recovery_codes_are_counted_with_them(cast: Cast, secret: str) -> None:
    recovery = RecoveryCodes(Authenticator.objects.get(user=login(cast, "zhao"), type="recovery_codes"))
    right = recovery.get_unused_codes()[0]
    guesser = with_password()
    for number in range(MOST):
        assert guesser.post(CODE, {"code": f"{number:08}"}).status_code == 200
    assert guesser.post(CODE, {"code": right}).status_code == 429
    assert right in RecoveryCodes(Authenticator.objects.get(pk=recovery.instance.pk)).get_unused_codes()


def test_a_recovery_code_opens_once(cast: Cast, secret: str) -> None:
    recovery = RecoveryCodes(Authenticator.objects.get(user=login(cast, "zhao"), type="recovery_codes"))
    right = recovery.get_unused_codes()[0]
    assert is_in(with_password().post(CODE, {"code": right}))
    assert with_password().post(CODE, {"code": right}).status_code == 200


def test_a_code_that_was_used_is_refused_by_every_process(secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00:05", tick=False)
    assert is_in(with_password().post(CODE, {"code": code(secret)}))
    cache.clear()  # another process knows nothing of this one's memory
    again = with_password().post(CODE, {"code": f"{code(secret)[:3]} {code(secret)[3:]}"})
    assert again.status_code == 200
    assert "Incorrect code" in again.content.decode()


def test_who_guesses_codes_does_not_lock_the_person_out_of_the_own_device(secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00:05", tick=False)
    own = with_password("203.0.113.1")
    assert is_in(own.post(CODE, {"code": code(secret)}))
    own.post("/accounts/logout/")
    stranger = with_password()
    for _ in range(MOST + 1):
        refused = stranger.post(CODE, {"code": wrong(secret)})
    assert refused.status_code == 429
    time_machine.move_to("2026-03-16 09:01:05", tick=False)
    assert own.post("/accounts/login/", {"login": "zhao", "password": PASSWORD}).url == CODE
    assert is_in(own.post(CODE, {"code": code(secret)}))


def test_the_right_code_in_time_forgets_the_errors_and_the_lock_ends(secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00:05", tick=False)
    guesser = with_password()
    for _ in range(MOST):
        guesser.post(CODE, {"code": wrong(secret)})
    assert guesser.post(CODE, {"code": code(secret)}).status_code == 429
    time_machine.move_to("2026-03-16 09:15:05", tick=False)
    for _ in range(MOST - 1):
        guesser.post(CODE, {"code": wrong(secret)})
    assert is_in(guesser.post(CODE, {"code": code(secret)}))


def test_the_code_asked_once_more_is_counted_as_well(secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00:05", tick=False)
    thief = with_password()
    assert is_in(thief.post(CODE, {"code": code(secret)}))
    time_machine.move_to("2026-03-16 09:20:05", tick=False)
    again = "/accounts/2fa/reauthenticate/"
    for _ in range(MOST):
        assert thief.post(again, {"code": wrong(secret)}).status_code == 200
    assert thief.post(again, {"code": code(secret)}).status_code == 429
