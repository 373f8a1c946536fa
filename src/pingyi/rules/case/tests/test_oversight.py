"""Reminders, urgings and criticism on the days that an official can count; breaches and who decides on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.calendar import Calendar
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import BreachKind, BreachStage, BreachState, Measure, Recipient
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.day import day_of
from pingyi.rules.plan.conduct import HandlingRules
from pingyi.rules.refused import Refused

FRIDAY = date(2026, 3, 20)
HELD = CaseState(stage=Stage.HELD, section="brigade", due_on=FRIDAY)
HANDLING = HandlingRules(remind_days_before=2, urge_days_after=1, criticize_days_after=5)
NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)


def due(on: date, *done: Measure, state: CaseState = HELD) -> tuple[Measure, ...]:
    return rules.measures_due(state, on=on, handling=HANDLING, calendar=Calendar(name="plain"), done=done)


def test_the_holder_is_reminded_two_working_days_before() -> None:
    assert due(date(2026, 3, 17)) == ()
    assert due(date(2026, 3, 18)) == (Measure.REMIND,)
    assert due(FRIDAY) == (Measure.REMIND,)
    assert due(FRIDAY, Measure.REMIND) == ()


def test_the_working_day_after_expiry_brings_the_urging_and_five_more_the_criticism() -> None:
    assert due(date(2026, 3, 21)) == ()  # a Saturday
    assert due(date(2026, 3, 23)) == (Measure.URGE,)
    assert due(date(2026, 3, 27), Measure.URGE) == ()
    assert due(date(2026, 3, 30), Measure.URGE) == (Measure.CRITICIZE,)
    assert due(date(2026, 4, 30)) == (Measure.URGE, Measure.CRITICIZE)


def test_a_closed_or_stopped_case_is_left_in_peace() -> None:
    assert due(date(2026, 4, 30), state=replace(HELD, stage=Stage.CLOSED)) == ()
    assert due(date(2026, 4, 30), state=replace(HELD, is_stopped=True)) == ()


def test_a_reminder_is_the_holders_alone_and_every_letter_goes_up_to_the_leader() -> None:
    assert rules.RECIPIENTS[Measure.REMIND] == (Recipient.HOLDER,)
    assert set(rules.RECIPIENTS[Measure.URGE]) == set(rules.RECIPIENTS[Measure.CRITICIZE]) == set(Recipient)


@given(st.sets(st.integers(0, 60), max_size=30))
def test_each_measure_comes_once_in_any_year(days: set[int]) -> None:
    done: list[Measure] = []
    for day in sorted(days):
        done += due(FRIDAY - timedelta(days=10) + timedelta(days=day), *done)
    assert len(done) == len(set(done))


def test_lateness_and_a_lapsed_offer_are_breaches_raised_once() -> None:
    lapsed = replace(HELD, offer_expires_at=NOON)
    at, on = NOON + timedelta(days=3), FRIDAY + timedelta(days=3)
    assert rules.breaches_due(lapsed, at=at, on=on) == [BreachKind.LATE, BreachKind.OWNERLESS]
    assert rules.breaches_due(lapsed, at=at, on=on, raised=[BreachKind.LATE]) == [BreachKind.OWNERLESS]
    assert rules.breaches_due(replace(HELD, stage=Stage.CLOSED), at=at, on=on) == []
    assert rules.breaches_due(HELD, at=NOON, on=FRIDAY) == []
    assert rules.breaches_due(replace(HELD, is_stopped=True), at=at, on=on) == []
    assert rules.breaches_due(replace(HELD, awaits_extension=True), at=at, on=on) == []
    assert rules.breaches_due(lapsed, at=NOON, on=FRIDAY) == [], "at its last instant an offer is still open"


@given(
    st.integers(1, 400), st.one_of(st.none(), st.integers(1, 400)), st.one_of(st.none(), st.integers(1, 900)),
    st.sets(st.integers(1, 1000), max_size=30),
)  # fmt: skip
def test_what_is_raised_does_not_depend_on_when_the_worker_looks(
    lasts: int, taken: int | None, closed: int | None, looks: set[int]
) -> None:
    """An offer of so many hours, taken or not, and a closing or none: acts raise what they would hide."""

    def raised(ticks: set[int]) -> set[BreachKind]:
        found: set[BreachKind] = set()
        for hour in sorted({*ticks, *(one for one in (taken, closed) if one is not None), 1000}):
            at = NOON - timedelta(hours=400) + timedelta(hours=hour)
            is_open = taken is None or hour <= taken
            offer = NOON - timedelta(hours=400) + timedelta(hours=lasts) if is_open else None
            is_over = closed is not None and taken is not None and hour > max(closed, taken)
            state = replace(HELD, offer_expires_at=offer, stage=Stage.CLOSED if is_over else Stage.HELD)
            found.update(rules.breaches_due(state, at=at, on=day_of(at), raised=found))
        return found

    assert raised(looks) == raised(set())


PLAIN = Calendar(name="plain")


def decided(state: BreachState, *, by: str = "zhou", reason: str = "无正当理由", is_upheld: bool = True) -> BreachState:
    return rules.decide(state, is_upheld=is_upheld, reason=reason, by=by, on=FRIDAY, calendar=PLAIN)


def test_a_breach_is_decided_once_with_a_reason_and_by_another() -> None:
    raised = BreachState(member="zhao", raised_on=FRIDAY, raised_by="li", is_heard=True)
    assert decided(raised).stage is BreachStage.UPHELD
    dismissed = decided(raised, is_upheld=False, reason="系统故障")
    assert dismissed.stage is BreachStage.DISMISSED
    for state, by, reason, code in (
        (raised, "zhao", "x", "breach.own_breach"),
        (raised, "li", "x", "breach.own_accusation"),
        (raised, "zhou", " ", "breach.reason_needed"),
        (dismissed, "zhou", "x", "breach.is_decided"),
    ):
        with pytest.raises(Refused) as caught:
            decided(state, by=by, reason=reason)
        assert caught.value.code == code


def test_who_held_the_case_is_heard_before_a_breach_is_upheld_or_lets_three_working_days_pass() -> None:
    raised = BreachState(member="zhao", raised_on=date(2026, 3, 17))  # a Tuesday: heard until Friday
    with pytest.raises(Refused) as caught:
        decided(raised)
    assert caught.value.code == "breach.not_heard"
    assert decided(raised, is_upheld=False).stage is BreachStage.DISMISSED  # nobody is harmed by it
    assert decided(replace(raised, raised_on=date(2026, 3, 16))).stage is BreachStage.UPHELD
    assert decided(rules.hear(raised, words="材料当日才到", by="zhao")).stage is BreachStage.UPHELD
    for by, words, code in (("wang", "x", "breach.not_yours"), ("zhao", " ", "breach.words_needed")):
        with pytest.raises(Refused) as refused:
            rules.hear(raised, words=words, by=by)
        assert refused.value.code == code


@given(st.dates(date(2026, 1, 5), date(2026, 12, 20)), st.integers(0, 20))
def test_who_was_raised_by_that_day_has_been_heard_out(raised_on: date, days: int) -> None:
    on = raised_on + timedelta(days=days)
    is_over = on > rules.hears_until(raised_on, calendar=PLAIN)
    assert (raised_on <= rules.heard_out(on, calendar=PLAIN)) is is_over


def test_letters_by_hand_come_once_and_criticism_only_after_an_urging_that_was_let_pass() -> None:
    def refused(measure: Measure, state: CaseState, *done: Measure, on: date = FRIDAY) -> str:
        with pytest.raises(Refused) as caught:
            rules.check_by_hand(measure, state, on=on, done=done)
        return caught.value.code

    late = date(2026, 3, 23)
    assert refused(Measure.URGE, HELD, Measure.URGE) == "case.urged_already"
    assert refused(Measure.URGE, replace(HELD, is_stopped=True)) == "case.is_stopped"
    assert refused(Measure.URGE, replace(HELD, stage=Stage.CLOSED)) == "case.is_closed"
    assert refused(Measure.CRITICIZE, HELD, on=late) == "case.urge_first"
    assert refused(Measure.CRITICIZE, HELD, Measure.URGE) == "case.urge_first"  # not late yet
    assert refused(Measure.CRITICIZE, HELD, Measure.URGE, Measure.CRITICIZE, on=late) == "case.criticized_already"
    rules.check_by_hand(Measure.URGE, HELD, on=FRIDAY, done=())
    rules.check_by_hand(Measure.CRITICIZE, HELD, on=late, done=[Measure.URGE])


def test_a_stop_is_looked_at_again_whenever_nobody_did_for_the_plans_term() -> None:
    def unlooked(since: date, on: date, **terms: int) -> bool:
        return rules.is_unlooked(since, on=on, handling=replace(HANDLING, **terms), calendar=PLAIN)

    monday = date(2026, 3, 16)
    assert not unlooked(monday, date(2026, 3, 20))  # four working days
    assert unlooked(monday, date(2026, 3, 23))  # five
    assert not unlooked(date(2026, 3, 20), date(2026, 3, 23)), "looked at on Friday"
    assert not unlooked(monday, date(2026, 3, 23), look_days_after=10)
    assert unlooked(monday, date(2026, 3, 23), criticize_days_after=20), "the terms are two"


def test_a_stop_stands_on_the_reasoned_word_of_somebody_else_than_its_handlers() -> None:
    def refused(state: CaseState, *, by: str = "zhou", note: str = "送检未出结果") -> str:
        with pytest.raises(Refused) as caught:
            rules.let_stand(state, handlers={"zhao", "wang"}, note=note, by=by)
        return caught.value.code

    stopped = replace(HELD, is_stopped=True)
    rules.let_stand(stopped, handlers={"zhao", "wang"}, note="送检未出结果", by="zhou")
    assert refused(stopped, by="zhao") == refused(stopped, by="wang") == "case.own_stop"
    assert refused(stopped, note=" ") == "case.reason_needed"
    assert refused(HELD) == "case.is_running"
    assert refused(replace(stopped, stage=Stage.CLOSED)) == "case.is_closed"
