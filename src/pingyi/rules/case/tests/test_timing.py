"""When a case is due: dates that can be checked by hand, and the law that none moves against the citizen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import calendar as days
from pingyi.rules.calendar import Calendar, SpecialDay, YearVersion
from pingyi.rules.case import timing as rules
from pingyi.rules.case.clock import Cause, Clock, Limit
from pingyi.rules.commitment import Promise
from pingyi.rules.plan.conduct import CaseKind, DayUnit, TimeLimit
from pingyi.rules.refused import Refused

HOLIDAY = date(2026, 4, 6)
CALENDAR = Calendar(
    name="test",
    days={HOLIDAY: SpecialDay(on=HOLIDAY, name="清明节", is_off=True)},
    years={2026: YearVersion(year=2026, version="test")},
)
LIMITS = (
    TimeLimit(kind=CaseKind.COMPLAINT, days=10, extension_days=5),
    TimeLimit(kind=CaseKind.INQUIRY, days=3),
)
WEDNESDAY = date(2026, 4, 1)
COMPLAINT = rules.limit_of("complaint", LIMITS)
INQUIRY = rules.limit_of("inquiry", LIMITS)


def clock(limit: Limit = COMPLAINT, received_on: date = WEDNESDAY) -> Clock:
    return rules.start(received_on, limit=limit, calendar=CALENDAR)


def refused(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        move()
    return caught.value.code


def test_a_complaint_of_the_first_of_april_has_ten_working_days_around_the_holiday() -> None:
    # 2 and 3 April are days 1 and 2; the weekend and the holiday of the 6th count nothing; 7 to 10 are days 3 to 6.
    assert clock().due_on == date(2026, 4, 16)
    assert not clock().is_provisional
    assert clock(received_on=date(2027, 1, 4)).is_provisional


def test_a_kind_without_a_limit_of_its_own_has_fifteen_working_days() -> None:
    assert rules.limit_of("praise", LIMITS) == Limit(days=15)


def test_a_shorter_commitment_binds_and_a_longer_one_does_not() -> None:
    short = Promise(days=5, unit=DayUnit.WORKING, reference="ABC")
    assert rules.limit_of("complaint", LIMITS, [short]).source == "ABC"
    assert rules.limit_of("complaint", LIMITS, [short]).days == 5
    assert rules.limit_of("complaint", LIMITS, [Promise(days=12, unit=DayUnit.WORKING, reference="x")]) == COMPLAINT
    same = Promise(days=COMPLAINT.days, unit=COMPLAINT.unit, reference="x")
    assert rules.limit_of("complaint", LIMITS, [same]) == replace(COMPLAINT, source="x")
    seven = Promise(days=7, unit=DayUnit.CALENDAR, reference="x")  # a week is five working days
    assert rules.limit_of("inquiry", LIMITS, [seven]) == INQUIRY
    assert rules.limit_of("complaint", LIMITS, [seven]).unit is DayUnit.CALENDAR


def test_the_hotlines_own_deadline_counts_where_it_is_earlier() -> None:
    earlier = rules.start(WEDNESDAY, limit=COMPLAINT, calendar=CALENDAR, not_after=date(2026, 4, 10))
    assert (earlier.due_on, earlier.moves[-1].cause) == (date(2026, 4, 10), Cause.HOTLINE)
    later = rules.start(WEDNESDAY, limit=COMPLAINT, calendar=CALENDAR, not_after=date(2026, 6, 1))
    assert later == clock()


def test_another_kind_may_only_bring_the_date_forward() -> None:
    shorter = rules.reclassify(clock(), limit=INQUIRY, on=WEDNESDAY, calendar=CALENDAR)
    assert shorter.due_on == date(2026, 4, 7)
    assert rules.reclassify(shorter, limit=COMPLAINT, on=WEDNESDAY, calendar=CALENDAR) == shorter


def test_a_stopped_clock_pushes_the_date_by_the_working_days_it_stood_still() -> None:
    stopped = rules.stop(clock(), on=date(2026, 4, 2))
    running = rules.resume(stopped, on=date(2026, 4, 8), calendar=CALENDAR)  # 3, 7 and 8 April: three working days
    assert (running.due_on, running.moves[-1].days) == (date(2026, 4, 21), 3)
    same_day = rules.resume(stopped, on=date(2026, 4, 2), calendar=CALENDAR)
    assert same_day.due_on == clock().due_on
    assert refused(lambda: rules.resume(running, on=WEDNESDAY, calendar=CALENDAR)) == "case.is_running"
    assert refused(lambda: rules.stop(stopped, on=date(2026, 4, 3))) == "case.is_stopped"


def test_a_clock_that_has_run_out_cannot_be_stopped() -> None:
    assert refused(lambda: rules.stop(clock(), on=date(2026, 4, 17))) == "case.too_late_to_stop"


def asked(until: date = date(2026, 4, 20), on: date = WEDNESDAY, by: str = "wang") -> Clock:
    return rules.extend_ask(clock(), until=until, reason="需鉴定", by=by, on=on, calendar=CALENDAR)


def test_more_time_is_asked_before_the_end_once_within_the_plans_days_and_granted_by_another() -> None:
    granted = rules.extend_grant(asked(), by="zhou", on=WEDNESDAY)
    assert (granted.due_on, granted.moves[-1].cause) == (date(2026, 4, 20), Cause.EXTENDED)
    assert refused(lambda: rules.extend_grant(asked(), by="wang", on=WEDNESDAY)) == "case.own_request"
    assert refused(lambda: rules.extend_grant(clock(), by="zhou", on=WEDNESDAY)) == "case.nothing_asked"
    assert refused(lambda: asked(on=date(2026, 4, 17))) == "case.asked_too_late"
    assert rules.latest_extension(clock(), calendar=CALENDAR) == date(2026, 4, 23)
    assert refused(lambda: asked(until=date(2026, 4, 24))) == "case.extension_out_of_range"
    assert refused(lambda: asked(until=date(2026, 4, 16))) == "case.extension_out_of_range"
    again = {"until": date(2026, 4, 22), "reason": "x", "by": "wang", "on": WEDNESDAY, "calendar": CALENDAR}
    assert refused(lambda: rules.extend_ask(granted, **again)) == "case.extended_already"
    assert refused(lambda: rules.extend_ask(asked(), **again)) == "case.already_asked"
    assert refused(lambda: rules.extend_ask(clock(INQUIRY), **again)) == "case.no_extension"
    assert refused(lambda: rules.extend_ask(clock(), **{**again, "reason": " "})) == "case.reason_needed"


def test_a_refused_extension_leaves_the_date_and_needs_a_reason() -> None:
    assert refused(lambda: rules.extend_deny(asked(), by="zhou", reason="")) == "case.reason_needed"
    denied = rules.extend_deny(asked(), by="zhou", reason="理由不足")
    assert (denied.due_on, denied.asked_until) == (clock().due_on, None)


def test_merging_keeps_the_earlier_deadline() -> None:
    other = date(2026, 4, 9)
    merged = rules.no_later(clock(), other, cause=Cause.MERGED, on=WEDNESDAY, source="case/2026-000002")
    assert (merged.due_on, merged.moves[-1].source) == (other, "case/2026-000002")
    assert rules.no_later(merged, date(2026, 5, 1), cause=Cause.MERGED, on=WEDNESDAY) == merged


def test_reopening_starts_the_limit_anew_and_forgets_no_move() -> None:
    again = rules.reopen(clock(), on=date(2026, 5, 11), calendar=CALENDAR)
    assert again.due_on == date(2026, 5, 25)
    assert [move.cause for move in again.moves] == [Cause.RECEIVED, Cause.REOPENED]
    paused = rules.resume(rules.stop(clock(), on=WEDNESDAY), on=date(2026, 4, 8), calendar=CALENDAR)
    fresh = rules.reopen(paused, on=date(2026, 5, 11), calendar=CALENDAR)
    assert rules.reclassify(fresh, limit=INQUIRY, on=date(2026, 5, 11), calendar=CALENDAR).due_on == date(2026, 5, 14)


def test_the_date_is_explained_day_by_day() -> None:
    running = rules.resume(rules.stop(clock(), on=date(2026, 4, 2)), on=date(2026, 4, 8), calendar=CALENDAR)
    first, second = running.moves
    assert [step.counted for step in first.steps if step.counted] == list(range(1, 11))
    assert next(step.reason for step in first.steps if step.day == HOLIDAY) == "清明节"
    assert (second.cause, second.days, second.to) == (Cause.STOPPED, 3, running.due_on)
    assert (second.steps[0].day, second.steps[-1].day) == (first.to, running.due_on)


limits = st.builds(Limit, days=st.integers(0, 60), unit=st.sampled_from(DayUnit), extension_days=st.integers(0, 20))
dates = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(dates, limits, limits, st.lists(limits, max_size=4), dates)
def test_neither_another_kind_nor_a_promise_nor_a_merger_moves_a_date_back(
    received_on: date, limit: Limit, other: Limit, kinds: list[Limit], merged: date
) -> None:
    now = rules.start(received_on, limit=limit, calendar=CALENDAR)
    promised = rules.promised(limit, Promise(days=other.days, unit=other.unit, reference="x"))
    for kind in kinds:
        after = rules.reclassify(now, limit=kind, on=received_on, calendar=CALENDAR)
        assert after.due_on <= now.due_on
        now = after
    assert rules.no_later(now, merged, cause=Cause.MERGED, on=received_on).due_on == min(now.due_on, merged)
    assert promised.days in {limit.days, other.days}


@given(dates, limits, st.integers(0, 40), st.integers(0, 60))
def test_a_stop_gives_exactly_the_days_it_took(received_on: date, limit: Limit, after: int, still: int) -> None:
    now = rules.start(received_on, limit=limit, calendar=CALENDAR)
    stopped_on = min(received_on + timedelta(days=after), now.due_on)
    resumed_on = stopped_on + timedelta(days=still)
    running = rules.resume(rules.stop(now, on=stopped_on), on=resumed_on, calendar=CALENDAR)
    if limit.unit is DayUnit.WORKING:
        gained = days.working_days_between(now.due_on, running.due_on, calendar=CALENDAR)
        assert gained == days.working_days_between(stopped_on, resumed_on, calendar=CALENDAR)
    assert running.due_on >= now.due_on
    assert (running.due_on == now.due_on) or running.moves[-1].cause is Cause.STOPPED


@given(dates, limits, st.integers(-5, 40), st.integers(-5, 40), st.sampled_from(["wang", "zhou"]))
def test_only_a_request_in_time_decided_by_another_gives_more_time(
    received_on: date, limit: Limit, asked_after: int, more: int, by: str
) -> None:
    now = rules.start(received_on, limit=limit, calendar=CALENDAR)
    asked_on = received_on + timedelta(days=asked_after)
    until = now.due_on + timedelta(days=more)
    try:
        request = rules.extend_ask(now, until=until, reason="需鉴定", by="wang", on=asked_on, calendar=CALENDAR)
        granted = rules.extend_grant(request, by=by, on=asked_on)
    except Refused:
        return
    assert asked_on <= now.due_on < granted.due_on
    assert by != "wang"
    assert granted.due_on <= rules.latest_extension(replace(now), calendar=CALENDAR)


PUBLISHED = {2026: YearVersion(year=2026, version="test"), 2027: YearVersion(year=2027, version="test")}


def published(*, off: list[date], worked: list[date]) -> Calendar:
    """The next year's holidays, and the weekends that are worked in exchange."""
    said = [
        SpecialDay(on=day, name="调休", is_off=is_off) for is_off, own in ((True, off), (False, worked)) for day in own
    ]
    return Calendar(name="test", days={one.on: one for one in said}, years=PUBLISHED)


