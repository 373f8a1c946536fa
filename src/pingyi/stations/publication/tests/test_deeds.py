"""The act is the proof of its duty: offered on the task with one button, reported only when somebody says so (§4)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pingyi import clock
from pingyi.bureau import hooks
from pingyi.bureau.tests.cast import Cast
from pingyi.documents.handed_in import HandedIn
from pingyi.record.models import door
from pingyi.rules.deed import DeedKind
from pingyi.rules.refused import Refused
from pingyi.rules.task import Stage
from pingyi.stations.commitments.models import Commitment, NoticeBoard
from pingyi.stations.plans.actions import deed as reporting
from pingyi.stations.plans.models import Task
from pingyi.stations.plans.queries import deed as deeds
from pingyi.stations.publication.actions import filing
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


def task(duty: str) -> Task:
    return Task.objects.select_related("round", "section").get(plan_task=duty)


def test_adopting_the_plan_is_offered_to_its_task_and_reported_by_one_button(cast: Cast) -> None:
    stage.open_year(cast)
    row, client = task("adopt_plan"), cast.client("zhou")
    page = client.get(f"/tasks/{row.reference}/").content.decode()
    assert "这项任务可能已经完成" in page
    assert task("adopt_plan").stage == Stage.OPEN, "nothing is reported in silence"
    offer = deeds.offered(row)[0]
    assert client.post(f"/tasks/{row.reference}/by-deed/", {"deed": offer.subject}).status_code == 302
    reported = task("adopt_plan")
    assert reported.stage == Stage.REPORTED
    assert "2026-03-10" in reported.report
    assert reported.proofs.get().name.endswith(".txt")
    assert "这项任务可能已经完成" not in client.get(f"/tasks/{row.reference}/").content.decode()


def test_a_paper_that_was_filed_is_offered_to_the_duty_with_that_office(cast: Cast) -> None:
    stage.open_year(cast)
    assert deeds.offered(task("bureau_summary")) == ()
    paper = HandedIn(name="总结.txt", mime="text/plain", content="全局总结".encode())
    filing.file(2026, "summary_district", document=paper, by=cast.actor("zhou"), at=NOW)
    assert [one.kind for one in deeds.offered(task("bureau_summary"))] == [DeedKind.FILING]
    assert deeds.offered(task("file_district")) == ()


def test_what_is_not_offered_is_not_taken_as_a_proof(cast: Cast) -> None:
    stage.open_year(cast)
    row = task("bureau_summary")
    with pytest.raises(Refused) as caught:
        reporting.report(row.reference, deed="round/2026", by=cast.actor("zhou"), at=NOW)
    assert caught.value.code == "task.deed_not_offered"


def test_what_a_section_published_and_hung_is_offered_to_its_own_duties_alone(cast: Cast) -> None:
    stage.open_year(cast)
    brigade = cast.sections["brigade"]
    with door():
        Commitment.objects.bulk_create(
            [
                Commitment(
                    section=brigade, series=str(number), what="五日内答复", stage="published",
                    drafted_on=stage.DAY, published_on=stage.DAY,
                )
                for number in range(3)
            ]
        )  # fmt: skip
        NoticeBoard.objects.bulk_create(
            [
                NoticeBoard(
                    section=brigade, place="大厅", placed_on=stage.DAY, hung=1, hung_on=stage.DAY,
                    photograph_sha256="a" * 64,
                )
            ]
        )  # fmt: skip
    own = {row.plan_task: row for row in Task.objects.filter(section=brigade).select_related("round", "section")}
    assert [one.title for one in deeds.offered(own["publish_commitments"])] == ["公开服务承诺3项"]
    assert [one.kind for one in deeds.offered(own["hang_board"])] == [DeedKind.BOARD]
    assert deeds.offered(own["self_review_report"]) == ()
    others = Task.objects.filter(plan_task="hang_board").exclude(section=brigade).select_related("round", "section")
    assert [deeds.offered(one) for one in others] == [()] * len(others)
    assert hooks.deeds(2025) == []
