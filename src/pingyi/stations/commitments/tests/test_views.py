"""The room's pages through the client: who sees what, what a form keeps, what a scanned code tells."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pingyi.bureau import shelf
from pingyi.stations.commitments.actions import board as boards
from pingyi.stations.commitments.actions import commitment as commitments
from pingyi.stations.commitments.actions import openness
from pingyi.stations.commitments.models import Commitment, Measurement, NoticeBoard, OpennessItem
from pingyi.stations.commitments.tests.conftest import BEGIN, WORDS, Stage
from pingyi.stations.plans.tests.conftest import noon

pytestmark = [pytest.mark.django_db]
PAGES = ["/commitments/", "/commitments/kept/", "/openness/", "/boards/"]
OFFICE_PAGES = ["/commitments/add/", "/openness/add/", "/boards/place/", "/boards/publish/"]


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(noon(date(2026, 3, 20)), tick=False):
        yield


def text(response: Any) -> str:
    return str(response.content.decode())


def photograph() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (36.0, 5.0, 1.0)}
    Image.new("RGB", (30, 20), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("公示牌.jpg", out.getvalue(), "image/jpeg")


def item(stage: Stage) -> OpennessItem:
    added = openness.add(sections=["brigade"], items=["fee_rates"], by=stage.actor("zhou"), at=BEGIN)
    return added[0]


def board(stage: Stage) -> NoticeBoard:
    stage.published()
    boards.publish(section="brigade", mailbox="jd@example.cn", by=stage.actor("zhou"), at=BEGIN)
    return boards.place(place="一楼大厅", section="brigade", by=stage.actor("wang"), at=BEGIN)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["zhou", "wang", "zhao", "sun", "wu", "he"])
def test_every_member_opens_the_rooms_pages(stage: Stage, page: str, who: str) -> None:
    stage.proposed()
    item(stage)
    assert stage.cast.client(who).get(page).status_code == 200


@pytest.mark.parametrize("page", OFFICE_PAGES)
def test_the_office_opens_its_forms_and_a_supervisor_does_not(stage: Stage, page: str) -> None:
    assert stage.cast.client("zhou").get(page).status_code == 200
    assert stage.cast.client("wu").get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_the_public_reads_what_is_published_and_no_draft(stage: Stage) -> None:
    stage.published(what="电话三声内接听", amount=1, unit="minutes")
    draft = stage.draft(what="还没想好")
    assert "电话三声内接听" in text(Client().get("/commitments/"))
    assert "还没想好" not in text(Client().get("/commitments/"))
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert stage.cast.client("chen").get(draft.get_absolute_url()).status_code == 404
    assert stage.cast.client("zhao").get(draft.get_absolute_url()).status_code == 200


def test_a_draft_with_a_fault_keeps_what_was_typed(stage: Stage) -> None:
    wang = stage.cast.client("wang")
    given = {"section": "brigade", "kind": "commitment", "what": "限时办结", "amount": "3", "unit": ""}
    response = wang.post("/commitments/add/", given)
    assert response.status_code == 422
    assert "限时办结" in text(response)
    assert Commitment.objects.count() == 0
    for wrong in ({"amount": "-1"}, {"amount": "9999999999999"}, {"section": "pollution"}, {"what": "长" * 201}):
        assert wang.post("/commitments/add/", {**given, "unit": "working", **wrong}).status_code == 422
    assert Commitment.objects.count() == 0


def test_a_draft_that_cannot_be_measured_is_refused_with_what_is_missing(stage: Stage) -> None:
    row = stage.draft(measured_by="")
    response = stage.cast.client("wang").post(f"{row.get_absolute_url()}propose/")
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.stage == "draft"


def test_a_commitment_is_written_handed_in_checked_and_amended_in_the_browser(stage: Stage) -> None:
    wang, zhou = stage.cast.client("wang"), stage.cast.client("zhou")
    words = {"section": "brigade", "kind": "commitment", "case_kind": "complaint", **WORDS}
    assert wang.post("/commitments/add/", words).status_code == 302
    row = Commitment.objects.get()
    url = row.get_absolute_url()
    assert wang.post(f"{url}propose/").status_code == 302
    assert "投诉办结并答复" in text(zhou.get(f"{url}publish/"))
    assert zhou.post(f"{url}return/", {"return-reason": ""}).status_code == 422
    assert zhou.post(f"{url}return/", {"return-reason": "说明口径"}).status_code == 302
    assert "说明口径" in text(wang.get("/commitments/"))
    assert wang.post(f"{url}edit/", {**words, "what": "投诉件办结并答复"}).status_code == 302
    assert wang.post(f"{url}propose/").status_code == 302
    assert wang.post(f"{url}publish/").status_code in {403, 422}
    assert zhou.post(f"{url}publish/").status_code == 302
    assert wang.post(f"{url}amend/").status_code == 302
    newest = Commitment.objects.get(number=2)
    assert newest.stage == "draft"
    assert zhou.post(f"{url}withdraw/", {"reason": "职能划转"}).status_code == 422


def test_figures_are_entered_by_one_and_checked_by_another(stage: Stage) -> None:
    row = stage.published(what="来电三声内接听", amount=1, unit="minutes")
    url = row.get_absolute_url()
    wang, zhou = stage.cast.client("wang"), stage.cast.client("zhou")
    given = {"begins_on": "2026-03-16", "ends_on": "2026-03-20", "total": 40, "kept": 38, "source": "录音抽查表"}
    assert wang.post(f"{url}measure/", {**given, "kept": 41}).status_code == 422
    assert wang.post(f"{url}measure/", given).status_code == 302
    one = Measurement.objects.get()
    assert wang.post(f"/commitments/measurements/{one.reference}/accept/").status_code == 403
    assert zhou.post(f"/commitments/measurements/{one.reference}/accept/").status_code == 302
    assert "95.0%" in text(wang.get("/commitments/kept/"))


def test_an_item_is_shown_looked_at_and_then_seen_by_everybody(stage: Stage) -> None:
    row = item(stage)
    url = row.get_absolute_url()
    wang, zhou = stage.cast.client("wang"), stage.cast.client("zhou")
    assert Client().get(url).status_code == 404
    assert wang.post(f"{url}show/", {"url": "", "place": ""}).status_code == 422
    assert wang.post(f"{url}show/", {"url": "javascript:alert(1)"}).status_code == 422
    given = {"url": "https://example.cn/fees", "place": "三号窗口", "proofs": [photograph()]}
    assert wang.post(f"{url}show/", given).status_code == 302
    proof = row.proofs.get()
    assert b"Exif" not in shelf.take(proof.sha256)
    assert Client().get(f"/openness/proofs/{proof.reference}/").status_code == 404
    assert zhou.post(f"{url}accept/").status_code == 302
    assert "https://example.cn/fees" in text(Client().get("/openness/"))
    assert Client().get(f"/openness/proofs/{proof.reference}/").status_code == 200


def test_a_file_stays_when_another_field_is_wrong(stage: Stage) -> None:
    url = item(stage).get_absolute_url()
    response = stage.cast.client("wang").post(f"{url}show/", {"url": "nonsense", "proofs": [photograph()]})
    assert response.status_code == 422
    assert "公示牌.jpg" in text(response)
    assert 'name="kept"' in text(response)


@pytest.mark.parametrize("size", ["a1", "a2", "a3", "a4"])
def test_a_board_is_printed_with_the_address_of_its_own_page(stage: Stage, size: str) -> None:
    row = board(stage)
    response = stage.cast.client("wang").get(f"{row.get_absolute_url()}sheet-{size}.pdf")
    assert response["Content-Type"] == "application/pdf"
    page = pypdfium2.PdfDocument(response.content)[0]
    picture = page.render(scale=1200 / page.get_width()).to_pil()
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert code.text == f"http://testserver/boards/{row.reference}/1/"
    assert Client().get(code.text).status_code == 200


def test_a_sheet_of_no_such_size_or_for_a_visitor_is_not_printed(stage: Stage) -> None:
    row = board(stage)
    assert stage.cast.client("wang").get(f"{row.get_absolute_url()}sheet-b5.pdf").status_code == 404
    assert stage.cast.client("wang").get(f"{row.get_absolute_url()}sheet-screen.pdf").status_code == 404
    assert Client().get(f"{row.get_absolute_url()}sheet-a4.pdf").status_code == 302


def test_a_board_hangs_with_a_photograph_that_has_lost_its_place(stage: Stage) -> None:
    row = board(stage)
    wang = stage.cast.client("wang")
    url = row.get_absolute_url()
    assert wang.post(f"{url}hang/", {"edition": 1}).status_code == 422
    note = SimpleUploadedFile("说明.txt", "已挂出".encode())
    assert wang.post(f"{url}hang/", {"edition": 1, "photograph": [note]}).status_code == 422
    assert wang.post(f"{url}hang/", {"edition": 2, "photograph": [photograph()]}).status_code == 422
    assert wang.post(f"{url}hang/", {"edition": 1, "photograph": [photograph()]}).status_code == 302
    row.refresh_from_db()
    assert (row.hung, row.photograph_mime) == (1, "image/jpeg")
    assert b"Exif" not in shelf.take(row.photograph_sha256)
    assert wang.get(f"{url}photograph/")["Content-Type"] == "image/jpeg"


def test_scanning_a_board_tells_whether_it_is_out_of_date_and_what_changed(stage: Stage) -> None:
    row = board(stage)
    page = f"/boards/{row.reference}/1/"
    fresh = text(Client(headers={"accept-language": "en"}).get(page))
    assert "This board is up to date: edition 1" in fresh
    stage.published(what="咨询当日答复", amount=0)
    boards.publish(section="brigade", mailbox="jd@example.cn", by=stage.actor("zhou"), at=noon(date(2026, 3, 19)))
    old = text(Client(headers={"accept-language": "en"}).get(page))
    assert "it is edition 1, the newest is 2" in old
    assert "<ins>咨询当日答复" in old
    assert Client().get(f"/boards/{row.reference}/7/").status_code == 404
    assert Client().get("/boards/NOSUCHBOARD/1/").status_code == 404


def test_a_screen_shows_the_newest_edition_and_its_code(stage: Stage) -> None:
    row = board(stage)
    screen = Client().get(f"/boards/{row.reference}/screen/")
    assert "投诉办结并答复" in text(screen)
    code = Client().get(f"/boards/{row.reference}/1/code.svg")
    assert code["Content-Type"] == "image/svg+xml"


def test_a_withdrawn_promise_stays_readable_with_its_reason(stage: Stage) -> None:
    row = stage.published()
    stage.published(what="咨询当日答复", amount=0)
    commitments.withdraw(row.reference, reason="职能划转", by=stage.actor("zhou"), at=BEGIN)
    assert "职能划转" in text(Client().get(row.get_absolute_url()))
    assert row.what not in text(Client().get("/commitments/"))


def test_the_second_of_two_clerks_sees_what_the_first_wrote_and_loses_nothing(stage: Stage) -> None:
    row = stage.draft()
    url = f"{row.get_absolute_url()}edit/"
    wang, zhao = stage.cast.client("wang"), stage.cast.client("zhao")
    words = {"kind": "commitment", **WORDS, "seen": row.version}
    assert wang.post(url, {**words, "what": "王强写的"}).status_code == 302
    second = zhao.post(url, {**words, "what": "赵敏写的"})
    assert second.status_code == 422
    assert "王强写的" in text(second)
    assert "赵敏写的" in text(second)
    row.refresh_from_db()
    assert row.what == "王强写的"
    assert f'name="seen" value="{row.version}"' in text(second)
    assert zhao.post(url, {**words, "what": "赵敏写的", "seen": row.version}).status_code == 302


def test_a_checker_does_not_publish_what_changed_since_the_look(stage: Stage) -> None:
    row = stage.proposed()
    seen = row.version
    commitments.send_back(row.reference, reason="改", by=stage.actor("li"), at=BEGIN)
    commitments.edit(row.reference, **{**WORDS, "amount": 1}, by=stage.actor("wang"), at=BEGIN)
    commitments.propose(row.reference, by=stage.actor("wang"), at=BEGIN)
    zhou = stage.cast.client("zhou")
    assert zhou.post(f"{row.get_absolute_url()}publish/", {"seen": seen}).status_code == 422
    assert Commitment.objects.get().stage == "proposed"


@pytest.mark.parametrize("page", ["/boards/X/99999999999999999999/", "/boards/%00/1/", "/commitments/%F0%9F%98%80/"])
def test_an_address_of_nothing_is_a_page_that_does_not_exist(stage: Stage, page: str) -> None:
    assert Client().get(page).status_code == 404


def test_hostile_words_stay_words(stage: Stage) -> None:
    words = {"section": "brigade", "kind": "commitment", **WORDS, "what": "<script>alert(1)</script> #panic()"}
    assert stage.cast.client("wang").post("/commitments/add/", words).status_code == 302
    assert "<script>alert" not in text(stage.cast.client("wang").get("/commitments/"))
    nul = stage.cast.client("wang").post("/commitments/add/", {**words, "what": "a\x00b"})
    assert nul.status_code == 422
