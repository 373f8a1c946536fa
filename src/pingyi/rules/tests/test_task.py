"""A plan task from open to accepted: golden stories, and laws that hold in every history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import task as rules
from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused
from pingyi.rules.task import MOVES, Setter, Stage, Standing, TaskState

ZHOU, LI, WANG, ZHAO = "zhou", "li", "wang", "zhao"
DUE = date(2026, 11, 15)
OPEN = TaskState(stage=Stage.OPEN, opens_on=date(2026, 11, 1), due_on=DUE, responsible=WANG)


def reported(state: TaskState = OPEN, *, by: str = WANG, on: date = DUE) -> TaskState:
    return rules.report(state, text="总结已报送", proofs=1, proof_needed=True, by=by, on=on)


def refused(move: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        move()
    return caught.value


def test_a_task_is_reported_returned_reported_again_and_accepted() -> None:
    first = reported(on=date(2026, 11, 10))
    back = rules.send_back(first, by=ZHOU, role=Role.SUPERVISION_OFFICE, reason="没有照片")
    again = reported(back, by=ZHAO, on=date(2026, 11, 14))
    done = rules.accept(again, by=ZHOU, role=Role.SUPERVISION_OFFICE)
    assert (back.stage, back.reported_on) == (Stage.RETURNED, None)
    assert (done.stage, done.doers, done.checked_by) == (Stage.ACCEPTED, (WANG, ZHAO), ZHOU)
    assert rules.standing(done, on=date(2026, 12, 1)) is Standing.DONE


def test_the_last_day_is_in_time_and_the_day_after_is_late() -> None:
    assert not rules.was_late(reported(on=DUE))
    assert rules.was_late(reported(on=DUE + timedelta(days=1)))
    late = rules.accept(reported(on=DUE + timedelta(days=1)), by=ZHOU, role=Role.SUPERVISION_OFFICE)
    assert rules.standing(late, on=DUE) is Standing.DONE_LATE


def test_a_report_needs_words_and_the_proof_that_the_plan_names() -> None:
    empty = refused(lambda: rules.report(OPEN, text=" ", proofs=1, proof_needed=True, by=WANG, on=DUE))
    bare = refused(lambda: rules.report(OPEN, text="已办", proofs=0, proof_needed=True, by=WANG, on=DUE))
    assert (empty.code, empty.field) == ("task.report_is_empty", "text")
    assert (bare.code, bare.field) == ("task.proof_needed", "proofs")
    assert rules.report(OPEN, text="已办", proofs=0, proof_needed=False, by=WANG, on=DUE).stage is Stage.REPORTED


def test_nobody_checks_their_own_work_even_when_another_reported_it_last() -> None:
    back = rules.send_back(reported(by=LI), by=ZHOU, role=Role.SUPERVISION_OFFICE, reason="再写")
    again = reported(back, by=WANG)
    assert refused(lambda: rules.accept(again, by=LI, role=Role.SUPERVISION_OFFICE)).code == "task.own_work"


def test_the_responsible_person_does_not_check_what_another_reported_for_them() -> None:
    own = replace(OPEN, responsible=ZHOU)
    assert refused(lambda: rules.accept(reported(own, by=LI), by=ZHOU, role=Role.SUPERVISION_OFFICE)).code == (
        "task.own_work"
    )


def test_an_amended_plan_moves_the_dates_of_open_duties_only() -> None:
    later = rules.replan(OPEN, opens_on=date(2026, 11, 3), due_on=date(2026, 11, 18))
    assert (later.opens_on, later.due_on) == (date(2026, 11, 3), date(2026, 11, 18))
    assert rules.drop(OPEN).stage is Stage.WAIVED
    assert refused(lambda: rules.replan(reported(), opens_on=DUE, due_on=DUE)).code == "task.is_reported"


def test_only_the_office_that_set_a_task_checks_it() -> None:
    by_head = refused(lambda: rules.accept(reported(), by="chen", role=Role.SECTION_HEAD))
    assert by_head.code == "task.not_the_checker"
    district = replace(reported(), setter=Setter.DISTRICT_GOVERNMENT)
    assert rules.accept(district, by="he", role=Role.DISTRICT_OFFICE).stage is Stage.ACCEPTED
    relayed = refused(lambda: rules.accept(district, by=ZHOU, role=Role.SUPERVISION_OFFICE))
    assert (relayed.code, relayed.field) == ("task.setters_word_needed", "reason")
    assert rules.accept(district, by=ZHOU, role=Role.SUPERVISION_OFFICE, reason="区政府办 3 号函").checked_by == ZHOU
    assert refused(lambda: rules.accept(reported(), by="he", role=Role.DISTRICT_OFFICE)).code == "task.not_the_checker"


def test_a_report_can_be_taken_back_only_by_those_who_made_it() -> None:
    assert refused(lambda: rules.withdraw_report(reported(), by=ZHAO)).code == "task.not_your_report"
    back = rules.withdraw_report(reported(), by=WANG)
    assert (back.stage, back.reported_on, back.doers) == (Stage.OPEN, None, (WANG,))


def test_more_time_is_asked_before_the_day_is_over_and_granted_by_another() -> None:
    until = date(2026, 11, 20)
    asked = rules.extend_ask(OPEN, until=until, reason="材料未齐", by=WANG, on=DUE)
    assert refused(lambda: rules.extend_grant(asked, by=WANG)).code == "task.own_request"
    assert rules.extend_grant(asked, by=ZHOU).due_on == until
    denied = rules.extend_deny(asked, by=ZHOU, reason="时间充足")
    assert (denied.due_on, denied.asked_until) == (DUE, None)
    late = refused(lambda: rules.extend_ask(OPEN, until=until, reason="迟", by=WANG, on=DUE + timedelta(days=1)))
    assert late.code == "task.asked_too_late"
    assert refused(lambda: rules.extend_ask(OPEN, until=DUE, reason="迟", by=WANG, on=DUE)).field == "until"
    assert refused(lambda: rules.extend_grant(OPEN, by=ZHOU)).code == "task.nothing_asked"


def test_a_task_is_waived_with_a_reason_by_somebody_else() -> None:
    assert refused(lambda: rules.waive(OPEN, by=WANG, reason="不适用")).code == "task.own_waiver"
    assert refused(lambda: rules.waive(OPEN, by=ZHOU, reason=" ")).field == "reason"
    assert rules.waive(OPEN, by=ZHOU, reason="本科室无窗口").stage is Stage.WAIVED
    assert refused(lambda: rules.waive(reported(), by=ZHOU, reason="不适用")).code == "task.is_reported"


def test_a_task_always_has_one_responsible_person() -> None:
    assert rules.assign(OPEN, to=ZHAO).responsible == ZHAO
    assert refused(lambda: rules.assign(OPEN, to="")).code == "task.nobody_named"
    assert refused(lambda: rules.assign(OPEN, to=WANG)).code == "task.already_responsible"


@pytest.mark.parametrize(
    ("on", "seen"),
    [
        (date(2026, 10, 31), Standing.PLANNED),
        (date(2026, 11, 1), Standing.OPEN),
        (date(2026, 11, 7), Standing.OPEN),
        (date(2026, 11, 8), Standing.DUE_SOON),
        (DUE, Standing.DUE_SOON),
        (date(2026, 11, 16), Standing.LATE),
    ],
)
def test_an_open_task_looks_different_as_the_days_go_by(on: date, seen: Standing) -> None:
    assert rules.standing(OPEN, on=on) is seen


def test_an_open_task_is_only_planned_until_its_phase_begins() -> None:
    assert rules.stage_on(OPEN, on=date(2026, 10, 31)) is Stage.PLANNED
    assert rules.stage_on(OPEN, on=date(2026, 11, 1)) is Stage.OPEN


PEOPLE = st.sampled_from([ZHOU, LI, WANG, ZHAO])
DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 31))
STEPS = st.lists(st.tuples(st.sampled_from(sorted(MOVES)), PEOPLE, DAYS), max_size=12)


def _step(state: TaskState, move: str, by: str, on: date) -> TaskState:
    office = Role.SUPERVISION_OFFICE
    moves: dict[str, Callable[[], TaskState]] = {
        "report": lambda: rules.report(state, text="已办", proofs=1, proof_needed=True, by=by, on=on),
        "withdraw_report": lambda: rules.withdraw_report(state, by=by),
        "accept": lambda: rules.accept(state, by=by, role=office),
        "return": lambda: rules.send_back(state, by=by, role=office, reason="补"),
        "waive": lambda: rules.waive(state, by=by, reason="免"),
        "take_over": lambda: rules.take_over(state, done_on=on, words="台账", by=by, on=on),
        "assign": lambda: rules.assign(state, to=by),
        "extend_ask": lambda: rules.extend_ask(state, until=on, reason="延", by=by, on=on),
        "extend_grant": lambda: rules.extend_grant(state, by=by),
        "extend_deny": lambda: rules.extend_deny(state, by=by, reason="否"),
        "replan": lambda: rules.replan(state, opens_on=on, due_on=on),
        "drop": lambda: rules.drop(state),
    }
    return moves[move]()


@given(STEPS)
def test_no_history_accepts_without_a_report_or_by_a_doer(steps: list[tuple[str, str, date]]) -> None:
    state, reporters = OPEN, set()
    for move, by, on in steps:
        try:
            after = _step(state, move, by, on)
        except Refused:
            continue
        assert state.stage in MOVES[move][0]
        assert after.stage is (MOVES[move][1] or state.stage)
        reporters |= {by} if move == "report" else set()
        state = after
        assert state.responsible, "there is exactly one responsible person at every moment"
    if state.stage is Stage.ACCEPTED:
        assert reporters
        assert state.checked_by not in reporters
        assert state.reported_on is not None


@given(STEPS)
def test_nothing_follows_an_acceptance_or_a_waiver(steps: list[tuple[str, str, date]]) -> None:
    for end in (Stage.ACCEPTED, Stage.WAIVED):
        for move, by, on in steps:
            with pytest.raises(Refused):
                _step(replace(OPEN, stage=end, doers=(WANG,)), move, by, on)


def test_more_time_is_time_after_the_due_day() -> None:
    for until in (DUE, DUE - timedelta(days=1)):
        short = refused(lambda day=until: rules.extend_ask(OPEN, until=day, reason="出差", by=WANG, on=DUE))
        assert (short.code, short.field) == ("task.not_later", "until")
    assert rules.extend_ask(OPEN, until=DUE + timedelta(days=1), reason="出差", by=WANG, on=DUE).asked_by == WANG


def test_what_was_sent_back_is_checked_again_only_once_it_is_reported_again() -> None:
    back = rules.send_back(reported(), by=ZHOU, role=Role.SUPERVISION_OFFICE, reason="没有照片")
    assert refused(lambda: rules.accept(back, by=ZHOU, role=Role.SUPERVISION_OFFICE)).code == "task.is_returned"
    assert refused(lambda: rules.withdraw_report(back, by=WANG)).code == "task.is_returned"
