from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from pingyi.bureau.tests.cast import PASSWORD, Cast


@pytest.fixture
def signed_in(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.post("/accounts/login/", {"login": "zhao", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def words(html: str) -> str:
    """What a person reads in the middle of the page."""
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL)


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/password/change/",
        "/accounts/password/reset/",
        "/accounts/logout/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/reauthenticate/",
    ],
)
def test_a_page_of_the_account_wears_the_frame_and_speaks_chinese(signed_in: Client, url: str) -> None:
    answer = signed_in.get(url)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'class="masthead"' in page
    assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", words(page)), words(page)


def test_the_second_factor_is_offered_as_a_picture_and_as_text(signed_in: Client) -> None:
    page = signed_in.get("/accounts/2fa/totp/activate/").content.decode()
    assert re.search(r'<img class="qr" src="data:image/svg', page)
    assert "readonly" in page


def test_a_wrong_password_keeps_the_username(cast: Cast) -> None:
    page = Client().post("/accounts/login/", {"login": "zhao", "password": "not-this-one"}).content.decode()
    assert 'value="zhao"' in page
    assert "error-summary" in page


@pytest.mark.parametrize(
    ("language", "wrong", "said"),
    [
        (
            "zh-hans",
            {"oldpassword": "x", "password1": "a", "password2": "a"},
            ["请输入您的当前密码", "密码太短，至少要有 10 个字符"],
        ),
        ("zh-hans", {"oldpassword": PASSWORD, "password1": "zhao zhao", "password2": "b"}, ["密码太短"]),
        ("zh-hans", {}, ["请填写此项"]),
        ("en", {"oldpassword": "x", "password1": "a", "password2": "a"}, ["must contain at least 10 characters"]),
    ],
)
def test_what_is_wrong_with_a_password_is_said_in_the_readers_language(
    signed_in: Client, language: str, wrong: dict[str, str], said: list[str]
) -> None:
    signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = words(signed_in.post("/accounts/password/change/", wrong).content.decode())
    for one in said:
        assert one in page
    if language == "zh-hans":
        assert not re.search(r"[A-Za-z]{4,} [a-z]{2,}", page), page
