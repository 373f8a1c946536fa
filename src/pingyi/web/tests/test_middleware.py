from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from pingyi.bureau.tests.cast import Cast
from pingyi.web.middleware import AddressMiddleware

HUGE = "9" * 30


def test_what_no_database_could_read_is_not_there(cast: Cast) -> None:
    client = cast.client("zhou")
    for address in ("/bureau/members/a%00b/", f"/bureau/members/{'a' * 2000}/", f"/reports/{HUGE}/"):
        assert client.get(address).status_code == 404, address
    assert client.get("/cases/search/", {"q": "a\0b"}).status_code == 400
    assert client.get("/cases/search/", {"a\0b": "q"}).status_code == 400
    assert client.post("/posts/", {"post": "a\0b"}).status_code == 404
    assert client.get("/cases/search/", {"q": "a b"}).status_code == 200


def test_pages_of_members_are_kept_by_no_cache_and_forgotten_at_the_sign_out(cast: Cast) -> None:
    client = cast.client("zhao")
    assert client.get("/bureau/").headers["Cache-Control"] == "private, no-cache"
    left = client.post("/accounts/logout/")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in Client().get("/").headers


@pytest.mark.parametrize(
    ("is_https", "forwarded", "address"),
    [
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "nobody", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_behind_the_proxy_each_visitor_is_counted_alone(
    settings: Any, *, is_https: bool, forwarded: str, address: str
) -> None:
    settings.PINGYI = settings.PINGYI.model_copy(update={"https": is_https})
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    seen = AddressMiddleware(lambda one: one.META["REMOTE_ADDR"])(request)  # type: ignore[arg-type, return-value]
    assert str(seen) == address


@pytest.mark.django_db
def test_the_sign_in_gives_a_new_session_and_leads_nowhere_else(cast: Cast) -> None:
    client = Client()
    client.get("/follow/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    told = {"login": "zhao", "password": "pingyi-demo-2026", "next": "https://elsewhere.example/"}
    answer = client.post("/accounts/login/", told)
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")
    assert client.cookies["sessionid"].value != planted
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/tell/", "/record/checkpoint", "/cases/", "/accounts/login/", "/no-such-page/"])
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_a_page_is_not_there_for_other_methods(client: Client, path: str, method: str) -> None:
    answer = client.generic(method, path, headers={"x-secret": "kept from the echo"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert b"kept from the echo" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tell/", "/open311/v2/requests.json", "/accounts/login/"])
def test_a_form_without_its_boundary_is_a_bad_request(cast: Cast, client: Client, path: str) -> None:
    answer = client.generic("POST", path, b"no form", content_type="multipart/form-data")
    assert answer.status_code in {400, 403}
