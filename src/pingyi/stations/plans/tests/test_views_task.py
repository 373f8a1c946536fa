"""The pages of tasks, through the client: who sees what, and what a form keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.rules.task import Stage
from pingyi.stations.plans.actions import task as actions
from pingyi.stations.plans.models import Proof, Task
from pingyi.stations.plans.tests.conftest import BEGIN, Play, noon

pytestmark = [pytest.mark.django_db]

PAGES = ["duties/", "board/", "year/", "meetings/", "calendar/"]


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(noon(date(2026, 3, 20)), tick=False):
        yield


def upload(name: str = "公示栏.txt", content: bytes = "已挂出".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["zhou", "wang", "zhao", "sun", "wu", "he"])
def test_every_member_opens_the_rooms_pages(play: Play, page: str, who: str) -> None:
    assert play.cast.client(who).get(f"/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_sign_in(play: Play, page: str) -> None:
    response = Client().get(f"/{page}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_without_a_round_the_pages_say_what_to_do_first(cast: Cast) -> None:
    for page in ("board/", "year/", "meetings/"):
        assert "/plan/" in text(cast.client("zhou").get(f"/{page}"))
    assert cast.client("zhou").get("/duties/").status_code == 200


def test_the_board_shows_each_section_with_the_late_ones_first(play: Play) -> None:
    late = play.task("commitments", "information")
    for section in ("office", "pollution", "monitoring", "brigade"):
        one = play.task("commitments", section)
        actions.report(one.reference, text="已办", proofs=[play.file()], by=play.actor("zhou"), at=BEGIN)
    with time_machine.travel(noon(date(2026, 4, 12)), tick=False):
        page = text(play.cast.client("wu").get("/board/")).partition("<tbody>")[2]
    assert page.index("信息中心") < page.index("办公室")
    assert late.get_absolute_url() in page


def test_the_board_can_be_narrowed_to_what_is_late(play: Play) -> None:
    with time_machine.travel(noon(date(2026, 4, 12)), tick=False):
        page = text(play.cast.client("zhou").get("/board/", {"standing": "late", "section": "brigade"}))
    assert play.task("commitments", "brigade").get_absolute_url() in page
    assert play.task("summary", "brigade").get_absolute_url() not in page
    assert play.task("commitments", "office").get_absolute_url() not in page


def test_a_task_page_shows_the_plans_own_words_and_the_way_to_report(play: Play) -> None:
    task = play.task("commitments", "brigade")
    mine = text(play.cast.client("wang").get(task.get_absolute_url()))
    assert "各科室公布服务承诺" in mine
    assert f"/tasks/{task.reference}/report/" in mine
    assert f"/tasks/{task.reference}/report/" not in text(play.cast.client("chen").get(task.get_absolute_url()))


def test_a_report_is_handed_in_and_checked_by_another_through_the_pages(play: Play) -> None:
    task = play.task("commitments", "brigade")
    response = play.cast.client("zhao").post(
        f"/tasks/{task.reference}/report/", {"text": "已在大厅挂出", "proofs": [upload(), upload("二.txt", b"b")]}
    )
    assert response.status_code == 302
    assert Proof.objects.filter(task=task).count() == 2
    client = play.cast.client("li")
    assert "公示栏.txt" in text(client.get(f"/tasks/{task.reference}/accept/"))
    assert client.post(f"/tasks/{task.reference}/accept/", {"accept-reason": ""}).status_code == 302
    assert Task.objects.get(pk=task.pk).stage == Stage.ACCEPTED


def test_a_fault_in_one_field_keeps_what_was_uploaded_in_another(play: Play) -> None:
    task = play.task("commitments", "brigade")
    client, url = play.cast.client("wang"), f"/tasks/{task.reference}/report/"
    response = client.post(url, {"text": "", "proofs": [upload(), upload("坏.pdf", b"MZ\x90\0")]})
    assert response.status_code == 422
    page = text(response)
    assert "坏.pdf" in page
    assert "公示栏.txt" in page
    ticket = page.split('name="kept" value="')[1].split('"')[0]
    assert client.post(url, {"text": "已在大厅挂出", "kept": ticket}).status_code == 302
    assert Proof.objects.get(task=task).name == "公示栏.txt"


def test_another_persons_ticket_is_worth_nothing(play: Play) -> None:
    task, other = play.task("commitments", "brigade"), play.task("commitments", "pollution")
    page = text(play.cast.client("wang").post(f"/tasks/{task.reference}/report/", {"text": "", "proofs": [upload()]}))
    ticket = page.split('name="kept" value="')[1].split('"')[0]
    stolen = play.cast.client("chen").post(f"/tasks/{other.reference}/report/", {"text": "已办", "kept": ticket})
    assert stolen.status_code == 422
    assert not Proof.objects.exists()


def test_a_return_without_a_reason_says_so_at_the_field(play: Play) -> None:
    task = play.task("commitments", "brigade")
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    client = play.cast.client("zhou")
    assert client.post(f"/tasks/{task.reference}/return/", {"return-reason": ""}).status_code == 422
    assert client.post(f"/tasks/{task.reference}/return/", {"return-reason": "缺照片"}).status_code == 302
    assert "缺照片" in text(play.cast.client("wang").get(task.get_absolute_url()))


def test_a_report_and_its_files_are_read_by_the_section_and_those_who_oversee_it(play: Play) -> None:
    task = play.task("commitments", "brigade")
    actions.report(task.reference, text="内部说明", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    proof = Proof.objects.get(task=task)
    for who, seen in (("zhao", True), ("zhou", True), ("he", True), ("chen", False), ("wu", False)):
        client = play.cast.client(who)
        assert ("内部说明" in text(client.get(task.get_absolute_url()))) is seen
        assert client.get(f"/proofs/{proof.reference}/").status_code == (200 if seen else 403)
        assert client.get(f"/tasks/{task.reference}/accept/").status_code == (200 if who in {"zhou", "he"} else 403)
    assert Client().get(f"/proofs/{proof.reference}/").status_code == 302


def test_a_file_changed_on_the_disk_is_not_handed_out(play: Play, tmp_path: Any) -> None:
    task = play.task("commitments", "brigade")
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    proof = Proof.objects.get(task=task)
    client = play.cast.client("wang")
    answer = client.get(f"/proofs/{proof.reference}/")
    assert answer.content == b"one"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    path = tmp_path / "proofs" / proof.sha256[:2] / proof.sha256
    path.chmod(0o600)
    path.write_bytes(b"two")
    assert b"two" not in client.get(f"/proofs/{proof.reference}/").content


def test_more_time_is_asked_and_granted_through_the_pages(play: Play) -> None:
    task = play.task("commitments", "brigade")
    asked = {"until": "2026-04-20", "reason": "展板在做"}
    assert play.cast.client("wang").post(f"/tasks/{task.reference}/extend-ask/", asked).status_code == 302
    officer = play.cast.client("zhou")
    assert "展板在做" in text(officer.get(task.get_absolute_url()))
    assert officer.post(f"/tasks/{task.reference}/extend-grant/").status_code == 302
    assert Task.objects.get(pk=task.pk).due_on == date(2026, 4, 20)
    assert "2026-04-10" in text(officer.get(f"/tasks/{task.reference}/why/"))


def test_why_says_that_a_due_date_is_a_day_off(play: Play) -> None:
    summary = play.task("summary", "brigade")  # 15 November 2026 is a Sunday
    page = text(play.cast.client("wang").get(f"/tasks/{summary.reference}/why/"))
    assert "2026-11-13" in page
    assert page.count("<tr>") > 10


def test_a_person_is_named_and_a_task_waived_through_the_pages(play: Play) -> None:
    task = play.task("commitments", "brigade")
    given = {"to": play.cast.zhao.reference, "reason": ""}
    assert play.cast.client("wang").post(f"/tasks/{task.reference}/assign/", given).status_code == 302
    assert play.cast.client("zhou").post(f"/tasks/{task.reference}/waive/", {"reason": "无窗口"}).status_code == 302
    assert play.cast.client("zhou").post(f"/tasks/{task.reference}/waive/", {"reason": "无窗口"}).status_code == 422


def test_a_report_is_taken_back_through_the_page(play: Play) -> None:
    task = play.task("commitments", "brigade")
    actions.report(task.reference, text="已办", proofs=[play.file()], by=play.actor("wang"), at=BEGIN)
    assert play.cast.client("zhao").post(f"/tasks/{task.reference}/withdraw-report/").status_code == 422
    assert play.cast.client("wang").post(f"/tasks/{task.reference}/withdraw-report/").status_code == 302
    assert Task.objects.get(pk=task.pk).stage == Stage.OPEN


def test_a_task_is_added_by_the_office_only(play: Play) -> None:
    given = {"title": "专项检查", "section": "brigade", "setter": "district_government", "due_on": "2026-06-30"}
    assert play.cast.client("wang").post("/tasks/add/", given).status_code == 403
    assert play.cast.client("zhou").post("/tasks/add/", given).status_code == 302
    assert Task.objects.get(title="专项检查").responsible == play.cast.wang


def test_an_unknown_task_is_a_page_that_does_not_exist(play: Play) -> None:
    assert play.cast.client("wang").get("/tasks/2026-9999/").status_code == 404
