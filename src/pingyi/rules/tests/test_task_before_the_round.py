"""A start in mid-year: what was due before the round began is late from its beginning, or taken over as done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pingyi.rules import task as rules
from pingyi.rules.refused import Refused
from pingyi.rules.task import Stage, Standing, TaskState

BEGUN, ON = date(2026, 8, 3), date(2026, 8, 10)
PAST = TaskState(
    stage=Stage.OPEN, opens_on=date(2026, 3, 1), due_on=date(2026, 3, 31), responsible="wang", begun_on=BEGUN
)


def taken(state: TaskState = PAST, **given: object) -> TaskState:
    said = {"done_on": date(2026, 3, 20), "words": "见3月20日会议记录", "by": "zhou", "on": ON, **given}
    return rules.take_over(state, **said)


def test_nothing_is_late_on_the_first_day_of_the_round_and_the_lateness_is_counted_from_there() -> None:
    assert rules.standing(PAST, on=BEGUN) is Standing.DUE_SOON
    assert rules.standing(PAST, on=BEGUN + timedelta(days=1)) is Standing.LATE
    assert PAST.last_day == BEGUN
    assert not rules.was_late(replace(PAST, reported_on=BEGUN))
    assert rules.was_late(replace(PAST, reported_on=BEGUN + timedelta(days=1)))


def test_what_is_due_later_keeps_its_own_day() -> None:
    later = replace(PAST, due_on=date(2026, 11, 15))
    assert later.last_day == date(2026, 11, 15)
    assert not later.was_due_before


def test_what_was_done_before_is_taken_over_with_its_day_and_is_not_late() -> None:
    done = taken()
    assert (done.stage, done.reported_on, done.checked_by) == (Stage.ACCEPTED, date(2026, 3, 20), "zhou")
    assert rules.standing(done, on=date(2026, 12, 1)) is Standing.DONE
    assert rules.standing(taken(done_on=ON), on=ON) is Standing.DONE_LATE


@pytest.mark.parametrize(
    ("code", "state", "given"),
    [
        ("task.not_before_the_round", replace(PAST, due_on=BEGUN), {}),
        ("task.own_work", PAST, {"by": "wang"}),
        ("task.own_work", replace(PAST, doers=("zhou",)), {}),
        ("task.done_later", PAST, {"done_on": ON + timedelta(days=1)}),
        ("task.taken_over_without_words", PAST, {"words": " "}),
        ("task.is_reported", replace(PAST, stage=Stage.REPORTED), {}),
        ("task.is_accepted", replace(PAST, stage=Stage.ACCEPTED), {}),
    ],
)
def test_only_another_person_takes_over_what_was_due_before_with_words(
    code: str, state: TaskState, given: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        taken(state, **given)
    assert refused.value.code == code
