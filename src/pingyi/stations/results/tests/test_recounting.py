"""A term counted before the holidays were known is counted again, never against who must comply (§4.4c)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules import result as rules
from pingyi.stations.results.actions import recounting
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.tests import stage

FILE = """\
format: pingyi-calendar/1
name: cn
year: 2026
version: "1"
notices: [国办发明电〔2025〕7号]
days:
"""


def due(consequence: str) -> tuple[date | None, bool]:
    order = ConsequenceOrder.objects.get(consequence=consequence)
    return order.due_on, order.is_provisional


def test_a_holiday_gives_more_time_a_working_saturday_takes_none_away(cast: Cast, calendar_folder: Path) -> None:
    settling.apply(stage.confirmed(cast).number, by=cast.actor("sun"), at=stage.AFTER)
    assert due("explain") == (date(2026, 12, 9), True)
    rectified, _ = due("rectify")
    assert recounting.recount(at=stage.AFTER) == 0
    days = "  - {on: 2026-11-30, name: 节日, is_off: true}\n  - {on: 2026-12-01, name: 节日, is_off: true}\n"
    (calendar_folder / "cn-2026.yaml").write_text(FILE + days, encoding="utf-8")
    assert recounting.recount(at=stage.AFTER) == 2  # the third runs into a year whose holidays are not known yet
    assert due("explain") == (date(2026, 12, 11), False)
    assert due("rectify") == (rectified, True)
    assert Entry.objects.exclude(verb="record.bind").latest("pk").verb == "consequence.recount"
    told = Notice.objects.filter(code="consequence.recounted")
    assert [one.facts["due_on"] for one in told if "说明" in one.facts["name"]] == ["2026-12-11"]
    assert recounting.recount(at=stage.AFTER) == 0


def test_no_date_comes_nearer() -> None:
    assert rules.recount(date(2026, 12, 9), counted=date(2026, 12, 8)) == date(2026, 12, 9)
