"""What turns out to be a report of misconduct is no longer anybody's but the supervision office's (§5.4)."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi import clock
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, calling_back, intake, protection
from pingyi.stations.cases.models import CallBack, Case
from pingyi.stations.cases.queries import calling_back as queries
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play

pytestmark = pytest.mark.django_db


def test_a_report_and_an_ordinary_case_are_never_merged(play: Play) -> None:
    plain, report = play.held(), play.received(kind="misconduct", title="收受礼金")
    for one, other in ((plain, report), (report, plain)):
        with pytest.raises(Refused) as refused:
            intake.merge(one.reference, into=other.reference, by=play.actor("zhou"), at=MONDAY)
        assert refused.value.code == "case.restricted_apart"
    assert not Case.objects.exclude(merged_into=None).exists()


def drawn_and_then_reported(play: Play) -> Case:
    """A closed case that was drawn for a call-back, opened again, and found to be about misconduct."""
    case, zhou = play.closed(), play.actor("zhou")
    lot = calling_back.announce(
        since=date(2026, 3, 1), until=date(2026, 3, 16), source="福彩双色球第2026030期", source_on=date(2026, 3, 17),
        by=zhou, at=MONDAY,
    )  # fmt: skip
    calling_back.draw(lot.reference, numbers="3 9 14 22 31 33 16", by=zhou, at=MONDAY + DAY)
    assert [one.case_id for one in queries.waiting()] == [case.pk]
    answer.reopen(case.reference, reason="仍在施工", by=play.actor("li"), at=MONDAY + DAY)
    return intake.classify(case.reference, kind="misconduct", by=zhou, at=MONDAY + DAY)


def test_who_calls_back_neither_sees_nor_asks_the_reporter(play: Play) -> None:
    case = drawn_and_then_reported(play)
    assert CallBack.objects.filter(case=case, stage="drawn").exists()
    assert not list(queries.waiting())
    leader = play.cast.client("sun")
    assert case.title not in leader.get("/cases/call-backs/").content.decode()
    for address in (f"/cases/{case.reference}/identify/", f"/cases/call-backs/{case.reference}/ask/"):
        assert leader.get(address).status_code == 404, address
    with pytest.raises(Refused) as refused:
        protection.identify(case.reference, purpose="call_back", reason="回访", by=play.actor("sun"), at=clock.now())
    assert refused.value.code == "case.not_drawn"
