"""Templates never ask the database: counted while the main pages are drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.template import engines

from pingyi import clock
from pingyi.bureau.models import Section
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.results.tests import stage

pytestmark = [pytest.mark.django_db]
PAGES = [
    "/", "/desk/", "/plan/", "/plan/versions/", "/board/", "/year/", "/duties/", "/meetings/", "/notices/", "/bureau/",
    "/bureau/sections/brigade/", "/results/", "/results/verdict/", "/results/verdict/triggers/", "/results/evidence/",
    "/results/consequences/", "/results/sections/brigade/", "/publications/", "/public/", "/record/",
]  # fmt: skip


def drawn(frame: FrameType | None) -> str:
    """The template that is being drawn in this call or one around it; empty outside any."""
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            node: Any = frame.f_locals["self"]
            return f"{node.origin.template_name}: {node.token.contents}"
        frame = frame.f_back
    return ""


@contextmanager
def asked_by_templates() -> Iterator[list[str]]:
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own call
        found.extend(place for place in [drawn(sys._getframe())] if place)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


@pytest.mark.parametrize("who", ["zhou", "wang"])
def test_the_main_pages_are_drawn_without_a_question(cast: Cast, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.AFTER)
    monkeypatch.setattr(clock, "today", stage.AFTER.date)
    stage.confirmed(cast)
    reader = cast.client(who)
    faults = []
    for page in PAGES:
        with asked_by_templates() as found:
            answer = reader.get(page)
        assert answer.status_code in ({200} if who == "zhou" else {200, 302, 403}), page
        faults += [f"{page} {place}" for place in found]
    assert not faults, "\n".join(faults)


def test_a_template_that_asks_is_seen(cast: Cast) -> None:
    template = engines["django"].from_string("{% for row in rows %}{{ row.name }}{% endfor %}")
    with asked_by_templates() as found:
        template.render({"rows": Section.objects.all()})
    assert found
