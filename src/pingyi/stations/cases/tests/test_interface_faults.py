"""The interface for channels: whatever is wrong is named in the reader's language, as the schema says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import override_settings

from pingyi.stations.cases.models import Submission
from pingyi.stations.cases.tests.calls import OWN, TOLD, Answered, Caller, faults
from pingyi.stations.cases.tests.conftest import MONDAY, Play
from pingyi.stations.cases.views.interface.problems import JSON, MOST_BYTES, PROBLEMS


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)
    cache.clear()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "misconduct"}, "kind"),
        ({"text": "", "title": " "}, ""),
        ({"text": "长" * 20_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"place": 5}, "place"),
        ({"section": "moon"}, "section"),
        ({"due_on": "yesterday"}, "due_on"),
        ({"due_on": "2026-03-15"}, "due_on"),
        ({"phone": "1"}, "phone"),
        ({"contact": {"phone": "1" * 41}}, "contact.phone"),
        ({"contact": "林先生"}, "contact"),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_wrong_field_is_named_in_the_readers_language(
    hotline: Caller, told: dict[str, Any], field: str, language: str
) -> None:
    answered = hotline.post("/cases", {**TOLD, **told}, **{"Accept-Language": language})
    assert (answered.status, answered.body["code"]) == (422, "invalid"), answered.body
    assert [one["field"] for one in answered.body["errors"]] == [field]
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in answered.body["errors"][0]["detail"])
    assert is_chinese is (language == "zh-CN")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"updated_since": "soon"}, "updated_since"),
        ({"updated_since": "0001-01-01T00:00:00+14:00"}, "updated_since"),
        ({"limit": "201"}, "limit"),
        ({"after": "2026-03-16_99999999999999999999"}, "after"),
        ({"after": "x"}, "after"),
        ({"received_from": "2026-03-02", "received_to": "2026-03-01"}, "received_to"),
        ({"stage": "lost"}, "stage"),
        ({"page": "2"}, "page"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(hotline: Caller, asked: dict[str, str], field: str) -> None:
    answered = hotline.get("/cases", **asked)
    assert (answered.status, [one["field"] for one in answered.body["errors"]]) == (422, [field]), answered.body


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"due_on": 0}, "due_on"),
        ({"due_on": "20260316"}, "due_on"),
        ({"due_on": "2026-03-16T00:00:00"}, "due_on"),
        ({"contact": {"is_withheld": "yes"}}, "contact.is_withheld"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused(hotline: Caller, told: dict[str, Any], field: str) -> None:
    answered = hotline.post("/cases", {**TOLD, **told})
    assert (answered.status, [one["field"] for one in answered.body["errors"]]) == (422, [field]), answered.body


@pytest.mark.parametrize("level", ["5", True, 4.5, None])
def test_a_level_is_a_whole_number_and_nothing_like_one(hotline: Caller, play: Play, level: object) -> None:
    address = f"/cases/{play.closed(**OWN).reference}/satisfaction"
    assert hotline.post(address, {"level": level}).status == 422
    assert hotline.post(address, {"level": 5.0}).status == 201, "JSON Schema knows no difference between 5.0 and 5"


@pytest.mark.parametrize("field", ["received_from", "received_to"])
@pytest.mark.parametrize("day", ["0", "1773619200", "2026-3-1", "20260301", "2026-03-01T00:00:00"])
def test_a_number_is_no_day(hotline: Caller, field: str, day: str) -> None:
    answered = hotline.get("/cases", **{field: day})
    assert (answered.status, answered.body["code"]) == (422, "invalid"), answered.body


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=b"]
)
def test_a_form_without_its_boundary_is_malformed(hotline: Caller, kind: str) -> None:
    answered = hotline.call("POST", "/files", b"--c\r\nnot a form", {"Content-Type": kind})
    assert answered.status in {400, 422}, answered.body
    assert answered.status == 422 or answered.body["code"] == "malformed"


@pytest.mark.parametrize("path", ["/kinds", "/cases/2026-000001", "/cases/2026-000001/why", "/receipts/BCDFGHJKMNPQ"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_declared_is_told_which_are(hotline: Caller, path: str, method: str) -> None:
    answered = hotline.call(method, path, b"a=b" if method == "POST" else None, {"Content-Type": "text/plain"})
    assert (answered.status, answered.body["code"], answered.headers["Allow"]) == (405, "method", "GET")


def test_an_address_of_nothing_says_so_whatever_is_sent_there(hotline: Caller) -> None:
    answered = hotline.call("POST", "/complainants", b"a=b", {"Content-Type": "text/plain"})
    assert (answered.status, answered.body["code"]) == (404, "no_such_address")
    answered = hotline.get("/cases/by-external-number/a%0Ab")
    assert (answered.status, answered.body["code"]) == (404, "no_such_address")


def test_what_is_always_refused_is_not_allowed_by_the_schema(hotline: Caller) -> None:
    schema = hotline.get("/openapi.json").body
    shapes = schema["components"]["schemas"]
    assert [one["required"] for one in shapes["Matter"]["anyOf"]] == [["title"], ["text"]]
    asked = {one["name"]: one["schema"] for one in schema["paths"]["/cases"]["get"]["parameters"]}
    found = hotline.get("/cases", limit="1").body["next"] or ""
    assert re.search(asked["after"]["pattern"], found)
    for wrong in ("x", "0" * 77, "2026-03-16_99999999999999999999", "2026-03-16_0"):
        assert not re.search(asked["after"]["pattern"], wrong)


def _number_known(hotline: Caller, play: Play) -> Answered:
    play.received(**OWN, external_number="T/0081")
    return hotline.post("/cases", TOLD)


def _sent_otherwise(hotline: Caller, play: Play) -> Answered:
    hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"})
    return hotline.post("/cases", {**TOLD, "text": "另一件事"}, **{"Idempotency-Key": "a"})


def _rated_already(hotline: Caller, play: Play) -> Answered:
    address = f"/cases/{play.closed(**OWN).reference}/satisfaction"
    hotline.post(address, {"level": 5})
    return hotline.post(address, {"level": 1})


def _too_fast(hotline: Caller, play: Play) -> Answered:
    with override_settings(PINGYI=settings.PINGYI.model_copy(update={"calls_a_minute": 2})):
        return [hotline.get("/kinds") for _ in range(3)][-1]


def _failing(fault: Exception) -> Callable[[Caller, Play], Answered]:
    def ask(hotline: Caller, play: Play) -> Answered:
        with patch("pingyi.stations.cases.queries.interface.kinds", side_effect=fault):
            return hotline.get("/kinds")

    return ask


WRONG: dict[str, Callable[[Caller, Play], Answered]] = {
    "malformed": lambda hotline, play: hotline.post("/cases", b'{"kind": '),
    "key_missing": lambda hotline, play: Caller(address=hotline.address).get("/cases"),
    "key_invalid": lambda hotline, play: Caller(address=hotline.address, key="stolen").get("/cases"),
    "no_such_address": lambda hotline, play: hotline.get("/complainants"),
    "case_unknown": lambda hotline, play: hotline.get("/cases/2026-000099"),
    "receipt_unknown": lambda hotline, play: hotline.get("/receipts/BCDFGHJKMNPQ"),
    "method": lambda hotline, play: hotline.call("DELETE", "/cases"),
    "number_known": _number_known,
    "sent_otherwise": _sent_otherwise,
    "not_yet_ratable": lambda hotline, play: hotline.post(
        f"/cases/{play.held(**OWN).reference}/satisfaction", {"level": 5}
    ),
    "rated_already": _rated_already,
    "too_large": lambda hotline, play: hotline.post("/cases", {"text": "x" * MOST_BYTES[JSON]}),
    "media_type": lambda hotline, play: hotline.call(
        "POST", "/cases", b"kind=complaint", {"Content-Type": "application/x-www-form-urlencoded"}
    ),
    "invalid": lambda hotline, play: hotline.get("/cases", limit="0"),
    "too_fast": _too_fast,
    "broken": _failing(RuntimeError("disk")),
    "busy": _failing(OperationalError("database is locked")),
}


def test_every_documented_problem_is_provoked_here() -> None:
    assert set(WRONG) == set(PROBLEMS)


@pytest.mark.parametrize("code", WRONG)
def test_a_problem_is_answered_as_the_schema_says(hotline: Caller, play: Play, code: str) -> None:
    answered = WRONG[code](hotline, play)
    assert (answered.status, answered.body["code"]) == (PROBLEMS[code][0], code), answered.body
    assert answered.headers["Content-Type"] == "application/problem+json"
    known = hotline.get("/openapi.json").body["components"]["schemas"]
    assert faults(answered.body, known["Problem"], known) == []
    assert answered.body["detail"]
    waits = {"busy": "2", "too_fast": "60"}  # the minute begins as the clock stands
    assert answered.headers.get("Retry-After") == waits.get(code)
