"""Evidence, the desk, the year, the files on the shelf."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from pingyi.bureau import hooks, shelf
from pingyi.bureau.models import Notice
from pingyi.desk import DeskKind
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.calendar import DayKind
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import check, meeting
from pingyi.stations.plans.actions import task as actions
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries import desk, watch, why, year
from pingyi.stations.plans.tests.conftest import BEGIN, Play, noon

pytestmark = pytest.mark.django_db
YEAR_END = date(2026, 12, 31)


def done(play: Play, task: Task, day: date) -> None:
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("zhao"), at=noon(day))
    check.accept(task.reference, by=play.actor("zhou"), at=noon(day + timedelta(days=2)))


def values(play: Play, *, on: date) -> dict[str, list[Decimal | str]]:
    found: dict[str, list[Decimal | str]] = {}
    for piece in queries.evidence(play.round, on=on):
        found.setdefault(piece.section, []).append(piece.value)
    return found


def test_a_task_done_in_time_gives_full_marks_and_a_late_or_missing_one_none(play: Play) -> None:
    done(play, play.task("commitments", "brigade"), date(2026, 4, 10))
    done(play, play.task("window"), date(2026, 5, 21))
    found = values(play, on=date(2026, 6, 1))
    assert found["brigade"] == [Decimal(100), Decimal(0)]
    assert found["office"] == [Decimal(0)]


def test_evidence_names_the_indicator_the_day_and_the_row_it_rests_on(play: Play) -> None:
    task = play.task("commitments", "brigade")
    done(play, task, date(2026, 4, 2))
    piece = next(one for one in queries.evidence(play.round, on=YEAR_END) if one.reference == task.subject)
    assert (piece.indicator, piece.source, piece.happened_on) == ("in-time", "work", date(2026, 4, 2))


def test_a_task_not_due_yet_or_waived_or_waiting_in_time_says_nothing(play: Play) -> None:
    task = play.task("commitments", "brigade")
    assert not values(play, on=date(2026, 4, 10))
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    other = play.task("commitments", "office")
    actions.waive(other.reference, reason="无窗口", by=play.actor("li"), at=BEGIN)
    assert set(values(play, on=date(2026, 4, 11))) == {"pollution", "monitoring", "information"}


def test_tasks_of_the_bureau_and_of_the_offices_above_are_no_evidence(play: Play) -> None:
    about = {piece.reference for piece in queries.evidence(play.round, on=YEAR_END)}
    assert play.task("report").subject not in about
    assert play.task("inspect").subject not in about
    assert len(about) == 11


def test_the_desk_says_what_is_due_late_waiting_and_changed(play: Play) -> None:
    task = play.task("commitments", "brigade")
    assert not desk.desk(play.actor("wang"), BEGIN)
    assert [item.kind for item in desk.desk(play.actor("wang"), noon(date(2026, 4, 5)))] == [DeskKind.DUE]
    assert [item.kind for item in desk.desk(play.actor("zhao"), noon(date(2026, 4, 11)))] == [DeskKind.LATE]
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    waiting = [item for item in desk.desk(play.actor("zhou"), BEGIN) if item.kind is DeskKind.WAITING]
    assert [item.url for item in waiting] == [task.get_absolute_url()]
    check.send_back(task.reference, reason="缺照片", by=play.actor("zhou"), at=BEGIN)
    kinds = [item.kind for item in desk.desk(play.actor("wang"), BEGIN)]
    assert sorted(kinds) == [DeskKind.CHANGED, DeskKind.DUE]


@pytest.mark.parametrize("who", ["zhou", "sun", "wu", "he"])
def test_who_oversees_finds_how_many_tasks_of_the_bureau_are_late(play: Play, who: str) -> None:
    late = [item for item in watch.desk(play.actor(who), noon(date(2026, 4, 11))) if item.kind is DeskKind.LATE]
    assert [item.url for item in late] == ["/board/?standing=late"]
    assert not [item for item in watch.desk(play.actor("wang"), noon(date(2026, 4, 11))) if item.kind is DeskKind.LATE]


def test_everybody_sees_that_the_phase_ends_and_nobody_months_before(play: Play) -> None:
    ends = [item for item in watch.desk(play.actor("zhao"), noon(date(2026, 4, 5))) if item.kind is DeskKind.DUE]
    assert [item.url for item in ends] == ["/year/"]
    assert not watch.desk(play.actor("zhao"), noon(date(2026, 7, 1)))


def test_the_desk_shows_no_one_their_own_report_to_check(play: Play) -> None:
    own = play.task("body")
    actions.report(own.reference, text="已发文", proofs=[play.file()], by=play.actor("zhou"), at=BEGIN)
    assert not [item for item in desk.desk(play.actor("zhou"), BEGIN) if item.kind is DeskKind.WAITING]
    assert [item for item in desk.desk(play.actor("li"), BEGIN) if item.kind is DeskKind.WAITING]


def test_the_supervision_office_is_told_of_meetings_that_want_something(play: Play) -> None:
    titles = [item.title for item in desk.desk(play.actor("zhou"), BEGIN)]
    assert any("动员大会" in title for title in titles)
    assert not any("汇报会" in title for title in titles)


def test_the_year_counts_each_duty_once_and_knows_the_present_phase(play: Play) -> None:
    done(play, play.task("commitments", "brigade"), date(2026, 4, 2))
    shown = year.year(play.round, on=date(2026, 4, 12))
    first = shown.stretches[0]
    assert [one.is_now for one in shown.stretches] == [False, True, False, False]
    assert [(duty.title, duty.done, duty.total, duty.late) for duty in first.duties] == [
        ("公布服务承诺", 1, 5, 4),
        ("成立工作小组", 0, 1, 1),
    ]
    words = dict.fromkeys(("past", "now", "later", "done", "meeting"), "x")
    assert len(year.spans(shown, words=words)) == 4 + 7 + 2


def test_why_counts_working_days_and_names_a_day_off(play: Play) -> None:
    task = play.task("summary", "brigade")
    plan = queries.plan(play.round)
    in_plan = next(one for one in plan.tasks if one.id == "summary")
    shown = why.why(task, in_plan=in_plan, planned_on=task.due_on, on=date(2026, 11, 2))
    assert (shown.is_day_off, shown.falls_on) == (True, DayKind.WEEKEND)
    assert shown.last_working_day == date(2026, 11, 13)
    assert shown.working_days_left == 9
    assert shown.months[0][1][0].left == shown.working_days_left + 1  # 1 November is a Sunday before them all


def test_an_open_task_keeps_its_section_from_being_closed(play: Play) -> None:
    assert "公布服务承诺" in hooks.open_duties("information")


def test_the_command_reminds(play: Play) -> None:
    out = StringIO()
    with time_machine.travel(noon(date(2026, 4, 10)), tick=False):
        call_command("remind", stdout=out)
    assert int(out.getvalue()) == Notice.objects.filter(code__startswith="task.").count() > 0


def test_the_shelf_hands_out_what_was_laid_on_it_and_sweeps_what_nobody_names(play: Play, tmp_path: Path) -> None:
    kept, named = play.file("a.txt", b"a"), play.file("b.txt", b"b")
    task = play.task("commitments", "brigade")
    actions.report(task.reference, text="已上墙", proofs=[named], by=play.actor("wang"), at=BEGIN)
    holder = "member-1"
    assert shelf.redeem(shelf.ticket(kept, holder=holder), holder=holder) == kept
    assert shelf.redeem(shelf.ticket(kept, holder=holder), holder="member-2") is None
    assert shelf.redeem("forged", holder=holder) is None
    soon, later = datetime.now(UTC), datetime.now(UTC) + timedelta(days=8)
    assert shelf.sweep(at=soon) == 0
    assert shelf.sweep(at=later) == 1
    assert shelf.redeem(shelf.ticket(kept, holder=holder), holder=holder) is None
    with pytest.raises(Refused):
        shelf.take(kept.sha256)
    assert shelf.take(named.sha256) == b"b"


def test_the_same_content_lies_on_the_shelf_once(play: Play, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        shelf.put(HandedIn(name=name, mime="text/plain", content=b"same"))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_resolution_is_a_task_of_its_meeting(play: Play) -> None:
    row = play.meeting("kickoff")
    zhou, day = play.actor("zhou"), noon(date(2026, 3, 20))
    meeting.convene(row.reference, held_at=day, planned_minutes=60, place="三楼", by=zhou, at=BEGIN)
    actions.add(
        title="补齐公示牌", section="brigade", setter="meeting", origin=row.subject, due_on=date(2026, 4, 1),
        by=zhou, at=day,
    )  # fmt: skip
    from_page = play.cast.client("zhou").get(row.get_absolute_url()).content.decode()
    assert "补齐公示牌" in from_page
