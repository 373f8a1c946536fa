"""Interests are declared, and recusal follows from them in checks, decisions, call-backs and hand-overs (§5.4)."""

from __future__ import annotations

from typing import Any

import pytest

from pingyi import clock
from pingyi.bureau import interests
from pingyi.bureau.actions import interest
from pingyi.bureau.models import Interest, Member
from pingyi.bureau.tests.cast import BEGIN, Cast
from pingyi.bureau.tests.test_persons import second_post
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import custody
from pingyi.stations.cases.models import Case
from pingyi.stations.plans.actions import task
from pingyi.stations.plans.models import Task
from tests.journeys import ground

pytestmark = [pytest.mark.django_db]
TIES = {"sections": ["brigade"], "details": "弟弟在大队任职"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: ground.TODAY)
    monkeypatch.setattr(clock, "today", ground.TODAY.date)


def test_a_declaration_is_made_after_two_wrong_ones_and_shows_no_details(cast: Cast) -> None:
    leader = cast.client("sun")
    assert "申报" in leader.get("/desk/").content.decode()
    for wrong in (
        {"details": ""},
        {"is_none": "on", **TIES},
        {"sections": ["brigade"]},
        {"sections": ["nowhere"], "details": "x"},
    ):
        answer = leader.post("/bureau/interests/", wrong)
        assert answer.status_code == 422
    assert "弟弟在大队任职" in leader.post("/bureau/interests/", {"is_none": "on", **TIES}).content.decode()
    assert leader.post("/bureau/interests/", TIES).status_code == 302
    assert "/bureau/interests/" not in leader.get("/desk/").content.decode()
    bodies = "".join(Entry.objects.filter(verb="interest.declare").values_list("body", flat=True))
    assert "brigade" in bodies
    assert "弟弟" not in bodies
    assert "弟弟" in cast.client("zhou").get("/bureau/interests/").content.decode()
    assert "弟弟" not in cast.client("wang").get("/bureau/interests/").content.decode()


def test_none_is_a_declaration_and_a_later_one_replaces_it(cast: Cast) -> None:
    leader = cast.client("sun")
    assert leader.post("/bureau/interests/", {"is_none": "on"}).status_code == 302
    assert actor(cast, "sun").recused == frozenset()
    assert leader.post("/bureau/interests/", TIES).status_code == 302
    assert actor(cast, "sun").recused == {"brigade"}
    assert leader.post("/bureau/interests/", {"is_none": "on"}).status_code == 302
    assert actor(cast, "sun").recused == frozenset()
    assert Interest.objects.count() == 3


def actor(cast: Cast, who: str) -> Any:
    return Member.objects.get(pk=cast.member(who).pk).actor()


def test_the_office_sees_who_has_not_declared(cast: Cast) -> None:
    interest.declare(year=2026, is_none=True, by=cast.actor("sun"), at=BEGIN)
    lines = cast.client("zhou").get("/bureau/interests/").context["everybody"]
    assert {line.member.name for line in lines if line.interest is None} >= {"周明", "李芳", "王强", "吴桐", "何璟"}
    assert [line.member.name for line in lines if line.interest] == ["孙伟"]
    assert lines[-1].interest is not None


def test_the_recused_neither_check_nor_close_nor_decide_there(cast: Cast) -> None:
    ground.furnish(cast)
    interest.declare(year=2026, **TIES, by=cast.actor("li"), at=ground.TODAY)
    recused, free = cast.client("li"), cast.client("sun")
    task = Task.objects.get(section__reference="brigade", stage="reported")
    address = f"/tasks/{task.reference}/accept/"
    assert address not in recused.get(f"/tasks/{task.reference}/").content.decode()
    assert address in free.get(f"/tasks/{task.reference}/").content.decode()
    assert task.title not in recused.get("/desk/").content.decode()
    assert recused.post(address, {"reason": ""}).status_code in {403, 422}
    asked = Task.objects.exclude(asked_until=None).get()
    assert recused.post(f"/tasks/{asked.reference}/extend-grant/", {"reason": ""}).status_code in {403, 422}
    task.refresh_from_db()
    asked.refresh_from_db()
    assert task.stage == "reported"
    assert asked.asked_until is not None
    assert free.post(address, {"reason": ""}).status_code == 302


def test_a_restricted_case_keeps_the_recused_out_too(cast: Cast) -> None:
    row = Case(is_restricted=True, section=cast.sections["brigade"], holder=cast.zhou, reference="2026-000001")
    assert row.about()["concerns"] == "brigade"
    assert row.about()["section"] is None


def test_a_matter_is_not_handed_to_the_recused(cast: Cast) -> None:
    ground.furnish(cast)
    interest.declare(year=2026, **TIES, by=cast.actor("chen"), at=ground.TODAY)
    held = Case.objects.filter(section__reference="brigade", offered_to=None).exclude(stage="closed").first()
    assert held is not None
    form = cast.client("wang").get(f"/cases/{held.reference}/assign/").content.decode()
    assert cast.chen.reference not in form
    assert cast.zhao.reference in form
    with pytest.raises(Refused, match=r"^case\.taker_is_recused$"):
        custody.assign(
            held.reference, to="pollution", member=cast.chen.reference, by=cast.actor("wang"), at=ground.TODAY
        )


def test_a_task_is_neither_given_to_nor_given_by_the_recused(cast: Cast) -> None:
    other = second_post(cast, "zhao", Role.BUREAU_LEADER)
    ground.furnish(cast)
    duty = Task.objects.filter(section__reference="brigade", stage="open").exclude(responsible=cast.zhao).first()
    assert duty is not None
    interest.declare(year=2026, **TIES, by=other, at=ground.TODAY)
    form = cast.client("wang").get(f"/tasks/{duty.reference}/assign/").content.decode()
    assert cast.zhao.reference not in form
    with pytest.raises(Refused, match=r"^task\.taker_is_recused$"):
        task.assign(duty.reference, to=cast.zhao.reference, by=cast.actor("wang"), at=ground.TODAY)
    interest.declare(year=2026, **TIES, by=cast.actor("li"), at=ground.TODAY)
    with pytest.raises(Refused, match=r"^recused$"):
        task.assign(duty.reference, to=cast.wang.reference, by=actor(cast, "li"), at=ground.TODAY)


def test_the_public_is_told_counts_alone(cast: Cast) -> None:
    interest.declare(year=2026, **TIES, by=cast.actor("sun"), at=BEGIN)
    interest.declare(year=2026, is_none=True, by=cast.actor("zhou"), at=BEGIN)
    told = interests.counts(year=2026)
    assert told == {"declared": 2, "none": 1, "sections": [{"name": "环境监察大队", "count": 1}]}


def test_an_interest_follows_the_person_through_the_posts(cast: Cast) -> None:
    interest.declare(year=2026, **TIES, by=cast.actor("zhou"), at=BEGIN)
    assert second_post(cast, "zhou", Role.BUREAU_LEADER).recused == {"brigade"}
