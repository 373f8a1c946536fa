"""What many people raise surfaces by itself and is seen together, each case with its own holder (热点, §1.4)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rehearsal import matters
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.models import Case
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN

pytestmark = pytest.mark.django_db
CROWD = next(one for one in matters.crowds() if one.begins[0] == 12)  # everybody speaks of one boiler house
OTHERS = ("网站上的字太小，老人看不清楚。", "想问环评报告表的公示在哪里看。", "感谢上周来采样的两位同志。")


def test_a_matter_that_many_raise_lies_on_the_offices_desk_and_its_cases_are_joined(cast: Cast) -> None:
    rounds.open_round("version", text=PLAN, by=cast.actor("zhou"), at=clock.now())
    for number, telling in enumerate(CROWD.tellings):
        _tell(telling.text, phone=f"1380000800{number}")
    for number, text in enumerate(OTHERS):
        _tell(text, phone=f"1380000900{number}")
    call_command("see")  # what the worker does every hour
    office = cast.client("zhou")
    page = office.get("/cases/hot/", {"days": 30}).content.decode()
    assert CROWD.tellings[0].place in page
    assert all(text not in page for text in OTHERS)
    assert CROWD.tellings[0].place in office.get("/desk/").content.decode(), "it surfaced without anybody searching"
    assert cast.client("wang").get("/cases/hot/").status_code == 403, "a section sees its own cases, not the bureau's"
    _join(office)


def _tell(text: str, *, phone: str) -> None:
    cache.clear()
    told = {"kind": "complaint", "text": text, "phone": phone, "name": "", "place": "", "title": ""}
    own = f"10.1.{int(phone[-4:-2])}.{int(phone[-2:])}"  # many people, each at home
    assert Client(REMOTE_ADDR=own).post("/tell/", told).status_code == 302
    inbox.drain(at=clock.now())


def _join(office: Client) -> None:
    first, other = Case.objects.order_by("pk")[:2]
    held = (other.holder, other.due_on)
    response = office.post(f"/cases/{first.reference}/group/", {"other": other.reference, "title": "锅炉房黑烟"})
    assert response.status_code == 302, response.content.decode()
    other.refresh_from_db()
    assert (other.holder, other.due_on) == held, "a group takes no case out of anybody's hands"
    assert Entry.objects.filter(verb="case.group").exists()
