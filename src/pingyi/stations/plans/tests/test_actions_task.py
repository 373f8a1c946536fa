"""Each verb on a task: allowed, refused, forbidden, recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pingyi.bureau.models import Notice
from pingyi.record import reasons
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.rules.task import Stage
from pingyi.stations.plans.actions import check
from pingyi.stations.plans.actions import task as actions
from pingyi.stations.plans.models import Proof, Task
from pingyi.stations.plans.tests.conftest import BEGIN, Play, noon

pytestmark = pytest.mark.django_db


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def last(task: Task) -> dict[str, Any]:
    return dict(json.loads(Entry.objects.filter(subject=task.subject).order_by("-version")[0].body))


def said(row: Task) -> str:
    """The sealed words of the latest act on it."""
    return reasons.of(row.subject)[Entry.objects.filter(subject=row.subject).order_by("-version")[0].pk]


@pytest.fixture
def task(play: Play) -> Task:
    return play.task("commitments", "brigade")


def reported(play: Play, task: Task, who: str = "wang") -> Task:
    return actions.report(task.reference, text="已上墙", proofs=[play.file()], by=play.actor(who), at=BEGIN)


def test_a_report_keeps_its_proofs_and_stands_in_the_record(play: Play, task: Task) -> None:
    row = reported(play, task, "zhao")
    assert (row.stage, row.doers, row.reported_on) == (Stage.REPORTED, [play.cast.zhao.reference], date(2026, 3, 16))
    proof = Proof.objects.get(task=row)
    assert Entry.objects.get(subject=proof.subject).verb == "task.report"
    assert last(row)["kind"] == "task.report"
    assert "已上墙" not in Entry.objects.get(leaf=row.entry_hash).body


def test_a_report_tells_the_supervision_office(play: Play, task: Task) -> None:
    reported(play, task)
    told = Notice.objects.filter(code="task.reported")
    assert {notice.to for notice in told} == {play.cast.zhou, play.cast.li}


def test_only_the_own_section_reports(play: Play, task: Task) -> None:
    for who in ("chen", "wu", "he"):
        assert code(lambda who=who: reported(play, task, who)) == "forbidden"  # type: ignore[misc]


def test_a_report_without_the_proof_that_the_plan_names_changes_nothing(play: Play, task: Task) -> None:
    refused = code(lambda: actions.report(task.reference, text="已上墙", by=play.actor("wang"), at=BEGIN))
    assert refused == "task.proof_needed"
    assert Task.objects.get(pk=task.pk).version == 1


def test_a_new_report_may_replace_a_proof_but_not_leave_none(play: Play, task: Task) -> None:
    reported(play, task)
    check.send_back(task.reference, reason="照片不清", by=play.actor("zhou"), at=BEGIN)
    old = Proof.objects.get(task=task)
    bare = code(
        lambda: actions.report(task.reference, text="重报", drop=[old.reference], by=play.actor("wang"), at=BEGIN)
    )
    assert bare == "task.proof_needed"
    new = play.file("新照片.txt", b"two")
    actions.report(task.reference, text="重报", proofs=[new], drop=[old.reference], by=play.actor("wang"), at=BEGIN)
    assert list(Proof.objects.filter(task=task).order_by("pk").values_list("is_withdrawn", flat=True)) == [True, False]


def test_the_same_file_is_kept_once(play: Play, task: Task) -> None:
    twice = [play.file("a.txt"), play.file("b.txt")]
    actions.report(task.reference, text="已上墙", proofs=twice, by=play.actor("wang"), at=BEGIN)
    assert Proof.objects.filter(task=task).count() == 1


def test_a_report_is_taken_back_by_its_doer(play: Play, task: Task) -> None:
    reported(play, task, "zhao")
    assert code(lambda: actions.withdraw_report(task.reference, by=play.actor("wang"), at=BEGIN)) == (
        "task.not_your_report"
    )
    row = actions.withdraw_report(task.reference, by=play.actor("zhao"), at=BEGIN)
    assert row.stage == Stage.OPEN
    assert last(row)["kind"] == "task.withdraw_report"


def test_another_person_accepts_and_the_doer_is_told(play: Play, task: Task) -> None:
    reported(play, task)
    row = check.accept(task.reference, by=play.actor("zhou"), at=noon(date(2026, 3, 18)))
    assert (row.stage, row.checked_by, row.checked_on) == (Stage.ACCEPTED, play.cast.zhou, date(2026, 3, 18))
    assert last(row)["kind"] == "task.accept"
    assert Notice.objects.get(code="task.accepted").to == play.cast.wang


def test_nobody_accepts_what_they_did_and_no_section_accepts_at_all(play: Play, task: Task) -> None:
    reported(play, task, "zhou")
    assert code(lambda: check.accept(task.reference, by=play.actor("zhou"), at=BEGIN)) == "own_work"
    assert code(lambda: check.accept(task.reference, by=play.actor("chen"), at=BEGIN)) == "forbidden"
    assert check.accept(task.reference, by=play.actor("li"), at=BEGIN).stage == Stage.ACCEPTED


def test_a_return_says_why_in_the_record(play: Play, task: Task) -> None:
    reported(play, task)
    assert code(lambda: check.send_back(task.reference, reason="", by=play.actor("zhou"), at=BEGIN)) == (
        "task.reason_needed"
    )
    row = check.send_back(task.reference, reason="缺公示照片", by=play.actor("zhou"), at=BEGIN)
    assert (last(row)["kind"], last(row)["reason"], said(row)) == ("task.return", "other", "缺公示照片")
    assert row.check_note == "缺公示照片"
    assert Notice.objects.get(code="task.returned").to == play.cast.wang


def test_the_head_hands_a_task_to_somebody_of_the_section_only(play: Play, task: Task) -> None:
    wang = play.actor("wang")
    row = actions.assign(task.reference, to=play.cast.zhao.reference, reason="出差", by=wang, at=BEGIN)
    assert row.responsible == play.cast.zhao
    assert last(row)["kind"] == "task.assign"
    chen = play.cast.chen.reference
    assert code(lambda: actions.assign(task.reference, to=chen, by=wang, at=BEGIN)) == "task.not_of_this_section"
    assert code(lambda: actions.assign(task.reference, to=chen, by=play.actor("zhao"), at=BEGIN)) == "forbidden"


def test_more_time_is_asked_and_then_granted_or_refused_by_another(play: Play, task: Task) -> None:
    until = date(2026, 4, 20)
    row = actions.extend_ask(task.reference, until=until, reason="展板在做", by=play.actor("wang"), at=BEGIN)
    assert (last(row)["kind"], row.due_on) == ("task.extend_ask", date(2026, 4, 10))
    assert code(lambda: actions.extend_grant(task.reference, by=play.actor("wang"), at=BEGIN)) == "forbidden"
    row = actions.extend_deny(task.reference, reason="时间够用", by=play.actor("zhou"), at=BEGIN)
    assert (last(row)["kind"], said(row), row.asked_until) == ("task.extend_deny", "时间够用", None)
    actions.extend_ask(task.reference, until=until, reason="展板在做", by=play.actor("wang"), at=BEGIN)
    row = actions.extend_grant(task.reference, by=play.actor("li"), at=BEGIN)
    assert (last(row)["kind"], row.due_on, row.asked_until) == ("task.extend_grant", until, None)
    assert Notice.objects.filter(code="task.extension_granted").get().to == play.cast.wang


def test_a_task_is_waived_by_another_with_a_reason(play: Play, task: Task) -> None:
    own = play.task("body")
    assert code(lambda: actions.waive(own.reference, reason="免", by=play.actor("zhou"), at=BEGIN)) == "task.own_waiver"
    assert code(lambda: actions.waive(task.reference, reason="免", by=play.actor("wang"), at=BEGIN)) == "forbidden"
    row = actions.waive(task.reference, reason="无对外窗口", by=play.actor("zhou"), at=BEGIN)
    assert (row.stage, last(row)["kind"]) == (Stage.WAIVED, "task.waive")


def test_a_task_set_by_the_district_is_checked_by_the_district(play: Play) -> None:
    added = actions.add(
        title="配合区里专项检查", section="brigade", setter="district_government", due_on=date(2026, 6, 30),
        origin="区政府办3号函", by=play.actor("zhou"), at=BEGIN,
    )  # fmt: skip
    assert last(added)["kind"] == "task.add"
    assert (added.responsible, added.product) == (play.cast.wang, "")
    actions.report(added.reference, text="已配合", by=play.actor("wang"), at=BEGIN)
    without = code(lambda: check.accept(added.reference, by=play.actor("zhou"), at=BEGIN))
    assert without == "task.setters_word_needed"
    assert check.accept(added.reference, by=play.actor("he"), at=BEGIN).stage == Stage.ACCEPTED


def test_the_district_does_not_check_the_bureaus_own_tasks(play: Play, task: Task) -> None:
    reported(play, task)
    assert code(lambda: check.accept(task.reference, by=play.actor("he"), at=BEGIN)) == "task.not_the_checker"


def test_a_task_is_not_added_into_the_past_or_by_a_section(play: Play) -> None:
    def add(who: str, due_on: date) -> Task:
        return actions.add(title="甲", section="", setter="bureau", due_on=due_on, by=play.actor(who), at=BEGIN)

    assert code(lambda: add("zhou", date(2026, 3, 1))) == "task.due_in_the_past"
    assert code(lambda: add("wang", date(2026, 5, 1))) == "forbidden"
    assert add("sun", date(2026, 5, 1)).responsible == play.cast.sun


def test_a_task_beside_the_plan_goes_to_a_section_that_is_there(play: Play) -> None:
    told = {"title": "整理台账", "setter": "bureau", "due_on": date(2026, 4, 1), "by": play.actor("zhou"), "at": BEGIN}
    assert code(lambda: actions.add(section="gone", **told)) == "task.no_such_section"
