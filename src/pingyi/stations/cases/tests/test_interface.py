"""The interface for channels: a real client hands in and asks, and every answer is as its schema says."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image

from pingyi.bureau import shelf
from pingyi.record.models import Entry
from pingyi.stations.cases.actions import answer, clock, inbox, keys
from pingyi.stations.cases.models import Attachment, Case, ChannelKey, Complainant, Rating, Submission
from pingyi.stations.cases.tests.calls import OWN, TOLD, Answered, Caller, faults, operation
from pingyi.stations.cases.tests.conftest import DAY, HOUR, MONDAY, REPLY, RESULT, Play


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)


def taken(hotline: Caller, **more: Any) -> Case:
    return Case.objects.get(reference=handed_in(hotline, {**TOLD, **more}).body["case"]["number"])


def handed_in(hotline: Caller, told: dict[str, Any]) -> Answered:
    """Hand in, let the worker make the case, and ask with the receipt."""
    answered = hotline.post("/cases", told)
    assert answered.status == 202, answered.body
    inbox.drain(at=MONDAY)
    return hotline.get(f"/receipts/{answered.body['receipt']}")


def test_a_matter_becomes_a_case_of_the_keys_channel(hotline: Caller) -> None:
    case = taken(hotline, due_on="2026-03-20")
    assert (case.channel_id, case.kind_id, case.title) == ("hotline_12345", "complaint", "柳溪路工地连续三晚施工。")
    assert str(case.due_on) == "2026-03-20", "the hotline's own deadline is earlier"
    raised = Complainant.objects.get(case=case)
    assert (raised.name, raised.phone, raised.is_withheld) == ("林先生", "13800000001", True)


def test_the_same_key_or_number_gives_the_same_case_again(hotline: Caller) -> None:
    first = hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"})
    again = hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"})
    assert (first.status, first.body) == (again.status, again.body)
    by_number = {**TOLD, "external_number": "T-2"}
    assert hotline.post("/cases", by_number).body == hotline.post("/cases", by_number).body
    inbox.drain(at=MONDAY)
    assert hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"}).status == 201
    assert hotline.post("/cases", by_number).body["case"]["number"]
    assert Case.objects.count() == 2


def test_two_channels_may_use_the_same_idempotency_key(hotline: Caller, play: Play) -> None:
    hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"})
    with patch("pingyi.stations.cases.queries.keys.channel_of", return_value="web"):
        other = hotline.post("/cases", TOLD, **{"Idempotency-Key": "a"})
    assert other.status == 202
    inbox.drain(at=MONDAY)
    assert set(Case.objects.values_list("channel_id", flat=True)) == {"hotline_12345", "web"}


def test_what_waits_is_kept_and_told_by_its_receipt(hotline: Caller) -> None:
    answered = hotline.post("/cases", TOLD)
    assert (answered.status, answered.body["case"]) == (202, None)
    address = f"/receipts/{answered.body['receipt']}"
    assert hotline.get(address).body["case"] is None
    inbox.drain(at=MONDAY)
    assert hotline.get(address).body["case"]["number"] == Case.objects.get().reference


def test_a_number_that_came_another_way_meanwhile_leads_to_that_case(hotline: Caller, play: Play) -> None:
    answered = hotline.post("/cases", TOLD)
    case = play.received(**OWN, external_number=TOLD["external_number"])
    inbox.drain(at=MONDAY)
    assert hotline.get(f"/receipts/{answered.body['receipt']}").body["case"]["number"] == case.reference


def test_who_raised_a_case_never_comes_back_out(hotline: Caller) -> None:
    number = taken(hotline).reference
    answers = [hotline.get(path).body for path in (f"/cases/{number}", "/cases", f"/cases/{number}/why")]
    assert "林先生" not in json.dumps(answers, ensure_ascii=False)
    assert "13800000001" not in json.dumps(answers)


def test_a_case_tells_answer_result_and_dates(hotline: Caller, play: Play) -> None:
    case = play.done(**OWN)
    found = hotline.get(f"/cases/{case.reference}").body
    assert (found["answer"], found["result"], found["answered_on"]) == (REPLY, RESULT, "2026-03-16")
    assert (found["standing"], found["closed_on"]) == ("ready", None), "answered and settled is not closed"
    assert found["section"] == {"reference": "brigade", "name": case.section.name if case.section else ""}
    assert found["due_on"] == str(case.due_on)


def test_a_case_is_found_by_the_channels_own_number(hotline: Caller) -> None:
    case = taken(hotline)
    assert hotline.get("/cases/by-external-number/T/0081").body["number"] == case.reference


def test_cases_of_others_and_reports_of_misconduct_do_not_exist(hotline: Caller, play: Play) -> None:
    hidden = [play.received(), play.received(kind="misconduct", **OWN, external_number="M-1")]
    for case in hidden:
        for path in (f"/cases/{case.reference}", f"/cases/{case.reference}/why"):
            assert hotline.get(path).body["code"] == "case_unknown"
    assert hotline.get("/cases").body["cases"] == []
    assert hotline.get("/cases/by-external-number/M-1").status == 404


def test_why_a_date_is_told_day_by_day(hotline: Caller) -> None:
    case = taken(hotline)
    found = hotline.get(f"/cases/{case.reference}/why").body
    (move,) = found["moves"]
    assert move["to"] == found["due_on"] == str(case.due_on)
    assert [step["counted"] for step in move["steps"] if step["counted"]] == list(range(1, 14))
    assert move["steps"][0]["day"] == "2026-03-16"


def test_what_changed_since_is_listed_in_the_order_of_change(hotline: Caller, play: Play) -> None:
    first, second = (play.held(**OWN, at=MONDAY - 3 * DAY + number * HOUR) for number in range(2))
    since = {"updated_since": (MONDAY - DAY).isoformat()}
    assert hotline.get("/cases", **since).body["cases"] == []
    clock.extend_ask(first.reference, until=first.due_on + DAY, reason="等待检测", by=play.actor("zhao"), at=MONDAY)
    assert [one["number"] for one in hotline.get("/cases", **since).body["cases"]] == [first.reference]
    both = hotline.get("/cases", updated_since=(MONDAY - 4 * DAY).isoformat()).body
    assert [one["number"] for one in both["cases"]] == [second.reference, first.reference]
    assert both["ask_since"] == "2026-03-16T11:55:00+08:00"


@pytest.mark.parametrize("more", [{}, {"updated_since": "2026-03-01T00:00:00+08:00"}])
def test_pages_follow_one_another_without_gap_or_repetition(hotline: Caller, play: Play, more: dict[str, str]) -> None:
    made = [play.received(**OWN, at=MONDAY - DAY + (number // 2) * HOUR).reference for number in range(5)]
    seen: list[str] = []
    after: dict[str, str] = {}
    for _turn in range(3):
        page = hotline.get("/cases", limit="2", **more, **after).body
        seen += [one["number"] for one in page["cases"]]
        after = {"after": page["next"]}
    assert (seen, page["next"]) == (made, None)


def test_a_list_is_narrowed_by_receipt_stage_and_kind(hotline: Caller, play: Play) -> None:
    old = play.closed(**OWN, at=MONDAY - 7 * DAY)
    new = play.received(**OWN, kind="inquiry")

    def numbers(**asked: str) -> list[str]:
        return [one["number"] for one in hotline.get("/cases", **asked).body["cases"]]

    assert numbers(stage="closed") == numbers(received_to="2026-03-10") == [old.reference]
    assert numbers(stage="open") == numbers(received_from="2026-03-16") == numbers(kind="inquiry") == [new.reference]


def test_a_list_costs_the_same_with_one_case_and_with_many(
    hotline: Caller, play: Play, django_assert_max_num_queries: Any
) -> None:
    from pingyi.stations.cases.queries import interface

    for _number in range(6):
        play.closed(**OWN)
    with django_assert_max_num_queries(5):
        assert len(interface.listed(interface.Wanted(), channel="hotline_12345", at=MONDAY).cases) == 6


def test_the_hotlines_call_back_is_a_rating_case_rate_by_its_own_means(hotline: Caller, play: Play) -> None:
    case = play.closed(**OWN)
    answered = hotline.post(f"/cases/{case.reference}/satisfaction", {"level": 2, "words": "没有改善"})
    assert (answered.status, answered.body) == (201, {"level": 2, "given_on": "2026-03-16"})
    row = Rating.objects.get()
    assert (row.means, row.level, row.words) == ("hotline", 2, "没有改善")
    entry = Entry.objects.get(verb="case.rate", subject=row.subject)
    assert json.loads(entry.body)["by"]["member"] == "machine/hotline/hotline_12345"
    assert hotline.get(f"/cases/{case.reference}").body["satisfaction"] == 2


def test_a_reopened_case_shows_no_satisfaction_of_the_closing_before(hotline: Caller, play: Play) -> None:
    case = play.closed(**OWN)
    hotline.post(f"/cases/{case.reference}/satisfaction", {"level": 1})
    answer.reopen(case.reference, reason="又施工", by=play.actor("zhou"), at=MONDAY)
    assert hotline.get(f"/cases/{case.reference}").body["satisfaction"] is None


def test_facts_behind_cases_are_told(hotline: Caller, play: Play) -> None:
    assert {one["code"] for one in hotline.get("/kinds").body} == {
        "complaint",
        "inquiry",
        "suggestion",
        "help",
        "praise",
    }
    (way,) = hotline.get("/channels").body
    assert (way["id"], way["number"], way["is_own"]) == ("hotline_12345", "12345", True)
    limits = {one["kind"]: one["days"] for one in hotline.get("/time-limits").body}
    assert (limits["inquiry"], limits["complaint"]) == (3, 13)
    assert "brigade" in {one["reference"] for one in hotline.get("/sections").body}


def test_a_key_is_taken_from_either_header_and_never_after_it_was_revoked(hotline: Caller, play: Play) -> None:
    bare = Caller(address=hotline.address)
    assert bare.get("/kinds", {"X-Api-Key": hotline.key}).status == 200
    keys.revoke(ChannelKey.objects.get().reference, by=play.actor("zhou"), at=MONDAY)
    assert bare.get("/kinds", {"X-Api-Key": hotline.key}).body["code"] == "key_invalid"


def test_every_answer_is_as_the_schema_says(hotline: Caller, play: Play) -> None:
    schema = hotline.get("/openapi.json").body
    number = play.closed(**OWN, external_number="T-1").reference
    receipt = handed_in(hotline, TOLD).body["receipt"]
    paths = ["/cases", f"/cases/{number}", f"/cases/{number}/why", "/cases/by-external-number/T-1"]
    paths += ["/kinds", "/channels", "/time-limits", "/sections", f"/receipts/{receipt}"]
    answers = {("GET", path): hotline.get(path) for path in paths}
    answers["POST", "/cases"] = hotline.post("/cases", {**TOLD, "external_number": "T-2"})
    assert answers["POST", "/cases"].status == 202
    address = f"/cases/{number}/satisfaction"
    answers["POST", address] = hotline.post(address, {"level": 5})
    answers["POST", "/files"] = upload(hotline, "照片说明".encode(), name="说明.txt")
    told = {path: operation(schema, method, path)["operationId"] for method, path in answers}
    for (method, path), answered in answers.items():
        shape = operation(schema, method, path)["responses"][str(answered.status)]["content"]["application/json"]
        assert faults(answered.body, shape["schema"], schema["components"]["schemas"]) == [], path
    assert len(told) == sum(len(methods) for methods in schema["paths"].values()) - 1, (
        "one address is both read and written"
    )


def is_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


def told_in(value: Any) -> Iterator[str]:
    """Every description in a schema, but for the names of good answers, which are HTTP's own."""
    if isinstance(value, dict):
        if isinstance(value.get("description"), str) and value["description"] not in {"OK", "Created", "Accepted"}:
            yield value["description"]
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from told_in(one)


