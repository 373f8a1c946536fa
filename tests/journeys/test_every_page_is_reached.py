"""Every page that a role may open is linked from where it begins, and so is a control for every verb that it may do.

Nobody has to know an address, and nobody comes across what they would be refused. One walk as everybody serves both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.actor import Role
from pingyi.web import navigation
from tests.journeys.controls import MOST_UNSEEN, UNSEEN, Crawl, Seen, crawls_of, given
from tests.journeys.ground import TODAY
from tests.journeys.walk import Walk, name_of, walked

pytestmark = pytest.mark.django_db
SRC = Path(__file__).resolve().parents[2] / "src" / "pingyi"
NAMED = re.compile(r"""[\'"]([a-z0-9-]+:[a-z0-9_-]+|set_language)[\'"]""")
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


@pytest.fixture
def walks(cast: Cast) -> Iterator[dict[str, Walk]]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        yield walked(cast)


@pytest.fixture
def crawls(walks: dict[str, Walk]) -> list[Crawl]:
    return crawls_of(walks)


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


def test_every_verb_that_a_role_may_do_has_a_control_on_the_way_from_its_desk(crawls: list[Crawl]) -> None:
    seen = {one for crawl in crawls for one in crawl.seen()}
    may = given()
    assert {role for role, _ in may} == {crawl.role for crawl in crawls}
    hidden = sorted(f"{verb} {role.value}" for role, verb in may - seen)
    assert not [one for one in hidden if one not in UNSEEN and one.partition(" ")[0] not in UNSEEN]
    come_across = {name for role, verb in seen for name in (verb, f"{verb} {role.value}")}
    assert not sorted(UNSEEN.keys() & come_across), "these have a control now; take them off the list"
    assert not sorted(UNSEEN.keys() - {name for role, verb in may for name in (verb, f"{verb} {role.value}")})
    refused = sorted(one for crawl in crawls for one in crawl.refused())
    assert not refused, "\n".join(refused)


def test_the_list_of_what_is_not_come_across_may_only_shrink() -> None:
    assert len(UNSEEN) <= MOST_UNSEEN


def test_a_control_is_known_by_where_it_leads() -> None:
    task = "/tasks/2026-0001/"
    walk = Walk(Client())
    walk.linked[task] = {f"{task}report/", f"{task}waive/", "/board/", "https://example.cn/tasks/add/"}
    walk.posting[task] = {f"{task}withdraw-report/", "/i18n/setlang/"}
    crawl = Crawl(Role.SECTION_STAFF, (walk,))
    assert _words(crawl.seen()) == {"task.report", "task.withdraw_report"}
    assert crawl.refused() == {f"section_staff: {task} leads to {task}waive/"}
    walk.posting[f"{task}report/"] = set()  # it was opened, and there was no form
    assert _words(crawl.seen()) == {"task.withdraw_report"}
    walk.answered["/board/"] = 403
    assert f"section_staff: {task} leads to /board/, which answers 403" in crawl.refused()


def _words(seen: Iterable[Seen]) -> set[str]:
    return {verb for _, verb in seen}


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
    near = [page for page in sorted(pages) if name_of(page) in walk.opened]
    return any(url in walk.open(page, name_of(page) or "") for page in near)


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
