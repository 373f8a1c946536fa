"""A year that is opened late: its past duties on one page, taken over by one act, never by who answers for them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.rules.task import Standing
from pingyi.stations.plans.actions import past as actions
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries.evidence import evidence, tallied
from pingyi.stations.plans.queries.task import due_before, see
from pingyi.stations.plans.tests.plan_2026 import PLAN

pytestmark = [pytest.mark.django_db]
BEGIN = datetime(2026, 8, 3, 2, tzinfo=UTC)
LATER = datetime(2026, 8, 10, 2, tzinfo=UTC)
PAGE = "/duties/before/"


@pytest.fixture
def past(cast: Cast) -> list[Task]:
    opened = rounds.open_round("version-1", text=PLAN, by=cast.actor("zhou"), at=BEGIN)
    return list(due_before(opened))


def ticked(tasks: list[Task], day: str = "2026-03-20") -> dict[str, str]:
    fields = {f"done-{task.reference}": "on" for task in tasks}
    return {**fields, **{f"on-{task.reference}": day for task in tasks}}


def test_a_year_opened_in_august_calls_nothing_late_before_it_began(past: list[Task]) -> None:
    assert len(past) > 3
    assert all(see(task, on=date(2026, 8, 3)).standing is not Standing.LATE for task in past)
    late = see(past[0], on=date(2026, 8, 10))
    assert (late.standing, late.days_late) == (Standing.LATE, 7)


def test_what_was_done_is_taken_over_in_one_act_and_recorded_for_each(cast: Cast, past: list[Task]) -> None:
    given = {**ticked(past), "ground": "done_before", "reason": "见上半年台账"}
    assert cast.client("sun").post(PAGE, given).status_code == 302
    rows = list(Task.objects.filter(pk__in=[task.pk for task in past]))
    assert {row.stage for row in rows} == {"accepted"}
    assert {row.reported_on for row in rows} == {date(2026, 3, 20)}
    assert {row.checked_by for row in rows} == {cast.sun}
    entries = Entry.objects.filter(verb="task.take_over")
    assert entries.count() == len(past)
    assert all("done_before" in one.body and "见上半年台账" not in one.body for one in entries)
    assert all(see(row, on=date(2026, 8, 10)).standing is Standing.DONE for row in rows)


def test_in_the_verdict_what_was_taken_over_counts_as_done_in_time_and_nothing_else_before_the_start(
    cast: Cast, past: list[Task]
) -> None:
    opened, mine = past[0].round, [task for task in past if task.section]
    assert evidence(opened, on=date(2026, 8, 3)) == []
    assert tallied(opened, on=date(2026, 8, 3)) == []
    day = {mine[0].reference: date(2026, 3, 20)}
    actions.take_over(done=day, reason="见台账", by=cast.actor("sun"), at=LATER)
    marks = {row.reference: row.value for row in evidence(opened, on=date(2026, 8, 10))}
    assert marks[mine[0].subject] == 100
    assert {marks[task.subject] for task in mine[1:]} == {0}


def test_one_tick_takes_over_all_on_the_days_shown(cast: Cast, past: list[Task]) -> None:
    offered = [task for task in past if task.responsible != cast.sun]
    days = {f"on-{task.reference}": task.due_on.isoformat() for task in offered}
    assert cast.client("sun").post(PAGE, {**days, "everything": "on", "reason": "见台账"}).status_code == 302
    rows = Task.objects.filter(pk__in=[task.pk for task in offered])
    assert {(row.stage, row.reported_on == row.due_on) for row in rows} == {("accepted", True)}


def test_whoever_answers_for_a_task_does_not_take_it_over(cast: Cast, past: list[Task]) -> None:
    own = next(task for task in past if task.responsible == cast.zhou)
    with pytest.raises(Refused, match="own_work"):
        actions.take_over(done={own.reference: date(2026, 3, 20)}, reason="见台账", by=cast.actor("zhou"), at=LATER)
    page = cast.client("zhou").get(PAGE).content.decode()
    assert f'name="done-{own.reference}"' not in page
    assert "由他人接收" in page


@pytest.mark.parametrize("who", ["wang", "zhao", "wu", "he"])
def test_others_do_not_take_over(cast: Cast, past: list[Task], who: str) -> None:
    assert cast.client(who).get(PAGE).status_code == 403
    with pytest.raises(Refused, match=r"forbidden|own_work"):
        actions.take_over(done={past[0].reference: date(2026, 3, 20)}, reason="x", by=cast.actor(who), at=LATER)


def test_the_form_keeps_what_was_typed_and_names_what_is_missing(cast: Cast, past: list[Task]) -> None:
    client = cast.client("sun")
    assert "请至少勾选一项" in said(client, {"reason": "见台账"})
    assert "请填写完成日期" in said(client, {**ticked(past[:1], day=""), "reason": "见台账"})
    future = said(client, {**ticked(past[:1], day="2999-01-01"), "reason": "见台账"})
    assert "完成日期不能晚于今天" in future
    assert "2999-01-01" in future
    with pytest.raises(Refused, match=r"task\.nothing_chosen"):
        actions.take_over(done={}, reason="见台账", by=cast.actor("sun"), at=LATER)


def said(client: Client, given: dict[str, str]) -> str:
    response = client.post(PAGE, given)
    assert response.status_code == 422
    return str(response.content.decode())


@pytest.mark.usefixtures("past")
def test_the_board_leads_there_and_so_does_the_page_before_the_settling(cast: Cast) -> None:
    assert PAGE in cast.client("sun").get("/board/").content.decode()
    assert PAGE not in cast.client("wang").get("/board/").content.decode()
    assert PAGE in cast.client("sun").get("/ready/settle/2026/").content.decode()
