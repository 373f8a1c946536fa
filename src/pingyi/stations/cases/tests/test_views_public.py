"""The citizen's pages through HTTP: nothing typed is lost, wrong codes are met kindly, nothing leaks."""

from __future__ import annotations

import io
import sqlite3
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from pingyi import clock, limits
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases import gate
from pingyi.stations.cases.actions import answer, citizen, custody, inbox, intake, protection
from pingyi.stations.cases.actions import clock as clocks
from pingyi.stations.cases.forms.public import headline, plain_code
from pingyi.stations.cases.models import Attachment, Case, Complainant, Rating, Submission
from pingyi.stations.cases.tests.conftest import REPLY, RESULT, Play

pytestmark = pytest.mark.django_db
TOLD = {"kind": "complaint", "text": "柳溪路工地连续三晚施工，吵得睡不着。希望夜里停工。", "place": "柳溪路8号"}


@pytest.fixture
def visitor(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def picture(name: str = "现场.jpg") -> SimpleUploadedFile:
    from PIL import Image

    Image.new("RGB", (40, 30), "gray").save(out := io.BytesIO(), "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def handed_in(visitor: Client, **told: Any) -> Case:
    response = visitor.post("/tell/", {**TOLD, **told})
    assert response.status_code == 302, response.content.decode()
    inbox.drain(at=clock.now())  # the worker's part, a moment later
    return Case.objects.get(follow_code=response.url.split("/")[2])


def page(visitor: Client, case: Case, verb: str = "") -> str:
    address = reverse(f"citizens:{verb or 'follow'}", args=[case.follow_code])
    return visitor.get(address).content.decode()


def done(play: Play, case: Case, *, is_closed: bool = True) -> None:
    now = clock.now()
    custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=now)
    custody.accept(case.reference, by=play.actor("zhao"), at=now)
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=now)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=now)
    if is_closed:
        answer.close(case.reference, by=play.actor("wang"), at=now)


def test_a_matter_is_handed_in_without_account_and_name(play: Play, visitor: Client) -> None:
    assert visitor.get("/tell/").status_code == 200
    case = handed_in(visitor)
    assert (case.channel_id, case.is_anonymous, case.title) == ("web", True, "柳溪路工地连续三晚施工，吵得睡不着")
    receipt = page(visitor, case, "receipt")
    assert case.reference in receipt
    assert f"{case.follow_code[:4]} {case.follow_code[4:8]} {case.follow_code[8:]}" in receipt
    assert "data:image/svg+xml" in receipt


def test_contact_and_photographs_come_along(play: Play, visitor: Client) -> None:
    case = handed_in(
        visitor, name="林先生", phone="138 0000 0001", is_withheld="on", attachments=[picture(), picture("二.jpg")]
    )
    row = Complainant.objects.get(case=case)
    assert (row.name, row.phone, row.is_withheld) == ("林先生", "138 0000 0001", True)
    kept = Attachment.objects.get(case=case)  # the same picture twice lies there once
    assert (kept.part, kept.mime) == ("matter", "image/jpeg")
    reply = visitor.get(reverse("citizens:file", args=[case.follow_code, kept.reference]))
    assert reply.headers["Content-Type"] == "image/jpeg"


def test_with_a_fault_nothing_typed_and_no_file_is_lost(play: Play, visitor: Client) -> None:
    response = visitor.post("/tell/", {**TOLD, "text": "", "phone": "call me", "attachments": [picture()]})
    assert response.status_code == 422
    shown = response.content.decode()
    assert TOLD["place"] in shown
    assert "call me" in shown
    assert "现场.jpg" in shown
    form = response.context["form"]
    ticket = form.tickets[0][0]
    case = handed_in(visitor, once=form.once, kept=ticket)
    assert Attachment.objects.get(case=case).name == "现场.jpg"
    assert Submission.objects.count() == 1


