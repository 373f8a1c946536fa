"""The bureau's pages: each opens for those it is for, in both languages, and for nobody else."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pingyi import clock
from pingyi.bureau import notices, queries
from pingyi.bureau.actions import invitation, member
from pingyi.bureau.models import Member, Section
from pingyi.bureau.tests import paper
from pingyi.bureau.tests.cast import BEGIN, Cast
from pingyi.rules.actor import Role

FOR_MEMBERS = ["/bureau/", "/bureau/roles/", "/bureau/sections/brigade/", "/notices/", "/posts/", "/welcome/", "/jobs/"]
FOR_OFFICERS = [
    "/bureau/change/",
    "/bureau/sections/add/",
    "/bureau/sections/brigade/change/",
    "/bureau/sections/brigade/name-head/",
    "/bureau/sections/office/name-head/",
    "/bureau/sections/brigade/close/",
    "/bureau/members/appoint/",
    "/bureau/members/appoint/?section=brigade",
    "/bureau/invitations/",
    "/bureau/import/",
    "/bureau/import/template.xlsx",
]


def text(client: Client, url: str, *, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, f"{url} answered {answer.status_code}"
    return answer.content.decode()


@pytest.mark.parametrize("url", FOR_MEMBERS)
def test_a_members_page_opens_for_members_and_asks_visitors_to_sign_in(cast: Cast, url: str) -> None:
    text(cast.client("zhao"), url)
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("url", FOR_OFFICERS)
def test_an_officers_page_opens_for_officers_alone(cast: Cast, url: str) -> None:
    assert cast.client("zhou").get(url).status_code == 200
    assert cast.client("zhao").get(url).status_code == 403


def test_the_pages_speak_english_too(cast: Cast) -> None:
    client = cast.client("zhou")
    client.cookies["django_language"] = "en"
    assert "Line of business" in text(client, "/bureau/")


def test_a_page_of_one_member_shows_the_phone_to_few(cast: Cast) -> None:
    one = member.appoint(name="高洁", role=Role.SUPERVISOR.value, phone="13812345678", by=cast.actor("zhou"), at=BEGIN)
    url = reverse("bureau:member", args=[one.reference])
    assert "13812345678" in text(cast.client("zhou"), url)
    assert "13812345678" not in text(cast.client("wang"), url)


def test_buttons_are_drawn_for_those_who_may(cast: Cast) -> None:
    assert "/bureau/sections/add/" in text(cast.client("zhou"), "/bureau/")
    assert "/bureau/sections/add/" not in text(cast.client("wang"), "/bureau/")
    assert "name-head" in text(cast.client("sun"), "/bureau/sections/brigade/")


def test_unknown_addresses_are_not_found(cast: Cast) -> None:
    for url in ("/bureau/sections/nothing/", "/bureau/members/nobody/", "/invitation/guess/", "/bureau/import/99/"):
        text(cast.client("zhou"), url, status=404)


def test_the_overview_costs_few_queries_however_many_sections_there_are(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = cast.client("zhou")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        text(client, "/bureau/")


def test_a_refusal_is_a_sentence_on_the_form_and_keeps_what_was_typed(cast: Cast) -> None:
    answer = cast.client("zhou").post("/bureau/sections/add/", {"name": "办公室", "kind": "office", "line": "文秘"})
    assert answer.status_code == 422
    assert 'value="文秘"' in answer.content.decode()
    assert Section.objects.count() == 5


def test_a_section_is_added_changed_and_closed_through_the_pages(cast: Cast) -> None:
    client = cast.client("zhou")
    client.post(
        "/bureau/sections/add/", {"name": "法规科", "kind": "section", "reference": "law", "is_evaluated": "on"}
    )
    row = Section.objects.get(reference="law")
    client.post("/bureau/sections/law/change/", {"name": "法制科", "kind": "section", "reason": "更名"})
    row.refresh_from_db()
    assert (row.name, row.is_evaluated) == ("法制科", False)
    assert client.post("/bureau/sections/law/close/", {"reason": ""}).status_code == 422
    client.post("/bureau/sections/law/close/", {"reason": "并入办公室"})
    row.refresh_from_db()
    assert row.closed_on


def test_a_section_may_be_of_a_kind_that_no_list_has(cast: Cast) -> None:
    client, typed = cast.client("zhou"), {"name": "城关工作队", "reference": "town", "line": "巡查"}
    neither = client.post("/bureau/sections/add/", typed)
    assert (neither.status_code, "请选择种类" in neither.content.decode()) == (422, True)
    both = client.post("/bureau/sections/add/", typed | {"kind": "office", "other_kind": "工作队"})
    assert (both.status_code, 'value="工作队"' in both.content.decode()) == (422, True)
    assert client.post("/bureau/sections/add/", typed | {"other_kind": "工作队"}).status_code == 302
    assert Section.objects.get(reference="town").kind_id == "工作队"
    assert "工作队" in text(client, "/bureau/")
    client.post("/bureau/sections/add/", {"name": "法规科", "other_kind": "科", "reference": "law"})
    assert Section.objects.get(reference="law").kind_id == "section", "a word that is known is the kind it names"


def test_a_head_is_named_through_the_page(cast: Cast) -> None:
    client = cast.client("zhou")
    given = {"head": cast.zhao.reference, "stand_in": cast.wang.reference}
    assert client.post("/bureau/sections/brigade/name-head/", given).status_code == 302
    assert Section.objects.get(reference="brigade").head == cast.zhao
    inbox = text(cast.client("zhao"), "/notices/")
    assert "环境监察大队" in inbox


def test_a_notice_is_opened_and_is_then_read(cast: Cast) -> None:
    notices.queue("section.head_named", to=cast.wang, about="x", at=BEGIN, url="/bureau/", section="办公室")
    notice = notices.inbox(cast.wang.reference)[0]
    assert cast.client("zhao").post(f"/notices/{notice.pk}/read/").status_code == 404
    assert cast.client("wang").post(f"/notices/{notice.pk}/read/")["Location"] == "/bureau/"
    assert notices.unread(cast.wang.reference) == 0


def test_an_invitation_goes_out_on_a_sealed_sheet_alone_and_is_accepted(cast: Cast) -> None:
    officer = cast.client("zhou")
    officer.post("/bureau/members/appoint/", {"name": "高洁", "role": "supervisor"})
    one = Member.objects.get(role="supervisor", title="", dismissed_on=None, login=None)
    page = officer.post(f"/bureau/members/{one.reference}/invite/")
    assert "no-store" in page["Cache-Control"]
    path = paper.link(page)
    assert path not in text(officer, "/bureau/invitations/")
    visitor = Client()
    assert "高洁" in text(visitor, path)
    typed = {"username": "gao", "password": "a quiet river", "again": "a quiet river"}
    assert visitor.post(path, {**typed, "again": "else"}).status_code == 422
    assert visitor.post(path, {**typed, "password": "short", "again": "short"}).status_code == 422
    assert visitor.post(path, typed)["Location"] == "/welcome/"
    assert text(visitor, "/welcome/")
    assert "已" in text(Client(), path) or "used" in text(Client(), path)


def test_an_open_invitation_is_withdrawn_through_the_page(cast: Cast) -> None:
    one = member.appoint(name="高洁", role=Role.SUPERVISOR.value, by=cast.actor("zhou"), at=BEGIN)
    officer = cast.client("zhou")
    officer.post(f"/bureau/members/{one.reference}/invite/")
    row = one.invitations.get()
    assert officer.post(f"/bureau/invitations/{row.reference}/revoke/", {"reason": "发错"}).status_code == 302
    row.refresh_from_db()
    assert row.revoked_at


def test_the_sheet_invites_everybody_who_waits_once(cast: Cast) -> None:
    for name in ("高洁", "马丽"):
        member.appoint(name=name, role=Role.SUPERVISOR.value, by=cast.actor("zhou"), at=BEGIN)
    officer = cast.client("zhou")
    assert len(paper.links(officer.post("/bureau/invitations/sheet/").content)) == 2
    assert officer.post("/bureau/invitations/sheet/").status_code == 302


def test_who_holds_two_posts_changes_between_them(cast: Cast) -> None:
    by = cast.actor("zhou")
    second = member.appoint(name="王强", role=Role.SUPERVISOR.value, by=by, at=BEGIN)
    token = invitation.issue([second.reference], days=3650, by=by, at=BEGIN)[0].token
    client = cast.client("wang")
    assert client.post(f"/invitation/{token}/", {"own": "yes"})["Location"] == "/welcome/"
    assert client.get("/posts/").context["actor"].role is Role.SUPERVISOR
    client.post("/posts/", {"post": cast.wang.reference})
    assert client.get("/posts/").context["actor"].role is Role.SECTION_HEAD
    assert client.post("/posts/", {"post": cast.zhou.reference}).status_code == 404


def test_a_dismissed_member_can_sign_in_but_sees_nothing(cast: Cast) -> None:
    member.dismiss(cast.zhao.reference, reason="调离", by=cast.actor("zhou"), at=BEGIN)
    text(cast.client("zhao"), "/bureau/", status=403)


def test_who_waits_for_an_invitation_lies_on_the_desk_of_who_may_invite(cast: Cast) -> None:
    office, head = cast.client("zhou"), cast.client("wang")
    waiting = len(queries.uninvited(at=clock.now()))
    member.appoint(name="新来的", role="section_staff", section="brigade", by=cast.actor("zhou"), at=clock.now())
    assert f"{waiting + 1}人等待邀请" in office.get("/desk/").content.decode()
    assert "人等待邀请" not in head.get("/desk/").content.decode()


def test_what_a_column_of_people_is_can_be_chosen_and_is_what_is_taken_over(cast: Cast) -> None:
    client = cast.client("zhou")
    text = "同志,角色,科室,号码一,号码二\n孙小伟,科室人员,环境监察大队,13800000001,13800000002\n"
    answer = client.post("/bureau/import/", {"table": SimpleUploadedFile("人员.csv", text.encode())})
    place = answer.headers["Location"]
    page = client.get(place).content.decode()
    assert "每一列按什么读" in page
    names = re.findall(r'name="(column-\d+)"', page)
    twice = dict(zip(names, ["name", "role", "section", "phone", "phone"], strict=True))
    assert "已经是这一项" in client.get(place, twice).content.decode()
    said = dict(zip(names, ["name", "role", "section", "", "phone"], strict=True))
    seen = client.get(place, said, follow=True).content.decode()
    assert "13800000002" in seen
    kept = {name: re.search(rf'name="{name}" value="([^"]*)"', seen) for name in ("sha256", "columns")}
    assert client.post(place, {name: found[1] for name, found in kept.items() if found}).status_code == 302
    assert Member.objects.get(name="孙小伟").phone == "13800000002"


def test_a_table_that_was_replaced_after_its_preview_is_not_taken_over(cast: Cast) -> None:
    client = cast.client("zhou")
    text = "姓名,角色,科室\n孙小伟,科室人员,环境监察大队\n"
    place = client.post("/bureau/import/", {"table": SimpleUploadedFile("人员.csv", text.encode())}).headers["Location"]
    answer = client.post(place, {"sha256": "0" * 64})
    assert "服务器上的文件已被替换" in answer.content.decode()
    assert not Member.objects.filter(name="孙小伟").exists()
