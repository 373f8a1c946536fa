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


def test_the_graver_a_measure_the_more_people_hear_of_it() -> None:
    assert rules.RECIPIENTS[Measure.REMIND] == (Recipient.HOLDER,)
    assert set(rules.RECIPIENTS[Measure.URGE]) < set(rules.RECIPIENTS[Measure.CRITICIZE])


@given(st.lists(st.integers(0, 60), max_size=30).map(sorted))
def test_each_measure_comes_once_in_any_year(days: list[int]) -> None:
    done: list[Measure] = []
    for day in days:
        done += due(FRIDAY - timedelta(days=10) + timedelta(days=day), *done)
    assert len(done) == len(set(done))


def test_lateness_and_a_lapsed_offer_are_breaches_raised_once() -> None:
    lapsed = replace(HELD, offer_expires_at=NOON)
    at, on = NOON + timedelta(days=3), FRIDAY + timedelta(days=3)
    assert rules.breaches_due(lapsed, at=at, on=on) == [BreachKind.LATE, BreachKind.OWNERLESS]
    assert rules.breaches_due(lapsed, at=at, on=on, raised=[BreachKind.LATE]) == [BreachKind.OWNERLESS]
    assert rules.breaches_due(replace(HELD, stage=Stage.CLOSED), at=at, on=on) == []
    assert rules.breaches_due(HELD, at=NOON, on=FRIDAY) == []


def test_a_breach_is_decided_once_with_a_reason_and_by_another() -> None:
    raised = BreachState(member="zhao")
    assert rules.decide(raised, is_upheld=True, reason="无正当理由", by="zhou").stage is BreachStage.UPHELD
    dismissed = rules.decide(raised, is_upheld=False, reason="系统故障", by="zhou")
    for state, by, reason, code in (
        (raised, "zhao", "x", "breach.own_breach"),
        (raised, "zhou", " ", "breach.reason_needed"),
        (dismissed, "zhou", "x", "breach.is_decided"),
    ):
        with pytest.raises(Refused) as caught:
            rules.decide(state, is_upheld=True, reason=reason, by=by)
        assert caught.value.code == code
