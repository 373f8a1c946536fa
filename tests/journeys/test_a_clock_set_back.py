"""Whoever sets the machine's clock back gains nothing: the act is refused in words, at the form (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.stations.cases.actions import custody, intake
from pingyi.stations.cases.models import Case
from tests.journeys.ground import TODAY, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANSWER = "经现场监测，夜间噪声未超过标准，已要求停工。"


@pytest.fixture
def case(cast: Cast) -> Iterator[Case]:
    """A case that the brigade holds, and a record that has gone on for nine days since."""
    cache.clear()
    told = {"kind": "complaint", "channel": "phone", "title": "夜间施工", "text": "柳溪路工地连续三晚施工"}
    row = intake.receive(**told, by=cast.actor("zhou"), at=TODAY)  # type: ignore[arg-type]
    custody.assign(row.reference, to="brigade", by=cast.actor("zhou"), at=TODAY)
    row = custody.accept(row.reference, by=cast.actor("zhao"), at=TODAY)
    intake.receive(**{**told, "title": "油烟"}, by=cast.actor("zhou"), at=TODAY + 9 * DAY)  # type: ignore[arg-type]
    yield row
    cache.clear()


@pytest.mark.parametrize(
    ("days", "code"),
    [(8, "2026-11-27"), (0, "2026-11-27"), (-30, "2026-11-18")],
    ids=["the day before", "the day of receipt", "a month before it came"],
)
def test_an_answer_is_not_dated_back(case: Case, days: int, code: str) -> None:
    before = Entry.objects.count()
    with time_machine.travel(TODAY + days * DAY, tick=False):
        answer = person("zhao").post(f"/cases/{case.reference}/answer/", {"text": ANSWER})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ANSWER in page, "nothing typed is lost"
    assert code in page, "the sentence names the day that was reached, or the day of receipt"
    assert "时钟" in page
    case.refresh_from_db()
    assert (case.answered_on, Entry.objects.count()) == (None, before)


def test_on_the_right_day_the_same_answer_is_taken(case: Case) -> None:
    with time_machine.travel(TODAY + 9 * DAY, tick=False):
        assert person("zhao").post(f"/cases/{case.reference}/answer/", {"text": ANSWER}).status_code == 302
    case.refresh_from_db()
    assert case.answered_on == (TODAY + 9 * DAY).date()


def test_what_a_citizen_hands_in_is_kept_though_the_clock_is_wrong(case: Case) -> None:
    told = {"kind": "complaint", "text": "排烟口对着窗户，夜里也开。", "place": "柳溪路8号"}
    with time_machine.travel(TODAY, tick=False):
        answer = Client().post("/tell/", told)
    assert answer.status_code in {200, 302}
