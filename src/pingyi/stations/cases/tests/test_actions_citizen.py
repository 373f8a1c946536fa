"""What a citizen may do through the code, and nothing else: rate, object, hand papers in, write."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from pingyi.bureau.models import Notice
from pingyi.record.models import Entry
from pingyi.rules.actor import VISITOR, Actor, citizen
from pingyi.rules.case.stages import Stage
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import citizen as actions
from pingyi.stations.cases.actions import clock, rating
from pingyi.stations.cases.models import Case, Message, Rating, Reopening
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play, noon

pytestmark = pytest.mark.django_db
LATER = noon(date(2026, 3, 20))


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def follower(case: Case) -> Actor:
    return citizen(case.reference)


def verbs(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.subject).order_by("version").values_list("verb", flat=True))


def test_a_citizen_rates_a_closing_once(play: Play) -> None:
    case = play.closed()
    row = rating.rate(case.reference, level=5, words="很快", by=follower(case), at=LATER)
    assert (row.level, row.turn, row.means) == (5, 0, "link")
    body = json.loads(Entry.objects.get(verb="case.rate").body)
    assert body["by"] == {"member": f"citizen/{case.reference}", "role": "public"}
    assert "很快" not in json.dumps(body, ensure_ascii=False)
    assert code(lambda: rating.rate(case.reference, level=4, by=follower(case), at=LATER)) == "case.rated_already"
    assert not Notice.objects.filter(code="case.rated_badly").exists()


def test_nobody_rates_without_the_code_and_no_member_at_all(play: Play) -> None:
    case, other = play.closed(), play.closed()
    assert code(lambda: rating.rate(case.reference, level=5, by=VISITOR, at=LATER)) == "forbidden"
    assert code(lambda: rating.rate(case.reference, level=5, by=follower(other), at=LATER)) == "forbidden"
    for who in ("zhao", "wang", "li", "zhou", "sun", "wu"):
        assert code(lambda who=who: rating.rate(case.reference, level=5, by=play.actor(who), at=LATER)) == "forbidden"
    assert code(lambda: rating.rate(case.reference, level=9, by=follower(case), at=LATER)) == "case.no_such_level"
    assert Rating.objects.count() == 0


def test_an_open_case_is_not_rated_and_a_bad_word_reaches_the_office(play: Play) -> None:
    held = play.held()
    assert code(lambda: rating.rate(held.reference, level=1, by=follower(held), at=LATER)) == "case.not_yet_ratable"
    case = play.closed()
    rating.rate(case.reference, level=1, by=follower(case), at=LATER)
    assert {one.to for one in Notice.objects.filter(code="case.rated_badly")} == {play.cast.zhou, play.cast.li}


def test_a_dissatisfied_citizen_has_the_case_opened_again_and_may_rate_the_next_closing(play: Play) -> None:
    case = play.closed()
    rating.rate(case.reference, level=2, by=follower(case), at=LATER)
    again = actions.object_to(case.reference, reason="夜里还在施工", by=follower(case), at=LATER)
    assert (again.stage, again.answered_on, again.reopenings) == (Stage.HELD, None, 1)
    assert Reopening.objects.get(case=case).reason == "夜里还在施工"
    assert verbs(case)[-1] == "case.reopen"
    assert "夜里还在施工" not in "".join(Entry.objects.values_list("body", flat=True))
    assert {one.to for one in Notice.objects.filter(code="case.reopened")} == {
        play.cast.zhao, play.cast.zhou, play.cast.li,
    }  # fmt: skip
    assert code(lambda: actions.object_to(case.reference, reason="x", by=follower(case), at=LATER)) == (
        "case.is_not_closed"
    )


def test_objecting_needs_a_reason_and_the_code(play: Play) -> None:
    case, other = play.closed(), play.closed()
    assert code(lambda: actions.object_to(case.reference, reason=" ", by=follower(case), at=LATER)) == (
        "case.reason_needed"
    )
    assert code(lambda: actions.object_to(case.reference, reason="x", by=follower(other), at=LATER)) == "forbidden"


def test_papers_handed_in_let_the_clock_run_on(play: Play) -> None:
    case = play.held()
    clock.notify(case.reference, papers="环评批复\n身份证明", by=play.actor("zhao"), at=MONDAY)
    assert play.fresh(case).stopped_on == date(2026, 3, 16)
    back = actions.hand_in_papers(case.reference, by=follower(case), at=MONDAY + 2 * DAY)
    assert (back.stopped_on, back.due_on) == (None, date(2026, 4, 7))
    assert verbs(case)[-1] == "case.resume_clock"
    assert Notice.objects.filter(code="case.papers_in", to=play.cast.zhao).exists()
    assert code(lambda: actions.hand_in_papers(case.reference, by=follower(case), at=LATER)) == "case.no_papers_awaited"


def test_a_clock_that_waits_for_others_is_not_the_citizens_to_start(play: Play) -> None:
    case = play.held()
    clock.stop_clock(case.reference, cause="expert", by=play.actor("zhao"), at=MONDAY)
    assert code(lambda: actions.hand_in_papers(case.reference, by=follower(case), at=LATER)) == "case.no_papers_awaited"


def test_a_reporter_and_the_office_write_to_each_other_without_names(play: Play) -> None:
    case = play.received(kind="misconduct")
    actions.write(case.reference, text="我有照片", by=follower(case), at=MONDAY)
    actions.write(case.reference, text="请发来", by=play.actor("li"), at=MONDAY)
    assert [(one.is_from_reporter, one.text) for one in Message.objects.order_by("pk")] == [
        (True, "我有照片"), (False, "请发来"),
    ]  # fmt: skip
    assert Notice.objects.filter(code="case.written", to=play.cast.zhou).exists()
    bodies = "".join(Entry.objects.filter(verb="case.write").values_list("body", flat=True))
    assert "照片" not in bodies
    for who in ("wang", "sun", "zhao"):
        assert code(lambda who=who: actions.write(case.reference, text="x", by=play.actor(who), at=MONDAY)) == (  # type: ignore[misc]
            "forbidden"
        )
    assert (
        code(lambda: actions.write(case.reference, text=" ", by=follower(case), at=MONDAY)) == "case.message_is_empty"
    )
    plain = play.held()
    assert code(lambda: actions.write(plain.reference, text="x", by=follower(plain), at=MONDAY)) == "case.no_thread"
