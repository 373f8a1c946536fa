"""Nobody has to know an address: every page that a role may open is linked from where that role begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.remembered import remembered
from pingyi.web import navigation
from tests.journeys.ground import MORE_PEOPLE, TODAY, furnish, person

pytestmark = pytest.mark.django_db
SRC = Path(__file__).resolve().parents[2] / "src" / "pingyi"
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
NAMED = re.compile(r"""[\'"]([a-z0-9-]+:[a-z0-9_-]+|set_language)[\'"]""")
SELECT = re.compile(r"<select\b[^>]*>(.*?)</select>", re.DOTALL)
PERSONS = re.compile(r'<select name="(to|member|holder|person|head|stand_in)"[^>]*>(.*?)</select>', re.DOTALL)
ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')
VALUE = re.compile(r'<option value="([^"]*)"')
IS_FORM = re.compile(r'<form[^>]*method="post"')
# Addresses that no page of ours links, and why.
NOT_LINKED = re.compile(
    r"cases-open311:.*|cases-interface:.*"  # for programs
    r"|record:(checkpoint|key|proof|consistency|entries|cosign)|publication:(award-json|awards-json)"
    r"|(account|mfa)_.*"  # the sign-in package's own; its first pages stand in the account's menu
    r"|bureau:(accept|welcome)|plans:calendar-feed|citizens:follow"  # opened by the token or code in the address
    r"|bureau:first_run"  # before there is a bureau
    r"|web:health"  # for the proxy
    r"|web:components"  # for those who build pages
    r"|publication:correction"  # from a verdict that was corrected, which the walk does not have
)
# Descriptions for those who write other systems; the office that gives those a key finds them beside the keys.
FOR_SYSTEMS = re.compile(r"cases-interface:.*")
# Pages of verbs that say why not to those who may not do them; their buttons are drawn for the others alone.
SAY_NO = frozenset({"results:confirm", "results:recount", "results:withdraw"})


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
            name = _name(url)
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


def _name(url: str) -> str | None:
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


@pytest.fixture
def walks(cast: Cast) -> Iterator[dict[str, Walk]]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        yield walked(cast)


def test_every_page_is_linked_from_where_its_readers_begin(walks: dict[str, Walk]) -> None:
    lost = [
        f"{who} finds no way to {url}, which answers"
        for who, walk in walks.items()
        if who
        for name, url in _known(walks)
        if name not in walk.opened and not _is_for_others(name) and _is_in_a_room_of(who, url) and _answers(walk, url)
        if not _is_linked_by_its_page(walk, walks, url)
    ]
    assert not lost, "\n".join(lost)
    dead = sorted(set(_names(get_resolver())) - {name for name, _ in _known(walks)} - _written())
    assert not [name for name in dead if not NOT_LINKED.fullmatch(name)]


def _is_for_others(name: str) -> bool:
    return name in SAY_NO or FOR_SYSTEMS.fullmatch(name) is not None


def _known(walks: dict[str, Walk]) -> list[tuple[str, str]]:
    """Return one address of each name that anybody opened."""
    found = {name: min(urls) for walk in walks.values() for name, urls in walk.opened.items()}
    return sorted(found.items())


def _is_in_a_room_of(who: str, url: str) -> bool:
    """Whether the navigation offers this person the room of the address; others may look in, but have no work there."""
    role = Member.objects.get(login__username=who).actor().role
    entries = [one for one in navigation.MAIN if one.holds(url)]
    return not entries or any(role in one.roles for one in entries)


def _answers(walk: Walk, url: str) -> bool:
    """Whether a page to read is there; the forms of verbs are offered to those who may do the verb."""
    answer = walk.client.get(url)
    if answer.status_code != 200 or answer.streaming:
        return False
    main = answer.content.decode("utf-8", "replace").partition("<main")[2].partition("</main>")[0]
    return not IS_FORM.search(main)


def _is_linked_by_its_page(walk: Walk, walks: dict[str, Walk], url: str) -> bool:
    """Whether a page of a kind that this person reached would lead there, had the walk opened that very one."""
    pages = {page for other in walks.values() for page, links in other.linked.items() if url in links}
    near = [page for page in sorted(pages) if _name(page) in walk.opened]
    return any(url in walk.open(page, _name(page) or "") for page in near)


def _written() -> set[str]:
    """Return the names that some template or view leads to, for pages of states that this site is not in."""
    files = [path for kind in ("html", "py") for path in SRC.rglob(f"*.{kind}")]
    return {name for path in files for name in NAMED.findall(path.read_text(encoding="utf-8"))}


def _names(at: URLResolver, space: str = "") -> Iterator[str]:
    for one in at.url_patterns:
        if isinstance(one, URLResolver):
            yield from _names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}"
