"""Masks hide and still tell apart; what is needed is not destroyed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.case import masking, retention
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.refused import Refused

CLOSED = CaseState(stage=Stage.CLOSED, due_on=date(2026, 3, 20))
NOTHING = {"is_erased": False, "is_held": False, "has_open_breach": False, "has_open_call_back": False}


def test_a_mask_leaves_what_tells_two_people_apart() -> None:
    assert masking.masked_name("欧阳林") == "欧**"
    assert masking.masked_phone("138-0000-0001") == "138****0001"
    assert masking.masked_phone("6543210") == "****10"
    assert masking.masked_email("lin@mail.example") == "l***@mail.example"
    assert masking.masked_address("柳溪路8号3单元502") == "柳溪路8****"
    assert [mask("") for mask in (masking.masked_name, masking.masked_phone, masking.masked_address)] == ["", "", ""]


@given(st.text(alphabet="0123456789", min_size=5, max_size=20))
def test_no_mask_shows_a_whole_number(number: str) -> None:
    assert number not in masking.masked_phone(number)


@given(st.text(min_size=2, max_size=40).filter(lambda text: len(text.strip()) > 1))
def test_no_mask_shows_a_whole_address(address: str) -> None:
    assert address.strip() not in masking.masked_address(address).replace("*", "")


def test_words_are_kept_the_plans_years_from_the_closing() -> None:
    assert retention.last_kept_on(date(2026, 3, 16), years=3) == date(2029, 3, 16)
    assert retention.last_kept_on(date(2024, 2, 29), years=3) == date(2027, 2, 28)


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 6)
)
def test_what_was_closed_before_the_kept_days_is_over_its_term(closed: date, on: date, years: int) -> None:
    is_over = on > retention.last_kept_on(closed, years=years)
    assert (closed < retention.kept_since(on, years=years)) is is_over


@pytest.mark.parametrize(
    ("state", "facts", "code"),
    [
        (CaseState(stage=Stage.HELD, due_on=date(2026, 3, 20)), {}, "case.needed_while_open"),
        (CLOSED, {"is_erased": True}, "case.erased_already"),
        (CLOSED, {"is_held": True}, "case.needed_for_matter"),
        (CLOSED, {"has_open_breach": True}, "case.needed_for_breach"),
        (CLOSED, {"has_open_call_back": True}, "case.needed_for_call_back"),
    ],
)
def test_what_is_needed_is_not_destroyed(state: CaseState, facts: dict[str, bool], code: str) -> None:
    with pytest.raises(Refused) as refused:
        retention.check_erasable(state, **{**NOTHING, **facts})
    assert refused.value.code == code
    retention.check_erasable(CLOSED, **NOTHING)
