"""Oversight that runs by itself and by hand: reminders, letters, breaches, stopped clocks (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.bureau.actions import roster
from pingyi.bureau.models import Notice
from pingyi.record.acts import act
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import accusing, answer, clock, custody, oversight, supervising
from pingyi.stations.cases.models import Breach, CallBack, Case, SupervisionLetter
from pingyi.stations.cases.queries import escalation, letters, timing
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db

DUE = date(2026, 4, 2)  # a Thursday; the 3rd is working, the 4th to the 6th are the holiday
DAY_AFTER = noon(date(2026, 4, 3))
SIX_AFTER = noon(date(2026, 4, 13))  # the sixth working day after
LONG_AFTER = noon(date(2026, 5, 20))


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def told(kind: str) -> set[str]:
    return {one.to.name for one in Notice.objects.filter(code=kind).select_related("to")}


def measures(case: Case) -> list[str]:
    return list(SupervisionLetter.objects.filter(case=case).order_by("pk").values_list("measure", flat=True))


def heard(play: Play, breach: Breach) -> Breach:
    return oversight.hear(breach.reference, words="现场取证用时较长", by=play.actor("zhao"), at=DAY_AFTER)


def test_the_holder_alone_is_reminded_before_the_due_date_and_once(play: Play) -> None:
    play.held()
    supervising.remind(at=noon(date(2026, 3, 30)))
    assert told("case.due_soon") == set()
    for day in (31, 31):
        supervising.remind(at=noon(date(2026, 3, day)))
    supervising.remind(at=noon(DUE))
    assert list(Notice.objects.filter(code="case.due_soon").values_list("to__name", flat=True)) == ["赵敏"]


def test_the_working_day_after_brings_the_urging_to_holder_head_office_and_leader(play: Play) -> None:
    case = play.held()
    assert supervising.write_letters(at=noon(DUE)) == 0
    assert supervising.write_letters(at=DAY_AFTER) == 1
    assert supervising.write_letters(at=DAY_AFTER) == 0
    row = SupervisionLetter.objects.get()
    assert (row.measure, row.member, row.issued_by, row.issued_on) == ("urge", play.cast.zhao, None, date(2026, 4, 3))
    assert told("case.urged") == {"赵敏", "王强", "周明", "李芳", "孙伟"}
    entry = Entry.objects.get(subject=row.subject)
    assert (entry.verb, '"machine/oversight"' in entry.body) == ("case.urge", True)
    assert REPLY not in entry.body
    assert case.title not in entry.body  # the matter stays sealed


def test_silence_for_the_plans_term_is_criticized_once_and_a_closed_case_is_not(play: Play) -> None:
    silent, finished = play.held(), play.done()
    supervising.write_letters(at=DAY_AFTER)
    answer.close(finished.reference, by=play.actor("wang"), at=DAY_AFTER)
    assert supervising.write_letters(at=noon(date(2026, 4, 10))) == 0  # the fifth working day
    assert supervising.write_letters(at=SIX_AFTER) == 1
    assert supervising.write_letters(at=LONG_AFTER) == 0
    assert (measures(silent), measures(finished)) == (["urge", "criticize"], ["urge"])
    assert Entry.objects.filter(verb="case.criticize").count() == 1
    assert "孙伟" in told("case.criticized")


def test_a_case_found_late_only_now_gets_both_letters_and_a_stopped_one_none(play: Play) -> None:
    found, stopped = play.held(), play.held()
    clock.stop_clock(stopped.reference, cause="court", by=play.actor("zhao"), at=MONDAY)
    supervising.write_letters(at=LONG_AFTER)
    assert (measures(found), measures(stopped)) == (["urge", "criticize"], [])


def test_many_letters_at_once_are_told_in_one_notice_and_cost_few_queries(play: Play) -> None:
    def written(count: int, *, at: datetime) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert supervising.write_letters(at=at) == count
        return len(seen)

    for count, since in ((5, MONDAY), (12, MONDAY + DAY)):
        for _ in range(count):
            play.held(at=since)
    few, many = written(5, at=DAY_AFTER), written(12, at=DAY_AFTER + 4 * DAY)
    assert many <= few + 2
    assert Notice.objects.filter(code="case.urged_many", to=play.cast.sun).count() == 2
    assert not Notice.objects.filter(code="case.urged").exists()


def test_while_the_holder_is_away_the_stand_in_is_urged(play: Play) -> None:
    qian = play.newcomer()
    zhao, wang = play.cast.zhao.reference, play.actor("wang")
    roster.set_post("brigade", first=zhao, second=qian.reference, by=wang, at=MONDAY)
    play.held()
    begins, ends = date(2026, 4, 1), date(2026, 4, 20)
    roster.enter_absence(zhao, begins_on=begins, ends_on=ends, by=wang, at=MONDAY)
    supervising.write_letters(at=DAY_AFTER)
    row = SupervisionLetter.objects.get()
    assert row.acting is not None
    assert (row.member.name, row.acting.name) == ("赵敏", "钱立")
    assert "赵敏" not in told("case.urged")
    assert "钱立" in told("case.urged")


def test_a_report_of_misconduct_is_urged_within_the_supervision_office_alone(play: Play) -> None:
    play.received(kind="misconduct")
    supervising.write_letters(at=LONG_AFTER)
    assert SupervisionLetter.objects.count() == 2
    assert told("case.urged") == told("case.criticized") == {"周明", "李芳"}


def test_the_office_urges_by_hand_once_and_criticizes_only_after_an_urging(play: Play) -> None:
    case, zhou = play.held(), play.actor("zhou")
    assert code(lambda: oversight.urge(case.reference, by=play.actor("wang"), at=MONDAY)) == "forbidden"
    assert code(lambda: oversight.criticize(case.reference, by=zhou, at=DAY_AFTER)) == "case.urge_first"
    row = oversight.urge(case.reference, note="涉及居民夜间休息，请尽快办理。", by=zhou, at=MONDAY)
    assert "涉及居民夜间休息" in "".join(letters.paper(row).paragraphs)
    assert "逾期" not in letters.paper(row).paragraphs[0]
    assert code(lambda: oversight.urge(case.reference, by=zhou, at=MONDAY)) == "case.urged_already"
    oversight.criticize(case.reference, by=zhou, at=DAY_AFTER)
    assert measures(case) == ["urge", "criticize"]
    assert supervising.write_letters(at=LONG_AFTER) == 0


def test_a_letter_names_the_case_the_days_and_no_citizen(play: Play) -> None:
    case = play.held()
    supervising.write_letters(at=SIX_AFTER)
    urged, criticized = (letters.paper(one) for one in SupervisionLetter.objects.order_by("pk"))
    assert urged.number == f"监察室催〔2026〕{int(case.reference[5:])}号"
    assert "已逾期6个工作日" in urged.paragraphs[0]
    assert criticized.title == "关于逾期未办结事项的批评通知"
    for said in (*urged.paragraphs, *criticized.paragraphs):
        assert "林先生" not in said
        assert "138" not in said


def test_lateness_and_an_offer_left_lying_are_raised_once_against_the_right_person(play: Play) -> None:
    late, lapsed = play.held(), play.offered(at=noon(date(2026, 4, 1)), kind="complaint")
    for at in (DAY_AFTER, DAY_AFTER + DAY):
        accusing.accuse(at=at)
    found = {(row.case_id, row.kind): row for row in Breach.objects.all()}
    assert set(found) == {(late.pk, "late"), (lapsed.pk, "ownerless")}
    assert found[late.pk, "late"].member == play.cast.zhao
    assert (found[lapsed.pk, "ownerless"].section, found[lapsed.pk, "ownerless"].member) == (
        play.cast.sections["brigade"], play.cast.wang,
    )  # fmt: skip
    assert told("breach.raised") == {"赵敏", "王强"}
    assert set(Entry.objects.filter(subject__startswith="breach/").values_list("verb", flat=True)) == {"breach.raise"}


def test_a_second_lapsed_offer_of_one_case_is_a_breach_of_its_own(play: Play) -> None:
    case = play.offered()
    accusing.accuse(at=MONDAY + 2 * DAY)
    custody.recall(case.reference, by=play.actor("zhou"), at=MONDAY + 2 * DAY)
    custody.assign(case.reference, to="pollution", by=play.actor("zhou"), at=MONDAY + 2 * DAY)
    accusing.accuse(at=MONDAY + 4 * DAY)
    assert sorted(Breach.objects.values_list("kind", "member__name")) == [("ownerless", "王强"), ("ownerless", "陈静")]


def test_a_closing_that_the_citizen_denies_is_a_breach(play: Play) -> None:
    case, content = play.closed(), play.closed()
    for one, is_solved in ((case, False), (content, True)):
        _asked(play, one, is_solved=is_solved)
    accusing.accuse(at=MONDAY + DAY)
    row = Breach.objects.get()
    assert (row.case, row.kind, row.member) == (case, "false_closing", play.cast.zhao)


def _asked(play: Play, case: Case, *, is_solved: bool) -> CallBack:
    with act("case.call_back", by=play.actor("sun"), at=MONDAY) as change:
        row = CallBack(case=case, drawn_on=MONDAY.date(), stage="reached", asked_on=MONDAY.date())
        row.level, row.is_solved = (4 if is_solved else 2), is_solved
        return change.save(row)


def test_a_breach_is_heard_then_decided_by_another_and_told(play: Play) -> None:
    case = play.held()
    row = oversight.raise_by_hand(case.reference, kind="late", note="答复迟缓", by=play.actor("zhou"), at=DAY_AFTER)
    decide: dict[str, Any] = {"is_upheld": True, "decision": "无正当理由", "at": DAY_AFTER}
    for who, why in (("zhou", "breach.own_accusation"), ("li", "breach.not_heard"), ("wang", "forbidden")):
        assert code(lambda who=who: oversight.decide(row.reference, by=play.actor(who), **decide)) == why  # type: ignore[misc]
    assert code(lambda: oversight.hear(row.reference, words="x", by=play.actor("wang"), at=DAY_AFTER)) == "forbidden"
    heard(play, row)
    done = oversight.decide(row.reference, by=play.actor("li"), **decide)
    assert (done.stage, done.decided_by, done.statement) == ("upheld", play.cast.li, "现场取证用时较长")
    assert told("breach.upheld") == {"赵敏", "王强"}
    verbs = Entry.objects.filter(subject=row.subject).order_by("version").values_list("verb", flat=True)
    assert list(verbs) == ["breach.raise", "breach.hear", "breach.decide"]
    again = code(lambda: oversight.decide(row.reference, by=play.actor("sun"), **decide))
    assert again == "breach.is_decided"


def test_the_same_breach_is_not_raised_by_hand_and_by_the_machine(play: Play) -> None:
    case = play.held()
    oversight.raise_by_hand(case.reference, kind="late", note="迟", by=play.actor("sun"), at=DAY_AFTER)
    accusing.accuse(at=DAY_AFTER)
    assert Breach.objects.count() == 1
    by_hand = lambda: oversight.raise_by_hand(  # noqa: E731
        case.reference, kind="late", note="迟", by=play.actor("zhou"), at=DAY_AFTER
    )
    assert code(by_hand) == "breach.raised_already"


def test_the_office_sees_and_ends_a_clock_that_a_section_stopped_but_not_one_that_waits_for_papers(play: Play) -> None:
    expert, papers = play.held(), play.held()
    clock.stop_clock(expert.reference, cause="expert", reason="送检", by=play.actor("zhao"), at=MONDAY)
    clock.notify(papers.reference, papers="身份证", by=play.actor("zhao"), at=MONDAY)
    board = escalation.board(seen_by=play.actor("zhou"), at=MONDAY + 7 * DAY)
    assert [(one.row.case, one.days, one.is_unlooked) for one in board.stops] == [(expert, 5, True), (papers, 5, True)]
    running = clock.resume_clock(expert.reference, by=play.actor("zhou"), at=MONDAY + 7 * DAY)
    assert running.stopped_on is None
    assert told("case.clock_resumed") == {"赵敏"}
    refused = code(lambda: clock.resume_clock(papers.reference, by=play.actor("zhou"), at=MONDAY + 7 * DAY))
    assert refused == "case.held_by_section"
    chen = code(lambda: clock.resume_clock(papers.reference, by=play.actor("chen"), at=MONDAY + 7 * DAY))
    assert chen == "forbidden"


def test_who_lets_a_stop_stand_is_kept_and_the_office_is_asked_again_only_after_the_term(play: Play) -> None:
    case, zhou = play.held(), play.actor("zhou")
    clock.stop_clock(case.reference, cause="expert", reason="送检", by=play.actor("zhao"), at=MONDAY)
    week, note = MONDAY + 7 * DAY, "检测单位未出报告，予以继续停止计时。"
    assert [one.url for one in escalation.desk(zhou, week) if case.reference in one.title] == [case.get_absolute_url()]
    for who in ("zhao", "wang"):
        assert code(lambda who=who: clock.let_stand(case.reference, note=note, by=play.actor(who), at=week)) == (  # type: ignore[misc]
            "forbidden"
        )
    look = clock.let_stand(case.reference, note=note, by=zhou, at=week)
    assert (look.looked_by, look.looked_on, look.stop.cause) == (play.cast.zhou, date(2026, 3, 23), "expert")
    last = Entry.objects.filter(subject=case.subject).latest("version")
    assert (last.verb, note in last.body) == ("case.let_stand", False)
    assert play.fresh(case).stopped_on == MONDAY.date()
    told_why = timing.why(play.fresh(case), on=week.date())
    assert [[one.looked_by.name for one in stood.looks] for stood in told_why.stops] == [["周明"]]
    assert not [one for one in escalation.desk(zhou, week + DAY) if case.reference in one.title]
    assert [one for one in escalation.desk(zhou, week + 7 * DAY) if case.reference in one.title]


def test_whoever_stopped_a_clock_or_holds_the_case_leaves_it_to_another(play: Play) -> None:
    case = play.received(who="zhou")
    clock.stop_clock(case.reference, cause="court", by=play.actor("zhou"), at=MONDAY)
    own = code(lambda: clock.let_stand(case.reference, note="等待判决", by=play.actor("zhou"), at=MONDAY))
    assert own == "case.own_stop"
    assert clock.let_stand(case.reference, note="等待判决", by=play.actor("li"), at=MONDAY).looked_by == play.cast.li


def test_the_board_counts_each_sort_and_lays_it_on_the_offices_desk(play: Play) -> None:
    zhou = play.actor("zhou")
    play.held()  # late
    asked = play.held(at=noon(date(2026, 3, 26)))
    lapsed = play.offered(at=noon(date(2026, 4, 1)))
    custody.decline(lapsed.reference, reason="不属职责", by=play.actor("wang"), at=noon(date(2026, 4, 1)))
    custody.assign(lapsed.reference, to="brigade", by=zhou, at=noon(date(2026, 4, 1)))  # offered back: a loop
    clock.extend_ask(asked.reference, until=date(2026, 4, 17), reason="送检", by=play.actor("zhao"), at=noon(DUE))
    board = escalation.board(seen_by=zhou, at=DAY_AFTER)
    assert board.counts == {"late": 1, "unaccepted": 1, "looping": 1, "idle": 1, "asked": 1}
    assert board.unwritten == 1
    titles = " ".join(item.title for item in escalation.desk(zhou, DAY_AFTER))
    assert "1" in titles
    assert not escalation.desk(play.actor("chen"), DAY_AFTER)
    assert code(lambda: escalation.board(seen_by=play.actor("wang"), at=DAY_AFTER)) == "forbidden"


def test_everything_together_runs_twice_without_doubling_anything(play: Play) -> None:
    play.held()
    play.offered()
    play.done()
    accusing.supervise(at=LONG_AFTER)
    entries, notices = Entry.objects.count(), Notice.objects.count()
    accusing.supervise(at=LONG_AFTER)
    assert (Entry.objects.count(), Notice.objects.count()) == (entries, notices)
    assert RESULT not in "".join(Entry.objects.values_list("body", flat=True))
