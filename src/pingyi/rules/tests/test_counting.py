"""Which rows count where a table and this house both tell of one figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.counting import Choice, Counts, choose, meet, read
from pingyi.rules.evidence import Evidence
from pingyi.rules.refused import Refused

DAYS = st.sampled_from([date(2026, month, 1) for month in range(1, 13)])


def row(indicator: str, on: date, source: str = "cases") -> Evidence:
    return Evidence(section="a", indicator=indicator, source=source, happened_on=on, value=Decimal(1))


def test_what_only_one_side_tells_counts_whatever_was_chosen() -> None:
    mine, table = row("answered", date(2026, 3, 1)), row("rated", date(2026, 3, 1))
    for counts in Counts:
        choice = Choice(counts=counts, since=date(2026, 6, 1) if counts is Counts.UNTIL else None)
        assert set(meet([table], lambda _: [mine], choices={"cases": choice}).rows) == {mine, table}


def test_before_it_is_chosen_neither_side_counts_and_it_is_named() -> None:
    met = meet([row("answered", date(2026, 3, 1))], lambda _: [row("answered", date(2026, 4, 1))], choices={})
    assert (met.rows, met.undecided, met.both) == ((), ("cases",), {"cases": ("answered",)})


def test_events_that_cost_marks_add_up() -> None:
    both = row("late", date(2026, 3, 1), "deduction"), row("late", date(2026, 4, 1), "deduction")
    assert meet([both[0]], lambda _: [both[1]], choices={}).rows == both


@given(tables=st.lists(DAYS, max_size=5), own=st.lists(DAYS, max_size=5), start=DAYS)
def test_parted_by_a_day_no_day_counts_on_both_sides_and_none_is_lost_on_its_own(
    tables: list[date], own: list[date], start: date
) -> None:
    def house(since: date | None) -> list[Evidence]:
        return [row("answered", day) for day in own if since is None or day >= since]

    met = meet(
        [row("answered", day) for day in tables], house, choices={"cases": Choice(counts=Counts.UNTIL, since=start)}
    )
    if tables and own:
        wanted = [day for day in tables if day < start] + [day for day in own if day >= start]
    else:
        wanted = tables + own
    assert sorted(one.happened_on for one in met.rows) == sorted(wanted)


@pytest.mark.parametrize("choice", [Choice(counts=Counts.TABLE), Choice(counts=Counts.UNTIL, since=date(2026, 6, 1))])
def test_a_choice_is_read_back_from_its_word(choice: Choice) -> None:
    assert read(choice.brief) == choice


def test_only_what_can_be_parted_by_a_day_is() -> None:
    assert choose("until", since=date(2026, 6, 1), is_parted=True).since == date(2026, 6, 1)
    with pytest.raises(Refused, match=r"evidence.choice_not_parted"):
        choose("until", since=date(2026, 6, 1), is_parted=False)
