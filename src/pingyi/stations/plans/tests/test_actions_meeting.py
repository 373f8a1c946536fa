"""Meetings, calendar addresses and reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pingyi.bureau.models import Notice
from pingyi.record.models import Entry
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.refused import Refused
from pingyi.stations.plans.actions import check, feed
from pingyi.stations.plans.actions import meeting as actions
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.actions.remind import remind
from pingyi.stations.plans.models import CalendarFeed, Meeting, Proof
from pingyi.stations.plans.tests.conftest import BEGIN, Play, noon

pytestmark = pytest.mark.django_db
DAY = noon(date(2026, 3, 20))


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def verbs(row: Meeting) -> list[str]:
    return list(Entry.objects.filter(subject=row.subject).order_by("version").values_list("verb", flat=True))


def convened(play: Play) -> Meeting:
    row = play.meeting("kickoff")
    return actions.convene(
        row.reference, held_at=DAY, planned_minutes=90, place="三楼会议室", by=play.actor("zhou"), at=BEGIN
    )


def test_a_meeting_runs_from_the_plan_to_its_minutes(play: Play) -> None:
    row = convened(play)
    zhou = play.actor("zhou")
    actions.record_attendance(row.reference, invited=40, present=36, proxies=2, by=zhou, at=DAY)
    done = actions.minute(row.reference, text="部署全年任务", papers=[play.file("签到表.txt")], by=zhou, at=DAY)
    assert (done.stage, done.state.attendance.absent) == (MeetingStage.MINUTED, 2)
    assert Proof.objects.get(meeting=done).name == "签到表.txt"
    assert verbs(done) == ["meeting.plan", "meeting.convene", "meeting.record_attendance", "meeting.minute"]


def test_convening_calls_the_heads(play: Play) -> None:
    convened(play)
    assert {notice.to for notice in Notice.objects.filter(code="meeting.convened")} == {
        play.cast.li,
        play.cast.wang,
        play.cast.chen,
        play.cast.sun,
    }


def test_a_head_may_not_convene_and_minutes_wait_for_attendance(play: Play) -> None:
    row = convened(play)
    assert code(lambda: actions.cancel(row.reference, reason="雨", by=play.actor("wang"), at=BEGIN)) == "forbidden"
    early = code(lambda: actions.minute(row.reference, text="一", by=play.actor("zhou"), at=BEGIN))
    assert early == "meeting.is_convened"


def test_a_meeting_is_called_off_with_a_reason_and_everybody_hears(play: Play) -> None:
    row = convened(play)
    gone = actions.cancel(row.reference, reason="与全区会议冲突", by=play.actor("zhou"), at=BEGIN)
    assert gone.stage == MeetingStage.CANCELLED
    assert verbs(gone)[-1] == "meeting.cancel"
    assert Notice.objects.filter(code="meeting.cancelled").count() == 4


def test_a_meeting_beside_the_plan_is_called(play: Play) -> None:
    row = actions.plan_meeting(title="座谈会", kind="forum", by=play.actor("zhou"), at=BEGIN)
    assert (row.reference, verbs(row)) == ("2026-03", ["meeting.plan"])
    wrong = code(
        lambda: actions.plan_meeting(
            title="座谈会", kind="forum", earliest_on=date(2026, 5, 2), latest_on=date(2026, 5, 1),
            by=play.actor("zhou"), at=BEGIN,
        )
    )  # fmt: skip
    assert wrong == "meeting.days_reversed"


def test_a_calendar_address_is_secret_opened_anew_and_revoked(play: Play) -> None:
    wang = play.actor("wang")
    first = feed.open_feed(by=wang, at=BEGIN)
    second = feed.open_feed(by=wang, at=BEGIN)
    assert not CalendarFeed.objects.filter(token_sha256__in=[first, second]).exists()
    assert CalendarFeed.objects.get(token_sha256=feed.hashed(first)).revoked_on is not None
    assert code(lambda: feed.revoke_feed(wang.reference, by=play.actor("zhao"), at=BEGIN)) == "forbidden"
    feed.revoke_feed(wang.reference, by=play.actor("zhou"), at=BEGIN)
    assert code(lambda: feed.revoke_feed(wang.reference, by=wang, at=BEGIN)) == "calendar.none_open"
    assert Entry.objects.filter(verb="calendar.open").count() == 3  # the second opening closes the first
    assert Entry.objects.filter(verb="calendar.revoke").count() == 1


def test_each_reminder_reaches_a_person_once_however_often_it_runs(play: Play) -> None:
    due = date(2026, 4, 10)
    for days in range(-10, 6):
        for _ in range(2):
            remind(at=noon(due + timedelta(days=days)))
    mine = Notice.objects.filter(to=play.cast.wang, about=play.task("commitments", "brigade").subject)
    assert list(mine.order_by("pk").values_list("code", flat=True)) == [
        "task.due_soon",
        "task.due_soon",
        "task.due_soon",
        "task.due_today",
        "task.overdue",
    ]


def test_a_worker_that_slept_still_tells_of_what_became_overdue(play: Play) -> None:
    assert remind(at=noon(date(2026, 4, 14))) > 0
    assert Notice.objects.filter(to=play.cast.wang, code="task.overdue").count() == 1


def test_nobody_is_reminded_of_what_is_reported_but_its_checkers_are(play: Play) -> None:
    task = play.task("commitments", "brigade")
    tasks.report(task.reference, text="已上墙", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    reminded = noon(date(2026, 4, 10))
    remind(at=reminded)
    assert not Notice.objects.filter(to=play.cast.wang, about=task.subject, code__startswith="task.due").exists()
    assert Notice.objects.filter(code="task.unchecked", about=task.subject).count() == 2
    check.accept(task.reference, by=play.actor("zhou"), at=reminded)


def test_a_meeting_is_remembered_the_day_before(play: Play) -> None:
    convened(play)
    for _ in range(2):
        remind(at=noon(date(2026, 3, 19)))
    assert Notice.objects.filter(code="meeting.tomorrow", to=play.cast.wang).count() == 1
