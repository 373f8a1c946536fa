"""A breach does not depend on the hour at which the worker looks: the act that would hide it raises it (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pingyi.bureau.actions import roster
from pingyi.bureau.models import Notice
from pingyi.record.models import Entry
from pingyi.rules.actor import citizen
from pingyi.rules.case.oversight import BreachKind, Ground
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import accusing, answer, clock, custody, intake, oversight
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.models import Breach, Case
from pingyi.stations.cases.queries import breaches
from pingyi.stations.cases.tests.conftest import DAY, HOUR, MONDAY, Play, noon

pytestmark = pytest.mark.django_db

DUE = date(2026, 4, 2)
DAY_AFTER = noon(date(2026, 4, 3))
EXPIRED = MONDAY + DAY + HOUR  # an offer of Monday noon ran out an hour ago


def raised(case: Case) -> list[tuple[str, str]]:
    return sorted(Breach.objects.filter(case=case).values_list("kind", "member__name"))


def looked(*, at: object = DAY_AFTER) -> None:
    accusing.accuse(at=at)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", ["accept", "decline", "recall"])
def test_an_offer_answered_late_between_two_looks_of_the_worker_was_left_lying(play: Play, verb: str) -> None:
    case, fresh = play.offered(), play.offered()
    wang, zhou = play.actor("wang"), play.actor("zhou")
    ends: dict[str, Callable[[Case], object]] = {
        "accept": lambda one: custody.accept(one.reference, by=play.actor("zhao"), at=EXPIRED),
        "decline": lambda one: custody.decline(one.reference, reason="不属本队职责", by=wang, at=EXPIRED),
        "recall": lambda one: custody.recall(one.reference, by=zhou, at=EXPIRED),
    }
    custody.accept(fresh.reference, by=play.actor("zhao"), at=MONDAY + HOUR)
    ends[verb](case)
    assert raised(case) == [("ownerless", "王强")]
    assert Notice.objects.filter(code="breach.raised", to=play.cast.wang).count() == 1
    looked(at=EXPIRED + HOUR)
    assert (Breach.objects.count(), raised(fresh)) == (1, [])


def test_what_the_worker_saw_first_is_not_raised_again_by_the_late_answer(play: Play) -> None:
    case = play.offered()
    looked(at=EXPIRED)
    custody.accept(case.reference, by=play.actor("zhao"), at=EXPIRED + HOUR)
    assert raised(case) == [("ownerless", "王强")]
    with pytest.raises(Refused) as again:
        oversight.raise_by_hand(case.reference, kind="ownerless", note="未及时签收", by=play.actor("zhou"), at=EXPIRED)
    assert again.value.code == "breach.raised_already"


def test_a_case_closed_late_between_two_looks_is_late_and_one_closed_on_its_last_day_is_not(play: Play) -> None:
    late, last = play.done(), play.done()
    answer.close(last.reference, by=play.actor("wang"), at=noon(DUE))
    answer.close(late.reference, by=play.actor("wang"), at=DAY_AFTER)
    looked(at=DAY_AFTER + HOUR)
    assert (raised(late), raised(last)) == ([("late", "赵敏")], [])


def test_who_let_a_case_become_late_answers_for_it_and_not_who_takes_it_then(play: Play) -> None:
    case = play.held()
    custody.assign(case.reference, to="pollution", by=play.actor("zhao"), at=DAY_AFTER)
    custody.accept(case.reference, by=play.actor("chen"), at=DAY_AFTER + HOUR)
    looked(at=DAY_AFTER + DAY)
    assert raised(case) == [("late", "赵敏")]


def test_who_stood_in_on_the_first_late_day_is_charged_whenever_the_worker_looks(play: Play) -> None:
    qian, wang = play.newcomer(), play.actor("wang")
    roster.set_post("brigade", first=play.cast.zhao.reference, second=qian.reference, by=wang, at=MONDAY)
    early, other = play.held(), play.held()
    away = {"begins_on": date(2026, 4, 1), "ends_on": date(2026, 4, 7)}
    roster.enter_absence(play.cast.zhao.reference, **away, by=wang, at=MONDAY)
    answer.answer(other.reference, text="已查明噪声来源并责令停工整改。", by=qian, at=DAY_AFTER)
    looked(at=noon(date(2026, 4, 20)))  # 赵敏 is back
    assert raised(early) == raised(other) == [("late", "钱立")]


def test_a_case_merged_or_reclassified_late_leaves_its_lateness_with_who_held_it(play: Play) -> None:
    merged, accused, into = play.held(), play.held(), play.received(at=noon(date(2026, 4, 2)))
    intake.merge(merged.reference, into=into.reference, by=play.actor("zhou"), at=DAY_AFTER)
    intake.classify(accused.reference, kind="misconduct", by=play.actor("zhou"), at=DAY_AFTER)
    looked()
    assert raised(merged) == raised(accused) == [("late", "赵敏")]


def test_who_asked_for_more_time_in_time_is_not_late_while_the_office_is_silent(play: Play) -> None:
    granted, denied = play.held(), play.held()
    for case in (granted, denied):
        clock.extend_ask(case.reference, until=date(2026, 4, 10), reason="送检", by=play.actor("zhao"), at=noon(DUE))
    looked()
    assert Breach.objects.count() == 0
    clock.extend_grant(granted.reference, by=play.actor("zhou"), at=DAY_AFTER)
    clock.extend_deny(denied.reference, decision="理由不足", by=play.actor("zhou"), at=DAY_AFTER)
    looked()
    assert (raised(granted), raised(denied)) == ([], [("late", "赵敏")])


def test_a_citizen_who_says_that_nothing_was_done_alleges_a_false_closing_and_no_other_reason_does(play: Play) -> None:
    cases = {ground: play.closed() for ground in Ground}
    for ground, case in cases.items():
        citizens.object_to(case.reference, reason="仍在夜间施工", ground=ground, by=citizen(case.reference), at=MONDAY)
    row = Breach.objects.get()
    assert (row.case, row.kind, row.member, row.stage) == (
        cases[Ground.NOT_DONE], BreachKind.FALSE_CLOSING, play.cast.zhao, "raised",
    )  # fmt: skip
    assert "仍在夜间施工" not in "".join(Entry.objects.values_list("body", flat=True))
    opened = breaches.find(row.reference, seen_by=play.actor("li"), on=MONDAY.date())
    assert opened.alleged is not None
    assert (opened.alleged.reason, opened.is_being_heard) == ("仍在夜间施工", True)
    with pytest.raises(Refused) as unheard:
        oversight.decide(row.reference, is_upheld=True, decision="属实", by=play.actor("li"), at=MONDAY)
    assert unheard.value.code == "breach.not_heard"
    for day in range(40):
        looked(at=MONDAY + day * DAY)
    row.refresh_from_db()
    assert row.stage == "raised", "an allegation is never upheld by itself"


def test_the_same_closing_is_false_once_whoever_says_so(play: Play) -> None:
    case = play.closed()
    citizens.object_to(case.reference, reason="未办", ground=Ground.NOT_DONE, by=citizen(case.reference), at=MONDAY)
    with pytest.raises(Refused) as again:
        oversight.raise_by_hand(case.reference, kind="false_closing", note="未办", by=play.actor("zhou"), at=MONDAY)
    assert again.value.code == "breach.raised_already"
