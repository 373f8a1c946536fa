"""A date counted before the holidays were known is counted again, and never against the citizen (§3.2.3)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pingyi.record.models import Entry
from pingyi.rules.calendar import Calendar, SpecialDay, YearVersion
from pingyi.rules.case import timing
from pingyi.rules.case.clock import Limit
from pingyi.stations.cases.actions import recounting
from pingyi.stations.cases.tests.conftest import Play, noon

UNKNOWN = Calendar(name="cn", days={}, years={})
RECEIVED = date(2031, 9, 24)  # of a year whose holidays nobody has published
FILE = """\
format: pingyi-calendar/1
name: cn
year: 2031
version: "1"
notices: [国办发明电〔2030〕1号]
days:
"""


def publish(calendar_folder: Path, days: str) -> None:
    (calendar_folder / "cn-2031.yaml").write_text(FILE + days, encoding="utf-8")


@pytest.mark.django_db
def test_a_working_saturday_brings_the_date_forward_and_the_history_says_so(play: Play, calendar_folder: Path) -> None:
    case = play.held(at=noon(RECEIVED))
    assert (case.is_provisional, recounting.recount(at=noon(RECEIVED))) == (True, 0)
    publish(calendar_folder, "  - {on: 2031-09-27, name: 国庆节, is_off: false}\n")
    assert recounting.recount(at=noon(RECEIVED)) == 1
    fresh = play.fresh(case)
    assert (fresh.is_provisional, fresh.due_on < case.due_on) == (False, True)
    assert fresh.due_moves[-1]["cause"] == "recounted"
    assert Entry.objects.exclude(verb="record.bind").latest("pk").verb == "case.recount"
    assert recounting.recount(at=noon(RECEIVED)) == 0
    page = play.cast.client("zhao").get(f"/cases/{case.reference}/").content.decode()
    assert "已按公布的放假安排重新计算办理时限" in page


@pytest.mark.django_db
def test_a_holiday_makes_the_date_firm_and_moves_it_not_a_day_away(play: Play, calendar_folder: Path) -> None:
    case = play.held(at=noon(RECEIVED))
    days = (1, 2, 3, 6, 7, 8)  # the regulation's own, and three that only the notice gives
    publish(calendar_folder, "".join(f"  - {{on: 2031-10-0{day}, name: 国庆节, is_off: true}}\n" for day in days))
    assert recounting.recount(at=noon(RECEIVED)) == 1
    fresh = play.fresh(case)
    assert (fresh.is_provisional, fresh.due_on) == (False, case.due_on)
    assert (case.due_on, fresh.lawful_on) == (date(2031, 10, 16), date(2031, 10, 21))


@given(
    day=some.integers(0, 300), days=some.integers(1, 40), still=some.integers(0, 10),
    off=some.sets(some.integers(0, 364)), on=some.integers(0, 400),
)  # fmt: skip
def test_whatever_is_published_no_date_moves_away_from_the_citizen(
    day: int, days: int, still: int, off: set[int], on: int
) -> None:
    first = date(2031, 1, 1)
    clock = timing.start(first + timedelta(day), limit=Limit(days=days), calendar=UNKNOWN)
    if still:
        clock = timing.stop(clock, on=clock.began_on)
        clock = timing.resume(clock, on=clock.began_on + timedelta(still), calendar=UNKNOWN)
    again = timing.recount(clock, on=first + timedelta(on), calendar=_published(first, off))
    assert again.due_on <= clock.due_on
    assert again.due_on == clock.due_on or again.due_on >= first + timedelta(on)


def _published(first: date, off: set[int]) -> Calendar:
    days = [first + timedelta(number) for number in off]
    special = {day: SpecialDay(on=day, name="节", is_off=day.weekday() < 5) for day in days}
    return Calendar(name="cn", days=special, years={one: YearVersion(year=one, version="1") for one in (2031, 2032)})
