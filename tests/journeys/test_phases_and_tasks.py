"""The year's four phases walked through the site: tasks with proof, checks by others, meetings, the board (§4)."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pingyi.bureau.tests.cast import Cast
from pingyi.record import reasons
from pingyi.record.models import Entry
from pingyi.rules.task import Stage
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Meeting, Proof, Task

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).resolve().parents[2] / "plans" / "demo-2026.yaml"


class Year:
    """The bureau at work: days go by, people open pages and send forms."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with self.on(3, 16):
            text = PLAN.read_text(encoding="utf-8")
            rounds.open_round("version", text=text, by=cast.actor("zhou"), at=datetime.now(UTC))

    def on(self, month: int, day: int) -> Any:
        return time_machine.travel(datetime.combine(date(2026, month, day), time(2), tzinfo=UTC), tick=False)

    def client(self, who: str) -> Client:
        return self.cast.client(who)

    def task(self, plan_task: str, section: str = "") -> Task:
        rows = Task.objects.filter(plan_task=plan_task)
        return rows.get(section__reference=section) if section else rows.get()

    def page(self, who: str, url: str) -> str:
        response = self.client(who).get(url)
        assert response.status_code == 200, f"{who} {url} {response.status_code}"
        return str(response.content.decode())

    def send(self, who: str, url: str, **given: object) -> None:
        response = self.client(who).post(url, given)
        assert response.status_code == 302, response.content.decode()

    def report(self, who: str, task: Task, **more: object) -> None:
        given = {"text": "已按要求完成", "proofs": [photograph()], **more}
        self.send(who, f"/tasks/{task.reference}/report/", **given)

    def accept(self, who: str, task: Task) -> None:
        self.send(who, f"/tasks/{task.reference}/accept/", **{"accept-reason": ""})


@pytest.fixture
def year(cast: Cast, settings: Any, tmp_path: Path) -> Year:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return Year(cast)


