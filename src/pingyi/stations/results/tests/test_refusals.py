"""What the room of results refuses, each by its own code, and nothing is written by it (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from pingyi.bureau.tests.cast import Cast
from pingyi.record import guards
from pingyi.record.tests.refusals import refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.results import uploads
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import EvidenceBatch, EvidenceUpload, Verdict
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.tests import stage
from pingyi.stations.results.views import doors

pytestmark = pytest.mark.django_db


def refusal(call: Callable[[], object]) -> str:
    """The code of a refusal, which leaves no entry."""
    return refused(call).code


def test_a_table_needs_a_year_and_rows(cast: Cast) -> None:
    told = {"file_name": "汇总.xlsx", "sha256": "a" * 64, "by": cast.actor("zhou"), "at": stage.SETTLED}
    plan = plans.read(stage.PLAN_FILE.read_text(encoding="utf-8"))
    rows = stage.evidence(plan)
    assert refusal(lambda: bringing.import_rows(rows, **told)) == "evidence.no_round"
    assert refusal(lambda: bringing.import_rows([], **told)) == "evidence.no_rows"
    assert refusal(doors.the_round) == "evidence.no_round"


def test_a_table_is_withdrawn_once_for_a_reason_and_not_from_under_a_final_verdict(cast: Cast) -> None:
    stage.open_year(cast)
    zhou, batch = cast.actor("zhou"), stage.bring(cast)

    def withdraw(reason: str) -> object:
        return bringing.withdraw(batch.reference, reason=reason, by=zhou, at=stage.SETTLED)

    assert refusal(lambda: withdraw(" ")) == "evidence.reason_needed"
    withdraw("单位填错")
    assert refusal(lambda: withdraw("单位填错")) == "evidence.withdrawn_already"


def test_a_table_of_the_final_verdict_stays(cast: Cast) -> None:
    stage.confirmed(cast)
    reference, zhou = EvidenceBatch.objects.get().reference, cast.actor("zhou")
    moved = refusal(lambda: bringing.withdraw(reference, reason="单位填错", by=zhou, at=stage.AFTER))
    assert moved == "evidence.in_final_result"


def test_an_upload_holds_something_of_a_fair_size_and_is_its_owners(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhou, li = cast.actor("zhou"), cast.actor("li")
    monkeypatch.setattr(uploads, "LARGEST", 8)

    def keep(content: bytes) -> EvidenceUpload:
        return uploads.keep("汇总.csv", content=content, by=zhou, at=stage.SETTLED)

    assert refusal(lambda: keep(b"")) == "evidence.file_empty"
    assert refusal(lambda: keep(b"123456789")) == "evidence.file_too_large"
    token = keep(b"12345678").token
    assert refusal(lambda: uploads.kept(token, by=li)) == "evidence.upload_gone"
    uploads.keep("下一份.csv", content=b"1", by=zhou, at=stage.SETTLED + uploads.KEPT_FOR + timedelta(seconds=1))
    assert refusal(lambda: uploads.kept(token, by=zhou)) == "evidence.upload_gone"


def test_a_table_with_one_wrong_row_is_not_taken(cast: Cast) -> None:
    stage.open_year(cast)
    lines = "科室,指标,来源,日期,数值\n办公室,案卷评查得分,明察暗访,八月,九十\n"
    kept = uploads.keep("汇总.csv", content=lines.encode(), by=cast.actor("zhou"), at=stage.SETTLED)
    taken = refusal(lambda: bringing.import_upload(kept.token, by=cast.actor("zhou"), at=stage.SETTLED))
    assert taken == "evidence.has_problems"
    assert uploads.is_kept(kept.token, by=cast.actor("zhou")), "it can be looked at again"


def test_before_anything_was_settled_there_is_no_verdict_to_show(cast: Cast) -> None:
    stage.open_year(cast)
    assert refusal(doors.the_verdict) == "result.none_yet"
    assert "尚未计分" in cast.client("zhou").get("/results/verdict/").content.decode()


def test_what_was_put_off_is_ordered_with_the_words_of_the_meeting_that_took_it_up(cast: Cast) -> None:
    row = stage.confirmed(cast)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_consequenceorder SET is_postponed = %s", [True])
    settling.apply(row.number, by=cast.actor("zhou"), at=stage.AFTER)
    again = refusal(lambda: settling.apply(row.number, decision=" ", by=cast.actor("zhou"), at=stage.AFTER))
    assert again == "result.decision_needed"


def test_a_verdict_that_was_changed_behind_the_record_is_not_taken_for_its_own(cast: Cast) -> None:
    row = stage.settled(cast)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_verdict SET verdict_sha256 = %s", ["0" * 64])
    assert refusal(lambda: queries.judged(Verdict.objects.get(pk=row.pk))) == "result.does_not_recompute"
