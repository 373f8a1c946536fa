"""Every verb has its page, and each is closed to members who may not do it, with a word on who may (§5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.bureau import role_words
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS
from pingyi.stations.cases.views.verbs import VERBS

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"
FILLED = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "x"}
MEMBERS = {
    Role.SUPERVISION_OFFICE: "zhou", Role.SECTION_HEAD: "wang", Role.SECTION_STAFF: "zhao", Role.BUREAU_LEADER: "sun",
    Role.SUPERVISOR: "wu", Role.DISTRICT_OFFICE: "he",
}  # fmt: skip


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield before + str(one.pattern), one
        else:
            yield from patterns(one, before + str(one.pattern))


def pages() -> dict[str, tuple[str, ...]]:
    """Address → the verbs that its page does."""
    found = {
        re.sub(r"<(?:(\w+):)?\w+>", lambda name: FILLED[name[1] or "str"], path): tuple(asks)
        for path, one in patterns(get_resolver())
        if (asks := getattr(one.callback, "asks", ()))
    }
    return found | {f"cases/x/{verb}/": (f"case.{verb}",) for verb in VERBS}


def kept_out(verbs: tuple[str, ...]) -> list[str]:
    """The cast's people whose role may do none of the verbs."""
    may = {role for verb in verbs for role in PERMISSIONS[verb].reach}
    return [who for role, who in MEMBERS.items() if role not in may]


def test_each_page_of_a_verb_is_closed_to_members_who_may_not_do_it_and_says_who_may(cast: Cast) -> None:
    clients = {who: cast.client(who) for who in MEMBERS.values()}
    before = Entry.objects.count()
    wrong = [
        f"{who} /{path} {verbs} → {answer.status_code}"
        for path, verbs in pages().items()
        for who in kept_out(verbs)
        for answer in (clients[who].get(f"/{path}"), clients[who].post(f"/{path}", {"reason": "x"}))
        if not _is_closed(answer, told=role_words.who_may(*verbs))
    ]
    assert not wrong, "\n".join(wrong)
    assert Entry.objects.count() == before


def _is_closed(answer: HttpResponse, *, told: str) -> bool:
    return answer.status_code == 405 or (answer.status_code == 403 and told in answer.content.decode())


def test_each_verb_of_members_has_its_page_or_a_reason_why_not() -> None:
    of_members = {verb for verb, row in PERMISSIONS.items() if set(row.reach) - {Role.MACHINE, Role.PUBLIC}}
    with_page = {verb for verbs in pages().values() for verb in verbs}
    told = set(re.findall(r"^\| `(\w+\.\w+)` \|", (DOCS / "explanation/pages-of-verbs.md").read_text("utf-8"), re.M))
    assert of_members - with_page == told
    assert with_page <= of_members
