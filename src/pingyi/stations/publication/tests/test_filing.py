"""Filings with the offices above, their receipts, and the summaries drafted from the record (§4.3d, §4.4a)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from pingyi import clock, desk
from pingyi.bureau import shelf
from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.desk import DeskKind
from pingyi.documents.handed_in import HandedIn
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.models import Task
from pingyi.stations.publication.actions import filing as actions
from pingyi.stations.publication.models import Filing
from pingyi.stations.publication.queries import filing as queries
from pingyi.stations.results.tests import stage

NOW = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)  # two days after the summary was due
PAGE = "/reports/2026/filings/summary_district/"
PAPER = HandedIn(name="总结.txt", mime="text/plain", content="全局总结".encode())


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("回执.pdf", b"%PDF-1.4 receipt")


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def filed(cast: Cast) -> Filing:
    stage.open_year(cast)
    return actions.file(2026, "summary_district", document=PAPER, by=cast.actor("zhou"), at=NOW)


def on_desk(cast: Cast, who: str) -> dict[DeskKind, list[str]]:
    found = desk.items(cast.actor(who), at=NOW)
    return {kind: [one.url for one in items if one.room == "publication"] for kind, items in found.items()}


def written(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_filing_goes_from_late_on_the_desk_to_a_receipt_in_hand(cast: Cast) -> None:
    stage.open_year(cast)
    assert PAGE in on_desk(cast, "zhou")[DeskKind.LATE]
    office = cast.client("zhou")
    assert "逾期" in office.get("/reports/2026/").content.decode()
    upload = SimpleUploadedFile("总结.pdf", b"%PDF-1.4 summary")
    answer = office.post(PAGE + "file/", {"kind": "upload", "document": upload, "note": "请予备案"})
    assert answer.status_code == 302, answer.content.decode()
    assert Entry.objects.exclude(verb="record.bind").latest("pk").verb == "filing.file"
    assert on_desk(cast, "he")[DeskKind.WAITING] == [PAGE]
    assert Notice.objects.filter(to=cast.he, code="filing.filed").count() == 1
    district = cast.client("he")
    assert district.get(PAGE + "document/").content == b"%PDF-1.4 summary"
    assert district.post(PAGE + "receive/", {"number": ""}).status_code == 422
    assert district.post(PAGE + "receive/", {"number": "区纠收〔2026〕31号"}).status_code == 302
    assert Entry.objects.exclude(verb="record.bind").latest("pk").verb == "filing.receive"
    receipt = office.get(PAGE + "receipt/").content.decode()
    assert "区纠收〔2026〕31号" in receipt
    assert hashlib.sha256(b"%PDF-1.4 summary").hexdigest() in receipt
    assert PAGE in on_desk(cast, "zhou")[DeskKind.CHANGED]
    assert on_desk(cast, "he")[DeskKind.WAITING] == []


def test_a_paper_is_exchanged_until_it_was_received(cast: Cast) -> None:
    row = filed(cast)
    again = HandedIn(name="总结二.txt", mime="text/plain", content=b"second")
    actions.file(2026, "summary_district", document=again, by=cast.actor("li"), at=NOW)
    row.refresh_from_db()
    assert (Filing.objects.count(), row.version, bytes(row.document)) == (1, 2, b"second")
    actions.receive(2026, "summary_district", number="1", by=cast.actor("he"), at=NOW)
    assert refusal(lambda: actions.file(2026, "summary_district", document=PAPER, by=cast.actor("zhou"), at=NOW)) == (
        "filing.received_already"
    )


def test_each_office_acknowledges_its_own_and_nobody_its_own_paper(cast: Cast) -> None:
    filed(cast)
    city = enlist("shi", name="史航", role=Role.CITY_BUREAU, by=cast.actor("zhou"), at=NOW).actor()
    for by, code in ((city, "filing.not_yours"), (cast.actor("zhou"), "own_work"), (cast.actor("wang"), "forbidden")):
        assert refusal(lambda by=by: actions.receive(2026, "summary_district", number="1", by=by, at=NOW)) == code  # type: ignore[misc]
    assert refusal(lambda: actions.file(2026, "nothing", document=PAPER, by=cast.actor("zhou"), at=NOW)) == "missing"
    assert refusal(lambda: actions.file(2026, "summary_district", document=PAPER, by=cast.actor("he"), at=NOW)) == (
        "forbidden"
    )


def test_a_receipt_on_paper_is_entered_with_its_scan_by_another_than_the_filer(cast: Cast) -> None:
    filed(cast)
    told = {"number": "区纠收〔2026〕31号", "received_on": "2026-12-02"}
    filer, other = cast.client("zhou"), cast.client("li")
    assert "登记纸质回执" not in filer.get(PAGE).content.decode()
    assert filer.post(PAGE + "receive/", {**told, "scan": scan()}).status_code in {403, 422}
    assert "登记纸质回执" in other.get(PAGE).content.decode()
    without = other.post(PAGE + "receive/", told)
    assert (without.status_code, "区纠收〔2026〕31号" in without.content.decode()) == (422, True)
    assert other.post(PAGE + "receive/", {**told, "received_on": "2027-01-01", "scan": scan()}).status_code == 422
    assert not Entry.objects.filter(verb="filing.receive").exists()
    assert other.post(PAGE + "receive/", {**told, "scan": scan()}).status_code == 302
    row = Filing.objects.get()
    assert (row.is_on_paper, row.received_by, row.received_on) == (True, cast.li, NOW.date())
    assert "纸质" in other.get(PAGE + "receipt/").content.decode()
    assert cast.client("he").get(PAGE + "scan/").content == b"%PDF-1.4 receipt"
    assert cast.client("wang").get(PAGE + "scan/").status_code == 404


def test_a_paper_is_returned_with_a_reason_and_filed_again_under_the_same_due_date(cast: Cast) -> None:
    filed(cast)
    district = cast.client("he")
    assert district.post(PAGE + "return/", {"reason": " "}).status_code == 422
    assert district.post(PAGE + "return/", {"reason": "缺少整改情况"}).status_code == 302
    assert Entry.objects.exclude(verb="record.bind").latest("pk").verb == "filing.return"
    assert on_desk(cast, "zhou")[DeskKind.WAITING] == [PAGE]
    assert Notice.objects.filter(to=cast.zhou, code="filing.returned").count() == 1
    page = cast.client("zhou").get(PAGE).content.decode()
    assert "缺少整改情况" in page
    assert "逾期2天" in page
    assert refusal(lambda: actions.receive(2026, "summary_district", number="1", by=cast.actor("he"), at=NOW)) == (
        "filing.not_filed"
    )
    actions.file(2026, "summary_district", document=PAPER, by=cast.actor("zhou"), at=NOW)
    assert actions.receive(2026, "summary_district", number="1", by=cast.actor("he"), at=NOW).stage == "received"
    city = enlist("shi", name="史航", role=Role.CITY_BUREAU, by=cast.actor("zhou"), at=NOW).actor()
    for by in (city, cast.actor("zhou")):
        back = lambda by=by: actions.send_back(2026, "summary_district", reason="缺附件", by=by, at=NOW)  # type: ignore[misc]  # noqa: E731
        assert refusal(back) in {"filing.not_yours", "forbidden", "own_work"}


def test_an_office_above_sees_its_own_filings_alone(cast: Cast) -> None:
    filed(cast)
    page = cast.client("he").get("/reports/2026/").content.decode()
    assert "/filings/summary_district/" in page
    assert "/filings/rectification_city/" not in page
    assert cast.client("he").get("/reports/2026/filings/rectification_city/").status_code == 404
    for who in ("wang", "wu"):
        assert cast.client(who).get(PAGE).status_code == 404
        assert cast.client(who).get(PAGE + "document/").status_code == 404
    assert Client().get(PAGE).status_code == 302


def test_a_filing_without_a_paper_is_refused_at_the_field_and_keeps_the_note(cast: Cast) -> None:
    stage.open_year(cast)
    office = cast.client("zhou")
    answer = office.post(PAGE + "file/", {"kind": "upload", "note": "随文附表"})
    assert answer.status_code == 422
    assert "随文附表" in answer.content.decode()
    bad = SimpleUploadedFile("总结.exe", b"MZ\x00")
    assert office.post(PAGE + "file/", {"kind": "upload", "document": bad}).status_code == 422
    assert not Filing.objects.exists()


def test_the_bureaus_summary_is_drafted_from_the_record_and_filed(cast: Cast) -> None:
    stage.confirmed(cast)
    office = cast.client("zhou")
    content = office.get("/reports/2026/bureau.docx").content
    said = written(content)
    for words in ("一、任务", "评议结果情况", "环境监察大队", "在局办公会上说明情况", "尚未报送：办公室"):
        assert words in said
    assert "综合得分" not in said.split("二、")[0]
    assert "环境监察大队" in office.get("/reports/2026/bureau/").content.decode()
    assert office.post(PAGE + "file/", {"kind": "draft", "ending": "首次响应偏慢，明年改进。"}).status_code == 302
    row = Filing.objects.get()
    assert row.document_name.endswith(".docx")
    assert "尚未报送：办公室" in written(bytes(row.document))
    assert cast.client("wang").get("/reports/2026/bureau.docx").status_code == 403
    assert cast.client("he").get("/reports/2026/bureau/").status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_section_drafts_its_own_summary_and_nobody_elses(cast: Cast, language: str) -> None:
    stage.confirmed(cast)
    head = cast.client("wang")
    head.cookies["django_language"] = language
    page = head.get("/reports/2026/").content.decode()
    assert "/sections/brigade/" in page
    assert "/sections/office/" not in page
    said = written(head.get("/reports/2026/sections/brigade.docx").content)
    assert "报送科室总结" in said
    assert "不合格" in said
    assert "在局办公会上说明情况" not in said  # drafted consequences are not the section's before they are ordered
    assert head.get("/reports/2026/sections/office.docx").status_code == 403
    assert cast.client("zhou").get("/reports/2026/sections/office/").status_code == 200
    assert head.get("/reports/2026/sections/nobody/").status_code == 404


def test_the_list_says_whose_summary_is_late_and_whose_came_late(cast: Cast) -> None:
    stage.open_year(cast)
    own = Task.objects.get(plan_task="section_summary", section__reference="brigade")
    tasks.report(own.reference, text="总结已写好。", proofs=[shelf.put(PAPER)], by=cast.actor("wang"), at=NOW)
    page = cast.client("zhou").get("/reports/2026/").content.decode()
    assert page.count("逾期19天") == 4
    assert page.count("逾期报送") == 1
    said = written(cast.client("zhou").get("/reports/2026/bureau.docx").content)
    assert "逾期报送：环境监察大队" in said
    assert "尚未报送：办公室、污染控制科、环境监测站、信息中心" in said


def test_before_a_plan_the_page_says_what_comes_first(cast: Cast) -> None:
    assert cast.client("zhou").get("/reports/").status_code == 200
    assert cast.client("zhou").get("/reports/2026/").status_code == 404


def test_what_goes_to_an_office_that_nobody_here_receives_for_is_not_filed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "receiver_of", lambda *_, **__: None)
    assert refusal(lambda: filed(cast)) == "filing.no_receiver"
    assert not Filing.objects.exists()
