"""A section that is closed promises nothing any more: by acts, on every list, and on its old boards (§3.2.3, §4.1)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.bureau import hooks
from pingyi.bureau.actions import section as sections
from pingyi.record import audit, reasons, sequence
from pingyi.record.models import Entry
from pingyi.rules.openness import Stage as ItemStage
from pingyi.rules.plan.conduct import CaseKind
from pingyi.stations.commitments.actions import board, openness
from pingyi.stations.commitments.models import Commitment, OpennessItem
from pingyi.stations.commitments.queries import board as boards
from pingyi.stations.commitments.queries import commitment as commitments
from pingyi.stations.commitments.tests.conftest import BEGIN, Stage
from pingyi.stations.plans.tests.conftest import noon

pytestmark = pytest.mark.django_db
CLOSED = noon(date(2026, 6, 1))


def test_with_a_section_end_its_promises_its_open_list_and_what_its_boards_say(stage: Stage) -> None:
    zhou = stage.actor("zhou")
    sections.add(name="化验室", kind="section", reference="lab", order=9, by=zhou, at=BEGIN)
    promised = stage.published(section="lab", who="zhou", checker="li", case_kind="complaint")
    other = stage.published(section="pollution", who="chen")
    item = openness.add(sections=["lab"], items=["fee_items"], by=zhou, at=BEGIN)[0]
    openness.show(item.reference, url="https://example.org/", place="", proofs=(), by=zhou, at=BEGIN)
    hung = board.place(place="大厅东墙", section="lab", by=zhou, at=BEGIN)
    board.publish(section="lab", by=zhou, at=BEGIN)
    board.hang(hung.reference, edition=1, photograph=stage.picture(), by=zhou, at=BEGIN)
    board.publish(by=zhou, at=BEGIN)
    board.take_down(hung.reference, reason="机构合并", by=zhou, at=CLOSED)
    sections.close("lab", reason="并入污染控制科", by=zhou, at=CLOSED)

    ended = Commitment.objects.get(pk=promised.pk)
    assert (ended.stage, ended.ended_on, ended.note) == ("withdrawn", CLOSED.date(), "并入污染控制科")
    assert OpennessItem.objects.get(pk=item.pk).stage == ItemStage.NOT_APPLICABLE
    last = [Entry.objects.filter(subject=row.subject).latest("version") for row in (ended, item)]
    assert [entry.verb for entry in last] == ["commitment.withdraw", "openness.drop"]
    assert all('"reason":"section_closed"' in entry.body and "machine/closing" in entry.body for entry in last)
    assert all("并入污染控制科" in reasons.of(row.subject).values() for row in (ended, item))
    assert Commitment.objects.get(pk=other.pk).stage == "published"
    assert hooks.promises("lab", CaseKind.COMPLAINT, on=CLOSED.date()) == []
    assert list(commitments.in_force(begins_on=BEGIN.date(), ends_on=BEGIN.date())), "it held until then"

    assert not boards.scanned(hung.reference, 1).is_current
    assert (
        "所属科室已撤销" in Client().get(reverse("commitments:board-said", args=[hung.reference, 1])).content.decode()
    )
    (bureaus,) = [one for one in boards.scopes(on=CLOSED.date()) if one.section is None]
    assert bureaus.drift, "the bureau's own boards name the promise: a new edition is due"
    sequence.sequence(at=CLOSED)
    assert audit.examine(kinds=[Commitment, OpennessItem]).faults == ()
