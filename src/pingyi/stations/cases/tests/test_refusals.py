"""What the room of cases refuses about breaches, keys and receipts, each by its own code (§3.2.2, §5.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from pingyi.record.tests.refusals import refused
from pingyi.stations.cases.actions import intake, keys, oversight, receipts
from pingyi.stations.cases.queries import georeport
from pingyi.stations.cases.tests.conftest import MONDAY, Play

pytestmark = pytest.mark.django_db


def refusal(call: Callable[[], object]) -> tuple[str, str | None]:
    """The code of a refusal, which leaves no entry, and the field that it stands at."""
    told = refused(call)
    return told.code, told.field


def test_a_breach_raised_by_hand_says_what_happened(play: Play) -> None:
    case, zhou = play.held(), play.actor("zhou")
    raised = refusal(lambda: oversight.raise_by_hand(case.reference, kind="rude", note=" ", by=zhou, at=MONDAY))
    assert raised == ("breach.note_needed", "note")


def test_a_key_is_a_known_channels_and_is_revoked_once(play: Play) -> None:
    zhou = play.actor("zhou")
    stray = refusal(lambda: keys.issue(channel="gone", label="热线平台", by=zhou, at=MONDAY))
    assert stray == ("key.no_such_channel", "channel")
    made = keys.issue(channel="hotline_12345", label="热线平台", by=zhou, at=MONDAY).key
    keys.revoke(made.reference, by=zhou, at=MONDAY)
    assert refusal(lambda: keys.revoke(made.reference, by=zhou, at=MONDAY))[0] == "key.revoked_already"


def test_a_case_that_goes_on_in_another_takes_no_receipt(play: Play) -> None:
    zhou, case, other = play.actor("zhou"), play.held(), play.received(title="另一件")
    roll = receipts.print_roll(count=100, place="窗口", by=zhou, at=MONDAY)
    intake.merge(case.reference, into=other.reference, by=zhou, at=MONDAY)
    bound = refusal(lambda: receipts.bind(case.reference, receipt=roll.leaves[0][0], by=play.actor("li"), at=MONDAY))
    assert bound == ("receipt.case_is_over", "receipt")


def test_a_range_of_requests_runs_forward_and_is_of_ninety_days(play: Play) -> None:
    def asked(begins: timedelta, ends: timedelta) -> str:
        wanted = georeport.Asked(begins_at=MONDAY + begins, ends_at=MONDAY + ends)
        return refusal(lambda: georeport.requests(wanted, channel="", at=MONDAY))[0]

    day = timedelta(days=1)
    assert asked(-day, -2 * day) == "open311.range_reversed"
    assert asked(-georeport.LONGEST_RANGE - 2 * day, timedelta()) == "open311.range_too_long"
    assert georeport.requests(georeport.Asked(begins_at=MONDAY - day, ends_at=MONDAY), channel="", at=MONDAY) == []
