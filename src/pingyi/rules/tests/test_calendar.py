"""Working days, against the published notices and a second source."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.authoring.calendars import caution, explain, load_calendar
from pingyi.rules.calendar import (
    DayKind,
    WhenOff,
    due_date,
    is_working_day,
    kind_of,
    latest_receipt,
    next_working_day,
    previous_working_day,
    working_days_between,
)
from pingyi.rules.plan.conduct import DayUnit

CALENDAR = load_calendar()
DAYS = st.dates(min_value=date(2007, 3, 1), max_value=date(2027, 12, 31))
UNITS = st.sampled_from(DayUnit)


def due(received_on: date, days: int, unit: DayUnit = DayUnit.WORKING, when_off: WhenOff = WhenOff.NEXT) -> date:
    return due_date(received_on, days=days, unit=unit, calendar=CALENDAR, when_off=when_off).date


def test_five_working_days_over_the_national_holiday_of_2012() -> None:
    # 2012-09-29 is a Saturday worked; 30 September to 7 October are off.
    assert due(date(2012, 9, 28), 5) == date(2012, 10, 11)


def test_every_day_is_explained_with_its_holiday() -> None:
    found = due_date(date(2012, 9, 28), days=2, unit=DayUnit.WORKING, calendar=CALENDAR)
    reasons = explain(found)
    assert reasons[0].zh == "收到当日，不计算"
    assert reasons[1].zh.endswith("调休上班，第1天")
    assert [step.kind for step in found.steps[2:10]] == [DayKind.HOLIDAY] * 8
    assert reasons[-1].en == "Working day, day 2"


def test_a_limit_in_calendar_days_that_ends_on_a_day_off_follows_the_stated_rule() -> None:
    friday = date(2026, 3, 6)
    assert due(friday, 1, DayUnit.CALENDAR) == date(2026, 3, 9)
    assert due(friday, 1, DayUnit.CALENDAR, WhenOff.STAY) == date(2026, 3, 7)
    assert due(friday, 1, DayUnit.CALENDAR, WhenOff.BEFORE) == friday
    moved = due_date(friday, days=1, unit=DayUnit.CALENDAR, calendar=CALENDAR)
    assert explain(moved)[-1].zh == "期限末日逢休息日，顺延至此日"


def test_a_year_without_a_notice_is_provisional_and_says_so() -> None:
    found = due_date(date(2026, 12, 30), days=5, unit=DayUnit.WORKING, calendar=CALENDAR)
    assert found.is_provisional
    warning = caution(found)
    assert warning is not None
    assert "2027年" in warning[0]
    firm = due_date(date(2026, 3, 2), days=5, unit=DayUnit.WORKING, calendar=CALENDAR)
    assert not firm.is_provisional
    assert caution(firm) is None


def test_a_due_date_names_the_version_of_each_calendar_year_that_it_rests_on() -> None:
    found = due_date(date(2019, 12, 30), days=5, unit=DayUnit.WORKING, calendar=CALENDAR)
    assert [(version.year, version.version) for version in found.versions] == [(2019, "2"), (2020, "2")]
    assert all(version.notices for version in found.versions)


def test_an_absurd_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 3660"):
        due(date(2026, 1, 1), -1)


def test_all_years_from_2007_to_2026_agree_with_chinesecalendar() -> None:
    day = date(2007, 1, 1)
    while day.year <= 2026:
        assert is_working_day(day, calendar=CALENDAR) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_published_lists_are_stated_in_full(shared: Path) -> None:
    with (shared / "data" / "calendar-cn-holidays" / "all_days.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if int(row["list_year"]) <= 2026]
    stated = {(row["date"], row["kind"] == "off") for row in rows}
    assert stated == {(day.on.isoformat(), day.is_off) for day in CALENDAR.days.values()}


@given(received_on=DAYS, days=st.integers(0, 60), unit=UNITS)
def test_the_inverse_finds_the_last_day_of_receipt(received_on: date, days: int, unit: DayUnit) -> None:
    last = latest_receipt(received_on, days=days, unit=unit, calendar=CALENDAR)
    assert due(last, days, unit) <= received_on < due(last + timedelta(days=1), days, unit)


@given(received_on=DAYS, days=st.integers(1, 60))
def test_a_working_day_limit_holds_exactly_so_many_working_days(received_on: date, days: int) -> None:
    ends_on = due(received_on, days)
    assert is_working_day(ends_on, calendar=CALENDAR)
    assert working_days_between(received_on, ends_on, calendar=CALENDAR) == days
    assert working_days_between(ends_on, received_on, calendar=CALENDAR) == -days


@given(received_on=DAYS, days=st.integers(0, 60), unit=UNITS)
def test_a_later_receipt_or_a_longer_limit_never_ends_sooner(received_on: date, days: int, unit: DayUnit) -> None:
    assert due(received_on, days, unit) <= due(received_on + timedelta(days=1), days, unit)
    assert due(received_on, days, unit) <= due(received_on, days + 1, unit)


@given(received_on=DAYS, days=st.integers(0, 60), unit=UNITS)
def test_the_steps_are_every_day_in_turn_and_the_count_has_no_gap(received_on: date, days: int, unit: DayUnit) -> None:
    found = due_date(received_on, days=days, unit=unit, calendar=CALENDAR)
    assert [step.day for step in found.steps] == [
        received_on + timedelta(days=number) for number in range(len(found.steps))
    ]
    assert [step.counted for step in found.steps if step.counted] == list(range(1, days + 1))
    assert found.steps[-1].day == found.date


@given(day=DAYS)
def test_the_nearest_working_days_enclose_only_days_off(day: date) -> None:
    after, before = next_working_day(day, calendar=CALENDAR), previous_working_day(day, calendar=CALENDAR)
    assert before <= day <= after
    off = {DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.ASSUMED}
    between = range(1, (after - before).days)
    assert all(kind_of(before + timedelta(days=number), calendar=CALENDAR) in off for number in between)
