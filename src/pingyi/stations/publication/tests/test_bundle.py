"""What the bundle holds is laid down before it is published, and its receipt is checked without the site (§5.4)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from pingyi import clock, verify
from pingyi.bureau.tests.cast import Cast
from pingyi.record import keys, sequence
from pingyi.record.models import Entry
from pingyi.rules import entry
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.tests.made_public import LATER, publish, published, refusal, verbs
from pingyi.stations.results.actions import recount
from pingyi.stations.results.models import Assessment, Verdict
from pingyi.stations.results.tests import stage


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)


def test_what_the_bundle_holds_is_laid_down_before_it_is_published_and_shown(cast: Cast) -> None:
    row = published(cast)
    told = json.loads(Entry.objects.get(verb="publication.bind").body)
    digests = json.loads(row.content)["digests"]
    assert told["public"] == {"contents_sha256": digests["contents"], "version": 3, "recounted": 0}
    page = Client().get("/public/2026/verdict/").content.decode()
    assert digests["contents"] in page
    assert digests["held"] in page
    assert f"--vkey {keys.verifier()}" in page
    verdict = Verdict.objects.get()
    assert (digests["published"], digests["held"]) == (verdict.published_sha256, verdict.held_sha256)


def test_files_other_than_the_settled_ones_are_not_published(cast: Cast) -> None:
    stage.confirmed(cast)
    for wrong in ("0" * 64, None):  # altered, or settled by a former version
        with connection.cursor() as cursor:
            cursor.execute("UPDATE results_verdict SET published_sha256 = %s", [wrong])
        code = refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER))
        assert code == "publication.settle_anew"
    assert "publication.bind" not in verbs()


def test_estimates_that_a_former_version_froze_are_not_published_in_other_words(cast: Cast) -> None:
    stage.confirmed(cast)
    (row,) = Assessment.objects.all()
    told = json.loads(row.content)
    told["format"] = "pingyi-estimates/1"
    for one in (one for each in told["classes"] for one in each["certainty"]["sections"]):
        del one["weights"]["at"], one["weights"]["against"]
    former = entry.canonical(told).decode()
    with connection.cursor() as cursor:
        values = [former, hashlib.sha256(former.encode()).hexdigest()]
        cursor.execute("UPDATE results_assessment SET content = %s, sha256 = %s", values)
    code = refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER))
    assert code == "publication.settle_anew"
    assert "publication.bind" not in verbs()


def test_whoever_counts_again_after_the_binding_is_bound_anew_and_published(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == "record.witnesses_missing"
    recount.recount(verdict.number, by=cast.actor("he"), at=LATER)
    row = publish(cast)
    told = [
        json.loads(one.body)["public"]["recounted"]
        for one in Entry.objects.filter(verb="publication.bind").order_by("pk")
    ]
    assert told == [0, 1]
    (listed,) = json.loads(row.content)["recounted"]
    assert (listed["name"], listed["post"], listed["on"]) == ("何璟", "区纠风办", LATER.date().isoformat())


def test_a_verdict_whose_second_count_differs_is_not_published(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_snapshot SET past = '[' || past || ']'")
    assert refusal(lambda: recount.recount(verdict.number, by=cast.actor("he"), at=LATER)) == "result.recount_differs"
    with connection.cursor() as cursor:  # put right again, as if nothing had been
        cursor.execute("UPDATE results_snapshot SET past = '[]'")
    code = refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER))
    assert code == "result.recount_disputed"
    assert "publication.bind" not in verbs()


def test_the_receipt_beside_the_bundle_is_checked_without_the_site(cast: Cast, tmp_path: Path) -> None:
    visitor = Client()
    assert visitor.get("/public/2026/bundle.receipt").status_code == 404
    row = published(cast)
    assert visitor.get("/public/2026/bundle.receipt").status_code == 404  # until the next checkpoint
    sequence.sequence(at=LATER)
    answer = visitor.get("/public/2026/bundle.receipt")
    assert "/public/2026/bundle.receipt" in visitor.get("/public/2026/verdict/").content.decode()
    (tmp_path / "bundle.zip").write_bytes(visitor.get("/public/2026/bundle.zip").content)
    (tmp_path / "bundle.receipt").write_bytes(answer.content)
    words = [str(tmp_path / "bundle.zip"), "--vkey", str(keys.verifier())]
    assert verify.main([*words, "--receipt", str(tmp_path / "bundle.receipt")]) == 0
    actions.withdraw(row.reference, reason="附件有误", by=cast.actor("zhou"), at=LATER)
    assert visitor.get("/public/2026/bundle.receipt").status_code == 410