@given(
    st.sets(st.dates(date(2027, 1, 1), date(2027, 2, 10)).filter(lambda day: day.weekday() < 5), max_size=6),
    st.sets(st.dates(date(2027, 1, 1), date(2027, 2, 10)).filter(lambda day: day.weekday() > 4), max_size=6),
    st.dates(date(2026, 12, 20), date(2027, 1, 20)),
)
def test_published_holidays_bring_a_provisional_date_no_later_and_not_before_today(
    off: set[date], worked: set[date], on: date
) -> None:
    waiting = clock(received_on=date(2026, 12, 20))
    assert waiting.is_provisional
    firm = rules.recount(waiting, on=on, calendar=published(off=sorted(off), worked=sorted(worked)))
    assert not firm.is_provisional
    assert firm.due_on <= waiting.due_on
    assert firm.due_on >= min(on, waiting.due_on), "nobody was late by a day that could not be known"


def test_a_day_worked_in_exchange_brings_a_provisional_date_forward_to_today_at_the_earliest() -> None:
    waiting = clock(received_on=date(2026, 12, 20))
    worked = [date(2026, 12, 26), date(2026, 12, 27), date(2027, 1, 2)]
    known = published(off=[], worked=worked)
    assert waiting.due_on == date(2027, 1, 4)  # 1 January needs no notice to be off
    assert rules.recount(waiting, on=date(2026, 12, 21), calendar=known).due_on == date(2026, 12, 30)
    assert rules.recount(waiting, on=date(2026, 12, 31), calendar=known).due_on == date(2026, 12, 31)


def test_an_extension_that_a_stop_has_overtaken_brings_nothing_forward() -> None:
    asked = rules.extend_ask(
        clock(), until=date(2026, 4, 17), reason="送检", by="zhao", on=WEDNESDAY, calendar=CALENDAR
    )
    stopped = rules.resume(rules.stop(asked, on=date(2026, 4, 2)), on=date(2026, 4, 10), calendar=CALENDAR)
    granted = rules.extend_grant(stopped, by="zhou", on=date(2026, 4, 10))
    assert granted.due_on == stopped.due_on > date(2026, 4, 17)