def test_the_schema_is_open_and_speaks_the_readers_language(hotline: Caller) -> None:
    bare = Caller(address=hotline.address)
    english, chinese = (bare.get("/openapi.json", {"Accept-Language": one}).body for one in ("en", "zh-CN"))
    assert english["openapi"] == "3.1.0"
    assert english["servers"] == [{"url": f"{hotline.address}/api/v1"}]
    summaries = [
        chinese["paths"][path][method]["summary"] for path in english["paths"] for method in english["paths"][path]
    ]
    assert all(is_chinese(one) for one in summaries)
    assert all(is_chinese(one) for one in told_in(chinese)), "every description"
    assert set(english["components"]["securitySchemes"]) == {"Bearer", "Header"}


def test_the_page_tells_of_every_call_and_problem_without_scripts_of_others(client: Any, play: Play) -> None:
    page = client.get("/api/v1/").content.decode()
    for one in ("POST /cases", "GET /cases/{number}/why", "problem-sent_otherwise", "Idempotency-Key", "contact.phone"):
        assert one in page
    assert "//cdn" not in page
    office = play.cast.client("zhou").get("/cases/keys/").content.decode()
    assert "http://testserver/api/v1/" in office


def test_what_is_handed_in_stands_in_the_record_as_any_case(hotline: Caller) -> None:
    case = taken(hotline)
    assert Entry.objects.filter(subject=case.subject).values_list("verb", flat=True)[0] == "case.receive"
    assert case.changed_at is not None


