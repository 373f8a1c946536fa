"""An answer that was taken for a bare receipt has a way: its reason is recorded, and whoever closes judges (§3.2.2)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from pingyi import clock
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.tests.conftest import MONDAY, REPLY, RESULT, Play

pytestmark = pytest.mark.django_db

BARE, WHY = "您的来信已收悉，已转交相关部门。", "来信人只问信件转到了哪里，此即答复"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    monkeypatch.setattr(clock, "today", MONDAY.date)


def asked(client: Client, at: str, text: str, **more: str) -> str:
    return client.post(at, {"text": text, **more}).content.decode()


def test_the_reason_is_recorded_and_sealed_and_the_answer_counts(play: Play) -> None:
    case = play.held()
    answer.answer(case.reference, text=BARE, reason=WHY, by=play.actor("zhao"), at=MONDAY)
    assert play.fresh(case).answered_on == MONDAY.date()
    assert WHY not in "".join(Entry.objects.values_list("body", flat=True))
    found = cases.vouched(play.fresh(case))
    assert found is not None
    assert (found.reason, found.by) == (WHY, "赵敏")


def test_only_what_looks_like_a_receipt_is_vouched_for_and_only_while_it_stands(play: Play) -> None:
    case, zhao = play.held(), play.actor("zhao")
    answer.answer(case.reference, text=REPLY, reason="多余的理由", by=zhao, at=MONDAY)
    assert cases.vouched(play.fresh(case)) is None, "an answer needs no reason, and none is kept"
    answer.answer(case.reference, text=BARE, reason=WHY, by=zhao, at=MONDAY)
    assert cases.vouched(play.fresh(case)) is not None
    answer.answer(case.reference, text=REPLY + "。", by=zhao, at=MONDAY)
    assert cases.vouched(play.fresh(case)) is None, "answered anew"


def test_an_answer_of_before_it_was_opened_again_is_vouched_for_no_more(play: Play) -> None:
    case, zhao, zhou = play.held(), play.actor("zhao"), play.actor("zhou")
    answer.answer(case.reference, text=BARE, reason=WHY, by=zhao, at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=zhao, at=MONDAY)
    answer.close(case.reference, by=zhou, at=MONDAY)
    answer.reopen(case.reference, reason="来信人不同意", by=zhou, at=MONDAY)
    assert cases.vouched(play.fresh(case)) is None


def test_nobody_closes_their_own_vouched_answer(play: Play) -> None:
    case, wang = play.held(who="wang"), play.actor("wang")
    answer.answer(case.reference, text=BARE, reason=WHY, by=wang, at=MONDAY)
    answer.settle(case.reference, result=RESULT, by=wang, at=MONDAY)
    with pytest.raises(Refused, match=r"case\.own_work"):
        answer.close(case.reference, by=wang, at=MONDAY)


@pytest.mark.parametrize(
    ("language", "way", "field", "warning"),
    [
        ("zh-hans", "确属答复的，请说明理由", "确属答复的理由", "这份答复像是只说明已收到或已转办"),
        ("en", "say why: whoever closes the case decides", "Why this is an answer", "looks like a bare receipt"),
    ],
)
def test_the_refusal_says_the_way_and_who_closes_reads_the_reason(
    play: Play, language: str, way: str, field: str, warning: str
) -> None:
    case = play.held()
    clerk, checker = play.cast.client("zhao"), play.cast.client("zhou")
    for one in (clerk, checker):
        one.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    at = f"/cases/{case.reference}/answer/"
    assert field not in clerk.get(at).content.decode(), "it is not asked before it is needed"
    assert field not in asked(clerk, at, ""), "an empty answer is no receipt"
    refused = asked(clerk, at, BARE)
    assert way in refused
    assert 'name="reason"' in refused
    assert field in refused
    assert BARE in refused, "what was typed stays"
    assert clerk.post(at, {"text": BARE, "reason": WHY}).status_code == 302
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=MONDAY)
    for page in (f"/cases/{case.reference}/", f"/cases/{case.reference}/close/"):
        shown = checker.get(page).content.decode()
        assert warning in shown
        assert WHY in shown
