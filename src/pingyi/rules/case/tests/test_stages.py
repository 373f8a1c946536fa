"""A case from receipt to closing: golden stories, and laws that hold in every history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.case import stages as rules
from pingyi.rules.case.stages import MOVES, CaseState, Stage, Standing
from pingyi.rules.refused import Refused

WANG, ZHAO, ZHOU = "wang", "zhao", "zhou"
DUE = date(2026, 3, 20)
HELD = CaseState(stage=Stage.HELD, section="brigade", due_on=DUE)
REPLY = "经现场监测，噪声未超标准，已要求工地夜间停工。"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4), tzinfo=UTC)


def done(state: CaseState = HELD, *, by: str = ZHAO, on: date = DUE) -> CaseState:
    answered = rules.answer(state, text=REPLY, by=by, on=on)
    return rules.settle(answered, result="工地已整改", by=by, on=on)


def refused(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        move()
    return caught.value.code


def test_a_case_is_answered_settled_and_closed_by_another() -> None:
    closed = rules.close(done(), by=ZHOU, on=DUE)
    assert (closed.stage, closed.closed_on, closed.doers) == (Stage.CLOSED, DUE, (ZHAO,))
    assert rules.standing(closed, at=noon(DUE)) is Standing.CLOSED


def test_an_answer_alone_does_not_close_a_case_and_neither_does_a_result() -> None:
    answered = rules.answer(HELD, text=REPLY, by=ZHAO, on=DUE)
    settled = rules.settle(HELD, result="已整改", by=ZHAO, on=DUE)
    assert refused(lambda: rules.close(answered, by=ZHOU, on=DUE)) == "case.unsettled"
    assert refused(lambda: rules.close(settled, by=ZHOU, on=DUE)) == "case.unanswered"
    assert not answered.is_ready
    assert not settled.is_ready
    assert done().is_ready


def test_a_bare_receipt_does_not_answer() -> None:
    assert refused(lambda: rules.answer(HELD, text="您的来信已收悉。", by=ZHAO, on=DUE)) == "case.bare_receipt"
    assert refused(lambda: rules.answer(HELD, text=" ", by=ZHAO, on=DUE)) == "case.answer_is_empty"
    assert refused(lambda: rules.settle(HELD, result=" ", by=ZHAO, on=DUE)) == "case.result_is_empty"


def test_what_looks_like_a_bare_receipt_is_an_answer_for_a_reason() -> None:
    text = "您的来信已收悉。"
    for reason in ("", " \n"):
        refusal = refused(lambda said=reason: rules.answer(HELD, text=text, reason=said, by=ZHAO, on=DUE))  # type: ignore[misc]
        assert refusal == "case.bare_receipt"
    assert rules.answer(HELD, text=text, reason="来信人只问是否收到", by=ZHAO, on=DUE).answered_on == DUE
    assert refused(lambda: rules.answer(HELD, text=" ", reason="x", by=ZHAO, on=DUE)) == "case.answer_is_empty"


def test_who_answered_or_settled_does_not_close() -> None:
    assert refused(lambda: rules.close(done(by=ZHAO), by=ZHAO, on=DUE)) == "case.own_work"


def test_a_case_on_offer_or_with_a_stopped_clock_is_not_closed() -> None:
    offered = replace(done(), offer_expires_at=noon(DUE))
    assert refused(lambda: rules.close(offered, by=ZHOU, on=DUE)) == "case.is_offered"
    assert refused(lambda: rules.close(replace(done(), is_stopped=True), by=ZHOU, on=DUE)) == "case.is_stopped"


def test_a_reopened_case_needs_a_new_answer_and_result_and_stays_late_if_it_was() -> None:
    late = rules.close(done(), by=ZHOU, on=DUE + timedelta(days=1))
    again = rules.reopen(late, reason="夜间仍在施工")
    assert (again.stage, again.answered_on, again.settled_on, again.closed_on) == (Stage.HELD, None, None, None)
    assert (again.reopenings, again.has_been_late) == (1, True)
    assert refused(lambda: rules.reopen(late, reason=" ")) == "case.reason_needed"
    assert refused(lambda: rules.reopen(HELD, reason="仍在施工")) == "case.is_not_closed"


def test_a_case_merges_only_into_an_unfinished_one_and_never_across_the_protection() -> None:
    merged = rules.merge(HELD, into=HELD, reference="2026-000002")
    assert (merged.stage, merged.merged_into) == (Stage.MERGED, "2026-000002")
    closed = rules.close(done(), by=ZHOU, on=DUE)
    assert refused(lambda: rules.merge(HELD, into=closed, reference="2026-000002")) == "case.is_closed"
    assert refused(lambda: rules.merge(merged, into=HELD, reference="2026-000003")) == "case.is_merged"
    secret = replace(HELD, is_restricted=True)
    assert refused(lambda: rules.merge(secret, into=HELD, reference="2026-000002")) == "case.restricted_apart"


def test_the_worst_standing_wins() -> None:
    day_after = noon(DUE + timedelta(days=1))
    expired = noon(DUE - timedelta(days=5))
    far = noon(DUE - timedelta(days=4))
    assert rules.standing(replace(HELD, offer_expires_at=expired), at=day_after) is Standing.LATE
    assert rules.standing(replace(HELD, offer_expires_at=expired), at=far) is Standing.UNACCEPTED
    assert rules.standing(replace(HELD, is_stopped=True), at=day_after) is Standing.STOPPED
    assert rules.standing(HELD, at=noon(DUE)) is Standing.DUE_SOON
    assert rules.standing(rules.answer(HELD, text=REPLY, by=ZHAO, on=DUE), at=far) is Standing.ANSWERED
    assert rules.standing(done(), at=far) is Standing.READY
    assert rules.standing(HELD, at=far) is Standing.OPEN


def test_the_last_day_is_in_time() -> None:
    assert not rules.close(done(), by=ZHOU, on=DUE).has_been_late
    assert rules.close(done(), by=ZHOU, on=DUE + timedelta(days=1)).has_been_late
    assert not rules.is_overdue(HELD, on=DUE)
    assert rules.is_overdue(HELD, on=DUE + timedelta(days=1))


def test_a_row_from_a_hotline_without_answer_or_result_is_taken_over_as_open() -> None:
    took = rules.taken_over(due_on=DUE, section="brigade", answered_on=DUE, settled_on=None, closed_on=DUE)
    assert (took.stage, took.closed_on) == (Stage.HELD, None)
    whole = rules.taken_over(due_on=DUE, section="brigade", answered_on=DUE, settled_on=DUE, closed_on=DUE)
    assert (whole.stage, whole.has_been_late) == (Stage.CLOSED, False)


def test_every_move_is_refused_on_a_merged_case() -> None:
    merged = replace(HELD, stage=Stage.MERGED, merged_into="2026-000002")
    for move in MOVES:
        assert refused(lambda move=move: rules.allow(merged, move)) == "case.is_merged"


moves = st.lists(st.sampled_from(["answer", "receipt", "settle", "close", "reopen", "stop", "run"]), max_size=12)


@given(moves, st.lists(st.sampled_from([WANG, ZHAO, ZHOU]), min_size=12, max_size=12))
def test_no_path_closes_a_case_without_answer_and_result(history: list[str], people: list[str]) -> None:
    state = HELD
    for move, by in zip(history, people, strict=False):
        state = _tried(state, move, by)
        if state.stage is Stage.CLOSED:
            assert state.answered_on is not None
            assert state.settled_on is not None
            assert len(state.doers) > 0


def _tried(state: CaseState, move: str, by: str) -> CaseState:
    try:
        if move in {"answer", "receipt"}:
            return rules.answer(state, text=REPLY if move == "answer" else "已收悉", by=by, on=DUE)
        if move == "settle":
            return rules.settle(state, result="已整改", by=by, on=DUE)
        if move == "close":
            return rules.close(state, by=by, on=DUE)
        if move == "reopen":
            return rules.reopen(state, reason="未解决")
    except Refused:
        return state
    return replace(state, is_stopped=move == "stop") if state.stage is Stage.HELD else state


def test_a_case_once_closed_late_stays_late_however_quickly_it_is_closed_the_second_time() -> None:
    late = replace(HELD, answered_on=DUE, settled_on=DUE, doers=("zhao",), has_been_late=True)
    again = rules.close(late, by="wang", on=DUE)
    assert again.has_been_late
    assert rules.standing(again, at=noon(DUE)) is Standing.CLOSED_LATE
