"""Staff pages of protection and call-backs: masked by default, opened once, hidden from all others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from pingyi import clock
from pingyi.rules.actor import citizen
from pingyi.stations.cases.actions import calling_back, rating
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import CallBack, CallBackDraw, Case, Identification, Message
from pingyi.stations.cases.queries import search
from pingyi.stations.cases.tests.conftest import Play

pytestmark = pytest.mark.django_db
NUMBER = "138-0000-0001"


def signed_in(play: Play, who: str) -> Client:
    client = play.cast.client(who)
    client.cookies["django_language"] = "en"
    return client


def shown(play: Play, who: str, case: Case) -> str:
    response = signed_in(play, who).get(case.get_absolute_url())
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_section_sees_the_person_masked_and_opens_it_once_with_a_reason(play: Play) -> None:
    case = play.held(at=clock.now())
    page = shown(play, "zhao", case)
    assert "林** 138****0001" in page
    assert NUMBER not in page
    client, address = signed_in(play, "zhao"), f"/cases/{case.reference}/identify/"
    assert NUMBER not in client.get(address).content.decode()
    assert client.post(address, {"purpose": "contact", "reason": ""}).status_code == 422
    opened = client.post(address, {"purpose": "contact", "reason": "预约上门"})
    assert NUMBER in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert NUMBER not in client.get(address).content.decode()
    assert Identification.objects.count() == 1
    assert "预约上门" in shown(play, "zhao", case)


def test_other_sections_and_leaders_open_nothing(play: Play) -> None:
    case = play.held(at=clock.now())
    for who, status in (("chen", 404), ("wu", 403), ("he", 403)):
        response = signed_in(play, who).get(f"/cases/{case.reference}/identify/")
        assert response.status_code == status, who
    leader = signed_in(play, "sun").post(f"/cases/{case.reference}/identify/", {"purpose": "contact", "reason": "x"})
    assert "No call-back was drawn" in leader.content.decode()


def test_who_wished_not_to_be_named_is_not_even_masked_to_the_section(play: Play) -> None:
    case = play.held(contact=Contact(name="林先生", phone=NUMBER, is_withheld=True), at=clock.now())
    page = shown(play, "zhao", case)
    assert "Known to the supervision office alone" in page
    assert "138" not in re.sub(r"<[^>]*>", " ", page), "the words of the page; its forms hold random letters"
    refused = signed_in(play, "zhao").post(f"/cases/{case.reference}/identify/", {"purpose": "contact", "reason": "x"})
    assert "Ask the supervision office" in refused.content.decode()


def test_a_report_of_misconduct_exists_for_the_office_alone(play: Play) -> None:
    case = play.received(kind="misconduct", title="收受礼金", at=clock.now())
    for who in ("wang", "zhao", "chen", "sun"):
        client = signed_in(play, who)
        for address in ("", "identify/", "write/", "why/", "held/"):
            response = client.get(f"/cases/{case.reference}/{address}")
            assert response.status_code in {403, 404}, (who, address)
        assert case.reference not in client.get("/cases/?whose=all").content.decode()
        assert search.search("收受礼金", seen_by=play.actor(who), at=clock.now()).hits == ()
        assert case.reference not in client.get("/desk/").content.decode()
    assert "收受礼金" in shown(play, "li", case)


def test_a_report_is_not_set_beside_the_reporters_other_matters(play: Play) -> None:
    told = {"title": "夜间施工噪声", "text": "柳溪路工地连续三晚施工", "at": clock.now()}
    report = play.received(kind="misconduct", **told)
    plain, again = play.held(**told), play.held(**told)
    assert plain.reference in shown(play, "li", again)
    assert plain.reference not in shown(play, "li", report)
    assert report.reference not in shown(play, "li", plain)


def test_who_wished_not_to_be_named_is_not_named_by_another_matter(play: Play) -> None:
    contact = Contact(name="林先生", phone=NUMBER, is_withheld=True)
    case, other = play.held(contact=contact, at=clock.now()), play.held(at=clock.now())
    for one in (case, other):
        assert "The same person again" in shown(play, "li", one)
        assert "The same person again" not in shown(play, "zhao", one)


def test_the_office_and_the_reporter_write_to_each_other(play: Play) -> None:
    case = play.received(kind="misconduct", at=clock.now())
    citizens.write(case.reference, text="我有照片", by=citizen(case.reference), at=clock.now())
    assert "我有照片" in shown(play, "li", case)
    client = signed_in(play, "li")
    assert client.post(f"/cases/{case.reference}/write/", {"text": " "}).status_code == 422
    client.post(f"/cases/{case.reference}/write/", {"text": "请说明时间"})
    assert list(Message.objects.values_list("is_from_reporter", flat=True).order_by("pk")) == [True, False]


def test_what_the_citizen_wrote_with_a_rating_is_for_the_office(play: Play) -> None:
    case = play.closed(at=clock.now())
    rating.rate(case.reference, level=1, words="态度很差", by=citizen(case.reference), at=clock.now())
    assert "态度很差" in shown(play, "li", case)
    page = shown(play, "zhao", case)
    assert "态度很差" not in page
    assert "Very dissatisfied" in page


def test_the_office_erases_after_asking_once_more(play: Play) -> None:
    case = play.closed(at=clock.now())
    client, address = signed_in(play, "zhou"), f"/cases/{case.reference}/erase/"
    assert client.post(address, {}).status_code == 422
    assert play.fresh(case).erased_on is None
    client.post(address, {"is_sure": "on"})
    assert play.fresh(case).erased_on is not None
    assert case.reference in shown(play, "zhou", case)
    assert signed_in(play, "zhao").get(address).status_code == 403


def test_a_lot_is_announced_drawn_and_asked_on_its_pages(play: Play) -> None:
    case = play.closed(at=clock.now())
    today = clock.today()
    office = signed_in(play, "zhou")
    period = {"since": (today - timedelta(days=5)).isoformat(), "until": today.isoformat(), "source": "双色球2026130期"}
    known = office.post("/cases/call-backs/announce/", {**period, "source_on": today.isoformat()})
    assert "may be known already" in known.content.decode()
    office.post("/cases/call-backs/announce/", {**period, "source_on": (today + timedelta(days=1)).isoformat()})
    row = CallBackDraw.objects.get()
    page = office.get("/cases/call-backs/").content.decode()
    assert row.commitment in page
    assert row.secret not in page
    early = office.post(f"/cases/call-backs/{row.reference}/draw/", {"numbers": "1 2 3"})
    assert "Draw the lot after that" in early.content.decode()
    with time_machine.travel(clock.now() + timedelta(days=1)):
        calling_back.draw(row.reference, numbers="1 2 3", by=play.actor("zhou"), at=clock.now())
        assert office.get(f"/cases/call-backs/{case.reference}/ask/").status_code == 200
        other = signed_in(play, "li")
        ask = f"/cases/call-backs/{case.reference}/ask/"
        assert other.post(ask, {"is_reached": "yes"}).status_code == 422
        own = office.post(ask, {"is_reached": "yes", "is_solved": "yes", "level": "4"})
        assert "had a hand in this case" in own.content.decode()
        assert other.post(ask, {"is_reached": "yes", "is_solved": "no", "level": "2"}).status_code == 302
        assert (CallBack.objects.get().level, CallBack.objects.get().is_solved) == (2, False)
        page = other.get("/cases/call-backs/").content.decode()
        assert "李芳" in page
        assert f'href="/cases/{case.reference}/"' in page  # what was drawn leads to its page
    assert signed_in(play, "zhao").get("/cases/call-backs/").status_code == 403
