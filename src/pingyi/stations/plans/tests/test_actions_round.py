"""The plan becomes the year's dated tasks, and an amendment changes them."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.bureau.models import Section
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.rules.task import Stage
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.actions import task as actions
from pingyi.stations.plans.models import Meeting, Round, Task
from pingyi.stations.plans.tests.conftest import BEGIN, Play
from pingyi.stations.plans.tests.plan_2026 import AMENDED, PLAN

pytestmark = pytest.mark.django_db


def test_opening_makes_one_task_for_each_section_and_one_for_the_bureau(play: Play) -> None:
    assert Task.objects.filter(plan_task="commitments").count() == Section.objects.count() == 5
    assert play.task("report").section is None
    assert play.task("inspect").is_outside
    assert [row.reference for row in Task.objects.order_by("pk")][:2] == ["2026-0001", "2026-0002"]
    assert Task.objects.count() == 5 + 1 + 1 + 1 + 5 + 1 + 1
    assert Meeting.objects.count() == 2


def test_a_task_is_due_on_its_own_date_or_at_the_end_of_its_phase(play: Play) -> None:
    assert play.task("summary", "brigade").due_on == date(2026, 11, 15)
    commitments = play.task("commitments", "brigade")
    assert (commitments.opens_on, commitments.due_on) == (date(2026, 3, 15), date(2026, 4, 10))


def test_every_task_has_one_person_from_the_first_moment(play: Play) -> None:
    assert play.task("summary", "brigade").responsible == play.cast.wang
    assert play.task("summary", "information").responsible == play.cast.zhou
    assert play.task("lead").responsible == play.cast.sun
    assert play.task("window").section == play.cast.sections["brigade"]


def test_opening_is_recorded_and_takes_as_many_statements_for_many_sections(play: Play) -> None:
    assert Entry.objects.filter(verb="round.open").count() == 1
    assert Entry.objects.filter(verb="task.plan").count() == Task.objects.count()
    assert Entry.objects.filter(verb="meeting.plan").count() == 2
    opened = Round.objects.get()
    assert opened.plan_text == PLAN
    assert queries.plan(opened).year == 2026
    assert queries.current_round() == opened


def test_a_section_head_cannot_open_the_year(play: Play) -> None:
    with pytest.raises(Refused) as refused:
        rounds.open_round("v", text=PLAN.replace("2026", "2027"), by=play.actor("wang"), at=BEGIN)
    assert refused.value.code == "forbidden"
    assert Round.objects.count() == 1


def test_an_unreadable_plan_opens_nothing(play: Play) -> None:
    with pytest.raises(Refused) as refused:
        rounds.open_round("v", text="year: [", by=play.actor("zhou"), at=BEGIN)
    assert refused.value.code == "round.unreadable"


def test_an_amendment_adds_moves_and_drops_open_tasks(play: Play) -> None:
    rounds.open_round("version-2", text=AMENDED, by=play.actor("zhou"), at=BEGIN)
    assert play.task("summary", "brigade").due_on == date(2026, 11, 20)
    assert play.task("lead").stage == Stage.WAIVED
    assert Task.objects.filter(plan_task="brand").count() == 5
    assert Round.objects.get().plan_version == "version-2"
    assert Entry.objects.filter(verb="round.amend").count() == 1
    assert Entry.objects.filter(verb="task.replan").count() == 6
    assert Task.objects.values("reference").distinct().count() == Task.objects.count()


def test_an_amendment_leaves_what_is_reported_as_it_was(play: Play) -> None:
    mine = play.task("summary", "brigade")
    actions.report(mine.reference, text="已报", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    rounds.open_round("version-2", text=AMENDED, by=play.actor("zhou"), at=BEGIN)
    assert play.task("summary", "brigade").due_on == date(2026, 11, 15)
    assert play.task("summary", "pollution").due_on == date(2026, 11, 20)


def test_a_granted_extension_survives_an_amendment_of_other_dates(play: Play) -> None:
    mine = play.task("commitments", "brigade")
    actions.extend_ask(mine.reference, until=date(2026, 4, 20), reason="材料未齐", by=play.actor("wang"), at=BEGIN)
    actions.extend_grant(mine.reference, by=play.actor("zhou"), at=BEGIN)
    rounds.open_round("version-2", text=AMENDED, by=play.actor("zhou"), at=BEGIN)
    assert play.task("commitments", "brigade").due_on == date(2026, 4, 20)


RECURS = "  - {id: progress, title: 报送进展, phase: consolidate, doer: every_section, every: month, every_day: 25}\n"


def test_a_duty_that_recurs_is_one_dated_task_of_each_section_for_each_of_its_periods(play: Play) -> None:
    with_months = PLAN.replace("meetings:\n", f"{RECURS}meetings:\n", 1)
    rounds.open_round("version-2", text=with_months, by=play.actor("zhou"), at=BEGIN)
    rows = Task.objects.filter(plan_task__startswith="progress@", section__reference="brigade").order_by("due_on")
    assert [f"{row.opens_on:%m-%d} {row.due_on:%m-%d}" for row in rows] == [
        "05-21 05-25", "06-01 06-25", "07-01 07-25", "08-01 08-25", "09-01 09-25", "10-01 10-25",
    ]  # fmt: skip
    assert Task.objects.filter(plan_task__startswith="progress@").count() == 6 * Section.objects.count()
    page = play.cast.client("wang").get(rows[0].get_absolute_url())
    assert page.status_code == 200
    assert "报送进展" in page.content.decode()


def test_an_amendment_moves_the_days_of_what_recurs_and_drops_its_dates(play: Play) -> None:
    for number, line in enumerate((RECURS, RECURS.replace("25}", "20}"), RECURS.replace("month", "quarter"))):
        text = PLAN.replace("meetings:\n", f"{line}meetings:\n", 1)
        rounds.open_round(f"version-{number + 2}", text=text, by=play.actor("zhou"), at=BEGIN)
        rows = Task.objects.filter(plan_task__startswith="progress@", section__reference="brigade").order_by("due_on")
        found = [f"{row.due_on:%m-%d}" for row in rows.exclude(stage=Stage.WAIVED)]
        assert (
            found
            == [
                ["05-25", "06-25", "07-25", "08-25", "09-25", "10-25"],
                ["05-20", "06-20", "07-20", "08-20", "09-20", "10-20"][1:],
                ["06-25", "09-25", "10-30"],
            ][number]
        )
