"""The pages of cases, through the client: who sees what, what a form keeps, what two clerks are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.actions import answer, clock, custody
from pingyi.stations.cases.forms import verbs as forms
from pingyi.stations.cases.models import Attachment, Case, Complainant
from pingyi.stations.cases.queries import listing
from pingyi.stations.cases.tests.conftest import DAY, HOUR, MONDAY, REPLY, RESULT, Play, noon
from pingyi.stations.cases.views.verbs import VERBS

pytestmark = [pytest.mark.django_db]

TOLD = {
    "kind": "complaint", "channel": "phone", "title": "工地夜间施工", "text": "连续三晚", "name": "林先生",
    "phone": "13800000001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _march() -> Iterator[None]:
    with time_machine.travel(noon(date(2026, 3, 16)), tick=False):
        yield


def text(response: Any) -> str:
    return str(response.content.decode())


def done(play: Play, who: str, case: Case, verb: str, **told: object) -> int:
    url = f"/cases/{case.reference}/{verb}/"
    return int(play.cast.client(who).post(url, {"seen": play.fresh(case).version, **told}).status_code)


def test_the_form_of_receipt_keeps_what_is_private_in_a_group_of_its_own(play: Play) -> None:
    page = play.cast.client("zhao").get("/cases/receive/").content.decode()
    groups = re.findall(
        r'<fieldset class="group"><legend>(.*?)</legend>(.*?)(?=<fieldset class="group">|</form>)', page, re.DOTALL
    )
    assert [legend for legend, _ in groups] == ["反映事项", "诉求人", "受理渠道"]
    assert re.findall(r'name="(\w+)"', groups[1][1]) == ["name", "phone", "email", "address"]
    assert 'name="is_kept"' in groups[2][1]


def test_a_case_walks_from_the_telephone_to_its_closing_through_the_pages(play: Play) -> None:
    response = play.cast.client("zhou").post("/cases/receive/", TOLD)
    case = Case.objects.get()
    assert response.headers["Location"] == case.get_absolute_url()
    assert Complainant.objects.get(case=case).name == "林先生"
    assert done(play, "zhou", case, "assign", to="brigade", note="请核实") == 302
    assert done(play, "zhao", case, "accept") == 302
    assert done(play, "zhao", case, "answer", text=REPLY) == 302
    assert done(play, "zhao", case, "settle", result=RESULT) == 302
    assert done(play, "zhao", case, "close") == 403
    assert done(play, "wang", case, "close") == 302
    assert play.fresh(case).stage == Stage.CLOSED


def test_the_second_of_two_clerks_is_told_who_did_what_and_loses_no_word(play: Play) -> None:
    case = play.received()
    seen = case.version
    first, second = play.cast.client("zhou"), play.cast.client("li")
    url = f"/cases/{case.reference}/assign/"
    assert first.post(url, {"seen": seen, "to": "brigade"}).status_code == 302
    response = second.post(url, {"seen": seen, "to": "pollution", "note": "涉及危废"})
    assert response.status_code == 422
    assert "周明" in text(response)
    assert "涉及危废" in text(response)


def test_who_comes_too_late_for_an_offer_is_told_so_and_a_stranger_learns_nothing(play: Play) -> None:
    case = play.offered()
    custody.recall(case.reference, by=play.actor("zhou"), at=MONDAY)
    url = f"/cases/{case.reference}/decline/"
    late = play.cast.client("wang").post(url, {"seen": case.version, "reason": "不属本队职责"})
    assert late.status_code == 409
    assert "他人已先一步处理" in text(late)
    assert play.cast.client("chen").post(url, {"seen": case.version, "reason": "x"}).status_code == 404


def test_sections_see_only_what_they_hold_or_are_offered(play: Play) -> None:
    case = play.offered()
    other = play.received()
    url = case.get_absolute_url()
    assert play.cast.client("wang").get(url).status_code == 200
    assert play.cast.client("chen").get(url).status_code == 404
    assert play.cast.client("wang").get(other.get_absolute_url()).status_code == 404
    assert play.cast.client("sun").get(url).status_code == 200
    assert play.cast.client("wu").get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert case.reference in text(play.cast.client("wang").get("/cases/?whose=offered"))
    assert case.reference not in text(play.cast.client("chen").get("/cases/?whose="))


def test_a_report_of_misconduct_is_seen_by_the_supervision_office_alone(play: Play) -> None:
    response = play.cast.client("zhao").post("/cases/receive/", {**TOLD, "kind": "misconduct"})
    assert response.headers["Location"] == "/cases/"
    case = Case.objects.get()
    assert play.cast.client("zhou").get(case.get_absolute_url()).status_code == 200
    for who in ("zhao", "wang", "sun"):
        assert play.cast.client(who).get(case.get_absolute_url()).status_code == 404
        assert case.reference not in text(play.cast.client(who).get("/cases/?whose="))


def test_who_raised_it_stands_on_no_page(play: Play) -> None:
    case = play.held()
    for who in ("zhou", "zhao"):
        for url in ("", "why/", "held/"):
            page = text(play.cast.client(who).get(f"{case.get_absolute_url()}{url}"))
            assert "林先生" not in page
            assert "138-0000-0001" not in page


def test_a_form_with_a_fault_keeps_what_was_typed_and_uploaded(play: Play) -> None:
    client = play.cast.client("zhou")
    photo = SimpleUploadedFile("现场.txt", "噪声".encode())
    response = client.post("/cases/receive/", {**TOLD, "title": "", "attachments": [photo]})
    page = text(response)
    assert response.status_code == 422
    assert "连续三晚" in page
    ticket = re.findall(r'name="kept" value="([^"]+)"', page)[0]
    assert client.post("/cases/receive/", {**TOLD, "kept": ticket}).status_code == 302
    file = Attachment.objects.get()
    assert (file.name, file.part) == ("现场.txt", "matter")
    assert client.get(f"/cases/files/{file.reference}/").content == "噪声".encode()
    assert play.cast.client("chen").get(f"/cases/files/{file.reference}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", "2026-03-17"), ("received_on", "gestern"), ("kind", "gossip"), ("channel", "pigeon"),
        ("phone", "<script>"), ("email", "no"), ("title", "长" * 201), ("text", "长" * 20_001),
    ],
)  # fmt: skip
def test_hostile_and_enormous_words_are_refused_at_their_field(play: Play, field: str, value: str) -> None:
    response = play.cast.client("zhou").post("/cases/receive/", {**TOLD, field: value})
    assert response.status_code == 422
    assert f'href="#id_{field}' in text(response)
    assert not Case.objects.exists()


def test_a_refusal_of_the_rules_stands_at_its_field(play: Play) -> None:
    case = play.held()
    response = play.cast.client("zhao").post(
        f"/cases/{case.reference}/answer/", {"seen": case.version, "text": "已收悉。"}
    )
    assert response.status_code == 422
    assert 'href="#id_text"' in text(response)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verbs_page_opens_and_refuses_who_may_not(play: Play, verb: str) -> None:
    case = play.offered()
    assert play.cast.client("zhou").get(f"/cases/{case.reference}/{verb}/").status_code == 200
    told = {"seen": case.version, "reason": "x", "text": REPLY, "result": "x", "to": "brigade", "papers": "x"}
    assert play.cast.client("chen").post(f"/cases/{case.reference}/{verb}/", told).status_code in {403, 404}
    assert play.fresh(case).version == case.version


def test_a_verb_that_there_is_not_is_a_page_that_does_not_exist(play: Play) -> None:
    case = play.received()
    assert play.cast.client("zhou").get(f"/cases/{case.reference}/delete/").status_code == 404
    assert play.cast.client("zhou").get("/cases/2026-999999/").status_code == 404


def test_the_page_offers_what_may_be_done_and_nothing_else(play: Play) -> None:
    case = play.held(who="zhao")
    mine = text(play.cast.client("zhao").get(case.get_absolute_url()))
    heads = text(play.cast.client("wang").get(case.get_absolute_url()))
    office = text(play.cast.client("zhou").get(case.get_absolute_url()))
    for verb, shown in (("answer", (True, True, False)), ("merge", (False, False, True)), ("close", (False,) * 3)):
        assert tuple(f"/{verb}/" in page for page in (mine, heads, office)) == shown, verb
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=MONDAY)
    assert "/close/" not in text(play.cast.client("zhao").get(case.get_absolute_url()))
    assert "/close/" in text(play.cast.client("wang").get(case.get_absolute_url()))


def test_why_counts_the_days_and_held_answers_for_any_moment(play: Play) -> None:
    case = play.offered()
    custody.accept(case.reference, by=play.actor("wang"), at=MONDAY + 2 * HOUR)
    with time_machine.travel(MONDAY + DAY, tick=False):
        why = text(play.cast.client("wang").get(f"/cases/{case.reference}/why/"))
        held = play.cast.client("wang")
        before = text(held.get(f"/cases/{case.reference}/held/", {"at": "2026-03-16T13:00"}))
        after = text(held.get(f"/cases/{case.reference}/held/", {"at": "2026-03-16T14:00"}))
        never = text(held.get(f"/cases/{case.reference}/held/", {"at": "2025-01-01T14:00"}))
        wrong = held.get(f"/cases/{case.reference}/held/", {"at": "neulich"})
    assert "2026-04-02" in why
    assert why.count("<tr>") > 13
    assert "周明 · " in before
    assert "王强 · " in after
    assert "notice-success" not in never
    assert wrong.status_code == 422


def test_an_extension_and_a_reopening_go_through_the_pages(play: Play) -> None:
    case = play.held()
    assert done(play, "zhao", case, "extend_ask", until="2026-04-10", reason="需检测") == 302
    assert "需检测" in text(play.cast.client("zhou").get(case.get_absolute_url()))
    assert done(play, "zhou", case, "extend_grant", decision="同意") == 302
    assert play.fresh(case).due_on == date(2026, 4, 10)
    closed = play.closed()
    assert done(play, "zhou", closed, "reopen", reason="夜间仍在施工") == 302


def test_the_desk_shows_what_is_late_due_and_waiting(play: Play) -> None:
    offered, ready = play.offered(), play.done(who="zhao")
    late = play.held(who="zhao")
    asked = play.held(who="wang")
    clock.extend_ask(asked.reference, until=date(2026, 4, 10), reason="需检测", by=play.actor("wang"), at=MONDAY)
    with time_machine.travel(noon(date(2026, 4, 3)), tick=False):
        wang, zhao, zhou = (text(play.cast.client(who).get("/desk/")) for who in ("wang", "zhao", "zhou"))
    assert offered.get_absolute_url() in wang
    assert ready.get_absolute_url() in wang
    assert late.get_absolute_url() in zhao
    assert asked.get_absolute_url() in zhou
    assert offered.get_absolute_url() not in text(play.cast.client("chen").get("/desk/"))


def test_a_list_goes_on_where_the_page_before_ended(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "A_PAGE", 2)
    made = [play.received(title=f"第{number}件").reference for number in range(5)]
    client, url, seen = play.cast.client("zhou"), "/cases/?whose=mine&standing=open", []
    for _ in range(3):
        page = text(client.get(url))
        seen += re.findall(r'<th scope="row"[^>]*><a href="/cases/(2026-\d+)/"', page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        url = "/cases/" + link.group(1).replace("&amp;", "&") if link else ""
    assert seen == made
    assert not url
    assert client.get("/cases/?after=nonsense_x").status_code == 200


def test_what_a_list_is_narrowed_to_stands_on_its_folded_filters(play: Play) -> None:
    client = play.cast.client("zhou")
    assert "<summary>筛选：未办结</summary>" in text(client.get("/cases/"))
    assert "<summary>筛选：未办结、投诉</summary>" in text(client.get("/cases/?standing=open&kind=complaint"))
    assert "<summary>筛选</summary>" in text(client.get("/cases/?standing="))


def test_a_list_costs_the_same_with_few_and_with_many(play: Play) -> None:
    def queries() -> int:
        client = play.cast.client("zhou")
        client.get("/cases/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/cases/").status_code == 200
        return len(caught)

    play.held()
    few = queries()
    for _ in range(6):
        play.offered()
        play.held(who="wang")
    assert queries() == few


@pytest.mark.parametrize(
    "standing", ["open", "late", "due", "offered", "unaccepted", "stopped", "asked", "closed", "?"]
)
def test_every_filter_opens(play: Play, standing: str) -> None:
    play.offered()
    for whose in ("mine", "section", "offered", "ready", "", "?"):
        page = play.cast.client("wang").get("/cases/", {"whose": whose, "standing": standing, "kind": "complaint"})
        assert page.status_code == 200


def test_filters_find_what_they_say(play: Play) -> None:
    offered, stopped, closed = play.offered(), play.held(kind="inquiry"), play.closed()
    clock.stop_clock(stopped.reference, cause="expert", by=play.actor("zhao"), at=MONDAY)
    client = play.cast.client("zhou")
    for asked, found in (
        ({"standing": "offered"}, offered), ({"standing": "stopped"}, stopped), ({"standing": "closed"}, closed),
        ({"kind": "inquiry"}, stopped), ({"section": "@office", "standing": "open"}, offered),
    ):  # fmt: skip
        page = text(client.get("/cases/", {"whose": "", **asked}))
        rows = re.findall(r'<th scope="row"[^>]*><a href="/cases/(2026-\d+)/"', page)
        assert rows == [found.reference], asked


def test_every_form_of_a_verb_carries_the_version_that_was_seen() -> None:
    assert all(issubclass(verb.form, forms.OnCase) for verb in VERBS.values())
