"""A notice board: which edition hangs, whether it is out of date, what a newer one says otherwise (§4.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import board as rules
from pingyi.rules.board import BoardState, Change, Content, Part, Promised, Size, Standing, Stretch, Way
from pingyi.rules.calendar import Calendar
from pingyi.rules.refused import Refused

PLAIN = Calendar(name="plain")
FIRST = Content(
    year=2026,
    title="2026年行风评议",
    bureau="清源区环境保护局",
    section="监察大队",
    criteria=("服务质量",),
    commitments=(Promised(section="", what="投诉办结", within="10个工作日内", measured_by="工单日期"),),
    channels=(Way(name="12345热线", number="12345"), Way(name="监督信箱", number="a@example.cn")),
    supervisors=("吴桐",),
    phases=(Stretch(name="动员部署", begins_on=date(2026, 3, 15), ends_on=date(2026, 4, 10)),),
)
NEW = BoardState(size=Size.A3)
HUNG = rules.hang(NEW, edition=1, latest=1, has_photograph=True, on=date(2026, 4, 1))


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def test_only_the_newest_edition_is_hung_and_a_photograph_shows_it() -> None:
    def hang(edition: int, latest: int, *, has_photograph: bool = True) -> BoardState:
        return rules.hang(NEW, edition=edition, latest=latest, has_photograph=has_photograph, on=date(2026, 4, 1))

    assert hang(2, 2).hung == 2
    assert code(lambda: hang(0, 0)) == "board.no_edition"
    assert code(lambda: hang(1, 2)) == "board.not_latest"
    assert code(lambda: hang(2, 2, has_photograph=False)) == "board.photograph_needed"


def test_a_board_is_out_of_date_at_once_and_old_after_five_working_days() -> None:
    def stands(on: date, state: BoardState = HUNG) -> Standing:
        return rules.standing(state, latest=2, published_on=date(2026, 4, 2), on=on, calendar=PLAIN, rehang_days=5)

    assert stands(date(2026, 4, 2)) is Standing.OUT_OF_DATE
    assert stands(date(2026, 4, 9)) is Standing.OUT_OF_DATE
    assert stands(date(2026, 4, 10)) is Standing.OLD
    assert stands(date(2026, 4, 10), NEW) is Standing.NOT_HUNG
    assert stands(date(2026, 4, 10), replace(HUNG, size=Size.SCREEN)) is Standing.CURRENT
    assert rules.standing(
        HUNG, latest=1, published_on=date(2026, 4, 1), on=date(2027, 1, 1), calendar=PLAIN, rehang_days=5
    ) is (Standing.CURRENT)


def test_what_is_taken_down_stays_down() -> None:
    gone = rules.take_down(HUNG, reason="大厅装修", on=date(2026, 5, 1))
    assert code(lambda: rules.take_down(gone, reason="再次", on=date(2026, 5, 2))) == "board.is_taken_down"
    assert code(lambda: rules.take_down(HUNG, reason="", on=date(2026, 5, 2))) == "board.reason_needed"
    assert rules.standing(
        gone, latest=1, published_on=date(2026, 4, 1), on=date(2026, 5, 2), calendar=PLAIN, rehang_days=5
    ) is (Standing.TAKEN_DOWN)


def test_each_change_is_told_once_with_what_it_was_and_what_it_is() -> None:
    shorter = replace(FIRST.commitments[0], within="7个工作日内")
    added = Promised(section="", what="午间不断岗", is_convenience=True)
    after = replace(FIRST, commitments=(shorter, added), supervisors=("吴桐", "何璟"), channels=FIRST.channels[:1])
    assert rules.changes(FIRST, after) == (
        Change(
            part=Part.COMMITMENTS,
            before="投诉办结，10个工作日内，工单日期",
            after="投诉办结，7个工作日内，工单日期",
        ),
        Change(part=Part.COMMITMENTS, after="午间不断岗"),
        Change(part=Part.CHANNELS, before="监督信箱 a@example.cn"),
        Change(part=Part.SUPERVISORS, after="何璟"),
    )


def test_an_edition_that_says_nothing_new_is_not_published() -> None:
    rules.publishable(FIRST, before=None)
    assert code(lambda: rules.publishable(FIRST, before=FIRST)) == "board.nothing_new"
    assert code(lambda: rules.publishable(replace(FIRST, commitments=()), before=None)) == "board.no_commitments"


words = st.text(alphabet="办结投诉，a1\n", max_size=6)
contents = st.builds(
    Content,
    year=st.integers(2000, 2100),
    title=words,
    bureau=words,
    section=words,
    sections=st.lists(words, max_size=3).map(tuple),
    commitments=st.lists(st.builds(Promised, section=words, what=words, within=words), max_size=3).map(tuple),
    channels=st.lists(st.builds(Way, name=words, number=words), max_size=3).map(tuple),
    supervisors=st.lists(words, max_size=3).map(tuple),
    phases=st.lists(st.builds(Stretch, name=words, begins_on=st.dates(), ends_on=st.dates()), max_size=2).map(tuple),
)


@given(contents)
def test_a_content_comes_back_from_json_and_differs_from_itself_in_nothing(content: Any) -> None:
    assert rules.from_plain(rules.to_plain(content)) == content
    assert rules.changes(content, content) == ()


@given(contents, contents)
def test_a_change_that_is_told_one_way_is_told_the_other_way_round(one: Any, other: Any) -> None:
    there = {(change.part, change.before, change.after) for change in rules.changes(one, other)}
    back = {(change.part, change.after, change.before) for change in rules.changes(other, one)}
    assert there == back
