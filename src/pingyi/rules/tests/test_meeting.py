"""A meeting from planned to minuted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pingyi.rules import meeting as rules
from pingyi.rules.meeting import Attendance, MeetingStage, MeetingState
from pingyi.rules.refused import Refused

DAY = date(2026, 3, 20)
PLANNED = MeetingState(stage=MeetingStage.PLANNED, earliest_on=date(2026, 3, 15), latest_on=date(2026, 4, 10))
CAME = Attendance(invited=40, present=35, proxies=2)


def refused(move: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        move()
    return caught.value


def test_a_meeting_is_convened_held_and_minuted() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="三楼会议室")
    held = rules.record_attendance(convened, attendance=CAME, on=DAY)
    assert held.attendance.absent == 3
    assert rules.minute(held, text="一、传达方案").stage is MeetingStage.MINUTED


def test_a_meeting_stays_within_the_days_that_the_plan_gives() -> None:
    early = refused(lambda: rules.convene(PLANNED, held_on=date(2026, 3, 14), place="会议室"))
    late = refused(lambda: rules.convene(PLANNED, held_on=date(2026, 4, 11), place="会议室"))
    assert (early.code, late.code) == ("meeting.too_early", "meeting.too_late")
    assert refused(lambda: rules.convene(PLANNED, held_on=DAY, place=" ")).field == "place"


def test_attendance_is_written_down_when_the_day_has_come_and_adds_up() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="会议室")
    early = refused(lambda: rules.record_attendance(convened, attendance=CAME, on=date(2026, 3, 19)))
    many = Attendance(invited=3, present=3, proxies=1)
    assert early.code == "meeting.not_yet_held"
    assert refused(lambda: rules.record_attendance(convened, attendance=many, on=DAY)).field == "present"
    nobody = Attendance(invited=3)
    assert refused(lambda: rules.record_attendance(convened, attendance=nobody, on=DAY)).code == "meeting.nobody_came"


def test_minutes_need_attendance_and_words() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="会议室")
    assert refused(lambda: rules.minute(convened, text="一")).code == "meeting.is_convened"
    held = rules.record_attendance(convened, attendance=CAME, on=DAY)
    assert refused(lambda: rules.minute(held, text="")).field == "text"


def test_a_meeting_that_was_held_cannot_be_cancelled() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="会议室")
    assert rules.cancel(convened, reason="台风").stage is MeetingStage.CANCELLED
    assert refused(lambda: rules.cancel(convened, reason="")).field == "reason"
    held = rules.record_attendance(convened, attendance=CAME, on=DAY)
    assert refused(lambda: rules.cancel(held, reason="台风")).code == "meeting.is_held"


def test_each_refusal_of_a_meeting_says_what_is_missing() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="会议室")
    held = rules.record_attendance(convened, attendance=CAME, on=DAY)
    many, fewer = Attendance(invited=3, present=3, proxies=1), Attendance(invited=3, present=3, proxies=-1)
    refusals = {
        "meeting.place_needed": lambda: rules.convene(PLANNED, held_on=DAY, place=" "),
        "meeting.minutes_are_empty": lambda: rules.minute(held, text=" "),
        "meeting.reason_needed": lambda: rules.cancel(convened, reason=" "),
    }
    for code, move in refusals.items():
        assert refused(move).code == code
    for counted in (many, fewer):
        more = refused(lambda one=counted: rules.record_attendance(convened, attendance=one, on=DAY))
        assert (more.code, more.facts) == ("meeting.more_came_than_invited", {"invited": 3})


def test_a_meeting_that_is_not_called_or_is_over_takes_no_attendance() -> None:
    convened = rules.convene(PLANNED, held_on=DAY, place="会议室")
    minuted = rules.minute(rules.record_attendance(convened, attendance=CAME, on=DAY), text="一、传达方案")
    off = rules.cancel(convened, reason="台风")
    for state, code in (
        (PLANNED, "meeting.is_planned"),
        (minuted, "meeting.is_minuted"),
        (off, "meeting.is_cancelled"),
    ):
        assert refused(lambda one=state: rules.record_attendance(one, attendance=CAME, on=DAY)).code == code
