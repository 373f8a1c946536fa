"""What hotlines' tables hold of citizens is destroyed after its term, and with the case it belongs to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from python_calamine import CalamineWorkbook

from pingyi import clock
from pingyi.record import audit, reasons, sequence
from pingyi.record.models import Entry
from pingyi.rules.plan.conduct import HandlingRules
from pingyi.stations.cases.actions import forgetting, importing, protection, tables
from pingyi.stations.cases.models import (
    Case,
    HotlineFile,
    HotlineTable,
    SetAsideRow,
    SourceRow,
    TableComparison,
    TableState,
)
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.cases.tests.test_actions_tables import (
    CLOSED,
    LATER,
    OPEN,
    code,
    imported,
    looked_at,
    ordered,
    told,
)

pytestmark = pytest.mark.django_db

BAD = ["G3", "前天", *OPEN[2:]]
AFTER = LATER + timedelta(days=HandlingRules().keep_table_days + 1)
Committing = Callable[..., object]


def lies(sha256: str) -> bool:
    return bool(default_storage.exists(f"proofs/{sha256[:2]}/{sha256}"))


def test_after_its_term_a_table_keeps_only_its_counts(
    play: Play, django_capture_on_commit_callbacks: Committing
) -> None:
    table = imported(play, OPEN, BAD)
    tables.compare(table.token, by=play.actor("zhou"), at=LATER)
    assert lies(table.sha256)
    assert forgetting.forget_tables(at=AFTER - timedelta(days=2)) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        protection.clear_up(at=AFTER)
    after = HotlineTable.objects.get(pk=table.pk)
    assert (after.state, after.new, after.set_aside, after.sha256) == (TableState.ERASED, 1, 1, "")
    assert not lies(table.sha256)
    assert not SetAsideRow.objects.exists()
    assert not TableComparison.objects.exists()
    assert "三月" not in f"{after} {HotlineFile.objects.get().file_name}"
    assert forgetting.forget_tables(at=AFTER) == 0
    sequence.sequence(at=AFTER)
    assert audit.examine(kinds=[HotlineFile]).faults == ()


def test_a_table_that_was_only_looked_at_is_erased_and_one_under_way_is_not(play: Play) -> None:
    looked = looked_at(play, CLOSED)
    waiting = ordered(play, OPEN)
    assert forgetting.forget_tables(at=AFTER) == 1
    looked.refresh_from_db()
    assert (looked.state, looked.preview) == (TableState.ERASED, {})
    list(importing.carry_on(now=lambda: AFTER))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.new) == (TableState.DONE, 1)


def test_an_erased_table_cannot_be_gone_on_with(play: Play) -> None:
    table = ordered(play, OPEN)
    tables.stop(table.token, by=play.actor("zhou"), at=LATER)
    forgetting.forget_tables(at=AFTER)
    assert code(lambda: tables.resume(table.token, by=play.actor("zhou"), at=AFTER)) == "table.not_stopped"


def test_with_a_case_goes_what_its_tables_say_of_it(play: Play, django_capture_on_commit_callbacks: Committing) -> None:
    phone = "13912345678"
    mine = ["G2", *CLOSED[1:7], phone]
    table = imported(play, mine, OPEN, ["G8", "前天", *OPEN[2:7], phone], BAD)
    tables.compare(table.token, by=play.actor("zhou"), at=LATER)
    assert table.preview == {}, "once imported, nothing of its first rows is needed"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        protection.erase(told("G2").reference, by=play.actor("zhou"), at=LATER)
    assert [row.cells[0] for row in SetAsideRow.objects.all()] == ["G3"]
    assert [row.case.external_number for row in SourceRow.objects.all()] == ["G1"]
    assert not TableComparison.objects.exists()
    assert not lies(table.sha256)


def test_an_erased_matter_does_not_come_in_again_by_the_hotlines_next_table(
    play: Play, django_capture_on_commit_callbacks: Committing
) -> None:
    phone, zhou = "13912345678", play.actor("zhou")
    mine = ["G2", *CLOSED[1:7], phone]
    imported(play, mine, OPEN)
    case = told("G2")
    protection.erase(case.reference, by=zhou, at=LATER)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        again = imported(play, mine, ["G2", "2026-03-05", *OPEN[2:7], phone], OPEN)
    assert (again.new, again.updated, again.unchanged, again.set_aside) == (0, 0, 1, 2)
    assert [(row.cells, row.problems[0]["code"]) for row in SetAsideRow.objects.all()] == [([], "case.erased")] * 2
    assert (again.sha256, lies(HotlineFile.objects.latest("pk").sha256)) == ("", False)
    download = play.cast.client("zhou").get(f"/cases/tables/{again.token}/set-aside.xlsx")
    out = str(CalamineWorkbook.from_filelike(io.BytesIO(download.content)).get_sheet_by_index(0).to_python())
    assert ("期满清除" in out, phone in out) == (True, False)
    assert Case.objects.count() == 2
    by_hand: dict[str, object] = {"channel": "hotline_12345", "external_number": "G2", "at": LATER}
    assert code(lambda: play.received(**by_hand)) == "case.number_erased"
    assert code(lambda: protection.readmit(told("G1").reference, reason="x", by=zhou, at=LATER)) == "case.not_kept_out"
    assert code(lambda: protection.readmit(case.reference, reason="x", by=play.actor("wang"), at=LATER)) == "forbidden"
    page = f"/cases/{case.reference}/readmit/"
    assert "/readmit/" in play.cast.client("zhou").get(case.get_absolute_url()).content.decode()
    assert play.cast.client("zhou").post(page, {"reason": ""}).status_code == 422
    assert play.cast.client("zhou").post(page, {"reason": "热线再次交办", "seen": ""}).status_code == 302
    assert json.loads(Entry.objects.get(verb="case.readmit").body)["reason"] == "other"
    assert list(reasons.of(case.subject).values()) == ["热线再次交办"]
    assert imported(play, mine, at=clock.now()).new == 1


def test_an_erased_table_still_has_its_page(play: Play) -> None:
    table = imported(play, OPEN, BAD)
    forgetting.forget_tables(at=AFTER)
    browser = play.cast.client("zhou")
    for page in ("", "reconcile/", "reconcile.xlsx", "columns/"):
        answer = browser.get(f"/cases/tables/{table.token}/{page}", follow=True)
        assert answer.status_code == 200
    assert f"{LATER:%Y-%m-%d}" in answer.content.decode()
