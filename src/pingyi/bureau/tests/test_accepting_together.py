"""What warns before a step bars it until it is mended or accepted; several lines may have one reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pingyi import ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as actions
from pingyi.bureau.models import Acceptance
from pingyi.bureau.tests.acceptances import accept_together
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.refused import Refused

pytestmark = [pytest.mark.django_db]
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)


def occasion() -> ready.Occasion:
    found = ready.occasion("adopt", "none", at=AT)
    assert found is not None
    return found


def test_a_line_that_warns_bars_the_step_and_its_own_reason_may_be_asked_elsewhere(cast: Cast) -> None:
    found = readiness.look(occasion())
    assert found.warns
    with pytest.raises(Refused, match=r"ready\.open"):
        readiness.require(occasion())
    readiness.require(occasion(), told=[line.check.id for line in (*found.stops, *found.warns)])


def test_all_that_warns_is_accepted_with_one_reason_and_what_stops_is_not(cast: Cast) -> None:
    before = readiness.look(occasion())
    assert before.stops
    client = cast.client("zhou")
    assert f"按现状接受这{len(before.acceptable)}项" in client.get("/ready/adopt/none/").content.decode()
    assert accept_together(client, "adopt", "none") == "/ready/adopt/none/"
    after = readiness.look(occasion())
    assert (after.stops, after.warns) != (before.stops, before.warns)
    assert [line.check.id for line in after.stops] == [line.check.id for line in before.stops]
    assert {one.words for one in after.accepted} == {"本年照此办理"}
    assert client.get("/ready/adopt/none/accept/").status_code == 404


def test_what_changed_since_it_was_seen_or_comes_without_a_reason_is_not_accepted(cast: Cast) -> None:
    by = cast.actor("zhou")
    seen = ready.together(readiness.look(occasion()).acceptable)
    for given, reason, code in (("0" * 64, "照此", "changed"), (seen, " ", "reason_needed")):
        with pytest.raises(Refused, match=rf"ready\.{code}"):
            actions.accept_all("adopt", "none", seen=given, reason=reason, by=by, at=AT)
    with pytest.raises(Refused, match=r"ready\.gone"):
        actions.accept_all("settle", "1999", seen=seen, reason="照此", by=by, at=AT)
    with pytest.raises(Refused, match="forbidden"):
        actions.accept_all("adopt", "none", seen=seen, reason="照此", by=cast.actor("zhao"), at=AT)
    assert not Acceptance.objects.exists()
