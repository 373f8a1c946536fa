"""Sealed receipts and reading codes: who handles a case may show it to the citizen, and never decides for them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from pingyi import clock
from pingyi.record.models import Entry
from pingyi.rules.actor import citizen, reader
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.actions import clock as clocks
from pingyi.stations.cases.actions import inbox, protection, rating, receipts
from pingyi.stations.cases.models import Case, Rating, SealedReceipt
from pingyi.stations.cases.queries import codes
from pingyi.stations.cases.tests.calls import TOLD, Caller
from pingyi.stations.cases.tests.conftest import MONDAY, Play

pytestmark = pytest.mark.django_db
DECIDING = ("rate", "reopen", "write", "erase")


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def printed(play: Play, **more: Any) -> receipts.Printed:
    """A roll of four for the counter."""
    return receipts.print_roll(**{"count": 4, "place": "办事窗口", "by": play.actor("zhou"), "at": MONDAY, **more})


def code(action: Any) -> str:
    """The code of what is refused."""
    with pytest.raises(Refused) as refused:
        action()
    return refused.value.code


def reading(case: Case) -> str:
    """The reading code as it stands in an address."""
    return re.sub("[^0-9A-Z]", "", codes.reading_code(case))


def page(client: Client, address: str) -> str:
    client.cookies["django_language"] = "en"
    return client.get(address).content.decode()


def test_the_counter_types_the_number_outside_and_the_citizen_rates_by_the_code_inside(play: Play) -> None:
    number, secret = printed(play).leaves[0]
    visitor = Client()
    assert "belongs to no matter yet" in page(visitor, f"/follow/{secret}/")
    case = play.closed(channel="counter", receipt=number.replace("-", " "), at=clock.now())
    assert case.reference in page(visitor, f"/follow/{secret}/")
    assert visitor.post("/follow/", {"code": secret.lower()}).url == f"/follow/{secret}/"
    assert visitor.post(f"/follow/{secret}/rate/", {"level": "2"}).url == f"/follow/{secret}/reopen/"
    assert (Rating.objects.get().case, Rating.objects.get().means) == (case, "link")
    row = SealedReceipt.objects.get(number=number)
    assert (row.case, row.bound_by) == (case, play.cast.zhou)


def test_nothing_that_the_bureau_keeps_or_shows_tells_the_code_inside(play: Play) -> None:
    number, secret = printed(play).leaves[0]
    case = play.held(channel="visit", receipt=number, at=clock.now())
    row = SealedReceipt.objects.get(number=number)
    kept = " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    told = kept + "".join(Entry.objects.values_list("body", flat=True))
    told += page(play.cast.client("zhao"), case.get_absolute_url()) + page(play.cast.client("zhou"), "/cases/receipts/")
    assert secret not in told
    assert codes.in_fours(secret) not in told
    assert case.follow_code not in told
    assert row.code_digest not in "".join(Entry.objects.values_list("body", flat=True))
    assert number in page(play.cast.client("zhao"), case.get_absolute_url())


def test_the_reading_code_shows_the_matter_and_takes_papers(play: Play) -> None:
    case = play.held(at=clock.now())
    clocks.notify(case.reference, papers="身份证明", by=play.actor("zhao"), at=clock.now())
    visitor = Client()
    assert codes.reading_code(case) in page(play.cast.client("zhao"), case.get_absolute_url())
    asked = visitor.post("/follow/", {"code": f" {codes.reading_code(case).lower()} "})
    assert asked.url == f"/follow/{reading(case)}/"
    shown = page(visitor, asked.url)
    assert case.title in shown
    assert case.follow_code not in shown
    for verb in ("receipt", "why", "one-time-notice/1"):
        told = visitor.get(f"/follow/{reading(case)}/{verb}/")
        assert (told.status_code, case.follow_code in told.content.decode()) == (200, False), verb
    assert visitor.post(f"/follow/{reading(case)}/papers/", {}).url == f"/follow/{reading(case)}/"
    assert play.fresh(case).stopped_on is None


def test_the_reading_code_decides_nothing(play: Play) -> None:
    case = play.closed(at=clock.now())
    visitor = Client()
    shown = page(visitor, f"/follow/{reading(case)}/")
    assert "/reopen/" not in shown
    assert "How to come by one" in shown
    for verb in DECIDING:
        told = visitor.post(
            f"/follow/{reading(case)}/{verb}/", {"level": "5", "reason": "x", "text": "x", "is_sure": "on"}
        )
        assert (told.status_code, "secret code is needed" in told.content.decode()) == (403, True), verb
    who: dict[str, Any] = {"by": reader(case.reference), "at": clock.now()}
    for action in (
        lambda: rating.rate(case.reference, level=5, **who),
        lambda: citizens.object_to(case.reference, reason="x", **who),
        lambda: protection.erase(case.reference, **who),
    ):
        assert code(action) == "forbidden"
    assert not Rating.objects.exists()


def test_a_wrong_word_or_another_cases_word_opens_nothing(play: Play) -> None:
    case, other = play.received(at=clock.now()), play.received(at=clock.now())
    plain = case.reference.replace("-", "")
    for word in (reading(other)[-8:], "BBBBBBBB", "００００００００"):
        assert Client().get(f"/follow/{plain}{word}/").status_code == 404


def test_a_report_of_misconduct_has_no_reading_code_and_its_reporter_a_sealed_one(play: Play) -> None:
    number, secret = printed(play).leaves[0]
    report = play.received(kind="misconduct", who="zhao", channel="counter", receipt=number, at=clock.now())
    assert codes.reading_code(report) == ""
    plain = report.reference.replace("-", "")
    assert Client().get(f"/follow/{plain}{codes.keyed.reading_word(report.reference)}/").status_code == 404
    assert "To tell the person" not in page(play.cast.client("li"), report.get_absolute_url())
    assert Client().post(f"/follow/{secret}/write/", {"text": "我有照片"}).status_code == 302
    assert code(lambda: citizens.write(report.reference, text="x", by=reader(report.reference), at=clock.now())) == (
        "forbidden"
    )


def test_a_receipt_is_handed_over_face_to_face_once(play: Play) -> None:
    number, _ = printed(play).leaves[0]
    assert code(lambda: play.received(channel="phone", receipt=number)) == "receipt.nobody_there"
    assert code(lambda: play.received(channel="counter", receipt="012-037-72")) == "receipt.misread"
    assert code(lambda: play.received(channel="counter", receipt="012-037-71")) == "receipt.unknown"
    assert not Case.objects.exists()
    play.received(channel="counter", receipt=number)
    assert code(lambda: play.received(channel="counter", receipt=number)) == "receipt.is_given"
    assert Case.objects.count() == 1


def test_who_called_is_given_one_by_the_office_and_never_by_who_holds_or_handled_it(play: Play) -> None:
    (first, old), (second, new), *_ = printed(play).leaves
    case = play.closed(who="zhao", at=clock.now())

    def give(number: str, who: str) -> SealedReceipt:
        return receipts.bind(case.reference, receipt=number, by=play.actor(who), at=clock.now())

    assert code(lambda: give(first, "zhao")) == "forbidden"
    assert code(lambda: give(first, "wang")) == "forbidden"
    give(first, "li")
    assert Client().get(f"/follow/{old}/").status_code == 200
    give(second, "li")
    assert [Client().get(f"/follow/{one}/").status_code for one in (old, new)] == [404, 200]
    assert Entry.objects.filter(verb="receipt.bind").count() == 3  # the second made the first void
    own = play.received(who="zhou", at=clock.now())
    third = SealedReceipt.objects.filter(case=None)[0].number
    assert code(lambda: receipts.bind(own.reference, receipt=third, by=play.actor("zhou"), at=clock.now())) == (
        "receipt.own_case"
    )


def test_void_receipts_open_nothing_and_the_roll_adds_up(play: Play) -> None:
    made = printed(play)
    (first, secret), *_ = made.leaves
    zhou = {"by": play.actor("zhou"), "at": MONDAY}
    play.received(channel="counter", receipt=made.leaves[1][0])
    assert receipts.void(made.roll.reference, receipt=first, reason="opened", **zhou) == 1
    assert code(lambda: play.received(channel="counter", receipt=first)) == "receipt.is_void"
    assert Client().get(f"/follow/{secret}/").status_code == 404
    assert receipts.void(made.roll.reference, reason="left_over", **zhou) == 2
    assert code(lambda: receipts.void(made.roll.reference, reason="lost", **zhou)) == "receipt.none_left"
    (counted,) = receipts_of(play)
    assert (counted.given, counted.void, counted.left) == (1, 3, 0)
    for who in ("wang", "zhao", "sun"):
        for verb in ("receipt.print", "receipt.void"):
            assert code(lambda who=who: printed(play, by=play.actor(who))) == "forbidden", verb


def receipts_of(play: Play) -> list[Any]:
    return play.cast.client("zhou").get("/cases/receipts/").context["rolls"]


def test_a_roll_is_printed_once_through_its_page(play: Play) -> None:
    office = play.cast.client("zhou")
    assert office.post("/cases/receipts/print/", {"count": "7", "place": ""}).status_code == 422
    paper = office.post("/cases/receipts/print/", {"count": "20", "place": "办事窗口"})
    assert paper.content.startswith(b"%PDF")
    assert "no-store" in paper.headers["Cache-Control"]
    (counted,) = receipts_of(play)
    assert (counted.roll.count, counted.left) == (20, 20)
    assert printed(play, at=clock.now()).roll.number == counted.roll.number + 1
    roll = f"/cases/receipts/{counted.roll.reference}/void/"
    assert "receipt" in office.post(roll, {"receipt": "1", "reason": "lost"}).context["form"].errors
    assert office.post(roll, {"reason": "lost"}).status_code == 302


def test_what_was_told_is_erased_by_the_sealed_code_and_its_page_stays(play: Play) -> None:
    number, secret = printed(play).leaves[0]
    case = play.closed(channel="counter", receipt=number, at=clock.now())
    visitor = Client()
    assert visitor.post(f"/follow/{secret}/erase/", {"is_sure": "on"}).url == f"/follow/{secret}/"
    assert "has been erased for good" in page(visitor, f"/follow/{secret}/")
    assert play.fresh(case).text == ""
    assert citizen(case.reference).reference in Entry.objects.filter(verb="case.erase").latest("pk").body


def test_the_form_at_the_counter_keeps_what_was_typed_when_the_number_is_wrong(play: Play) -> None:
    told = {"kind": "complaint", "channel": "counter", "title": "夜间施工", "text": "三个晚上", "receipt": "12"}
    client = play.cast.client("zhao")
    client.cookies["django_language"] = "en"
    refused = client.post("/cases/receive/", told)
    assert refused.status_code == 422
    assert "do not fit" in refused.context["form"].errors["receipt"][0]
    assert "三个晚上" in refused.content.decode()
    number, _ = printed(play).leaves[0]
    assert client.post("/cases/receive/", {**told, "receipt": number}).status_code == 302


def test_what_a_hotline_is_told_shows_the_matter_and_decides_nothing(hotline: Caller, play: Play) -> None:
    once = {"Idempotency-Key": "told-once"}
    hotline.post("/cases", TOLD, **once)
    inbox.drain(at=clock.now())  # the worker, a moment later
    told = hotline.post("/cases", TOLD, **once).body
    case = Case.objects.get(reference=told["case"]["number"])
    assert told["reading_code"] == codes.reading_code(case)
    assert case.follow_code not in str(told)
    visitor = Client()
    assert visitor.get(f"/follow/{told['receipt']}/").status_code == 404
    assert visitor.post(f"/follow/{told['receipt']}/rate/", {"level": "5"}).status_code == 404
    assert visitor.get(f"/follow/{reading(case)}/").status_code == 200
    assert visitor.post(f"/follow/{reading(case)}/rate/", {"level": "5"}).status_code == 403
