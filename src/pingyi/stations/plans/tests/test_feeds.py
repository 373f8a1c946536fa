"""The calendar feed, read back as a calendar program reads it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.test import Client

from pingyi.bureau.actions import member as members
from pingyi.stations.plans.actions import feed, meeting
from pingyi.stations.plans.actions import task as actions
from pingyi.stations.plans.tests.conftest import BEGIN, Play, noon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(noon(date(2026, 3, 20)), tick=False):
        yield


def fetched(token: str) -> bytes:
    response = Client().get(f"/calendar/{token}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return bytes(response.content)


def events(content: bytes) -> dict[str, Any]:
    calendar: Any = icalendar.Calendar.from_ical(content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_member_reads_the_sections_tasks_as_whole_days_with_alarms(play: Play) -> None:
    found = events(fetched(feed.open_feed(by=play.actor("wang"), at=BEGIN)))
    task = play.task("commitments", "brigade")
    event = found[f"task-{task.reference}@testserver"]
    assert event["DTSTART"].dt == date(2026, 4, 10)
    assert event["DTEND"].dt == date(2026, 4, 11)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-3), timedelta(hours=9)]
    assert str(event["URL"]).endswith(f"/tasks/{task.reference}/")
    assert len(found) == 3


def test_the_bytes_are_folded_lines_with_crlf_and_a_chinese_zone(play: Play) -> None:
    task = play.task("commitments", "brigade")
    content = fetched(feed.open_feed(by=play.actor("wang"), at=BEGIN))
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert task.title in content.replace(b"\r\n ", b"").decode()


def test_a_change_keeps_the_uid_and_raises_the_sequence(play: Play) -> None:
    token, task = feed.open_feed(by=play.actor("wang"), at=BEGIN), play.task("commitments", "brigade")
    uid = f"task-{task.reference}@testserver"
    before = events(fetched(token))[uid]
    wang = play.actor("wang")
    actions.report(task.reference, text="已办", proofs=[play.file()], by=wang, at=noon(date(2026, 3, 19)))
    after = events(fetched(token))[uid]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert not after.walk("VALARM")
    assert fetched(token) == fetched(token)


def test_a_meeting_stands_at_its_hour_in_the_bureaus_zone_and_is_cancelled_in_place(play: Play) -> None:
    token, row = feed.open_feed(by=play.actor("wang"), at=BEGIN), play.meeting("kickoff")
    zhou, at = play.actor("zhou"), noon(date(2026, 3, 26))
    meeting.convene(row.reference, held_at=at, planned_minutes=90, place="三楼", agenda="一\n二", by=zhou, at=BEGIN)
    event = events(fetched(token))[f"meeting-{row.reference}@testserver"]
    assert event["DTSTART"].dt == datetime(2026, 3, 26, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert str(event["DESCRIPTION"]) == "一\n二"
    meeting.cancel(row.reference, reason="台风", by=zhou, at=BEGIN)
    assert str(events(fetched(token))[f"meeting-{row.reference}@testserver"]["STATUS"]) == "CANCELLED"


def test_a_revoked_or_guessed_address_is_not_found(play: Play) -> None:
    token = feed.open_feed(by=play.actor("wang"), at=BEGIN)
    feed.revoke_feed(play.cast.wang.reference, by=play.actor("wang"), at=BEGIN)
    for address in (token, "guess", "x" * 500, "中文"):
        assert Client().get(f"/calendar/{address}.ics").status_code == 404


def test_the_address_of_somebody_who_left_is_closed(play: Play) -> None:
    token = feed.open_feed(by=play.actor("zhao"), at=BEGIN)
    members.dismiss(play.cast.zhao.reference, reason="调出", by=play.actor("zhou"), at=BEGIN)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_the_address_is_shown_once_and_can_be_closed_on_the_page(play: Play) -> None:
    client = play.cast.client("wang")
    shown = client.post("/calendar/open/").content.decode()
    assert ".ics" in shown
    assert ".ics" not in client.get("/calendar/").content.decode()
    assert client.post("/calendar/revoke/").status_code == 302
    assert client.post("/calendar/revoke/").status_code == 422
