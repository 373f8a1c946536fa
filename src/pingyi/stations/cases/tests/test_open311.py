"""Open311 GeoReport v2: real clients hand cases in and ask after them, in JSON and in XML."""

from __future__ import annotations

import io
import itertools
import json
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from georeport import GeoReport
from lxml import etree
from PIL import Image

from pingyi.stations.cases.actions import answer, inbox, keys
from pingyi.stations.cases.models import Attachment, Case, ChannelKey, Complainant, Submission
from pingyi.stations.cases.queries import codes
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play

BASE = "/open311/v2/"
TOLD = {
    "service_code": "complaint",
    "description": "柳溪路工地连续三晚施工，影响休息。\n希望制止。",
    "address_string": "柳溪路8号",
    "lat": "31.2",
    "long": "120.6",
    "last_name": "林",
    "first_name": "先生",
    "phone": "13800000001",
    "attribute[number]": "T-0081",
}
FORMS = ["json", "xml"]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def three() -> ModuleType:
    """The client `three`, which asks Python 2 for a function that is called `filter` since."""
    with patch.object(itertools, "ifilter", filter, create=True), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it was written for a Python whose text knew other escapes
        sys.modules.pop("three", None)
        import three as client
    return client


def post(client: Client, key: str, form: str = "json", **more: Any) -> Any:
    return client.post(f"{BASE}requests.{form}", {**TOLD, "api_key": key, **more})


def numbered(client: Client, token: str | None) -> str:
    """Let the worker make the cases, and ask for the number by the token."""
    inbox.drain(at=MONDAY)
    number: str = client.get(f"{BASE}tokens/{token}.json").json()[0]["service_request_id"]
    return number


def read(response: Any, form: str) -> list[dict[str, str | None]]:
    """The rows of an answer, whatever its form."""
    if form == "json":
        found: list[dict[str, str | None]] = json.loads(response.content)
        return found
    return [{cell.tag: cell.text for cell in row} for row in etree.fromstring(response.content)]


@pytest.mark.parametrize("form", FORMS)
def test_what_can_be_handed_in_is_listed_but_for_reports_of_misconduct(client: Client, play: Play, form: str) -> None:
    found = read(client.get(f"{BASE}services.{form}"), form)
    assert {one["service_code"] for one in found} == {"complaint", "inquiry", "suggestion", "help", "praise"}
    assert {one["service_name"] for one in found} >= {"投诉", "咨询"}


def test_a_service_asks_for_the_section_among_those_evaluated(client: Client, play: Play) -> None:
    found = json.loads(client.get(f"{BASE}services/complaint.json").content)
    asked = {one["code"]: one for one in found["attributes"]}
    assert {one["key"] for one in asked["section"]["values"]} >= {"brigade", "office"}
    assert client.get(f"{BASE}services/misconduct.json").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_request_becomes_a_case_of_the_keys_channel(client: Client, key: str, form: str) -> None:
    response = post(client, key, form)
    assert response.status_code == 201
    case = Case.objects.get(reference=numbered(client, read(response, form)[0]["token"]))
    assert (case.channel_id, case.kind_id, case.title) == (
        "hotline_12345",
        "complaint",
        "柳溪路工地连续三晚施工，影响休息。",
    )
    assert case.place == "柳溪路8号 (31.2, 120.6)"
    assert case.external_number == "T-0081"
    raised = Complainant.objects.get(case=case)
    assert (raised.name, raised.phone) == ("林先生", "13800000001")


def test_a_photograph_is_kept_with_the_case_without_its_place(client: Client, key: str) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "工地.jpg"
    assert post(client, key, media=picture).status_code == 201
    inbox.drain(at=MONDAY)
    assert Attachment.objects.get().mime == "image/jpeg"


@pytest.mark.parametrize("form", FORMS)
def test_without_a_valid_key_nothing_comes_in(client: Client, play: Play, form: str) -> None:
    response = post(client, "stolen", form)
    assert response.status_code == 403
    assert read(response, form)[0]["code"] in {403, "403"}
    assert not Submission.objects.exists()


def test_a_revoked_key_is_worthless(client: Client, play: Play, key: str) -> None:
    keys.revoke(ChannelKey.objects.get().reference, by=play.actor("zhou"), at=MONDAY)
    assert post(client, key).status_code == 403


