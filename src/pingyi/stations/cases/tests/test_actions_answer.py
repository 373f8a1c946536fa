"""Answer, result, closing and reopening: two halves, and another person's word (§3.2.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pingyi.bureau.models import Notice
from pingyi.bureau.shelf import put
from pingyi.documents.handed_in import HandedIn
from pingyi.record.models import Entry
from pingyi.rules.case.stages import Stage
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, custody
from pingyi.stations.cases.models import Attachment
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def test_a_case_is_answered_settled_and_closed_by_another(play: Play) -> None:
    case = play.closed()
    assert (case.stage, case.answered_on, case.settled_on, case.closed_on) == (
        Stage.CLOSED, date(2026, 3, 16), date(2026, 3, 16), date(2026, 3, 16),
    )  # fmt: skip
    assert list(Entry.objects.filter(subject=case.subject).order_by("version").values_list("verb", flat=True)) == [
        "case.receive", "case.assign", "case.accept", "case.answer", "case.settle", "case.close",
    ]  # fmt: skip
    assert REPLY not in "".join(Entry.objects.values_list("body", flat=True))


def test_a_bare_receipt_is_no_answer(play: Play) -> None:
    case = play.held()
    refused = code(lambda: answer.answer(case.reference, text="您的来信已收悉。", by=play.actor("zhao"), at=MONDAY))
    assert refused == "case.bare_receipt"
    assert play.fresh(case).answered_on is None


def test_neither_half_alone_closes_a_case(play: Play) -> None:
    case = play.held()
    assert code(lambda: answer.close(case.reference, by=play.actor("zhou"), at=MONDAY)) == "case.unanswered"
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY)
    assert code(lambda: answer.close(case.reference, by=play.actor("zhou"), at=MONDAY)) == "case.unsettled"
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=MONDAY)
    assert answer.close(case.reference, by=play.actor("wang"), at=MONDAY).stage == Stage.CLOSED


def test_who_did_the_work_does_not_close_it(play: Play) -> None:
    case = play.done(who="wang")
    assert code(lambda: answer.close(case.reference, by=play.actor("wang"), at=MONDAY)) == "case.own_work"
    assert code(lambda: answer.close(case.reference, by=play.actor("zhao"), at=MONDAY)) == "forbidden"
    assert code(lambda: answer.close(case.reference, by=play.actor("chen"), at=MONDAY)) == "forbidden"


def test_an_officer_who_answers_on_the_spot_has_another_close_it(play: Play) -> None:
    case = play.received(kind="inquiry")
    answer.answer(case.reference, text=REPLY, by=play.actor("zhou"), at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhou"), at=MONDAY)
    assert code(lambda: answer.close(case.reference, by=play.actor("zhou"), at=MONDAY)) == "own_work"
    assert answer.close(case.reference, by=play.actor("li"), at=MONDAY).closed_on


def test_whoever_may_close_it_is_told_once_both_halves_are_there(play: Play) -> None:
    play.done(who="zhao")
    assert {one.to for one in Notice.objects.filter(code="case.ready")} == {play.cast.wang}
    Notice.objects.filter(code="case.ready").update(code="seen")
    play.done(who="wang")
    assert {one.to for one in Notice.objects.filter(code="case.ready")} == {play.cast.zhou, play.cast.li}


def test_a_reopened_case_waits_for_a_new_answer_and_starts_its_limit_anew(play: Play) -> None:
    case = play.closed()
    later = noon(date(2026, 3, 20))
    assert code(lambda: answer.reopen(case.reference, reason="x", by=play.actor("wang"), at=later)) == "forbidden"
    again = answer.reopen(case.reference, reason="夜间仍在施工", by=play.actor("zhou"), at=later)
    assert (again.stage, again.answered_on, again.settled_on, again.reopenings) == (Stage.HELD, None, None, 1)
    assert again.due_on == date(2026, 4, 9)
    assert Entry.objects.filter(subject=case.subject, verb="case.reopen").exists()
    assert Notice.objects.filter(code="case.reopened", to=play.cast.zhao).exists()


def test_files_stand_with_the_answer_or_the_result_once(play: Play) -> None:
    kept = put(HandedIn(name="监测报告.txt", mime="text/plain", content=b"52dB"))
    case = play.held()
    answer.answer(case.reference, text=REPLY, files=[kept, kept], by=play.actor("zhao"), at=MONDAY)
    answer.answer(case.reference, text=REPLY + "特告知。", files=[kept], by=play.actor("zhao"), at=MONDAY)
    assert Attachment.objects.get(case=case).part == "answer"


def test_a_case_on_offer_or_stopped_is_not_closed(play: Play) -> None:
    case = play.done()
    custody.assign(case.reference, to="pollution", by=play.actor("zhao"), at=MONDAY)
    assert code(lambda: answer.close(case.reference, by=play.actor("zhou"), at=MONDAY)) == "case.is_offered"


def test_a_closed_case_takes_no_more_answers(play: Play) -> None:
    case = play.closed()
    assert code(lambda: answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY + DAY)) == (
        "case.is_closed"
    )
