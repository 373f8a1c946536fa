"""The openness checklist: shown with proof, looked at by another, looked at again in time (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pingyi.rules import openness as rules
from pingyi.rules.calendar import Calendar
from pingyi.rules.openness import ItemState, Stage, Standing
from pingyi.rules.refused import Refused

MISSING = ItemState(stage=Stage.MISSING)
SHOWN = rules.show(MISSING, url="https://example.cn/fees", proofs=0, by="wang", on=date(2026, 4, 1))
PLAIN = Calendar(name="plain")


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def test_an_item_is_shown_with_an_address_or_a_file() -> None:
    assert SHOWN.stage is Stage.SHOWN
    assert rules.show(MISSING, url="", proofs=1, by="wang", on=date(2026, 4, 1)).stage is Stage.SHOWN
    assert code(lambda: rules.show(MISSING, url=" ", proofs=0, by="wang", on=date(2026, 4, 1))) == (
        "openness.proof_needed"
    )


def test_another_person_looks() -> None:
    assert code(lambda: rules.accept(SHOWN, by="wang", on=date(2026, 4, 2))) == "openness.own_work"
    assert code(lambda: rules.send_back(SHOWN, reason="打不开", by="wang")) == "openness.own_work"
    assert code(lambda: rules.accept(MISSING, by="zhou", on=date(2026, 4, 2))) == "openness.is_missing"
    checked = rules.accept(SHOWN, by="zhou", on=date(2026, 4, 2))
    assert (checked.stage, checked.checked_on) == (Stage.CHECKED, date(2026, 4, 2))


def test_what_is_no_longer_open_goes_back_with_a_reason() -> None:
    checked = rules.accept(SHOWN, by="zhou", on=date(2026, 4, 2))
    back = rules.send_back(checked, reason="链接失效", by="zhou")
    assert (back.stage, back.checked_on) == (Stage.MISSING, None)
    assert code(lambda: rules.send_back(checked, reason="", by="zhou")) == "openness.reason_needed"


def test_a_checked_item_is_looked_at_again_after_so_many_working_days() -> None:
    checked = replace(rules.accept(SHOWN, by="zhou", on=date(2026, 4, 2)), recheck_days=5)
    assert rules.recheck_on(checked, calendar=PLAIN) == date(2026, 4, 9)
    assert rules.standing(checked, on=date(2026, 4, 9), calendar=PLAIN) is Standing.CHECKED
    assert rules.standing(checked, on=date(2026, 4, 10), calendar=PLAIN) is Standing.RECHECK
    again = rules.accept(checked, by="li", on=date(2026, 4, 10))
    assert rules.standing(again, on=date(2026, 4, 10), calendar=PLAIN) is Standing.CHECKED


def test_an_item_that_does_not_apply_is_dropped_by_another_and_stays_dropped() -> None:
    gone = rules.drop(MISSING, reason="本科室不收费", by="zhou")
    assert rules.standing(gone, on=date(2030, 1, 1), calendar=PLAIN) is Standing.NOT_APPLICABLE
    assert code(lambda: rules.show(gone, url="x", proofs=0, by="wang", on=date(2026, 4, 1))) == (
        "openness.is_not_applicable"
    )
    assert code(lambda: rules.drop(SHOWN, reason="不用", by="wang")) == "openness.own_work"