def test_every_fault_of_a_request_is_named_at_once(client: Client, key: str) -> None:
    response = post(client, key, service_code="pothole", description=" ", **{"attribute[section]": "moon"})
    told = [one["description"] for one in json.loads(response.content)]
    assert response.status_code == 400
    assert len(told) == 3
    assert any("pothole" in one for one in told)
    assert not Case.objects.exists()


def test_the_same_number_of_a_channel_comes_once(client: Client, key: str) -> None:
    first, again = (read(post(client, key), "json") for _ in range(2))
    assert (first, Submission.objects.count()) == (again, 1), "while it waits, it is the first one again"
    assert post(client, key, description="另一件事：路灯不亮").status_code == 400, "never lost behind the first"
    inbox.drain(at=MONDAY)
    response = post(client, key)
    assert response.status_code == 400
    assert Case.objects.get().reference in json.loads(response.content)[0]["description"]


def test_the_expected_time_is_our_due_date_and_the_words_are_the_channels_own(client: Client, key: str) -> None:
    number = numbered(client, read(post(client, key), "json")[0]["token"])
    case = Case.objects.get(reference=number)
    own = json.loads(client.get(f"{BASE}requests/{number}.json", {"api_key": key}).content)[0]
    anyones = json.loads(client.get(f"{BASE}requests/{number}.json").content)[0]
    assert own["expected_datetime"] == f"{case.due_on}T23:59:59+08:00"
    assert own["description"].startswith("柳溪路")
    assert anyones["status_notes"] == "尚未答复，尚无结果。"
    assert anyones["description"] is None
    assert anyones["address"] is None
    assert "13800000001" not in json.dumps([own, anyones])


def test_a_closed_request_says_so_and_tells_its_channel_answer_and_result(client: Client, play: Play, key: str) -> None:
    case = play.held(channel="hotline_12345")
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=MONDAY)
    answer.close(case.reference, by=play.actor("zhou"), at=MONDAY)
    found = json.loads(client.get(f"{BASE}requests.json", {"status": "closed", "api_key": key}).content)
    assert [one["service_request_id"] for one in found] == [case.reference]
    assert found[0]["status_notes"] == f"{REPLY}\n{RESULT}"
    assert json.loads(client.get(f"{BASE}requests.json", {"status": "open"}).content) == []


def test_reports_of_misconduct_are_never_told(client: Client, play: Play, key: str) -> None:
    case = play.received(kind="misconduct", channel="hotline_12345")
    assert client.get(f"{BASE}requests/{case.reference}.json", {"api_key": key}).status_code == 404
    assert json.loads(client.get(f"{BASE}requests.json", {"api_key": key}).content) == []


def test_a_request_that_waits_has_a_token_and_later_a_number(client: Client, key: str) -> None:
    told = json.loads(post(client, key).content)[0]
    assert told["service_request_id"] is None
    address = f"{BASE}tokens/{told['token']}.json"
    assert json.loads(client.get(address).content)[0]["service_request_id"] is None
    inbox.drain(at=MONDAY)
    assert json.loads(client.get(address).content)[0]["service_request_id"] == Case.objects.get().reference
    assert client.get(f"{BASE}tokens/unknown.json").status_code == 404


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-12-01T00:00:00Z"}, "90"),
        ({"start_date": "2026-03-02", "end_date": "2026-03-01"}, "end_date"),
        ({"start_date": "yesterday"}, "yesterday"),
        ({"status": "pending"}, "pending"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    client: Client, play: Play, asked: dict[str, str], fault: str
) -> None:
    response = client.get(f"{BASE}requests.json", asked)
    assert response.status_code == 400
    assert fault in json.loads(response.content)[0]["description"]


def test_requests_of_a_stretch_of_time_are_listed_page_by_page(client: Client, play: Play) -> None:
    made = [play.received(at=MONDAY - 3 * DAY + number * DAY).reference for number in range(3)]
    found = read(
        client.get(f"{BASE}requests.json", {"start_date": "2026-03-14T00:00:00+08:00", "page_size": 1}), "json"
    )
    assert [one["service_request_id"] for one in found] == [made[2]]
    later = read(client.get(f"{BASE}requests.json", {"page_size": 1, "page": 2}), "json")
    assert [one["service_request_id"] for one in later] == [made[1]]


