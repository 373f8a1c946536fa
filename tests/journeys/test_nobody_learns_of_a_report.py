"""The head whom a report is about reads all he may, with the report and without: he sees no difference (§3.2.6)."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.record import audit, export, seals, sequence
from pingyi.record.models import Entry, recorded_models
from pingyi.rules.actor import citizen
from pingyi.stations.cases.actions import answer, custody, intake, protection
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.models import Case
from tests.journeys.ground import CALLER, TODAY, furnish, person
from tests.journeys.test_nobody_is_named import words
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db
TOLD = {"channel": "counter", "text": "王强在停车场收了一个信封", "contact": CALLER, "at": TODAY}
OPEN = (
    "/figures/",
    "/open311/v2/requests.json",
    "/api/v1/cases",
    "/record/entries/0",
    "/record/checkpoint",
    "/record/",
)
# What is random or a digest: hashes, signatures, salts, references, tokens against forgery.
RANDOM = re.compile(
    r"[0-9a-f]{12,64}|[A-Za-z0-9+/_-]{16,}={0,2}|\b[2-9BCDFGHJKMNPQRSTVWXYZ]{12}\b|value=\"[^\"]{32,}\"|nonce-[^'\"]+"
)


class Reader(Walk):
    """A walk that keeps what it read, without what is random."""

    def look(self, url: str, answer: HttpResponse) -> None:
        self.__dict__.setdefault("read", {})[RANDOM.sub("·", url)] = RANDOM.sub("·", words(answer))


def report(cast: Cast) -> Case:
    """A report that goes all its way: received, handed over, opened, written about, answered, closed."""
    zhou, li = cast.actor("zhou"), cast.actor("li")
    row = intake.receive(kind="misconduct", title="收受礼金", by=zhou, **TOLD)  # type: ignore[arg-type]
    custody.assign(row.reference, to="", member=cast.li.reference, by=zhou, at=TODAY)
    custody.accept(row.reference, by=li, at=TODAY)
    protection.identify(row.reference, purpose="contact", reason="核实", by=li, at=TODAY)
    answer.answer(row.reference, text="经核实，已按规定立案调查，并将结果告知。", by=li, at=TODAY)
    answer.settle(row.reference, result="已给予处分并退还礼金。", by=li, at=TODAY)
    answer.close(row.reference, by=zhou, at=TODAY)
    citizens.object_to(row.reference, reason="处理过轻", by=citizen(row.reference), at=TODAY)
    return row


def world(cast: Cast, *, is_reported: bool) -> tuple[dict[str, str], list[str]]:
    """Return what the head reads, and the entries that everybody may take away."""
    before = transaction.savepoint()
    made = report(cast) if is_reported else None
    intake.receive(kind="complaint", title="油烟", by=cast.actor("zhou"), **{**TOLD, "text": "夜里排放油烟"})  # type: ignore[arg-type]
    seals.keep_up(at=TODAY)
    sequence.sequence(at=TODAY)
    assert not audit.examine().faults
    reader = Reader(person("wang")).go()
    for url in OPEN:
        reader.look(url, Client().get(url))
    taken = export.files()["entries.jsonl"].decode()
    if made:
        assert made.reference not in taken
        assert all(Client().get(f"/record/entry/{leaf}/").status_code == 404 for leaf in apart())
    transaction.savepoint_rollback(before)
    cache.clear()
    return reader.__dict__["read"], [RANDOM.sub("·", line) for line in taken.splitlines()]


def apart() -> list[str]:
    found = list(Entry.objects.filter(is_apart=True).values_list("leaf", flat=True))
    assert len(found) > 9, "the report came about"
    return found


def test_with_a_report_the_head_reads_what_he_reads_without_one(cast: Cast) -> None:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        furnish(cast)
        plain, plain_entries = world(cast, is_reported=False)
        told, told_entries = world(cast, is_reported=True)
    assert len(plain) > 40, "the walk came about"
    assert set(told) == set(plain)
    assert [url for url in plain if told[url] != plain[url]] == []
    assert told_entries == plain_entries
    assert not [line for line in plain_entries if "misconduct" in line]


def test_whatever_hangs_on_a_case_is_kept_apart_with_it() -> None:
    links = {
        model.entry_kind(): model.apart_with
        for model in recorded_models()
        if model is not Case and any(field.related_model is Case for field in model._meta.concrete_fields)
    }
    assert len(links) > 15
    assert {kind for kind, link in links.items() if link != "case"} == set()
    assert Case.apart_with == "is_restricted"
