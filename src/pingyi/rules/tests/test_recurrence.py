"""A duty that recurs is one dated duty for each of its periods (§1.1, §4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Period, Phase, Task
from pingyi.rules.recurrence import MOST, dated_tasks
from pingyi.rules.task import due_date, opening_date
from pingyi.rules.tests import verdict_cast as cast

PHASE = Phase(id="check", name="自查自纠", begins_on=date(2026, 4, 10), ends_on=date(2026, 9, 15))


def dates(
    every: Period | None, day: int | None = None, *, phase: Phase = PHASE, until: date | None = None
) -> list[str]:
    task = Task(
        id="report", title="报送进展", phase="check", doer=Doer.EVERY_SECTION, due_on=until, every=every, every_day=day
    )
    plan = replace(cast.plan(), phases=(phase,), tasks=(task,))
    found = dated_tasks(plan)
    assert len({one.id for one in found}) == len(found)
    return [f"{opening_date(one, plan):%m-%d} {due_date(one, plan):%m-%d}" for one in found]


@pytest.mark.parametrize(
    ("every", "day", "wanted"),
    [
        (Period.QUARTER, None, ["04-10 06-30", "07-01 09-15"]),
        (Period.QUARTER, 25, ["04-10 06-25", "07-01 09-15"]),
        (Period.HALF_YEAR, None, ["04-10 06-30", "07-01 09-15"]),
        (Period.MONTH, 5, ["05-01 05-05", "06-01 06-05", "07-01 07-05", "08-01 08-05", "09-01 09-05"]),
        (Period.MONTH, 31, ["04-10 04-30", "05-01 05-31", "06-01 06-30", "07-01 07-31", "08-01 08-31", "09-01 09-15"]),
    ],
)
def test_each_period_has_its_day_within_the_time_of_the_duty(every: Period, day: int | None, wanted: list[str]) -> None:
    assert dates(every, day) == wanted


def test_the_last_day_may_lie_before_or_behind_the_phase() -> None:
    assert dates(Period.MONTH, until=date(2026, 5, 20)) == ["04-10 04-30", "05-01 05-20"]
    assert dates(Period.HALF_YEAR, until=date(2026, 12, 31)) == ["04-10 06-30", "07-01 12-31"]


def test_a_duty_without_any_period_of_its_own_is_due_once() -> None:
    short = replace(PHASE, begins_on=date(2026, 4, 10), ends_on=date(2026, 4, 20))
    assert dates(Period.MONTH, 5, phase=short) == ["04-10 04-20"]
    assert dates(None) == ["04-10 09-15"]


def test_the_date_of_a_period_keeps_its_id_when_its_day_is_moved() -> None:
    task = Task(id="report", title="报送", phase="check", doer=Doer.BUREAU, every=Period.QUARTER)
    plan = replace(cast.plan(), phases=(PHASE,), tasks=(task,))
    moved = replace(plan, tasks=(replace(task, every_day=20),))
    assert [one.id for one in dated_tasks(plan)] == ["report@2026-06", "report@2026-09"]
    assert [one.id for one in dated_tasks(moved)] == ["report@2026-06", "report@2026-09"]


def test_a_time_of_centuries_makes_no_more_dates_than_two_years_have_months() -> None:
    endless = replace(PHASE, begins_on=date(1, 1, 1), ends_on=date(9999, 12, 31))
    assert len(dates(Period.MONTH, phase=endless)) == MOST == 24
    assert len(dates(Period.MONTH, phase=replace(endless, begins_on=date(9999, 11, 1)))) == 2
