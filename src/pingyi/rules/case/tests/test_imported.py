"""Cases from a hotline's table: the source's dates count, and nothing moves against the citizen."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.case.imported import Told, from_source, from_source_again
from pingyi.rules.case.stages import CaseState, Stage

ON = date(2026, 6, 30)
OURS = date(2026, 3, 20)  # by our own limit
DAY = date(2026, 3, 10)
REPLY = "经现场监测，噪声未超标准，已要求工地夜间停工。"


def taken(told: Told) -> CaseState:
    return from_source(told, due_on=OURS, section="brigade", on=ON)


def test_an_open_row_is_due_on_the_earlier_of_its_own_date_and_our_limit() -> None:
    assert taken(Told(due_on=date(2026, 3, 15))).due_on == date(2026, 3, 15)
    assert taken(Told(due_on=date(2026, 4, 15))).due_on == OURS
    assert taken(Told()).stage is Stage.HELD
    assert from_source(Told(), due_on=OURS, section="", on=ON).stage is Stage.RECEIVED


def test_a_closed_row_comes_in_closed_with_the_sources_dates() -> None:
    state = taken(Told(is_closed=True, is_on_time=True, closed_on=DAY, due_on=date(2026, 4, 15), answer=REPLY))
    assert (state.stage, state.closed_on, state.answered_on, state.settled_on) == (Stage.CLOSED, DAY, DAY, DAY)
    assert (state.due_on, state.has_been_late) == (date(2026, 4, 15), False)


def test_in_time_is_what_the_sources_own_dates_say_down_to_the_hour() -> None:
    late_by_hours = Told(is_closed=True, is_on_time=False, closed_on=DAY, due_on=DAY)
    assert taken(late_by_hours).has_been_late
    assert not taken(Told(is_closed=True, is_on_time=True, closed_on=ON)).has_been_late
    assert taken(Told(is_closed=True, closed_on=ON)).has_been_late, "nobody said; our own limit judges"


def test_a_source_that_tells_only_in_time_or_late_gets_a_day_that_agrees() -> None:
    in_time, late = (taken(Told(is_closed=True, is_on_time=word)) for word in (True, False))
    assert (in_time.closed_on, in_time.has_been_late) == (OURS, False)
    assert (late.closed_on, late.has_been_late) == (OURS + timedelta(days=1), True)


def test_a_bare_receipt_is_no_answer_and_closes_nothing() -> None:
    state = taken(Told(is_closed=True, closed_on=DAY, answered_on=DAY, answer="网友：您好！留言已收悉"))
    assert (state.stage, state.answered_on) == (Stage.HELD, None)


def test_an_answer_without_a_result_leaves_the_case_open() -> None:
    state = taken(Told(answered_on=DAY, answer=REPLY))
    assert (state.stage, state.answered_on, state.settled_on) == (Stage.HELD, DAY, None)


def test_a_source_that_closes_or_reopens_is_followed_until_our_people_act() -> None:
    closing = Told(is_closed=True, is_on_time=True, closed_on=DAY)
    begun = taken(Told(is_closed=False))
    closed = from_source_again(begun, closing, is_ours=False, on=ON)
    assert closed.stage is Stage.CLOSED
    reopened = from_source_again(closed, Told(is_closed=False), is_ours=False, on=ON)
    assert (reopened.stage, reopened.reopenings, reopened.answered_on) == (Stage.HELD, 1, None)
    assert from_source_again(begun, closing, is_ours=True, on=ON) == begun


def test_a_table_that_tells_less_than_before_takes_nothing_away() -> None:
    closed = taken(Told(is_closed=True, is_on_time=True, closed_on=DAY))
    assert from_source_again(closed, Told(), is_ours=False, on=ON) == closed
    answered = taken(Told(answered_on=DAY, answer=REPLY))
    assert from_source_again(answered, Told(), is_ours=False, on=ON).answered_on == DAY


DAYS = st.none() | st.dates(date(2026, 1, 1), ON)
TOLD = st.builds(
    Told, is_closed=st.sampled_from([None, True, False]), is_on_time=st.sampled_from([None, True, False]),
    due_on=DAYS, answered_on=DAYS, closed_on=DAYS, answer=st.sampled_from(["", REPLY, "留言已收悉"]),
)  # fmt: skip


@given(first=TOLD, updates=st.lists(st.tuples(TOLD, st.booleans()), max_size=5))
def test_no_update_moves_a_due_date_back_washes_lateness_off_or_closes_without_both(
    first: Told, updates: list[tuple[Told, bool]]
) -> None:
    states = [taken(first)]
    for told, is_ours in updates:
        states.append(from_source_again(states[-1], told, is_ours=is_ours, on=ON))
    for before, after in itertools.pairwise(states):
        assert after.due_on <= before.due_on
        assert after.has_been_late >= before.has_been_late
    for state in states:
        assert (state.stage is Stage.CLOSED) == (state.closed_on is not None)
        assert state.closed_on is None or (state.answered_on is not None and state.settled_on is not None)
