"""Correcting what was published is a step of the verdict's line, where something is to be corrected or was (§4.4c)."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.tests.made_public import LATER, published
from pingyi.stations.results.actions import consequence
from pingyi.stations.results.models import ConsequenceOrder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_line_of_the_results_shows_the_correction_where_it_is_due_and_where_it_was_made(
    cast: Cast, language: str
) -> None:
    step = {"zh-hans": "更正已公布的结果", "en": "What was published is corrected"}[language]
    published(cast)
    client, head = (cast.client(who) for who in ("zhou", "wang"))
    for one in (client, head):
        one.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert step not in client.get("/results/").content.decode(), "nothing is to be corrected"
    bar = ConsequenceOrder.objects.get(kind_id="award_bar", section__reference="brigade")
    consequence.waive(bar.reference, reason="局务会研究决定", by=cast.actor("sun"), at=LATER)
    due = client.get("/results/").content.decode()
    assert re.search(rf'step-now"[^>]*><strong>{step}', due)
    assert 'href="/publications/verdict/2026/correct/"' in due
    assert 'href="/publications/verdict/2026/correct/"' not in head.get("/results/").content.decode()
    row = actions.correct(2026, reason="局务会决定不予执行", by=cast.actor("zhou"), at=LATER)
    made = client.get("/results/").content.decode()
    assert re.search(rf'step-done"[^>]*><strong>{step}', made)
    assert f'href="{row.get_absolute_url()}"' in made
    assert 'href="/publications/verdict/2026/correct/"' not in made
    actions.withdraw(row.reference, reason="措辞有误", by=cast.actor("zhou"), at=LATER)
    assert re.search(rf'step-now"[^>]*><strong>{step}', client.get("/results/").content.decode())


def states(page: str) -> list[str]:
    return re.findall(r'class="step step-(\w+)"', page)


def test_each_step_says_whether_it_was_taken_and_one_is_next(cast: Cast) -> None:
    published(cast)
    client = cast.client("zhou")
    assert states(client.get("/results/").content.decode()) == ["done", "done", "done", "now", "done"]
    bar = ConsequenceOrder.objects.get(kind_id="award_bar", section__reference="brigade")
    consequence.waive(bar.reference, reason="局务会研究决定", by=cast.actor("sun"), at=LATER)
    assert states(client.get("/results/").content.decode()) == ["done", "done", "done", "later", "done", "now"]
