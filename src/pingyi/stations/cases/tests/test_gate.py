"""The gate before the public pages, from a flooding program's side: a sum lets one through, and a resend needs none."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from pingyi.stations.cases import gate
from pingyi.stations.cases.gate import Sum
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_views_public import TOLD, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_a_sender_of_many_is_asked_a_sum_and_never_shut_out(play: Play, visitor: Client) -> None:
    for _ in range(gate.MOST["tell"]):
        handed_in(visitor)
    response = visitor.post("/tell/", TOLD)
    assert response.status_code == 422
    asked = response.context["form"].asked
    wrong = visitor.post("/tell/", {**TOLD, "sum_key": asked.key, "sum": "1"})
    assert "not the sum" in wrong.content.decode()
    handed_in(visitor, sum_key=asked.key, sum=str(asked.first + asked.second))


def answered(response: Any) -> dict[str, str]:
    """What a person types who does the sum on a page."""
    asked = response.context["form"].asked
    return {"sum_key": asked.key, "sum": str(asked.first + asked.second)}


def test_an_answered_sum_lets_one_matter_through(play: Play, visitor: Client) -> None:
    for _ in range(gate.MOST["tell"]):
        handed_in(visitor)
    paid = answered(visitor.post("/tell/", TOLD))
    handed_in(visitor, **paid)
    before = Case.objects.count()
    again = [visitor.post("/tell/", {**TOLD, **paid}) for _ in range(40)]  # none by a new sum that comes out alike
    assert {one.status_code for one in again} == {422}
    assert Case.objects.count() == before
    assert again[0].context["form"].asked.key != paid["sum_key"], "a new sum is asked"
    handed_in(visitor, **answered(again[-1]))


def test_an_answered_sum_is_good_for_one_guess_of_a_code(play: Play, visitor: Client) -> None:
    for _ in range(gate.MOST["miss"]):
        visitor.post("/follow/", {"code": "BBBBBBBBBBBB"})
    paid = answered(visitor.get("/follow/"))
    assert "no matter with this code" in visitor.post("/follow/", {"code": "BBBBBBBBBBBB", **paid}).content.decode()
    case = play.received()
    assert visitor.post("/follow/", {"code": case.follow_code, **paid}).status_code == 422


def test_a_fault_beside_the_sum_does_not_spend_it(play: Play, visitor: Client) -> None:
    paid = answered(visitor.post("/tell/", {**TOLD, "website": "x"}))
    faulty = visitor.post("/tell/", {**TOLD, "website": "x", "text": "", **paid})
    assert faulty.context["form"].asked.first + faulty.context["form"].asked.second == int(paid["sum"])
    handed_in(visitor, website="x", **answered(faulty))


def test_the_same_sum_asked_twice_in_a_second_is_two_sums() -> None:
    assert Sum(first=3, second=4).key != Sum(first=3, second=4).key


def test_a_form_sent_again_is_known_before_sum_and_count(play: Play, visitor: Client) -> None:
    once = visitor.get("/tell/").context["form"].once
    first = handed_in(visitor, once=once)
    for _ in range(5 * gate.MOST["tell"]):
        assert handed_in(visitor, once=once) == first
    handed_in(visitor)  # the resends were not counted
    for _ in range(gate.MOST["tell"]):
        visitor.post("/tell/", TOLD)
    assert visitor.post("/tell/", TOLD).status_code == 422, "now a sum is asked"
    assert handed_in(visitor, once=once) == first, "but not of what was taken already"
    assert visitor.post("/tell/", {"once": once}).url == f"/follow/{first.follow_code}/receipt/"


def _one_from_this_network(path: str) -> None:
    settings.LIMITS_FILE = path
    gate.count(RequestFactory().get("/"), "tell")


def test_what_another_process_counted_counts_here(play: Play, visitor: Client) -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(_one_from_this_network, [settings.LIMITS_FILE] * gate.MOST["tell"], chunksize=1)
    assert visitor.post("/tell/", TOLD).context["form"].asked is not None


def test_who_fills_the_hidden_field_is_asked_a_sum_and_loses_nothing(play: Play, visitor: Client) -> None:
    response = visitor.post("/tell/", {**TOLD, "website": "http://spam.example"})
    assert response.status_code == 422
    assert TOLD["place"] in response.content.decode()
    handed_in(visitor, website="http://spam.example", **answered(response))


def test_guessing_codes_is_slowed_by_a_sum_and_who_knows_one_passes(play: Play, visitor: Client) -> None:
    case = handed_in(visitor)
    for _ in range(gate.MOST["miss"]):
        visitor.get("/follow/BBBBBBBBBBBB/")
    stopped = visitor.get(f"/follow/{case.follow_code}/")
    assert stopped.status_code == 404
    asked = stopped.context["form"].asked
    told = {"code": case.follow_code, "sum_key": asked.key, "sum": str(asked.first + asked.second)}
    assert visitor.post("/follow/", told).url == f"/follow/{case.follow_code}/"
    assert visitor.get(f"/follow/{case.follow_code}/").status_code == 200
