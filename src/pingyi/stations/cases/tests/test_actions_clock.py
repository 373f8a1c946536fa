"""The clock: stopped, resumed, extended on another's word; missing papers named once (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pingyi.bureau.models import Notice
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import clock
from pingyi.stations.cases.models import Breach, Case, ClockStop, Extension, MissingPapers
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play, noon

pytestmark = pytest.mark.django_db


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def recorded(case: Case) -> set[str]:
    return set(Entry.objects.filter(subject=case.subject).values_list("verb", flat=True))


def test_a_stopped_clock_gives_the_days_it_stood_still(play: Play) -> None:
    case = play.held()
    stopped = clock.stop_clock(case.reference, cause="expert", reason="送检", by=play.actor("zhao"), at=MONDAY)
    assert stopped.stopped_on == date(2026, 3, 16)
    running = clock.resume_clock(case.reference, by=play.actor("zhao"), at=MONDAY + 4 * DAY)
    assert (running.due_on, running.stopped_on) == (date(2026, 4, 9), None)  # four working days and the holiday
    assert ClockStop.objects.get(case=case).ends_on == date(2026, 3, 20)
    assert {"case.stop_clock", "case.resume_clock"} <= recorded(case)
    assert code(lambda: clock.resume_clock(case.reference, by=play.actor("zhao"), at=MONDAY)) == "case.is_running"


def test_a_clock_that_ran_out_is_not_stopped(play: Play) -> None:
    case = play.held()
    late = noon(date(2026, 4, 3))
    stop = lambda: clock.stop_clock(case.reference, cause="expert", by=play.actor("zhao"), at=late)  # noqa: E731
    assert code(stop) == "case.too_late_to_stop"


def test_more_time_is_asked_by_the_holder_and_granted_by_another(play: Play) -> None:
    case = play.held()
    until = date(2026, 4, 10)
    clock.extend_ask(case.reference, until=until, reason="需第三方检测", by=play.actor("zhao"), at=MONDAY)
    assert {one.to for one in Notice.objects.filter(code="case.extension_asked")} == {play.cast.zhou, play.cast.li}
    assert code(lambda: clock.extend_grant(case.reference, by=play.actor("wang"), at=MONDAY)) == "forbidden"
    granted = clock.extend_grant(case.reference, by=play.actor("sun"), at=MONDAY)
    assert (granted.due_on, granted.is_extended, granted.asked_until) == (until, True, None)
    assert Extension.objects.get(case=case).decided_by == play.cast.sun
    assert {"case.extend_ask", "case.extend_grant"} <= recorded(case)


def test_more_time_is_refused_with_a_reason_and_never_by_who_asked(play: Play) -> None:
    case = play.received()
    until = date(2026, 4, 10)
    clock.extend_ask(case.reference, until=until, reason="需检测", by=play.actor("zhou"), at=MONDAY)
    own = code(lambda: clock.extend_deny(case.reference, decision="不准", by=play.actor("zhou"), at=MONDAY))
    assert own == "case.own_request"
    bare = code(lambda: clock.extend_deny(case.reference, decision=" ", by=play.actor("li"), at=MONDAY))
    assert bare == "case.reason_needed"
    denied = clock.extend_deny(case.reference, decision="材料齐全，无需延期", by=play.actor("li"), at=MONDAY)
    assert denied.due_on == date(2026, 4, 2)
    assert "case.extend_deny" in recorded(case)


def test_missing_papers_are_named_once_and_the_clock_waits_for_them(play: Play) -> None:
    case = play.held()
    told = clock.notify(case.reference, papers="身份证\n\n 房产证 ", by=play.actor("zhao"), at=MONDAY)
    assert (told.papers, told.is_repeated) == ("身份证\n房产证", False)
    assert play.fresh(case).stopped_on == date(2026, 3, 16)
    assert "case.notify" in recorded(case)
    assert not Breach.objects.exists()


def test_asking_again_is_possible_but_a_breach_and_stops_no_clock(play: Play) -> None:
    case = play.held()
    clock.notify(case.reference, papers="身份证", by=play.actor("zhao"), at=MONDAY)
    clock.resume_clock(case.reference, by=play.actor("zhao"), at=MONDAY)
    again = clock.notify(case.reference, papers="房产证", by=play.actor("zhao"), at=MONDAY + DAY)
    assert (again.number, again.is_repeated) == (2, True)
    assert play.fresh(case).stopped_on is None
    breach = Breach.objects.get()
    assert (breach.kind, breach.member) == ("second_notice", play.cast.zhao)
    assert Entry.objects.get(subject=breach.subject).verb == "breach.raise"


def test_an_empty_list_is_refused_and_nothing_is_left_half_done(play: Play) -> None:
    case = play.held()
    assert code(lambda: clock.notify(case.reference, papers=" \n ", by=play.actor("zhao"), at=MONDAY)) == (
        "case.no_papers"
    )
    assert not MissingPapers.objects.exists()
    assert play.fresh(case).version == case.version
