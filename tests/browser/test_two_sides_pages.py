"""Two sides of one figure, and a verdict that is made anew, as people see them."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.plans.models import Task
from pingyi.stations.results.actions import objection
from pingyi.stations.results.tests import stage
from tests.browser.conftest import Opener, assert_holds_the_look, press


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.PREVIEW)
    monkeypatch.setattr(clock, "today", stage.PREVIEW.date)


def test_it_is_chosen_which_side_counts_and_then_it_is_settled(page_at: Opener, cast: Cast) -> None:
    Play(cast=cast, round=stage.open_year(cast), is_remembered=False).done()
    stage.bring(cast)
    page = page_at("/results/settle/", who="zhou")
    assert_holds_the_look(page, "settle-undecided")
    page = page_at("/results/evidence/sources/cases/", who="zhou")
    assert_holds_the_look(page, "choose")
    page.locator("input[value=until]").check()
    page.locator("input[name=since]").fill(date(2026, 9, 2).isoformat())
    press(page.locator("main form button[type=submit]"))
    expect(page.locator("main .notice-title", has_text="2026-09-02")).to_be_visible()
    assert_holds_the_look(page, "evidence-decided")


def test_what_an_upheld_objection_leads_to(page_at: Opener, cast: Cast) -> None:
    stage.previewed(cast)
    filed = objection.file_objection(text="回访漏计", by=cast.actor("wang"), at=stage.PREVIEW)
    objection.answer(filed.reference, is_upheld=True, answer="属实", by=cast.actor("li"), at=stage.PREVIEW)
    for name, url in (("results", "/results/"), ("objection", f"/results/objections/{filed.reference}/")):
        assert_holds_the_look(page_at(url, who="zhou"), f"mending-{name}")


def test_a_deed_is_offered_on_its_task(page_at: Opener, cast: Cast) -> None:
    stage.open_year(cast)
    row = Task.objects.get(plan_task="adopt_plan")
    assert_holds_the_look(page_at(f"/tasks/{row.reference}/", who="zhou"), "task-by-deed")
    assert_holds_the_look(page_at("/", who="zhou"), "front-phases-over")
