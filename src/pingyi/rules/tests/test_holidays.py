"""Days off that need no notice: held against all notices that came out, and assumed where none is out yet."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.authoring.calendars import explain, load_calendar
from pingyi.rules.calendar import Calendar, DayKind, SpecialDay, YearVersion, due_date, is_working_day, kind_of
from pingyi.rules.holidays import fixed
from pingyi.rules.plan.conduct import DayUnit

CALENDAR = load_calendar()
UNKNOWN = Calendar(name="cn", days={}, years={})


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_is_assumed_of_a_year_its_notice_confirmed(year: int) -> None:
    days = fixed(year)
    assert len(days) in {13, 12}  # 中秋节 may fall among the days of 国庆节
    assert not [day for day in days if is_working_day(day, calendar=CALENDAR)]
    assert all(name in CALENDAR.days[day].name for day, name in days.items() if day in CALENDAR.days)


def test_a_year_without_a_notice_has_the_regulations_own_days_off_and_says_that_they_are_assumed() -> None:
    found = due_date(date(2026, 12, 31), days=1, unit=DayUnit.WORKING, calendar=CALENDAR)
    assert (found.date, found.is_provisional) == (date(2027, 1, 4), True)
    assert [step.kind for step in found.steps[1:]] == [
        DayKind.ASSUMED, DayKind.WEEKEND, DayKind.WEEKEND, DayKind.WORKING,
    ]  # fmt: skip
    assert explain(found)[1].zh == "元旦法定放假（当年安排未公布，暂按放假办法推定），不计算"
    assert [day for day in fixed(2027) if fixed(2027)[day] == "春节"] == [date(2027, 2, day) for day in (5, 6, 7, 8)]


def test_over_spring_festival_the_assumed_days_do_not_count() -> None:
    found = due_date(date(2027, 2, 4), days=2, unit=DayUnit.WORKING, calendar=CALENDAR)
    assert found.date == date(2027, 2, 10)  # 5 and 8 February are assumed off, 6 and 7 a weekend


def test_once_the_notice_is_out_nothing_is_assumed_any_more() -> None:
    day = date(2027, 1, 1)
    known = Calendar(
        name="cn", days={day: SpecialDay(on=day, name="元旦", is_off=True)},
        years={2027: YearVersion(year=2027, version="1")},
    )  # fmt: skip
    assert kind_of(day, calendar=UNKNOWN) is DayKind.ASSUMED
    assert kind_of(day, calendar=known) is DayKind.HOLIDAY
    assert kind_of(date(2027, 5, 3), calendar=known) is DayKind.WORKING
    assert kind_of(date(2027, 5, 1), calendar=known) is DayKind.WEEKEND


def test_the_sun_and_the_moon_agree_with_every_notice_since_the_first_of_this_kind() -> None:
    tombs = [(year, day) for year in range(2008, 2027) for day in range(3, 7) if _named(date(year, 4, day), "清明节")]
    assert all(any(day == _tombs(year) for of, day in tombs if of == year) for year in range(2008, 2027))
    assert fixed(2061)[date(2061, 10, 1)] == "国庆节"
    assert "春节" not in fixed(2061).values()  # beyond the table
    assert fixed(2006) == {}


def _named(day: date, name: str) -> bool:
    return day in CALENDAR.days and name in CALENDAR.days[day].name


def _tombs(year: int) -> int:
    from pingyi.rules.holidays import _clear_and_bright

    return _clear_and_bright(year)
