"""The agenda lets things happen in the order of their instants, and scenes go on when they say."""

from __future__ import annotations

from datetime import datetime, timedelta

from pingyi.rehearsal.agenda import Agenda, Scene
from pingyi.rehearsal.hours import at_work, hour, working_days
from pingyi.rules.day import BUREAU_TIME, day_of

MORNING = datetime(2026, 9, 30, 9, 0, tzinfo=BUREAU_TIME)


def test_what_is_put_later_for_earlier_happens_first() -> None:
    said: list[str] = []
    agenda = Agenda()
    agenda.put(MORNING + timedelta(hours=2), lambda _: said.append("second"))
    agenda.put(MORNING, lambda _: said.append("first"))
    assert list(agenda.run(until=MORNING + timedelta(hours=3))) == [MORNING, MORNING + timedelta(hours=2)]
    assert said == ["first", "second"]


def test_a_scene_goes_on_at_the_instant_it_named_and_never_before_the_present_one() -> None:
    told: list[datetime] = []

    def scene(at: datetime) -> Scene:
        told.append(at)
        told.append((yield at + timedelta(days=1)))
        told.append((yield at))  # an instant that has passed

    agenda = Agenda()
    agenda.act_out(MORNING, scene)
    assert len(list(agenda.run(until=MORNING + timedelta(days=9)))) == 3
    assert told == [MORNING, MORNING + timedelta(days=1), MORNING + timedelta(days=1)]


def test_what_lies_after_the_end_does_not_happen() -> None:
    agenda = Agenda()
    agenda.put(MORNING + timedelta(days=2), lambda _: None)
    assert list(agenda.run(until=MORNING)) == []


def test_nobody_works_at_night_or_in_the_national_holiday() -> None:
    evening = hour(day_of(MORNING)) + timedelta(hours=9)
    assert day_of(at_work(evening)) == datetime(2026, 10, 8, tzinfo=BUREAU_TIME).date(), "after the holiday"
    assert at_work(MORNING) == MORNING
    assert working_days(working_days(day_of(MORNING), 3), -3) == day_of(MORNING)
