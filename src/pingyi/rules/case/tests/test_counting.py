"""A due date keeps the count that it came from: a later calendar changes neither the date nor its reason."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from pingyi.rules.calendar import Calendar, DayKind, SpecialDay, YearVersion, due_date
from pingyi.rules.case import stages
from pingyi.rules.case import timing as rules
from pingyi.rules.case.clock import Cause, Clock, Limit
from pingyi.rules.case.counting import count
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.plan.conduct import DayUnit

YEARS = {2026: YearVersion(year=2026, version="1")}
OLD = Calendar(name="cn", days={}, years=YEARS)
DECEMBER = date(2026, 12, 28)
COMPLAINT, INQUIRY = Limit(days=13), Limit(days=3)


def known(*off: date, worked: tuple[date, ...] = (), years: tuple[int, ...] = (2026, 2027)) -> Calendar:
    told = {day: SpecialDay(on=day, name="元旦", is_off=day not in worked) for day in (*off, *worked)}
    return Calendar(name="cn", days=told, years={one: YearVersion(year=one, version="1") for one in years})


def started(limit: Limit = COMPLAINT, calendar: Calendar = OLD, on: date = DECEMBER) -> Clock:
    return rules.start(on, limit=limit, calendar=calendar)


def test_the_steps_end_on_the_due_date_whatever_is_published_afterwards() -> None:
    waiting = started()
    assert (waiting.due_on, waiting.is_provisional) == (date(2027, 1, 15), True)
    late = known(date(2027, 1, 1), date(2027, 1, 4))
    firm = rules.recount(waiting, on=date(2027, 1, 2), calendar=late)
    steps = firm.moves[0].steps
    assert (steps[-1].day, steps[-1].counted) == (firm.due_on, 13)
    assert next(step.kind for step in steps if step.day == date(2027, 1, 1)) is DayKind.ASSUMED
    assert rules.by_calendar(firm, calendar=late) == date(2027, 1, 18)


def test_the_section_is_late_only_after_the_day_that_the_limit_itself_gives() -> None:
    firm = rules.recount(started(), on=date(2027, 1, 2), calendar=known(date(2027, 1, 1), date(2027, 1, 4)))
    assert (firm.due_on, firm.lawful_on, firm.judged_on) == (date(2027, 1, 15), date(2027, 1, 18), date(2027, 1, 18))
    state = CaseState(
        stage=Stage.HELD, due_on=firm.due_on, lawful_on=firm.lawful_on, section="a",
        answered_on=DECEMBER, settled_on=DECEMBER,
    )  # fmt: skip
    assert not stages.is_overdue(state, on=date(2027, 1, 18))
    assert stages.is_overdue(state, on=date(2027, 1, 19))
    assert not stages.close(state, by="zhou", on=date(2027, 1, 18)).has_been_late
    assert stages.close(state, by="zhou", on=date(2027, 1, 19)).has_been_late


def test_a_firm_year_that_was_changed_later_gives_one_clock_for_one_day() -> None:
    october = date(2026, 9, 24)
    case = started(calendar=known(), on=october)
    changed = known(date(2026, 10, 9), date(2026, 10, 12))
    again = rules.recount(case, on=date(2026, 9, 28), calendar=changed)
    assert (again.due_on, again.judged_on) == (case.due_on, started(calendar=changed, on=october).due_on)
    assert again.moves == case.moves


def test_what_somebody_set_as_a_day_is_what_a_case_is_judged_by() -> None:
    told = rules.no_later(started(), date(2027, 1, 12), cause=Cause.HOTLINE, on=DECEMBER)
    firm = rules.recount(told, on=date(2027, 1, 2), calendar=known(date(2027, 1, 1), date(2027, 1, 4)))
    assert (firm.due_on, firm.lawful_on) == (date(2027, 1, 12), None)


def test_a_slip_of_the_kind_is_undone_and_the_right_kind_counts_from_the_beginning() -> None:
    march = date(2026, 3, 2)
    case = started(calendar=known(), on=march)
    slipped = rules.reclassify(case, limit=INQUIRY, on=date(2026, 3, 3), calendar=known())
    assert (case.due_on, slipped.due_on) == (date(2026, 3, 19), date(2026, 3, 5))
    right = rules.correct(slipped, limit=COMPLAINT, on=date(2026, 3, 4), calendar=known())
    assert (right.due_on, right.limit, right.moves[-1].cause) == (case.due_on, COMPLAINT, Cause.CORRECTED)
    assert right.moves[:-1] == slipped.moves
    assert right.moves[-1].steps[-1].day == right.due_on


def test_undoing_a_slip_keeps_stops_and_days_that_others_set() -> None:
    march = date(2026, 3, 2)
    slipped = rules.reclassify(started(calendar=known(), on=march), limit=INQUIRY, on=march, calendar=known())
    still = rules.resume(rules.stop(slipped, on=date(2026, 3, 3)), on=date(2026, 3, 5), calendar=known())
    right = rules.correct(still, limit=COMPLAINT, on=date(2026, 3, 6), calendar=known())
    assert right.due_on == date(2026, 3, 23)  # two working days after 19 March
    set_ = rules.no_later(still, date(2026, 3, 6), cause=Cause.HOTLINE, on=date(2026, 3, 5))
    assert rules.correct(set_, limit=COMPLAINT, on=date(2026, 3, 6), calendar=known()).due_on == date(2026, 3, 6)
    twice = rules.correct(right, limit=INQUIRY, on=date(2026, 3, 6), calendar=known())
    assert rules.correct(twice, limit=COMPLAINT, on=date(2026, 3, 6), calendar=known()).due_on == right.due_on


@given(
    some.dates(date(2026, 1, 1), date(2027, 12, 1)), some.integers(0, 40), some.sampled_from(DayUnit),
    some.integers(0, 10), some.sets(some.integers(0, 700), max_size=40),
)  # fmt: skip
def test_the_kept_count_tells_the_same_days_without_any_calendar(
    since: date, days: int, unit: DayUnit, still: int, off: set[int]
) -> None:
    special = [date(2026, 1, 1) + timedelta(number) for number in off]
    calendar = known(
        *[day for day in special if day.weekday() < 5], worked=tuple(day for day in special if day.weekday() >= 5)
    )
    kept = count(since, days=days, unit=unit, calendar=calendar, still=still)
    assert kept.steps[-1].day == kept.ends_on
    first = due_date(since, days=days, unit=unit, calendar=calendar).steps
    assert kept.steps[: len(first)] == first
    counted = [step.counted for step in kept.steps if step.counted]
    assert counted == list(range(1, len(counted) + 1))
