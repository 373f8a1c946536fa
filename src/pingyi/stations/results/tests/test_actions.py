"""Evidence, verdict, objections and consequences: allowed, refused, forbidden, recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import consequence, objection
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ConsequenceOrder, EvidenceBatch, EvidencePage, ScoreSheet, Snapshot, Verdict
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.tests import stage


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def last_verb() -> str:
    return Entry.objects.exclude(verb="record.bind").latest("pk").verb


def test_an_import_records_the_table_page_by_page(cast: Cast) -> None:
    stage.open_year(cast)
    batch = stage.bring(cast)
    pages = EvidencePage.objects.filter(batch=batch)
    assert batch.rows == sum(page.rows for page in pages) == sum(len(page.content.splitlines()) for page in pages)
    assert Entry.objects.filter(verb="evidence.import", subject__startswith="evidence/").count() == pages.count()


def test_the_same_file_is_taken_once_until_it_is_withdrawn(cast: Cast) -> None:
    stage.open_year(cast)
    batch = stage.bring(cast)
    assert refusal(lambda: stage.bring(cast)) == "evidence.same_file"
    bringing.withdraw(batch.reference, reason="单位填错", by=cast.actor("zhou"), at=stage.SETTLED)
    assert last_verb() == "evidence.withdraw"
    stage.bring(cast)
    assert EvidenceBatch.objects.count() == 2


def test_a_withdrawn_table_does_not_count(cast: Cast) -> None:
    stage.open_year(cast)
    batch = stage.bring(cast)
    bringing.withdraw(batch.reference, reason="单位填错", by=cast.actor("zhou"), at=stage.SETTLED)
    verdict = stage.settle(cast, at=stage.SETTLED)
    assert (verdict.is_complete, verdict.batches) == (False, [])
    assert refusal(lambda: settling.open_preview(verdict.number, by=cast.actor("zhou"), at=stage.PREVIEW)) == (
        "result.incomplete"
    )


@pytest.mark.parametrize("who", ["wang", "chen", "sun", "wu", "he"])
def test_only_the_supervision_office_brings_evidence_and_settles(cast: Cast, who: str) -> None:
    stage.open_year(cast)
    round_ = plans.current_round()
    assert round_ is not None
    rows = stage.evidence(plans.plan(round_))
    by = cast.actor(who)
    call = lambda: bringing.import_rows(rows, file_name="x.csv", sha256="0" * 64, by=by, at=stage.SETTLED)  # noqa: E731
    assert refusal(call) == "forbidden"
    assert refusal(lambda: settling.settle(by=by, at=stage.SETTLED)) == "forbidden"
    assert not EvidencePage.objects.exists()
    assert not Verdict.objects.exists()


def test_settling_keeps_sheets_and_evidence_frozen(cast: Cast) -> None:
    verdict = stage.settled(cast)
    assert last_verb() == "result.settle"
    assert ScoreSheet.objects.filter(verdict=verdict).count() == 5
    assert Snapshot.objects.get(verdict=verdict).evidence.count("\n") == verdict.rows - 1
    ranks = [
        (found.section, found.said.placement.rank) for found in queries.results(verdict, seen_by=cast.actor("zhou"))
    ]
    assert ranks[0] == ("office", 1)
    assert ranks[-1] == ("brigade", 5)
    assert queries.result(verdict, section="brigade", seen_by=cast.actor("li")).said.fired == ("last", "below_80")


def test_a_new_settlement_replaces_a_computed_one_but_not_one_in_preview(cast: Cast) -> None:
    first = stage.settled(cast)
    second = stage.settle(cast, at=stage.SETTLED)
    assert [row.stage for row in queries.history(first.round)] == ["computed", "withdrawn"]
    settling.open_preview(second.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    assert refusal(lambda: settling.settle(by=cast.actor("zhou"), at=stage.PREVIEW)) == "result.stands"


def test_in_preview_a_section_sees_its_own_sheet_and_no_other(cast: Cast) -> None:
    verdict = stage.settled(cast)
    assert not queries.results(verdict, seen_by=cast.actor("wang"))
    verdict = settling.open_preview(verdict.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    assert [found.section for found in queries.results(verdict, seen_by=cast.actor("wang"))] == ["brigade"]
    assert refusal(lambda: queries.result(verdict, section="office", seen_by=cast.actor("wang"))) == (
        "result.not_yours_to_see"
    )
    assert Notice.objects.filter(code="result.preview").count() == 2
    verdict = settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER)
    assert len(queries.results(verdict, seen_by=cast.actor("wang"))) == 5


def test_who_settled_does_not_confirm_and_nobody_confirms_before_the_preview_ends(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    assert refusal(lambda: settling.confirm(verdict.number, by=cast.actor("zhou"), at=stage.AFTER)) == "own_work"
    early = refusal(lambda: settling.confirm(verdict.number, by=cast.actor("li"), at=stage.PREVIEW))
    assert early == "result.preview_runs"


def test_the_same_rows_are_taken_once_whatever_file_they_come_in(cast: Cast) -> None:
    stage.open_year(cast)
    batch = stage.bring(cast)
    assert len(batch.rows_sha256) == 64
    assert refusal(lambda: stage.bring(cast, sha256="c" * 64)) == "evidence.same_file"


def test_evidence_that_came_after_the_settlement_stops_the_confirmation(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    stage.bring(cast, levels={"office": 90}, sha256="b" * 64, at=stage.AFTER)
    late = refusal(lambda: settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER))
    assert late == "result.evidence_changed"


def test_scores_from_before_a_table_came_or_went_are_not_shown_to_the_sections(cast: Cast) -> None:
    verdict = stage.settled(cast)
    late = stage.bring(cast, levels={"office": 90}, sha256="b" * 64, at=stage.SETTLED)
    show = partial(settling.open_preview, verdict.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    assert refusal(show) == "result.evidence_changed"
    page = cast.client("zhou").get("/results/verdict/").content.decode()
    assert "/results/settle/" in page
    assert "/results/verdict/open-preview/" not in page
    bringing.withdraw(late.reference, reason="重复", by=cast.actor("zhou"), at=stage.PREVIEW)
    assert show().stage == "preview"


def test_no_table_comes_in_beside_a_final_verdict(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    more = partial(stage.bring, cast, levels={"office": 90}, sha256="b" * 64, at=stage.AFTER)
    assert refusal(more) == "evidence.result_is_final"
    settling.withdraw(verdict.number, reason="补充佐证", by=cast.actor("zhou"), at=stage.AFTER)
    assert more().rows


def test_an_objection_is_answered_by_another_person_and_then_stops_or_frees_the_verdict(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    filed = objection.file_objection(text="9月的回访漏计", by=cast.actor("wang"), at=stage.PREVIEW)
    assert last_verb() == "result.object"
    stopped = refusal(lambda: settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER))
    assert stopped == "result.objections_wait"
    answer = {"is_upheld": False, "answer": "已核对，回访均已计入", "at": stage.PREVIEW}
    own = refusal(lambda: objection.answer(filed.reference, **answer, by=cast.actor("zhou")))  # type: ignore[arg-type]
    assert own == "own_work"
    objection.answer(filed.reference, **answer, by=cast.actor("li"))  # type: ignore[arg-type]
    assert last_verb() == "result.answer"
    assert settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER).stage == "confirmed"


def test_a_section_objects_to_its_own_sheet_only_as_its_head(cast: Cast) -> None:
    stage.previewed(cast)
    for who in ("zhao", "li", "wu"):
        call = lambda who=who: objection.file_objection(text="异议", by=cast.actor(who), at=stage.PREVIEW)  # noqa: E731
        assert refusal(call) in {"forbidden", "objection.no_preview"}


def test_confirmation_drafts_what_follows_and_applying_orders_it(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    assert Entry.objects.filter(verb="result.confirm").count() == 1 + ConsequenceOrder.objects.count()
    brigade = ConsequenceOrder.objects.filter(section__reference="brigade").order_by("pk")
    assert [order.consequence for order in brigade] == ["explain", "rectify", "admonish", "bar_awards"]
    settling.apply(verdict.number, by=cast.actor("sun"), at=stage.AFTER)
    assert {order.consequence: order.stage for order in brigade.all()} == {
        "explain": "ordered",
        "rectify": "ordered",
        "admonish": "ordered",
        "bar_awards": "done",
    }
    assert Entry.objects.filter(verb="result.apply").exists()
    explain = brigade.get(consequence="explain")
    assert explain.due_on is not None
    assert explain.due_on.isoformat() == "2026-12-09"


def test_a_consequence_is_carried_out_and_checked_by_another(cast: Cast) -> None:
    verdict = stage.confirmed(cast)
    settling.apply(verdict.number, by=cast.actor("sun"), at=stage.AFTER)
    order = ConsequenceOrder.objects.get(consequence="explain")
    assert refusal(
        lambda: consequence.report(order.reference, text="已说明", by=cast.actor("chen"), at=stage.AFTER)
    ) == "forbidden"  # fmt: skip
    consequence.report(order.reference, text="已在局办公会说明", by=cast.actor("wang"), at=stage.AFTER)
    assert last_verb() == "consequence.report"
    consequence.send_back(order.reference, reason="缺会议纪要", by=cast.actor("li"), at=stage.AFTER)
    assert last_verb() == "consequence.return"
    consequence.report(order.reference, text="补交会议纪要", by=cast.actor("wang"), at=stage.AFTER)
    consequence.accept(order.reference, by=cast.actor("li"), at=stage.AFTER)
    assert last_verb() == "consequence.accept"
    other = ConsequenceOrder.objects.get(consequence="admonish")
    waived = consequence.waive(other.reference, reason="局务会研究决定", by=cast.actor("sun"), at=stage.AFTER)
    assert (waived.stage, last_verb()) == ("waived", "consequence.waive")


def test_a_verdict_is_withdrawn_with_a_reason_and_settled_anew(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    assert refusal(lambda: settling.withdraw(verdict.number, reason=" ", by=cast.actor("li"), at=stage.AFTER)) == (
        "result.reason_needed"
    )
    settling.withdraw(verdict.number, reason="来源数据有误", by=cast.actor("li"), at=stage.AFTER)
    assert last_verb() == "result.withdraw"
    assert stage.settle(cast, at=stage.AFTER).number == 2


@pytest.mark.parametrize("verb", ["result.open_preview"])
def test_a_head_cannot_open_the_preview(cast: Cast, verb: str) -> None:
    verdict = stage.settled(cast)
    call = lambda: settling.open_preview(verdict.number, by=cast.actor("wang"), at=stage.PREVIEW)  # noqa: E731
    assert refusal(call) == "forbidden"
    assert not Entry.objects.filter(verb=verb).exists()
