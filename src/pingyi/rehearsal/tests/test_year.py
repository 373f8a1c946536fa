"""A thin year, played for the test: every scene comes about, the rooms feed the verdict, and the record holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.test import override_settings

from pingyi.bureau import shelf_check
from pingyi.record import audit
from pingyi.record.models import Entry
from pingyi.rehearsal.year import NotARehearsalError, play
from pingyi.stations.cases.models import Breach, CallBack, Case, ClockStop, Handover, HotlineTable, Surfaced
from pingyi.stations.commitments.models import Commitment, NoticeBoard, OpennessItem
from pingyi.stations.results.models import Assessment, Verdict

ROOT = Path(__file__).resolve().parents[4]
PLAN = (ROOT / "plans/demo-2026.yaml").read_text(encoding="utf-8")
ACTED = (
    "case.receive", "case.classify", "case.assign", "case.accept", "case.decline", "case.answer", "case.settle",
    "case.close", "case.reopen", "case.notify", "case.resume_clock", "case.extend_ask", "case.extend_grant",
    "case.extend_deny", "case.merge", "case.split", "case.group", "case.import", "case.rate", "case.draw_call_backs",
    "case.call_back", "case.identify", "case.write", "case.erase", "case.urge", "case.criticize", "breach.raise",
    "breach.hear", "breach.decide", "commitment.draft", "commitment.return", "commitment.amend", "commitment.replace",
    "commitment.measure", "measurement.accept", "openness.show", "openness.return", "openness.drop", "board.publish",
    "board.hang", "post.set", "absence.enter", "case.stop_clock", "case.let_stand", "case.recall",
    "key.issue", "key.revoke", "receipt.print", "receipt.bind", "receipt.void",
    "result.recount",
)  # fmt: skip


@pytest.mark.django_db
def test_a_real_bureaus_folder_is_never_played_in() -> None:
    with pytest.raises(NotARehearsalError):
        play(PLAN, told=lambda *_: None)


@pytest.mark.django_db
def test_a_thin_year_has_every_scene_and_a_record_that_holds(tmp_path: Path) -> None:
    told: list[float] = []
    rehearsal = settings.PINGYI.model_copy(update={"rehearsal": True, "home": tmp_path})
    with override_settings(PINGYI=rehearsal):
        play(PLAN, told=lambda _, share: told.append(share), matters_a_week=1)
        report, files_let_go = audit.examine(), set(shelf_check.unnamed())
    assert told == sorted(told), "progress only grows"
    assert told[-1] == 1.0
    verbs = Counter(Entry.objects.values_list("verb", flat=True))
    assert [verb for verb in ACTED if not verbs[verb]] == []
    _check_what_is_left()
    assert report.faults == ()
    # Two persons did everything that needs two; files that a form let go of wait on the shelf for the sweep.
    assert set(report.listed) <= files_let_go


def _check_what_is_left() -> None:
    assert Case.objects.filter(closed_on=None, merged_into=None).exists(), "something is left to do"
    assert Case.objects.filter(is_offer_loop=True).exists()
    assert Case.objects.filter(is_restricted=True, closed_on=None).exists()
    assert Case.objects.exclude(asked_until=None).exists()
    assert CallBack.objects.filter(stage="reached").exists()
    assert Breach.objects.filter(stage="upheld").exists()
    assert Breach.objects.exclude(raised_by=None).exists(), "somebody raised one by hand"
    lying = Breach.objects.filter(kind="ownerless").values_list("case", flat=True)
    late = Handover.objects.filter(outcome="accepted", ended_at__gt=F("expires_at"), case__in=lying)
    assert late.exists(), "an offer taken late was left lying all the same"
    assert set(ClockStop.objects.values_list("cause", flat=True)) == {"papers", "expert", "court", "other"}
    assert HotlineTable.objects.get().set_aside == 1
    assert Commitment.objects.filter(stage="replaced").count() == 1
    assert OpennessItem.objects.filter(stage="missing").exists()
    assert NoticeBoard.objects.filter(hung=1).count() > NoticeBoard.objects.filter(hung=2).count() > 0
    assert any(row.found["clusters"] for row in Surfaced.objects.all()), "the crowd's matter surfaced by itself"
    assert Verdict.objects.exists()
    (ranked,) = json.loads(Assessment.objects.get().content)["classes"]
    assert ranked["certainty"] is not None
    assert all(one["alone"] for one in ranked["certainty"]["sections"]), "persons marked several sections"
