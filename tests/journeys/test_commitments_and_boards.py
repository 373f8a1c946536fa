"""A section promises, is held to it by its own cases, keeps its papers open and hangs its board (§3.2.3, §4.1)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pingyi.bureau.tests.cast import Cast
from pingyi.record import audit
from pingyi.record.models import Entry
from pingyi.stations.cases.models import Case
from pingyi.stations.commitments.models import Commitment, NoticeBoard, OpennessItem
from pingyi.stations.commitments.tests.conftest import PROMISING_PLAN
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.results.queries import evidence

pytestmark = pytest.mark.django_db
PROMISE = {
    "section": "brigade", "kind": "commitment", "what": "投诉件办结并答复", "amount": 5, "unit": "working",
    "case_kind": "complaint", "measured_by": "工单的办结日期",
}  # fmt: skip


class Year:
    """The bureau at work: days go by, people open pages and send forms."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with self.on(3, 16):
            rounds.open_round("version", text=PROMISING_PLAN, by=cast.actor("zhou"), at=datetime.now(UTC))

    def on(self, month: int, day: int) -> Any:
        return time_machine.travel(datetime.combine(date(2026, month, day), time(2), tzinfo=UTC), tick=False)

    def page(self, who: str, url: str) -> str:
        response = (self.cast.client(who) if who else Client()).get(url)
        assert response.status_code == 200, f"{who} {url} {response.status_code}"
        return str(response.content.decode())

    def send(self, who: str, url: str, **given: object) -> None:
        response = self.cast.client(who).post(url, given)
        assert response.status_code == 302, f"{url} {response.status_code} {response.content.decode()}"

    def promise(self, **words: object) -> Commitment:
        self.send("wang", "/commitments/add/", **{**PROMISE, **words})
        row = Commitment.objects.latest("pk")
        self.send("wang", f"{row.get_absolute_url()}propose/")
        self.send("zhou", f"{row.get_absolute_url()}publish/")
        return row

    def complaint(self, title: str) -> Case:
        told = {"kind": "complaint", "channel": "phone", "title": title, "text": "连续三晚施工", "phone": "13800000001"}
        self.send("zhou", "/cases/receive/", **told)
        case = Case.objects.latest("pk")
        self.move("zhou", case, "assign", to="brigade")
        self.move("zhao", case, "accept")
        return case

    def move(self, who: str, case: Case, verb: str, **given: object) -> None:
        fresh = Case.objects.get(pk=case.pk)
        self.send(who, f"/cases/{case.reference}/{verb}/", seen=fresh.version, **given)

    def finish(self, case: Case) -> None:
        self.move("zhao", case, "answer", text="经现场监测，夜间噪声超标，已责令整改并复测。")
        self.move("zhao", case, "settle", result="工地已加装隔声屏障，复测达标。")
        self.move("wang", case, "close")


@pytest.fixture
def year(cast: Cast, settings: Any, tmp_path: Path) -> Year:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return Year(cast)


def photograph() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "JPEG")
    return SimpleUploadedFile("现场照片.jpg", out.getvalue(), "image/jpeg")


def verbs(row: Any) -> list[str]:
    return list(Entry.objects.filter(subject=row.subject).order_by("version").values_list("verb", flat=True))


def test_a_shorter_promise_sets_the_due_date_and_its_cases_say_whether_it_is_kept(year: Year) -> None:
    """§3.2.3: completion in time and service commitments, counted by themselves and weighed in the verdict."""
    with year.on(3, 17):
        promise = year.promise()
        assert "投诉件办结并答复" in year.page("", "/commitments/")
        kept, late = year.complaint("工地夜间施工噪声"), year.complaint("垃圾焚烧异味")
    assert Case.objects.get(pk=kept.pk).due_on == date(2026, 3, 24), "five working days, not the plan's fifteen"
    with year.on(3, 20):
        year.finish(kept)
    with year.on(3, 30):
        assert "50.0%" in year.page("wang", "/commitments/kept/"), "what is open beyond its time is broken already"
        year.finish(late)
        assert "50.0%" in year.page("wang", "/commitments/kept/")
        round_ = plans.current_round()
        assert round_ is not None
        found = [one for one in evidence.gathered(round_, on=date(2026, 3, 30)) if one.indicator == "kept"]
        assert [(one.section, int(one.value), int(one.weight)) for one in found] == [
            ("brigade", 100, 1),
            ("brigade", 0, 1),
        ]
        assert {one.reference for one in found} == {promise.subject}
    assert verbs(promise) == ["commitment.draft", "commitment.propose", "commitment.publish"]
    assert not audit.examine().faults


