"""What the room of plans refuses where there is no year, no officer or no such section (§3.2.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pingyi.authoring.tests.plans import shipped_plan
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.refused import Refused
from pingyi.stations.plans.actions import duties, meeting

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_meeting_belongs_to_a_year(cast: Cast) -> None:
    told = {"title": "碰头会", "kind": "other", "by": cast.actor("zhou"), "at": AT}
    assert refusal(lambda: meeting.plan_meeting(**told)) == "round.none"


def test_without_an_officer_nobody_could_carry_the_duties() -> None:
    assert refusal(lambda: duties.duties(shipped_plan(), on=AT.date())) == "round.no_officer"