def test_a_bad_file_is_named_and_the_good_one_stays(play: Play, visitor: Client) -> None:
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\x00" * 60)
    response = visitor.post("/tell/", {**TOLD, "attachments": [picture(), bad]})
    assert response.status_code == 422
    assert "run.exe" in response.content.decode()
    assert [kept.name for _, kept in response.context["form"].tickets] == ["现场.jpg"]


def test_the_same_form_sent_twice_makes_one_case(play: Play, visitor: Client) -> None:
    once = visitor.get("/tell/").context["form"].once
    assert handed_in(visitor, once=once) == handed_in(visitor, once=once)
    assert Case.objects.count() == 1


def test_hostile_and_enormous_input_gets_a_clear_answer(play: Play, visitor: Client) -> None:
    for told in ({"text": "长" * 5001}, {"kind": "gossip"}, {"text": "a\x00b"}, {"title": "长" * 201}):
        response = visitor.post("/tell/", {**TOLD, **told})
        assert response.status_code == 422, told
    case = handed_in(visitor, title="<script>alert(1)</script>")
    assert "<script>alert" not in page(visitor, case)


def test_a_code_is_found_however_it_is_typed_and_a_wrong_one_is_met_kindly(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    typed = f" {case.follow_code[:4].lower()}-{case.follow_code[4:]} "
    assert visitor.post("/follow/", {"code": typed}).url == f"/follow/{case.follow_code}/"
    wrong = visitor.post("/follow/", {"code": "BBBBBBBBBBBB"})
    assert wrong.status_code == 422
    assert "BBBBBBBBBBBB" in wrong.content.decode()
    assert "There is no matter with this code" in wrong.content.decode()
    address = visitor.get("/follow/BBBBBBBBBBBB/")
    assert (address.status_code, "There is no matter with this code" in address.content.decode()) == (404, True)


def test_pages_of_a_code_are_neither_indexed_nor_kept(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    for verb in ("follow", "receipt", "why", "rate", "reopen", "papers", "write", "erase"):
        response = visitor.get(reverse(f"citizens:{verb}", args=[case.follow_code]))
        assert response.status_code == 200, verb
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Cache-Control"] == "no-store"


def test_the_page_names_the_section_and_no_person(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    done(play, case, is_closed=False)
    shown = page(visitor, case)
    assert "环境监察大队" in shown
    for name in ("赵敏", "王强", "周明"):
        assert name not in shown


def test_a_case_that_waits_for_an_answer_never_looks_finished(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    now = clock.now()
    custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=now)
    custody.accept(case.reference, by=play.actor("zhao"), at=now)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=now)
    shown = page(visitor, case)
    assert "You still get an answer" in shown
    assert "It is closed" not in shown
    assert "There is no answer yet." in shown
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=now)
    shown = page(visitor, case)
    assert "checks them before it is closed" in shown
    assert "/rate/" not in shown


def test_answer_result_rating_and_objection(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    done(play, case)
    shown = page(visitor, case)
    assert REPLY in shown
    assert RESULT in shown
    rated = visitor.post(reverse("citizens:rate", args=[case.follow_code]), {"level": "1", "words": "还在吵"})
    assert rated.url == f"/follow/{case.follow_code}/reopen/"
    assert Rating.objects.get().level == 1
    again = visitor.post(reverse("citizens:rate", args=[case.follow_code]), {"level": "5"})
    assert "rated already" in again.content.decode()
    empty = visitor.post(reverse("citizens:reopen", args=[case.follow_code]), {"reason": ""})
    assert empty.status_code == 422
    visitor.post(reverse("citizens:reopen", args=[case.follow_code]), {"ground": "not_done", "reason": "昨晚还在施工"})
    assert play.fresh(case).stage == Stage.HELD
    shown = page(visitor, case)
    assert "waits for a new answer" in shown
    assert "昨晚还在施工" in shown


def test_missing_papers_are_listed_once_and_handed_in(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    now = clock.now()
    custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=now)
    custody.accept(case.reference, by=play.actor("zhao"), at=now)
    clocks.notify(case.reference, papers="环评批复\n身份证明", by=play.actor("zhao"), at=now)
    assert "环评批复" in page(visitor, case)
    response = visitor.post(reverse("citizens:papers", args=[case.follow_code]), {"attachments": [picture("批复.jpg")]})
    assert response.status_code == 302
    assert play.fresh(case).stopped_on is None
    assert Attachment.objects.get(case=case).name == "批复.jpg"


def test_a_report_of_misconduct_has_its_letters(play: Play, visitor: Client) -> None:
    case = handed_in(visitor, kind="misconduct")
    citizen.write(case.reference, text="请补充时间", by=play.actor("li"), at=clock.now())
    assert "请补充时间" in page(visitor, case)
    visitor.post(reverse("citizens:write", args=[case.follow_code]), {"text": "上周三下午"})
    shown = page(visitor, case)
    assert "上周三下午" in shown
    assert "李芳" not in shown


def test_the_citizen_sees_who_opened_the_data_and_why(play: Play, visitor: Client) -> None:
    case = handed_in(visitor, name="林先生", phone="13800000001")
    assert "Nobody has opened" in page(visitor, case)
    protection.identify(case.reference, purpose="contact", reason="预约上门查看", by=play.actor("zhou"), at=clock.now())
    shown = page(visitor, case)
    assert "预约上门查看" in shown
    assert "周明" not in shown


def test_members_of_the_bureau_do_nothing_in_the_citizens_place(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    done(play, case)
    member = play.cast.client("zhao")
    response = member.post(reverse("citizens:rate", args=[case.follow_code]), {"level": "5"})
    assert response.status_code == 422
    assert not Rating.objects.exists()


def test_the_citizen_has_it_erased_and_the_page_still_answers(play: Play, visitor: Client) -> None:
    case = handed_in(visitor, name="林先生")
    done(play, case)
    assert visitor.post(reverse("citizens:erase", args=[case.follow_code]), {}).status_code == 422
    visitor.post(reverse("citizens:erase", args=[case.follow_code]), {"is_sure": "on"})
    shown = page(visitor, case)
    assert "erased for good" in shown
    assert "柳溪路" not in shown


def test_what_has_no_number_yet_has_a_page_and_a_receipt(play: Play, visitor: Client) -> None:
    row = Submission(kind_id="inquiry", channel_id="web", received_at=clock.now(), payload={})
    row.save()
    for verb in ("follow", "receipt"):
        assert visitor.get(reverse(f"citizens:{verb}", args=[row.follow_code])).status_code == 200
    assert visitor.get(reverse("citizens:rate", args=[row.follow_code])).url == f"/follow/{row.follow_code}/"


def test_a_merged_matter_is_followed_to_where_it_goes_on(play: Play, visitor: Client) -> None:
    case, other = handed_in(visitor), handed_in(visitor, text="另一个人说的话", name="王五")
    intake.merge(case.reference, into=other.reference, by=play.actor("zhou"), at=clock.now())
    done(play, other)
    shown = page(visitor, case)
    assert REPLY in shown
    assert "另一个人说的话" not in shown


def test_codes_and_headlines() -> None:
    assert plain_code(" abcd-2345\u3000wxyz ") == "ABCD2345WXYZ"
    assert headline("路灯坏了！已经三天。") == "路灯坏了"
    assert len(headline("长" * 90)) == 40


def test_a_disk_that_keeps_no_count_gives_the_form_back_with_all_that_was_typed(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("limits: database or disk is full") from cause

    monkeypatch.setattr(limits._File, "ask", full)
    for more in ({}, {"sum_key": gate.new_sum().key, "sum": "5"}):
        answer = visitor.post("/tell/", {**TOLD, "place": "柳溪路8号", **more})
        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert 'name="place"' in page, "the form itself"
        assert "柳溪路8号" in page
        assert "come to the bureau" in page
    assert not Submission.objects.exists()
