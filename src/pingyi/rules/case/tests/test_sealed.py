"""Numbers of sealed receipts: read however they are typed, and never taken for another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.case import sealed
from pingyi.rules.refused import Refused

NUMBERS = st.builds(sealed.numbered, st.integers(1, 2000), st.integers(1, sealed.PLACES))


def test_a_number_is_roll_place_and_check() -> None:
    assert sealed.numbered(12, 37) == "012-037-71"
    assert sealed.read(" 01203771 ") == sealed.read("０１２—０３７ 71") == "012-037-71"


@given(NUMBERS)
def test_a_number_is_read_back(number: str) -> None:
    assert sealed.read(number) == sealed.read(number.replace("-", "")) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_or_two_exchanged_name_no_receipt(number: str, chosen: st.DataObject) -> None:
    plain = number.replace("-", "")
    place = chosen.draw(st.integers(0, len(plain) - 1))
    digit = chosen.draw(st.sampled_from([one for one in "0123456789" if one != plain[place]]))
    wrong = {plain[:place] + digit + plain[place + 1 :]}
    if place and plain[place] != plain[place - 1]:
        wrong.add(plain[: place - 1] + plain[place] + plain[place - 1] + plain[place + 1 :])
    for typed in wrong:
        with pytest.raises(Refused, match=r"receipt\.misread"):
            sealed.read(typed)


@pytest.mark.parametrize("typed", ["", "12", "abc-def-gh", "0" * 40, "012-037-71; drop", "٠١٢٠٣٧٧١"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        sealed.read(typed)
