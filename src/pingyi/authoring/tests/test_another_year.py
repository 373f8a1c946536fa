"""A plan in another year: every date moves, nothing else does."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from pingyi.authoring import another_year
from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.guessed_kinds import guessed, told
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import SHIPPED, edited, plan_text, shipped_plan
from pingyi.rules.plan import Original, Plan
from pingyi.rules.plan.measure import SourceKind


def _dates(part: object) -> list[date]:
    if isinstance(part, date):
        return [part]
    if isinstance(part, tuple):
        return [day for item in part for day in _dates(item)]
    return [day for one in fields(part) for day in _dates(getattr(part, one.name))] if is_dataclass(part) else []


def _moved(name: str, year: int) -> Plan:
    text = another_year.written(plan_text(name), shipped_plan(name), year=year, calendar=load_calendar())
    found = read(text).plan
    assert found is not None
    return found


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("year", [2012, 2028])
def test_every_date_of_a_plan_keeps_month_and_day_and_moves_by_the_same_years(name: str, year: int) -> None:
    before, after = replace(shipped_plan(name), issued_on=None), replace(_moved(name, year), issued_on=None)
    by = year - before.year
    assert after.year == year
    assert [(day.year, day.month, day.day) for day in _dates(after)] == [
        (day.year + by, day.month, day.day) for day in _dates(before)
    ]


def test_there_and_back_is_the_plan_as_it_was() -> None:
    text = another_year.written(plan_text(), shipped_plan(), year=2031, calendar=load_calendar())
    plan = read(text).plan
    assert plan is not None
    back = another_year.written(text, plan, year=shipped_plan().year, calendar=load_calendar())
    assert read(back).plan == shipped_plan()


def test_the_documents_own_day_stays_and_its_title_names_the_new_year() -> None:
    moved = _moved("demo-2026", 2028)
    assert moved.issued_on == shipped_plan().issued_on
    assert moved.title == shipped_plan().title.replace("2026", "2028")


def test_the_29th_of_february_becomes_the_28th_where_there_is_none() -> None:
    first = shipped_plan().phases[0]
    text = edited(f"ends_on: {first.ends_on}", "ends_on: 2028-02-29", text=_in_2028())
    plan = read(text).plan
    assert plan is not None
    found = next(one for one in another_year.moves(plan, year=2026, calendar=load_calendar()) if one.before.day == 29)
    assert found.after == date(2026, 2, 28)


def _in_2028() -> str:
    text = another_year.written(plan_text(), shipped_plan(), year=2028, calendar=load_calendar())
    first = shipped_plan().phases[0]
    return text.replace(f"ends_on: {first.ends_on.replace(year=2028)}", f"ends_on: {first.ends_on}", 1)


def test_a_working_day_that_becomes_a_day_off_is_marked() -> None:
    found = another_year.moves(shipped_plan(), year=2028, calendar=load_calendar())
    assert any(one.is_off_now for one in found)
    assert all(one.after.weekday() >= 5 for one in found if one.is_off_now and one.kind == "weekend")


def test_a_kind_that_the_name_does_not_say_is_a_guess_and_one_that_it_says_is_none() -> None:
    plan = replace(shipped_plan(), original=Original(name="方案.docx", sha256="0" * 64), choices=())
    daily = replace(plan.sources[0], name="日常考核", kind=SourceKind.TASKS)
    named = replace(plan.sources[0], name="群众满意度问卷", kind=SourceKind.SURVEY)
    found = replace(plan, sources=(daily, named))
    assert guessed(found) == (daily,)
    assert told(found) == (("日常考核 → 任务完成", "日常考核 → tasks"),)


def test_a_plan_that_people_wrote_as_data_holds_no_guesses() -> None:
    daily = replace(shipped_plan().sources[0], name="日常考核", kind=SourceKind.TASKS)
    assert guessed(replace(shipped_plan(), original=None, sources=(daily,))) == ()
