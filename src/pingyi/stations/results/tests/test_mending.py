"""An upheld objection leads on by itself: who must act has it on the desk, and the page shows the way (§4.4b)."""

from __future__ import annotations

import pytest

from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import objection
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import EvidenceBatch, Verdict
from pingyi.stations.results.queries import desk
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

WITHDRAW, SETTLE, SHOW = "请撤回结果并重新计分", "结果已撤回：请重新计分", "已重新计分：请向各科室预告"


def titles(cast: Cast, who: str) -> str:
    return "；".join(item.title for item in desk.desk(cast.actor(who), stage.PREVIEW))


def upheld(cast: Cast) -> Verdict:
    row = stage.previewed(cast)
    filed = objection.file_objection(text="回访漏计", by=cast.actor("wang"), at=stage.PREVIEW)
    objection.answer(filed.reference, is_upheld=True, answer="属实", by=cast.actor("li"), at=stage.PREVIEW)
    return row


def test_an_upheld_objection_lies_on_the_desk_of_who_may_withdraw_and_they_are_told(cast: Cast) -> None:
    upheld(cast)
    assert WITHDRAW in titles(cast, "zhou")
    assert WITHDRAW in titles(cast, "sun")
    assert WITHDRAW not in titles(cast, "wang")
    assert Notice.objects.filter(code="objection.upheld", to=cast.zhou).exists()


def test_the_way_from_withdrawing_to_showing_again_is_one_line_with_one_next_step(cast: Cast) -> None:
    row, client = upheld(cast), cast.client("zhou")
    for page in ("/results/", "/results/verdict/", f"/results/objections/{row.objections.get().reference}/"):
        shown = client.get(page).content.decode()
        assert "1项申诉成立：结果重新作出" in shown
        assert 'href="/results/verdict/withdraw/"' in shown
    assert "确认结果</a>" not in client.get("/results/verdict/").content.decode()
    settling.withdraw(row.number, reason="申诉成立", by=cast.actor("zhou"), at=stage.PREVIEW)
    assert SETTLE in titles(cast, "zhou")
    assert 'href="/results/settle/"' in client.get("/results/").content.decode()
    stage.settle(cast, at=stage.PREVIEW)
    assert SHOW in titles(cast, "zhou")
    assert 'href="/results/verdict/open-preview/"' in client.get("/results/").content.decode()


def test_evidence_that_changed_during_the_preview_leads_the_same_way(cast: Cast) -> None:
    stage.previewed(cast)
    table = EvidenceBatch.objects.get()
    bringing.withdraw(table.reference, reason="数据有误", by=cast.actor("zhou"), at=stage.PREVIEW)
    assert "佐证已变动" in titles(cast, "zhou")
    assert 'href="/results/verdict/withdraw/"' in cast.client("zhou").get("/results/").content.decode()


def test_nothing_is_mended_where_nothing_is_wrong(cast: Cast) -> None:
    stage.previewed(cast)
    assert WITHDRAW not in titles(cast, "zhou")
    assert "结果重新作出" not in cast.client("zhou").get("/results/").content.decode()
