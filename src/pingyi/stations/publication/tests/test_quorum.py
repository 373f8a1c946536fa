"""A verdict is made public with the plan's number of witnesses under what was laid down, and not before (§5.4)."""

from __future__ import annotations

import io
import zipfile

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.record import sequence
from pingyi.record.queries import latest
from pingyi.record.tests import office
from pingyi.rules.result import Stage
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.models import Published
from pingyi.stations.publication.tests.made_public import LATER, refusal, verbs
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db


def test_without_the_plans_witnesses_nothing_is_published_and_it_is_laid_down_once(cast: Cast) -> None:
    stage.confirmed(cast)
    for _ in range(2):
        code = refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER))
        assert code == "record.witnesses_missing"
    assert verbs().count("publication.bind") == 1
    assert not Published.objects.exists()
    assert Verdict.objects.get().stage == Stage.CONFIRMED.value


def test_a_witness_of_an_earlier_checkpoint_is_none_of_what_was_laid_down(cast: Cast) -> None:
    stage.confirmed(cast)
    office.sign(at=LATER)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == "record.witnesses_missing"


def test_what_is_published_ends_with_the_checkpoint_that_was_signed(cast: Cast) -> None:
    stage.confirmed(cast)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == "record.witnesses_missing"
    witness = office.sign(at=LATER)
    before = latest()
    assert before is not None
    actions.publish_notice(title="通知", text="会议照常。", by=cast.actor("zhou"), at=LATER)
    sequence.sequence(at=LATER)
    row = actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)
    with zipfile.ZipFile(io.BytesIO(bytes(row.files.get(name="bundle.zip").content))) as archive:
        head = archive.read("log/checkpoint").decode()
        assert len(archive.read("log/entries.jsonl").splitlines()) == before.size
    assert f"— {witness.name} " in head