def photograph() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (36.0, 5.0, 1.0)}
    Image.new("RGB", (30, 20), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("现场照片.jpg", out.getvalue(), "image/jpeg")


def verbs(row: Task | Meeting) -> list[str]:
    return list(Entry.objects.filter(subject=row.subject).order_by("version").values_list("verb", flat=True))


def test_mobilize_a_meeting_is_held_and_the_boards_hang_with_a_photograph_as_proof(year: Year) -> None:
    """§4.1: mobilization meeting with attendance and minutes; notice boards, and a photograph that they hang."""
    meeting = Meeting.objects.get(kind="mobilization")
    url = f"/meetings/{meeting.reference}"
    with year.on(3, 20):
        year.send("zhou", f"{url}/convene/", held_at="2026-03-25T09:00", planned_minutes=90, place="三楼会议室")
        assert "三楼会议室" in year.page("wang", "/notices/")
    with year.on(3, 25):
        assert "签到" in year.page("zhou", f"{url}/sign-in-sheet/")
        year.send("zhou", f"{url}/attendance/", invited=40, present=37, proxies=1)
        year.send("zhou", f"{url}/minute/", text="部署全年评议工作", papers=[photograph()])
        year.send("zhou", f"{url}/resolve/", title="补做公示牌", section="brigade", due_on="2026-04-08", product="照片")
        assert "补做公示牌" in year.page("zhou", f"{url}/print/")
    assert verbs(meeting)[1:] == ["meeting.convene", "meeting.record_attendance", "meeting.minute"]
    board = year.task("hang_board", "brigade")
    with year.on(4, 3):
        assert board.title in year.page("wang", "/desk/")
        year.report("zhao", board)
        assert board.title in year.page("li", "/desk/")
        year.accept("li", board)
    with Image.open(
        io.BytesIO(year.client("zhou").get(f"/proofs/{Proof.objects.get(task=board).reference}/").content)
    ) as image:
        assert not image.getexif(), "the photograph does not tell where it was taken"
    assert verbs(board) == ["task.plan", "task.report", "task.accept"]


def test_self_review_a_report_is_returned_with_a_reason_and_handed_in_again(year: Year) -> None:
    """§4.2: sections examine themselves; what is not good enough comes back with a reason."""
    task = year.task("self_review_report", "pollution")
    with year.on(5, 6):
        year.report("chen", task)
        year.send("zhou", f"/tasks/{task.reference}/return/", **{"return-reason": "六项内容缺两项"})
        assert "六项内容缺两项" in year.page("chen", f"/tasks/{task.reference}/")
        own = year.client("chen").post(f"/tasks/{task.reference}/accept/", {"accept-reason": ""})
        assert own.status_code == 403, "a section does not accept its own report"
    with year.on(5, 8):
        year.report("chen", task, text="六项内容已补齐")
        year.accept("sun", task)
    task.refresh_from_db()
    assert (task.stage, task.checked_by) == (Stage.ACCEPTED, year.cast.sun)
    assert [json.loads(body).get("reason") for body in bodies(task, "task.return")] == ["other"]  # a ground, for all
    assert "六项内容缺两项" not in str(bodies(task, "task.return"))
    assert list(reasons.of(task.subject).values()) == ["六项内容缺两项"]  # sealed, for who may see the task


def test_consolidate_the_briefing_is_held_and_what_the_district_does_is_reported_for_it(year: Year) -> None:
    """§4.3: a briefing with advice; the district's assembly is carried outside; more time on request."""
    briefing = Meeting.objects.get(kind="briefing")
    with year.on(7, 10):
        at = f"/meetings/{briefing.reference}"
        early = {"held_at": "2026-12-01T09:00", "planned_minutes": 60, "place": "一楼"}
        assert year.client("zhou").post(f"{at}/convene/", early).status_code == 422, "the plan says when"
        year.send("zhou", f"{at}/convene/", **{**early, "held_at": "2026-07-10T09:00"})
        year.send("zhou", f"{at}/attendance/", invited=20, present=18, proxies=0)
        year.send("zhou", f"{at}/minute/", text="监督员提出三条建议")
        assert "监督员提出三条建议" in year.page("wu", f"{at}/")
    outside = year.task("hold_assembly")
    with year.on(8, 31):
        assert outside.is_outside
        year.report("zhou", outside, text="区里已召开集中评议大会")
        year.accept("li", outside)
    feedback = year.task("rectify_feedback", "brigade")
    with year.on(10, 10):
        year.send("wang", f"/tasks/{feedback.reference}/extend-ask/", until="2026-10-21", reason="一处整改需换设备")
        assert feedback.title in year.page("zhou", "/desk/")
        year.send("zhou", f"/tasks/{feedback.reference}/extend-grant/")
    with year.on(10, 20):
        year.report("wang", feedback)
        year.accept("zhou", feedback)
    feedback.refresh_from_db()
    assert feedback.reported_on is not None
    assert feedback.reported_on <= feedback.due_on == date(2026, 10, 21)


def test_conclude_summaries_come_in_time_or_stand_on_the_late_list(year: Year) -> None:
    """§4.4a, §5.1: section summaries by the middle of November; the board shows at a glance who has not done it."""
    for section in ("office", "pollution", "monitoring", "information"):
        task = year.task("section_summary", section)
        with year.on(11, 12):
            year.report("zhou", task)
            year.accept("li", task)
    late = year.task("section_summary", "brigade")
    with year.on(11, 20):
        rows = year.page("sun", "/board/?phase=conclude").partition("<tbody>")[2]
        assert rows.index("环境监察大队") < rows.index("办公室")
        assert late.title in year.page("wang", "/desk/")
        year.report("wang", late)
        year.accept("zhou", late)
        assert "逾期完成" in year.page("sun", f"/tasks/{late.reference}/")
    with year.on(11, 30):
        report = year.task("bureau_summary")
        year.report("zhou", report, text="已报区纠风办，回执存档")
        refused = year.client("zhou").post(f"/tasks/{report.reference}/accept/", {"accept-reason": ""})
        assert refused.status_code == 422, "the officer who did it does not accept it"
        year.accept("li", report)
        assert "2026" in year.page("wu", "/year/")


def test_the_plans_dates_come_to_the_calendar_of_the_phone(year: Year) -> None:
    """§5.1: named persons have their dates where they look."""
    with year.on(3, 20):
        page = year.client("wang").post("/calendar/open/").content.decode()
        address = page.split('<code class="secret">')[1].split("</code>")[0]
        feed = Client().get(address.replace("http://testserver", "")).content
    assert feed.count(b"BEGIN:VEVENT") == Task.objects.filter(section__reference="brigade").count()


def test_the_round_is_the_current_one_and_its_plan_is_the_adopted_text(year: Year) -> None:
    opened = queries.current_round()
    assert opened is not None
    assert opened.plan_text == PLAN.read_text(encoding="utf-8")


def bodies(row: Task, verb: str) -> list[str]:
    return list(Entry.objects.filter(subject=row.subject, verb=verb).order_by("version").values_list("body", flat=True))
