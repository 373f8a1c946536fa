"""Whatever an attacker writes into an address or a query, the site answers, and never with a fault of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.bureau.tests.cast import Cast
from tests.journeys.ground import TODAY, furnish, person

pytestmark = pytest.mark.django_db
HOSTILE = (
    "\0",
    "a" * 3000,
    "😀🈲",
    "..",
    "../../etc/passwd",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "\u202e\ud7ff\r\nSet-Cookie: a=b",
    "%s%n{0}",
    "-1",
    f"2026-01-01_{'9' * 30}",
)
NUMBERS = ("0", "9999", "10000", str(2**31), str(2**63), "9" * 30, "9" * 5000)
POSTED = {HOSTILE[0], HOSTILE[5], NUMBERS[-1]}
QUERY = (
    "q", "page", "week", "since", "until", "at", "code", "section", "phase", "standing", "stage", "kind", "channel",
    "next", "who", "year", "person", "setter", "on", "sort", "basis", "form", "title", "text", "lat", "long",
    "status", "limit", "before", "after", "whose", "days", "other", "all", "purpose", "updated_since", "page_size",
    "jurisdiction", "api_key", "start_date", "end_date", "service_code", "service_request_id", "jurisdiction_id",
    "cursor", "number", "for", "to",
)  # fmt: skip
# Each address meets one value in five, the next address the next: all are met many times. Each meets all at night.
EVERY = pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|%\((\w+)\)s")


@pytest.fixture
def readers(cast: Cast) -> Iterator[dict[str, Client]]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        yield {"visitor": Client(raise_request_exception=False), "zhou": _gentle(person("zhou"))}


@EVERY
def test_no_address_breaks_the_site(readers: dict[str, Client], every: int) -> None:
    broken = [
        f"{who} {method} {url[:150]} → {status}"
        for who, client in readers.items()
        for place, (route, kinds) in enumerate(_routes())
        for method, url in _asked(client, list(_addresses(route, kinds))[place % every :: every])
        if (status := getattr(client, method)(url).status_code) >= 500
    ]
    assert not broken, "\n".join(broken)


def test_the_addresses_are_those_of_the_site() -> None:
    """A walk over nothing would find nothing."""
    found = {url for route, kinds in _routes() for _, url in _addresses(route, kinds)}
    assert len(found) > 1000
    assert any(url.startswith("/cases/") and url.endswith("/identify/") for url in found)
    assert any(url.startswith("/open311/v2/requests/") for url in found)


@EVERY
def test_no_query_breaks_the_site(readers: dict[str, Client], every: int) -> None:
    broken = [
        f"{who} GET {route}?…={value[:20]!r} → {status}"
        for who, client in readers.items()
        for place, (route, names) in enumerate(_routes())
        if not names and client.get(f"/{route}").status_code == 200  # who is sent away is sent before the query is read
        for value in (*HOSTILE, *NUMBERS)[place % every :: every]
        if (status := client.get(f"/{route}", dict.fromkeys(QUERY, value)).status_code) >= 500
    ]
    assert not broken, "\n".join(broken)


def _gentle(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def _asked(client: Client, addresses: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Ask for every value, but for one only where the reader is led to the sign-in before the address is read."""
    asked = [(method, url) for value, url in addresses for method in (("get", "post") if value in POSTED else ("get",))]
    is_sent_away = bool(asked) and "/login/" in client.get(asked[0][1]).headers.get("Location", "")
    yield from asked[:1] if is_sent_away else asked


def _addresses(route: str, kinds: list[str]) -> Iterator[tuple[str, str]]:
    if not kinds:
        return
    values = NUMBERS if set(kinds) == {"int"} else (*HOSTILE, *NUMBERS[-2:])
    for value in values:
        yield value, "/" + _filled(route, [value if _fits(kind, value) else "2026" for kind in kinds])


def _fits(kind: str, value: str) -> bool:
    return kind != "int" or value.isdigit()


def _filled(route: str, values: list[str]) -> str:
    for value in values:
        found = PARAMETER.search(route)
        assert found is not None
        route = route[: found.start()] + quote(value, safe="") + route[found.end() :]
    return route


def _routes() -> list[tuple[str, list[str]]]:
    return [(route, [kind or "str" for kind, *_ in PARAMETER.findall(route)]) for route in _patterns(get_resolver())]


def _patterns(at: URLResolver, before: str = "") -> Iterator[str]:
    for one in at.url_patterns:
        route = before + _plain(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        elif isinstance(one, URLPattern):
            yield route


def _plain(route: str) -> str:
    """A route written as a pattern of characters, as one with named parts."""
    named = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route)
    return re.sub(r"<form>", "json", named).replace("\\.", ".").strip("^$").replace(".*", "")