def upload(hotline: Caller, content: bytes, *, name: str = "现场.jpg") -> Answered:
    body = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    return hotline.call("POST", "/files", body + content + b"\r\n--b--\r\n", headers)


def test_photographs_are_laid_down_and_come_with_the_matter(hotline: Caller) -> None:
    Image.new("RGB", (40, 30), "gray").save(out := io.BytesIO(), "JPEG")
    laid = upload(hotline, out.getvalue())
    assert (laid.status, laid.body["mime"], laid.body["name"]) == (201, "image/jpeg", "现场.jpg")
    known = hotline.get("/openapi.json").body["components"]["schemas"]
    assert faults(laid.body, known["Laid"], known) == []
    told = {**TOLD, "files": [laid.body["file"]]}
    made = handed_in(hotline, told)
    row = Attachment.objects.get(case__reference=made.body["case"]["number"])
    assert (row.name, row.part) == ("现场.jpg", "matter")
    assert hotline.post("/cases", told).body["case"]["number"] == made.body["case"]["number"]
    assert hotline.post("/cases", TOLD).body["code"] == "sent_otherwise"


def test_what_is_no_good_file_is_told_and_no_file_is_anothers(hotline: Caller, play: Play) -> None:
    bad = upload(hotline, b"MZ\x90\x00" + b"\x00" * 60, name="run.exe")
    assert (bad.status, bad.body["code"], "run.exe" in bad.body["detail"]) == (422, "invalid", True)
    assert upload(hotline, b"").status == 422
    other = shelf.ticket(shelf.Kept(name="x", mime="x", sha256="0" * 64, size=1), holder="channel:other")
    for word in (other, "forged", "x" * 1_001):
        answered = hotline.post("/cases", {**TOLD, "files": [word]})
        assert (answered.status, answered.body["errors"][0]["field"][:5]) == (422, "files")
    assert hotline.post("/cases", {**TOLD, "files": ["x"] * 7}).status == 422
    assert not Submission.objects.exists()
