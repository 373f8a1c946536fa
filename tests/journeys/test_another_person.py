"""Another person means another person (§5.4, ADR 0013): one officer tries, through the pages, to be two."""

from __future__ import annotations

import pytest
from django.test import Client

from pingyi.bureau.models import Invitation, Member, Motion
from pingyi.bureau.tests import paper
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.confirming import all_looked_at
from pingyi.stations.results.tests import stage

pytestmark = [pytest.mark.django_db]
SECRET = {"password": "a quiet river", "again": "a quiet river"}


def proposed(officer: Client) -> str:
    """Bring a plan and propose it, as this officer."""
    version = officer.post("/plan/bring/", {"text": stage.PLAN_FILE.read_text(encoding="utf-8")}).headers["Location"]
    row = PlanVersion.objects.get()
    officer.post(f"{version}confirm/", all_looked_at(row))
    assert officer.post(f"{version}propose/").status_code == 302
    return str(version)


def take_up(visitor: Client, officer: Client, one: Member, typed: dict[str, str]) -> int:
    """Have the officer invite, and open the paper oneself."""
    answer = officer.post(f"/bureau/members/{one.reference}/invite/")
    if answer.status_code != 200:
        return int(answer.status_code)
    return int(visitor.post(paper.link(answer), typed).status_code)


def test_an_officer_who_makes_himself_leader_does_not_adopt_the_own_plan(cast: Cast) -> None:
    officer = cast.client("zhou")
    officer.post("/bureau/members/appoint/", {"name": "周明", "role": "bureau_leader"})
    for row in Motion.objects.all():
        assert officer.post(f"/bureau/motions/{row.reference}/confirm/").status_code == 422
    for one in Member.objects.filter(name="周明", role="bureau_leader"):
        assert take_up(officer, officer, one, {"own": "yes"}) != 302
    version = proposed(officer)
    assert officer.post(f"{version}adopt/").status_code == 422
    for one in Member.objects.filter(login=cast.zhou.login):
        officer.post("/posts/", {"post": one.reference})
        assert officer.post(f"{version}adopt/").status_code == 422
    assert not PlanVersion.objects.exclude(adopted_by="").exists()


def test_an_officer_who_invents_a_leader_does_not_take_up_the_post(cast: Cast) -> None:
    officer, invented = cast.client("zhou"), Client()
    officer.post("/bureau/members/appoint/", {"name": "钱无", "role": "bureau_leader"})
    for one in Member.objects.filter(name="钱无"):
        take_up(invented, officer, one, {"username": "qian", **SECRET})
    assert not Member.objects.filter(name="钱无").exclude(login=None).exists()
    assert invented.get("/desk/").status_code == 302


def test_a_leader_is_not_replaced_by_withdrawing_the_login_and_inviting_anew(cast: Cast) -> None:
    officer, stranger = cast.client("zhou"), Client()
    officer.post(f"/bureau/members/{cast.sun.reference}/withdraw-login/", {"reason": "忘记密码"})
    take_up(stranger, officer, cast.sun, {"username": "sun2", **SECRET})
    assert Member.objects.get(pk=cast.sun.pk).login == cast.sun.login
    assert stranger.get("/desk/").status_code == 302


def test_with_a_second_officer_the_link_still_opens_nothing_without_the_word(cast: Cast) -> None:
    officer, second, stranger = cast.client("zhou"), cast.client("li"), Client()
    officer.post("/bureau/members/appoint/", {"name": "钱进", "role": "bureau_leader"})
    row = Motion.objects.get(stage="open")
    assert row.name in second.get("/desk/").content.decode()
    assert second.post(f"/bureau/motions/{row.reference}/confirm/").status_code == 302
    one = Member.objects.get(name="钱进")
    link = paper.link(officer.post(f"/bureau/members/{one.reference}/invite/"))
    invitation = Invitation.objects.get(member=one)
    typed = {"username": "qian", **SECRET}
    assert stranger.post(link, {**typed, "word": "BCDFGHJK"}).status_code == 422  # nobody gave a word yet
    assert officer.post(f"/bureau/invitations/{invitation.reference}/word/").status_code == 422
    word = second.post(f"/bureau/invitations/{invitation.reference}/word/").context["word"]
    assert len(word) == 8
    assert word not in str(Invitation.objects.values()) + "".join(Entry.objects.values_list("body", flat=True))
    assert stranger.post(link, typed).status_code == 422
    assert stranger.post(link, {**typed, "word": "BCDFGHJK"}).status_code == 422
    assert Member.objects.get(pk=one.pk).login is None
    spoken = f" {word[:4].lower()} {word[4:]}"  # as it was heard on the telephone
    assert stranger.post(link, {**typed, "word": spoken}).headers["Location"] == "/welcome/"


def test_a_motion_is_refused_with_a_reason_or_taken_back(cast: Cast) -> None:
    officer, second = cast.client("zhou"), cast.client("sun")
    officer.post("/bureau/members/appoint/", {"name": "钱进", "role": "district_office"})
    row = Motion.objects.get(stage="open")
    assert "钱进" in second.get(f"/bureau/motions/{row.reference}/").content.decode()
    assert second.post(f"/bureau/motions/{row.reference}/refuse/", {"note": ""}).status_code == 422
    assert second.post(f"/bureau/motions/{row.reference}/refuse/", {"note": "区里另派他人"}).status_code == 302
    assert "区里另派他人" in officer.get(f"/bureau/motions/{row.reference}/").content.decode()
    assert second.post(f"/bureau/motions/{row.reference}/confirm/").status_code == 422
    officer.post("/bureau/members/appoint/", {"name": "钱进", "role": "district_office"})
    again = Motion.objects.get(stage="open")
    assert officer.post(f"/bureau/motions/{again.reference}/withdraw/").status_code == 302
    assert not Member.objects.filter(name="钱进").exists()
    assert "区里另派他人" not in "".join(Entry.objects.values_list("body", flat=True))
