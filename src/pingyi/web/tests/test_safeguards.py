"""What stands around every page, each from the attacker's side; `docs/explanation/safeguards.md` names all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.bureau import setup_code, shelf
from pingyi.bureau.models import Login
from pingyi.bureau.tests.cast import PASSWORD, Cast
from pingyi.documents import handed_in

ROOT = Path(__file__).resolve().parents[4]
WEAK = ("short", "1234567890", "password123", "zhouzhouzhou1")
# What is posted without a form of ours: programs that are known by a key or a signature.
FOR_PROGRAMS = ("api/", "open311/", "record/")


def _posted(patterns: Any, before: str = "") -> list[str]:
    """Every address without a variable part, so that it can be asked as it stands."""
    found: list[str] = []
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _posted(one.url_patterns, here)
        elif isinstance(one, URLPattern) and "<" not in here and "(" not in here:
            found.append(here)
    return found


def test_no_form_is_taken_from_another_site(cast: Cast) -> None:
    """A signed-in officer's browser is made to post by a page elsewhere: every address refuses, none acts."""
    officer = Client(enforce_csrf_checks=True)
    assert cast.zhou.login is not None
    officer.force_login(cast.zhou.login)
    addresses = [one for one in _posted(get_resolver().url_patterns) if not one.startswith(FOR_PROGRAMS)]
    assert len(addresses) > 60
    for address in addresses:
        answer = officer.post(f"/{address}", {"anything": "1"}, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code in {403, 404}, (address, answer.status_code)


@pytest.mark.parametrize("path", ["/", "/tell/", "/accounts/login/", "/no-such-page/", "/record/"])
def test_no_page_is_framed_guessed_or_led_elsewhere(cast: Cast, path: str) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'"):
        assert rule in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_cookies_and_answers_of_an_https_site_never_go_in_the_clear(tmp_path: Path) -> None:
    ask = (
        "import pingyi.config.settings as s; from django.conf import settings;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        "s.SECURE_HSTS_SECONDS > 10**7, s.SESSION_COOKIE_HTTPONLY, not s.DEBUG)"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINGYI_")}
    more = {"PINGYI_HTTPS": "true", "PINGYI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", ask], env={**kept, **more}, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"True"}


@pytest.mark.django_db
def test_a_body_or_form_without_end_is_refused(client: Client, cast: Cast) -> None:
    many = {f"field{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/tell/", many).status_code == 400
    large = b"text=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = client.generic("POST", "/tell/", large, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "guess", "0" * 16])
def test_nobody_from_elsewhere_founds_the_bureau_without_the_code(code: str) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    told = {
        "name": "x", "office_name": "x", "year": "2026", "officer": "x", "code": code,
        "username": "mallory", "password": PASSWORD, "again": PASSWORD,
    }  # fmt: skip
    assert "code" in stranger.post("/first-run/", told).context["form"].errors
    through_a_proxy = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "127.0.0.1"})
    assert "code" in through_a_proxy.post("/first-run/", told).context["form"].errors
    assert not Login.objects.exists()


@pytest.mark.django_db
def test_the_setup_code_founds_one_bureau_and_is_gone(cast: Cast) -> None:
    assert Client().post("/first-run/", {"code": setup_code.code()}).status_code == 404
    setup_code.forget()


def test_a_ticket_for_a_file_is_its_holders_unaltered_and_for_a_week(time_machine: Any) -> None:
    time_machine.move_to("2026-03-16", tick=False)
    kept = shelf.put(handed_in.accept("一张纸".encode(), name="a.txt"))
    ticket = shelf.ticket(kept, holder="wang")
    assert shelf.redeem(ticket, holder="wang") == kept
    assert shelf.redeem(ticket, holder="li") is None
    assert shelf.redeem(ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), holder="wang") is None
    forged = signing.dumps(asdict(kept), key="another", salt=f"{shelf.SALT}:wang", compress=True)
    assert shelf.redeem(forged, holder="wang") is None
    time_machine.move_to("2026-03-23 00:00:01", tick=False)
    assert shelf.redeem(ticket, holder="wang") is None


@pytest.mark.django_db
@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_is_not_taken(cast: Cast, password: str) -> None:
    assert cast.zhao.login is not None
    officer = Client()
    officer.force_login(cast.zhao.login)
    Login.objects.filter(pk=cast.zhao.login.pk).update(username="zhouzhouzhou")
    told = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert officer.post("/accounts/password/change/", told).status_code == 200
    assert Login.objects.get(pk=cast.zhao.login.pk).check_password(PASSWORD)


@pytest.mark.django_db
def test_a_new_password_ends_the_sessions_elsewhere(cast: Cast) -> None:
    thief, owner = Client(), Client()
    for one in (thief, owner):
        assert one.post("/accounts/login/", {"login": "zhao", "password": PASSWORD}).url == "/desk/"
    new = "another-sentence-2026"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert owner.post("/accounts/password/change/", told).status_code == 302
    assert owner.get("/desk/").status_code == 200
    assert thief.get("/desk/").url.startswith("/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/code/confirm/", "password/set/"])
def test_no_other_door_makes_or_opens_an_account(cast: Cast, path: str) -> None:
    before = Login.objects.count()
    told = {
        "username": "mallory", "password1": PASSWORD, "password2": PASSWORD,
        "email": "mallory@elsewhere.example", "code": "000000",
    }  # fmt: skip
    stranger = Client()
    stranger.post(f"/accounts/{path}", told)
    assert Login.objects.count() == before
    assert stranger.get("/desk/").url.startswith("/accounts/login/")
