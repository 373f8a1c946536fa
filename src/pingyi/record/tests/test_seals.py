"""Rows of which the open record must not even tell that they exist: one sealed entry a day binds them to it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pingyi.record import audit, export, guards, queries, seals, sequence
from pingyi.record.models import Apart, Entry, Leaf, SealedReason
from pingyi.record.tests.conftest import AT, answered, opened, sql
from pingyi.record.tests.matters import KINDS, Matter
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _protected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matter, "is_apart", property(lambda row: row.title.startswith("举报")))


def codes() -> list[str]:
    return [one.code for one in audit.examine(kinds=KINDS).faults]


def test_an_entry_apart_is_found_by_nobody_in_the_open_and_by_replay_all_the_same() -> None:
    plain, protected = opened(), answered(opened(title="举报甲"), phone="1")
    sequence.sequence(at=AT)
    assert list(Leaf.objects.values_list("entry__subject", flat=True)) == [plain.subject]
    assert (
        queries.find(protected.subject)
        == queries.find(protected.entry_hash)
        == queries.history(protected.subject)
        == []
    )
    assert Client().get(f"/record/entry/{protected.entry_hash}/").status_code == 404
    assert Client().get(f"/record/proof/{protected.entry_hash}").status_code == 404
    assert protected.reference not in Client().get("/record/").content.decode()
    assert protected.reference not in Client().get("/record/entries/0").content.decode()
    assert protected.reference not in export.files()["entries.jsonl"].decode()
    with pytest.raises(Refused):
        queries.receipt(protected.entry_hash)
    assert codes() == []
    sql("UPDATE matters_matter SET phone = '2' WHERE id = %s", protected.pk)
    assert codes() == ["row.sealed"]


def test_each_day_has_one_sealed_entry_that_looks_the_same_whether_anything_happened_or_not() -> None:
    opened()
    seals.keep_up(at=AT)
    for number in range(5):
        opened(title=f"举报{number}")
    for _ in range(3):
        seals.keep_up(at=AT + DAY)
    seals.keep_up(at=AT + 2 * DAY)
    told = [
        json.loads(body) for body in Entry.objects.filter(verb=seals.VERB).order_by("pk").values_list("body", flat=True)
    ]
    assert {one["kind"] for one in told} == {"record.seal"}
    assert [one["at"] for one in told] == ["2026-05-21", "2026-05-22", "2026-05-23"]
    varying = {"at", "subject", "nonce", "commit"}
    assert len({json.dumps({k: v for k, v in one.items() if k not in varying}, sort_keys=True) for one in told}) == 1
    assert len({len(json.dumps(one)) for one in told}) == 1
    counts = [json.loads(one)["count"] for one in SealedReason.objects.order_by("pk").values_list("text", flat=True)]
    assert counts == [0, 5, 0]
    assert Apart.objects.count() == 5
    assert codes() == []


def test_an_empty_record_is_not_begun_by_a_sealed_entry() -> None:
    seals.keep_up(at=AT)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM record_apart WHERE place = 0", "seal.left_out"),
        ("UPDATE record_apart SET place = 9 WHERE place = 0", "seal.altered"),
        ('UPDATE record_sealedreason SET text = \'{"count":0,"root":""}\'', "reason.altered"),
    ],
)
def test_what_is_done_to_sealed_days_is_found(statement: str, code: str, settings: Any) -> None:
    opened(title="举报甲")
    opened(title="举报乙")
    seals.keep_up(at=AT)
    assert codes() == []
    guards.remove(connection)
    sql(statement)
    assert code in codes()
    assert "seal.altered" in codes()


def test_a_deleted_entry_apart_is_missed_by_its_day() -> None:
    row = opened(title="举报甲")
    seals.keep_up(at=AT)
    guards.remove(connection)
    sql("DELETE FROM record_apart")
    sql("DELETE FROM record_entry WHERE leaf = %s", row.entry_hash)
    sql("DELETE FROM matters_matter")
    assert codes() == ["seal.altered"]


def test_an_entry_left_out_of_its_day_is_named_by_its_leaf() -> None:
    row = opened(title="举报甲")
    seals.keep_up(at=AT)
    guards.remove(connection)
    sql("DELETE FROM record_apart")
    assert [one.facts["leaf"] for one in seals.faults() if one.code == "seal.left_out"] == [row.entry_hash]


def test_what_is_sealed_by_an_entry_that_seals_no_day_is_found() -> None:
    plain, _ = opened(), opened(title="举报甲")
    seals.keep_up(at=AT)
    guards.remove(connection)
    other = Entry.objects.get(leaf=plain.entry_hash).pk
    sql("UPDATE record_apart SET seal_id = %s", other)
    assert {one.facts["day"] for one in seals.faults() if one.code == "seal.altered"} == {"2026-05-21", "?"}
