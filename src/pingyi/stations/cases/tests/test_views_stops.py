"""A stopped clock on the pages: who looked at it is named to staff, and only the day to the citizen (§3.2.3)."""

from __future__ import annotations

import pytest
import time_machine

from pingyi.stations.cases.actions import clock
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play

pytestmark = [pytest.mark.django_db]
NOTE = "检测单位未出报告，可以继续。"


def test_a_stop_is_let_stand_on_its_page_and_everybody_learns_as_much_as_is_theirs(play: Play) -> None:
    case = play.held()
    clock.stop_clock(case.reference, cause="expert", by=play.actor("zhao"), at=MONDAY)
    zhou, url = play.cast.client("zhou"), f"/cases/{case.reference}/"
    with time_machine.travel(MONDAY + 7 * DAY, tick=False):
        assert "let_stand" in zhou.get(url).content.decode()
        assert zhou.post(f"{url}let_stand/", {"seen": play.fresh(case).version, "note": " "}).status_code == 422
        assert zhou.post(f"{url}let_stand/", {"seen": play.fresh(case).version, "note": NOTE}).status_code == 302
        assert "已查看停止计时，同意继续停止" in zhou.get(url).content.decode()
        assert "03-23已查看" in zhou.get("/cases/escalation/").content.decode()
        told = zhou.get(f"{url}why/").content.decode()
        shown = zhou.get(f"/follow/{case.follow_code}/why/").content.decode()
    assert "周明&nbsp;· 2026-03-23" in told
    assert NOTE in told
    assert "2026-03-23" in shown
    assert not {word for word in ("周明", "赵敏", NOTE) if word in shown.partition("<main")[2]}
    assert "let_stand" not in play.cast.client("zhao").get(url).content.decode()
