"""The plans room's pages with a year under way: the board, the year, a task with its forms, a meeting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.models import Meeting, Task
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import Opener, assert_accessible, assert_no_horizontal_scroll, photograph

URLS = {
    "board": "/board/",
    "year": "/year/",
    "duties": "/duties/",
    "task": "/tasks/{task}/",
    "why": "/tasks/{task}/why/",
    "report": "/tasks/{task}/report/",
    "check": "/tasks/{reported}/accept/",
    "assign": "/tasks/{task}/assign/",
    "extend": "/tasks/{task}/extend-ask/",
    "add task": "/tasks/add/",
    "meetings": "/meetings/",
    "meeting": "/meetings/{meeting}/",
    "convene": "/meetings/{meeting}/convene/",
    "sign-in sheet": "/meetings/{meeting}/sign-in-sheet/",
    "calendar": "/calendar/",
}


@pytest.fixture
def places(cast: Cast) -> dict[str, str]:
    """A round under way, and what stands for the names in the addresses."""
    at, zhou = datetime(2026, 3, 20, 4, tzinfo=UTC), cast.actor("zhou")
    rounds.open_round("version", text=PLAN, by=zhou, at=at)
    own = Task.objects.get(plan_task="commitments", section__reference="brigade")
    other = Task.objects.get(plan_task="window")
    tasks.report(other.reference, text="窗口已自查，问题两处，已改正。", by=cast.actor("wang"), at=at)
    meeting = Meeting.objects.order_by("pk")[0]
    return {"task": own.reference, "reported": other.reference, "meeting": meeting.reference}


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    url = URLS[name].format(**places)
    for theme in ("light", "dark"):
        page = page_at(url, who="zhou", theme=theme)
        assert page.locator("h1").count() == 1
        assert_accessible(page)
        photograph(page, f"plans-{name}-{theme}-1280")
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(url)
        assert_no_horizontal_scroll(page)
        assert_accessible(page)
        photograph(page, f"plans-{name}-{theme}-360")
