"""A sentence planted in every text field of every form that people meet stands nowhere in the open record (§5.4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.record import audit, export, sequence
from pingyi.record.models import Entry, SealedReason
from tests.architecture.test_shown_words import PUBLIC
from tests.journeys.ground import TODAY, furnish, person
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db
MARK = "老张昨夜敲过三号门"
DATES = {"date": TODAY.date().isoformat(), "datetime-local": f"{TODAY.date().isoformat()}T10:00", "number": "5"}
# Whoever leaves, signs out or loses the login could fill in no further form.
APART = ("/accounts/", "/bureau/members/", "/language", "/posts/", "/erase/", "/first-run/", "/bureau/sections/")


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what a person who fills in every field sends."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.found = url, list[tuple[str, dict[str, str]]]()
        self._action, self._sent, self._select = "", dict[str, str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, kind, value = said.get("name", ""), said.get("type", "text"), said.get("value", "")
        if tag == "form":
            self._action, self._sent = said.get("action") or self.url, {"": said.get("method", "get")}
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            self._sent.setdefault(self._select, value)
        elif tag == "textarea" or (tag == "input" and kind in {"text", "search", "tel", "email", "url"}):
            self._sent[name] = MARK
        elif tag == "input" and kind in {"radio", "hidden", "checkbox"}:
            self._sent.setdefault(name, value or "on")
        elif tag == "input" and kind in DATES:
            self._sent[name] = DATES[kind]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form" and self._sent.pop("", "get") == "post":
            self.found.append((self._action, {name: one for name, one in self._sent.items() if name}))


class Filler(Walk):
    """A walk that notes every form on its way."""

    def look(self, url: str, answer: HttpResponse) -> None:
        if answer.status_code == 200 and not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            forms = Forms(url)
            forms.feed(answer.content.decode())
            self.__dict__.setdefault("forms", []).extend(forms.found)


def fill_in_everything(who: str) -> None:
    walk = Filler(person(who), most=2).go()  # two matters of a kind have the same forms
    for action, sent in walk.__dict__["forms"]:
        if MARK in sent.values() and not action.startswith(APART):
            assert walk.client.post(action, sent).status_code < 500, action


def places(value: object, at: str = "") -> Iterator[str]:
    """Where in an entry the sentence stands."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from places(one, f"{at}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from places(one, at)
    elif MARK in str(value):
        yield at


def test_what_was_typed_anywhere_stands_in_no_public_entry(cast: Cast) -> None:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        before = Entry.objects.count()
        for who in ("wang", "zhao", "zhou", "li", "sun", "he"):
            fill_in_everything(who)
        sequence.sequence(at=TODAY)
        verbs = set(Entry.objects.order_by("pk").values_list("verb", flat=True)[before:])
        taken = export.files()["entries.jsonl"].decode()
        told = [json.loads(line) for line in taken.splitlines()]
        pages = "".join(Client().get(url).content.decode() for url in ("/record/", "/record/entries/0"))
    assert len(verbs) > 15, f"few forms were taken: {sorted(verbs)}"
    assert SealedReason.objects.filter(text__contains=MARK).exists(), "reasons were among what was typed"
    found = {f"{one['subject'].partition('/')[0]}{place}" for one in told for place in places(one)}
    found |= {"the feed"} if MARK in pages and not found else set()
    allowed = {f"{kind}.public.{name}" for kind, _, name in (one.partition(".") for one in PUBLIC)}
    assert not found - allowed
    assert not audit.examine().faults
