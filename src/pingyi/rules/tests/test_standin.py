"""A/B posts: who acts while somebody is away, and which absences cannot be (§3.2.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import standin as rules
from pingyi.rules.refused import Refused
from pingyi.rules.standin import Absence, Answering, Part, Post, Roster

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
POST = Post(first="zhao", second="qian", head="wang", begins_on=date(2026, 1, 1))
ZHAO_AWAY = Absence(member="zhao", begins_on=MONDAY, ends_on=FRIDAY)


def roster(*absences: Absence) -> Roster:
    return Roster(posts=(POST,), absences=absences)


def refused(new: Absence, *absences: Absence) -> str:
    with pytest.raises(Refused) as caught:
        rules.check_absence(new, roster=roster(*absences), on=MONDAY)
    return caught.value.code


def test_who_is_there_answers_and_who_is_away_is_stood_in_for() -> None:
    assert rules.answering("zhao", roster=roster(), on=MONDAY) == Answering(member="zhao", part=Part.SELF)
    assert rules.answering("zhao", roster=roster(ZHAO_AWAY), on=FRIDAY).member == "qian"
    after = FRIDAY + timedelta(days=1)
    assert rules.answering("zhao", roster=roster(ZHAO_AWAY), on=after).part is Part.SELF


def test_the_stand_in_is_stood_in_for_as_well() -> None:
    qian_away = replace(ZHAO_AWAY, member="qian")
    assert rules.answering("qian", roster=roster(qian_away), on=MONDAY) == Answering(member="zhao", part=Part.STAND_IN)


def test_the_head_stands_in_where_both_are_away() -> None:
    both = roster(ZHAO_AWAY, replace(ZHAO_AWAY, member="qian"))
    assert rules.answering("zhao", roster=both, on=MONDAY) == Answering(member="wang", part=Part.HEAD)


def test_somebody_always_answers() -> None:
    alone = Roster(absences=(ZHAO_AWAY,))
    assert rules.answering("zhao", roster=alone, on=MONDAY) == Answering(member="zhao", part=Part.NOBODY_ELSE)


def test_both_of_a_post_are_not_away_at_once_unless_the_head_stands_in() -> None:
    qian = replace(ZHAO_AWAY, member="qian", begins_on=FRIDAY, ends_on=FRIDAY + timedelta(days=9))
    assert refused(qian, ZHAO_AWAY) == "absence.both_away"
    rules.check_absence(replace(qian, is_head_standing_in=True), roster=roster(ZHAO_AWAY), on=MONDAY)
    after = replace(qian, begins_on=FRIDAY + timedelta(days=1))
    rules.check_absence(after, roster=roster(ZHAO_AWAY), on=MONDAY)


def test_a_head_who_is_away_cannot_stand_in() -> None:
    qian = replace(ZHAO_AWAY, member="qian", is_head_standing_in=True)
    assert refused(qian, ZHAO_AWAY, replace(ZHAO_AWAY, member="wang")) == "absence.nobody_left"


def test_a_head_who_stands_in_cannot_leave() -> None:
    both = (ZHAO_AWAY, replace(ZHAO_AWAY, member="qian"))
    assert refused(replace(ZHAO_AWAY, member="wang", begins_on=FRIDAY), *both) == "absence.nobody_left"


def test_days_in_the_wrong_order_past_or_entered_twice_are_refused() -> None:
    assert refused(replace(ZHAO_AWAY, ends_on=MONDAY - timedelta(days=1))) == "absence.reversed"
    past = replace(ZHAO_AWAY, begins_on=date(2026, 2, 1), ends_on=date(2026, 2, 2))
    assert refused(past) == "absence.is_past"
    assert refused(ZHAO_AWAY, ZHAO_AWAY) == "absence.twice"
    assert refused(replace(ZHAO_AWAY, ends_on=date(9999, 1, 1))) == "absence.too_long"


def test_a_pair_is_two_people_of_one_section() -> None:
    for pair, code in (
        ({"first": "zhao", "second": "zhao", "same_section": True}, "post.one_person_twice"),
        ({"first": "zhao", "second": "chen", "same_section": False}, "post.of_two_sections"),
    ):
        with pytest.raises(Refused) as caught:
            rules.check_post(**pair)
        assert caught.value.code == code


people = st.sampled_from(["zhao", "qian", "wang"])
absences = st.lists(st.tuples(people, st.integers(0, 20), st.integers(0, 8)), max_size=8)


@given(absences, st.integers(0, 30))
def test_of_the_absences_that_were_let_in_none_leaves_a_post_empty(asked: list[tuple[str, int, int]], day: int) -> None:
    known = roster()
    for member, begins, length in asked:
        first = MONDAY + timedelta(days=begins)
        new = Absence(member=member, begins_on=first, ends_on=first + timedelta(days=length), is_head_standing_in=True)
        try:
            rules.check_absence(new, roster=known, on=MONDAY)
        except Refused:
            continue
        known = replace(known, absences=(*known.absences, new))
    on = MONDAY + timedelta(days=day)
    if known.is_away("zhao", on=on) and known.is_away("qian", on=on):
        assert rules.answering("zhao", roster=known, on=on) == Answering(member="wang", part=Part.HEAD)