def test_a_promise_is_shortened_by_a_new_version_and_older_cases_keep_theirs(year: Year) -> None:
    """§3.2.3: commitments are versioned; nothing promised before moves against the citizen."""
    with year.on(3, 17):
        first = year.promise()
        old = year.complaint("工地夜间施工噪声")
    with year.on(3, 18):
        year.send("wang", f"{first.get_absolute_url()}amend/")
        second = Commitment.objects.get(number=2)
        year.send("wang", f"{second.get_absolute_url()}edit/", **{**PROMISE, "amount": 3})
        year.send("wang", f"{second.get_absolute_url()}propose/")
        year.send("zhou", f"{second.get_absolute_url()}publish/")
        new = year.complaint("垃圾焚烧异味")
    assert [Case.objects.get(pk=one.pk).due_on for one in (old, new)] == [date(2026, 3, 24), date(2026, 3, 23)]
    assert verbs(first)[-1] == "commitment.replace"
    assert "3个工作日内" in year.page("", "/commitments/")


def test_licenses_fees_and_information_are_open_item_by_item_and_looked_at_again(year: Year) -> None:
    """§3.2.3: licenses, fees and information made public, with proof, checked by another, rechecked on a schedule."""
    with year.on(3, 17):
        given = {"sections": ["brigade"], "items": ["fee_rates", "license_time"], "area": "fees", "recheck_days": 20}
        year.send("zhou", "/openness/add/", **given)
        fees, license_time = OpennessItem.objects.order_by("pk")
        assert "收费标准" in year.page("wang", "/desk/")
        year.send("wang", f"{fees.get_absolute_url()}show/", place="三号窗口", proofs=[photograph()])
        assert "收费标准" not in year.page("", "/openness/"), "nobody has looked yet"
        year.send("zhou", f"{fees.get_absolute_url()}accept/")
        assert "三号窗口" in year.page("", "/openness/")
        year.send("zhou", f"{license_time.get_absolute_url()}drop/", reason="本大队不办理许可")
    with year.on(4, 20):
        assert "复查是否仍然公开：收费标准" in year.page("li", "/desk/")
        year.send("li", f"{fees.get_absolute_url()}return/", reason="窗口已撤下标准")
        assert "收费标准" not in year.page("", "/openness/")
        assert "窗口已撤下标准" in year.page("wang", fees.get_absolute_url())
    assert verbs(fees) == ["openness.add", "openness.show", "openness.accept", "openness.return"]


def test_a_board_is_printed_hung_photographed_and_tells_by_its_code_when_it_is_old(year: Year) -> None:
    """§4.1: notice boards in a visible place, with a photograph; the code tells everybody whether they still hold."""
    with year.on(4, 7):
        year.promise()
        year.send("wang", "/boards/place/", place="办公楼一楼大厅", section="brigade", size="a3")
        year.send("zhou", "/boards/publish/?section=brigade", telephone="0531-8888", mailbox="jd@example.cn")
        board = NoticeBoard.objects.get()
        sheet = year.cast.client("wang").get(f"{board.get_absolute_url()}sheet-a3.pdf").content
        picture = pypdfium2.PdfDocument(sheet)[0].render(scale=1.5).to_pil()
        (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        year.send("wang", f"{board.get_absolute_url()}hang/", edition=1, photograph=[photograph()])
        assert "此公示牌为最新版：第1版" in year.page("", code.text)
    with year.on(6, 1):
        year.promise(what="咨询当日答复", amount=1, case_kind="inquiry")
        assert "请发布新版" in year.page("zhou", "/desk/")
        year.send("zhou", "/boards/publish/?section=brigade", telephone="0531-8888", mailbox="jd@example.cn")
        said = year.page("", code.text)
        assert "此公示牌已过期" in said
        assert "咨询当日答复" in said
    with year.on(6, 9):
        assert "更换公示牌：办公楼一楼大厅" in year.page("wang", "/desk/")
        year.send("wang", f"{board.get_absolute_url()}hang/", edition=2, photograph=[photograph()])
        assert "更换公示牌" not in year.page("wang", "/desk/")
    assert verbs(board) == ["board.place", "board.hang", "board.hang"]
    assert not audit.examine().faults
