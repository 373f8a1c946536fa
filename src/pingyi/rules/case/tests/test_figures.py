"""Figures of cases: a golden month, and the law that leaving a case open never raises one (§3.2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.case import figures as rules
from pingyi.rules.case.figures import CaseFacts, Rate, Tally
from pingyi.rules.case.stages import CaseState, Stage

TODAY = date(2026, 3, 31)
DUE = date(2026, 3, 20)
OPEN = CaseState(stage=Stage.HELD, due_on=DUE)


def closed(on: date, *, due_on: date = DUE) -> CaseState:
    return CaseState(
        stage=Stage.CLOSED, due_on=due_on, answered_on=on, settled_on=on, closed_on=on, has_been_late=on > due_on
    )


def test_a_month_that_can_be_counted_by_hand() -> None:
    """Five cases: two closed in time, one closed late, one open and overdue, one open and not yet due; one merged."""
    month = [
        CaseFacts(state=closed(date(2026, 3, 19)), level=5, is_solved=True, offers=1, offers_in_time=1),
        CaseFacts(state=closed(DUE), level=2, is_solved=False, offers=2, offers_in_time=1),
        CaseFacts(state=closed(date(2026, 3, 21))),
        CaseFacts(state=replace(OPEN, answered_on=DUE)),
        CaseFacts(state=replace(OPEN, due_on=date(2026, 4, 9))),
        CaseFacts(state=replace(OPEN, stage=Stage.MERGED)),
    ]
    found = {key: (rate.numerator, rate.denominator) for key, rate in rules.rates(rules.tally(month, on=TODAY)).items()}
    assert found == {
        "answered": (4, 5),
        "settled": (3, 5),
        "on_time": (2, 4),  # three closed and one overdue
        "response": (2, 3),
        "solution": (1, 3),  # two asked and one overdue
        "satisfaction": (1, 3),
    }


def test_a_share_of_nothing_is_no_share_and_a_small_one_is_flagged() -> None:
    assert Rate(definition="x", numerator=0, denominator=0).share is None
    assert Rate(definition="x", numerator=1, denominator=3).share == Fraction(1, 3)
    assert Rate(definition="x", numerator=1, denominator=29).is_small
    assert not Rate(definition="x", numerator=1, denominator=30).is_small


def test_a_case_opened_again_after_it_was_late_still_counts_as_late() -> None:
    again = replace(OPEN, due_on=date(2026, 5, 1), has_been_late=True, reopenings=1)
    assert rules.tally([CaseFacts(state=again)], on=TODAY).overdue == 1


def test_tallies_of_sections_add_up() -> None:
    one, other = Tally(received=2, closed=1), Tally(received=3, overdue=1)
    assert one + other == Tally(received=5, closed=1, overdue=1)


dates = st.dates(date(2026, 3, 1), TODAY)
dues = st.dates(date(2026, 3, 1), date(2026, 4, 30))
levels = st.none() | st.integers(1, 5)


@st.composite
def facts(draw: st.DrawFn) -> CaseFacts:
    due_on, on = draw(dues), draw(dates)
    is_closed = draw(st.booleans())
    state = closed(on, due_on=due_on) if is_closed else replace(OPEN, due_on=due_on)
    return CaseFacts(state=state, level=draw(levels), is_solved=draw(st.none() | st.booleans()))


@pytest.mark.parametrize("key", ["answered", "settled", "on_time", "response"])
@given(st.lists(facts(), min_size=1, max_size=12), st.data())
def test_leaving_a_case_open_never_raises_a_figure(key: str, cases: list[CaseFacts], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(cases) - 1))
    _compare(key, cases, number)


@pytest.mark.parametrize("key", ["solution", "satisfaction"])
@given(st.lists(facts(), min_size=1, max_size=12), st.data())
def test_leaving_a_case_open_past_its_day_never_hides_what_the_citizen_would_say(
    key: str, cases: list[CaseFacts], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(cases) - 1))
    late = replace(cases[number].state, due_on=TODAY - timedelta(days=1))
    cases[number] = replace(cases[number], state=late)
    _compare(key, cases, number)


def _compare(key: str, cases: list[CaseFacts], number: int) -> None:
    state = cases[number].state
    left = replace(state, stage=Stage.HELD, answered_on=None, settled_on=None, closed_on=None, has_been_late=False)
    lazy = [*cases[:number], replace(cases[number], state=left), *cases[number + 1 :]]
    honest = rules.rates(rules.tally(cases, on=TODAY))[key].share
    after = rules.rates(rules.tally(lazy, on=TODAY))[key].share
    if honest is not None and after is not None:
        assert after <= honest


def test_the_public_is_not_told_of_few_cases_nor_what_would_tell_of_them() -> None:
    assert rules.withheld({"a": 40, "b": 12, "c": 3, "d": 0}) == {"c", "b"}  # 55 less 52 would tell the three
    assert rules.withheld({"a": 40, "b": 4, "c": 3}) == {"b", "c"}  # seven together tell of nobody
    assert rules.withheld({"a": 40, "b": 1, "c": 1}) == {"a", "b", "c"}  # two together would still be few
    assert rules.withheld({"a": 40, "b": 12}) == frozenset()
    assert rules.withheld({"a": 4}) == {"a"}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), max_size=8))
def test_what_is_withheld_can_never_be_found_by_taking_the_rest_off_the_total(counts: dict[str, int]) -> None:
    hidden = rules.withheld(counts)
    assert {key for key, count in counts.items() if 0 < count < rules.FEWEST} <= hidden
    shown = {key for key, count in counts.items() if count} - hidden
    if hidden and shown:
        assert len(hidden) > 1
        assert sum(counts[key] for key in hidden) >= rules.FEWEST