def test_a_page_without_end_is_empty(client: Client, key: str) -> None:
    post(client, key)
    response = client.get(f"{BASE}requests.json", {"page": "9" * 30})
    assert (response.status_code, json.loads(response.content)) == (200, [])


def test_a_character_that_no_database_keeps_is_named(client: Client, key: str) -> None:
    response = post(client, key, description="噪声\0扰民", address="a\0b")
    assert response.status_code == 400
    faults = [one["description"].partition(":")[0] for one in json.loads(response.content)]
    assert sorted(faults) == ["address", "description"]


def test_who_hands_in_is_told_the_reading_code_and_nothing_that_decides(client: Client, key: str) -> None:
    (made,) = read(post(client, key), "json")
    token = made["token"]
    case = Case.objects.get(reference=numbered(client, token))
    (own,) = read(client.get(f"{BASE}requests/{case.reference}.json", {"api_key": key}), "json")
    (anyones,) = read(client.get(f"{BASE}requests/{case.reference}.json"), "json")
    assert codes.reading_code(case) in str(own["service_notice"])
    assert codes.reading_code(case) not in str(anyones)
    assert case.follow_code not in f"{made} {own}"
    assert token != case.follow_code
    assert client.get(f"{BASE}tokens/{token}.json").json()[0]["service_request_id"] == case.reference
    assert client.get(f"/follow/{token}/").status_code == 404


def test_a_key_that_asks_too_often_is_told_to_wait(client: Client, key: str, settings: Any) -> None:
    settings.PINGYI = settings.PINGYI.model_copy(update={"calls_a_minute": 1})
    assert post(client, key).status_code == 201
    answered = post(client, key)
    assert (answered.status_code, answered.headers["Retry-After"]) == (429, "60")
    assert Submission.objects.count() == 1
    assert client.get(f"{BASE}requests.json").status_code == 200, "who asks without a key is not counted"


def test_another_jurisdiction_is_not_ours(client: Client, play: Play) -> None:
    assert client.get(f"{BASE}services.json", {"jurisdiction_id": "moon.gov"}).status_code == 404
    assert client.get(f"{BASE}services.json", {"jurisdiction_id": "testserver"}).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_the_client_georeport_reads_services_and_requests(live_server: Any, play: Play, form: str) -> None:
    case = play.received()
    city = GeoReport(f"{live_server.url}{BASE}", output_format=form)
    assert {one["service_code"] for one in city.get_service_list()} >= {"complaint", "praise"}
    assert city.get_service_definition("inquiry")["service_code"] == "inquiry"
    assert city.get_service_request(case.reference)["status"] == "open"
    play.received(received_on=(MONDAY - DAY).date(), at=MONDAY)
    found = city.get_service_requests(service_code="complaint", status="open")
    assert case.reference in {one["service_request_id"] for one in found}


def test_the_client_three_hands_in_and_follows(live_server: Any, key: str, three: ModuleType) -> None:
    city = three.Three(f"{live_server.url}{BASE}", api_key=key)
    assert city.discovery()["endpoints"][0]["url"].endswith("/open311/v2")
    assert {one["service_code"] for one in city.services()} >= {"complaint"}
    made = city.post("suggestion", description="建议延长窗口时间", name="Jane Doe", address="政务大厅")
    inbox.drain(at=MONDAY)
    number = city.token(made[0]["token"])[0]["service_request_id"]
    assert city.request(number)[0]["service_code"] == "suggestion"
    assert [one["service_request_id"] for one in city.requests("suggestion", between=["03-01-2026", "03-17-2026"])] == [
        number
    ]


def test_the_standards_own_examples_have_the_shape_that_we_answer_in(shared: Path, client: Client, key: str) -> None:
    example = etree.parse(str(shared / "data" / "open311-fixtures" / "spec_10_service_requests.xml")).getroot()
    post(client, key)
    inbox.drain(at=MONDAY)
    ours = etree.fromstring(client.get(f"{BASE}requests.xml").content)
    known = {cell.tag for cell in example[0]}
    assert ours.tag == example.tag
    assert {cell.tag for cell in ours[0]} <= known
