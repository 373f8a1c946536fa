"""The plans room's pages with a year under way: the board, the year, a task with its forms, a meeting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.models import Meeting, Task
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import Opener, assert_holds_the_look
from tests.browser.ground import Ground

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
def places(cast: Cast, ground: Ground) -> dict[str, str]:
    """A round under way, and what stands for the names in the addresses."""
    return ground.laid("plans", lambda: under_way(cast))


def under_way(cast: Cast) -> dict[str, str]:
    at, zhou = datetime(2026, 3, 20, 4, tzinfo=UTC), cast.actor("zhou")
    rounds.open_round("version", text=PLAN, by=zhou, at=at)
    own = Task.objects.get(plan_task="commitments", section__reference="brigade")
    other = Task.objects.get(plan_task="window")
    tasks.report(other.reference, text="窗口已自查，问题两处，已改正。", by=cast.actor("wang"), at=at)
    meeting = Meeting.objects.order_by("pk")[0]
    return {"task": own.reference, "reported": other.reference, "meeting": meeting.reference}


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    assert_holds_the_look(page_at(URLS[name].format(**places), who="zhou"), f"plans-{name}")
