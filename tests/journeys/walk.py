"""A walk over the site by links alone, as anybody: what is opened, what leads where, where forms send."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.remembered import remembered
from tests.journeys.ground import MORE_PEOPLE, furnish, person

PEOPLE = ("zhou", "li", "wang", "zhao", "chen", "sun", "wu", "he", *MORE_PEOPLE)
# How many of the addresses of one name are opened; the others show the same page of another matter.
PER_NAME = 6
# A button with an address leads nowhere: only what a browser follows or fetches is a link.
LINK = re.compile(r'<(?:a|link|img|script|source|iframe|object|embed)\b(?:[^>"]|"[^"]*")*?\s(?:href|src)="([^"#]+)')
# A tag of the template that was printed between attributes; what people typed stands within their quotes.
BROKEN = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?{[%{]""")
FORM = re.compile(r'<form\b(?:[^>"]|"[^"]*")*>')
AIM = re.compile(r'(?<!form)action="([^"]*)"')
BUTTON_AIM = re.compile(r'formaction="([^"]*)"')
SELECT = re.compile(r"<select\b[^>]*>(.*?)</select>", re.DOTALL)
PERSONS = re.compile(r'<select name="(to|member|holder|person|head|stand_in)"[^>]*>(.*?)</select>', re.DOTALL)
ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')
VALUE = re.compile(r'<option value="([^"]*)"')


@dataclass
class Walk:
    """What one person came across by following links alone."""

    client: Client
    most: int = PER_NAME
    opened: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # page's name → its addresses
    linked: dict[str, set[str]] = field(default_factory=dict)  # address → what it links
    posting: dict[str, set[str]] = field(default_factory=dict)  # address → where its forms and buttons send
    answered: dict[str, int] = field(default_factory=dict)  # address → status

    def go(self) -> Walk:
        """Follow links from the front page and the desk."""
        waiting, seen, count = ["/", "/desk/"], set[str](), Counter[str]()
        while waiting:
            url = waiting.pop(0)
            name = name_of(url)
            if name is None or url in seen or count[name] >= self.most:
                continue
            seen.add(url)
            count[name] += 1
            waiting += sorted(self.open(url, name))
        return self

    def open(self, url: str, name: str) -> set[str]:
        """Open one page and return where it leads."""
        answer = self.client.get(url)
        assert answer.status_code < 500, f"{url} answers {answer.status_code}"
        self.look(url, answer)
        self.answered[url] = answer.status_code
        if answer.status_code in {301, 302}:
            return {urljoin(url, answer.headers["Location"])}
        if answer.status_code != 200:
            return set()
        self.opened[name].add(url)
        if answer.streaming or "html" not in answer.headers["Content-Type"]:
            return set()
        page = answer.content.decode()
        links = LINK.findall(page)
        assert not BROKEN.findall(page), f"a tag of the template stands in {url}: {BROKEN.findall(page)}"
        assert not _ids_twice(page), f"one id for two things in {url}: {_ids_twice(page)}"
        assert not _person_chosen(page), f"the first of several persons is chosen in {url}: {_person_chosen(page)}"
        assert not _offered_twice(page), f"one value for two choices in {url}: {_offered_twice(page)}"
        self.linked[url] = {urljoin(url, link.replace("&amp;", "&")) for link in links}
        self.posting[url] = {urljoin(url, aim.replace("&amp;", "&")) for aim in _aims(page)}
        return self.linked[url]

    def look(self, url: str, answer: HttpResponse) -> None:
        """Look at an answer; tests that walk for another end say at what."""


def _aims(page: str) -> list[str]:
    """Return where the page's forms send what is typed; a form that does not say so sends it to its own page."""
    forms = [form for form in FORM.findall(page) if 'method="post"' in form]
    return [(AIM.findall(form) or [""])[0] for form in forms] + BUTTON_AIM.findall(page)


def _ids_twice(page: str) -> list[str]:
    """Return the ids that two things of a page share: a label or a link then leads to the first alone."""
    return [name for name, times in Counter(ID.findall(page)).items() if times > 1]


def _person_chosen(page: str) -> list[str]:
    """Return the lists of several persons whose first stands chosen by nobody: one press gives them the work."""
    return [
        name
        for name, choices in PERSONS.findall(page)
        if " selected" not in choices and len(VALUE.findall(choices)) > 1 and VALUE.findall(choices)[0]
    ]


def _offered_twice(page: str) -> list[str]:
    """Return the values that one list gives to two of its choices: the bureau has a section whose code is office."""
    lists = [Counter(VALUE.findall(choices)) for choices in SELECT.findall(page)]
    return [value for one in lists for value, times in one.items() if times > 1]


def name_of(url: str) -> str | None:
    if urlsplit(url).netloc or url.startswith(("/static/", "/accounts/")):
        return None
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


_WALKED: dict[str, dict[str, Walk]] = {}


def walked(cast: Cast) -> dict[str, Walk]:
    """Furnish the site and walk it as everybody; who asks again gets the same rows, and what was come across."""
    scene = remembered("a furnished site", play=lambda: _furnished(cast))
    clients = {"": Client(), **{who: person(who) for who in PEOPLE}}
    if scene not in _WALKED:
        _WALKED[scene] = {who: Walk(client).go() for who, client in clients.items()}
    for who, client in clients.items():
        _WALKED[scene][who].client = client
    return _WALKED[scene]


def _furnished(cast: Cast) -> str:
    """Furnish the site and give the scene a name: another time it is played, its rows have other references."""
    furnish(cast)
    return uuid4().hex
