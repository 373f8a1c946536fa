"""A verdict becomes final by the hands of two, after everyone was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import result
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.refused import Refused
from pingyi.rules.result import Objections, ObjectionStage, OrderStage, Ruled, Ruling, Stage, VerdictState

LAST_DAY = date(2026, 11, 20)
NEXT_DAY = date(2026, 11, 21)
COMPUTED = VerdictState(settled_by="zhou")
PREVIEW = result.open_preview(COMPUTED, ends_on=LAST_DAY, is_current=True)


def confirmed(**change: object) -> VerdictState:
    plain: dict[str, object] = {"by": "li", "on": NEXT_DAY, "objections": Objections(), "is_current": True}
    return result.confirm(PREVIEW, **(plain | change))  # type: ignore[arg-type]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_the_straight_way_leads_from_computed_to_published() -> None:
    state = result.publish(result.apply(confirmed(), on=NEXT_DAY))
    assert (state.stage, state.confirmed_on, state.applied_on) == (Stage.PUBLISHED, NEXT_DAY, NEXT_DAY)


def test_a_verdict_with_gaps_is_not_shown() -> None:
    gaps = replace(COMPUTED, is_complete=False)
    assert refusal(lambda: result.open_preview(gaps, ends_on=LAST_DAY, is_current=True)) == "result.incomplete"


def test_scores_of_tables_that_changed_since_are_shown_to_nobody() -> None:
    stale = refusal(lambda: result.open_preview(COMPUTED, ends_on=LAST_DAY, is_current=False))
    assert stale == "result.evidence_changed"


@pytest.mark.parametrize(
    ("rulings", "code"),
    [
        ({"a": Ruled(ruling=Ruling.ORDER)}, "result.ruling_needed"),
        ({"a": Ruled(ruling=Ruling.ORDER), "b": Ruled(ruling=Ruling.LATER)}, "result.ruling_reason_needed"),
        ({"a": Ruled(ruling=Ruling.WAIVE, reason=" "), "b": Ruled(ruling=Ruling.ORDER)}, "result.ruling_reason_needed"),
        ({one: Ruled(ruling=Ruling.ORDER) for one in "abc"}, "result.ruling_not_asked"),
    ],
)
def test_the_meeting_rules_on_each_consequence_it_is_asked_about_and_says_why_not(
    rulings: dict[str, Ruled], code: str
) -> None:
    assert refusal(lambda: result.rule_on(["a", "b"], rulings)) == code


def test_what_the_meeting_put_off_is_ordered_by_a_second_call_and_no_third() -> None:
    once = result.apply(confirmed(), on=NEXT_DAY)
    assert result.apply(once, on=NEXT_DAY + timedelta(days=30), postponed=1).applied_on == NEXT_DAY
    assert refusal(lambda: result.apply(once, on=NEXT_DAY)) == "result.applied_already"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": "zhou"}, "result.needs_another_person"),
        ({"on": LAST_DAY}, "result.preview_runs"),
        ({"objections": Objections(waiting=1)}, "result.objections_wait"),
        ({"objections": Objections(upheld=1)}, "result.objection_upheld"),
        ({"is_current": False}, "result.evidence_changed"),
        ({"is_disputed": True}, "result.recount_disputed"),
    ],
)
def test_confirmation_is_refused(change: dict[str, object], code: str) -> None:
    assert refusal(lambda: confirmed(**change)) == code


@pytest.mark.parametrize("stage", [Stage.COMPUTED, Stage.PREVIEW, Stage.CONFIRMED, Stage.PUBLISHED])
def test_another_person_than_who_settled_counts_again_and_each_once(stage: Stage) -> None:
    state = replace(COMPUTED, stage=stage)
    result.count_again(state, by="he", counted_by=["li"])
    assert refusal(lambda: result.count_again(state, by="zhou", counted_by=[])) == "result.recount_needs_another"
    assert refusal(lambda: result.count_again(state, by="li", counted_by=["li"])) == "result.recounted_already"


def test_a_withdrawn_verdict_is_not_counted_again() -> None:
    gone = replace(COMPUTED, stage=Stage.WITHDRAWN)
    assert refusal(lambda: result.count_again(gone, by="he", counted_by=[])) == "result.not_recount"


def test_consequences_are_ordered_once_and_only_of_a_final_verdict() -> None:
    assert refusal(lambda: result.apply(PREVIEW, on=NEXT_DAY)) == "result.not_apply"
    applied = result.apply(confirmed(), on=NEXT_DAY)
    assert refusal(lambda: result.apply(applied, on=NEXT_DAY)) == "result.applied_already"


def test_a_published_verdict_is_withdrawn_only_after_its_publication() -> None:
    published = result.publish(confirmed())
    assert refusal(lambda: result.withdraw(published, reason="错误")) == "result.published_already"
    assert result.withdraw(result.take_back(published), reason="错误").stage is Stage.WITHDRAWN


def test_a_withdrawal_needs_a_reason_and_no_order_under_way() -> None:
    assert refusal(lambda: result.withdraw(PREVIEW, reason=" ")) == "result.reason_needed"
    assert refusal(lambda: result.withdraw(confirmed(), reason="错误", orders_begun=2)) == "result.orders_begun"


def test_objections_are_heard_up_to_the_last_day_of_the_preview() -> None:
    assert result.file_objection(PREVIEW, text="漏计一项", on=LAST_DAY, waiting=0) is ObjectionStage.FILED
    late = refusal(lambda: result.file_objection(PREVIEW, text="漏计一项", on=NEXT_DAY, waiting=0))
    assert late == "objection.no_preview"
    assert refusal(lambda: result.file_objection(PREVIEW, text="漏计一项", on=LAST_DAY, waiting=1)).endswith("already")
    assert refusal(lambda: result.file_objection(PREVIEW, text=" ", on=LAST_DAY, waiting=0)) == "objection.empty"


@given(by=st.sampled_from(["wang", "zhou", "li"]), is_upheld=st.booleans(), stage=st.sampled_from(list(ObjectionStage)))
def test_nobody_answers_an_objection_to_the_own_work(*, by: str, is_upheld: bool, stage: ObjectionStage) -> None:
    doers = ("wang", "zhou")
    try:
        answered = result.answer_objection(stage, is_upheld=is_upheld, answer="已复核", by=by, doers=doers)
    except Refused:
        assert by in doers or stage is not ObjectionStage.FILED
    else:
        assert by == "li"
        assert (answered is ObjectionStage.UPHELD) == is_upheld


def test_an_award_bar_takes_effect_when_it_is_ordered() -> None:
    assert result.order(OrderStage.DRAFTED, kind=ConsequenceKind.AWARD_BAR) is OrderStage.DONE
    assert result.order(OrderStage.DRAFTED, kind=ConsequenceKind.ADMONITION_TALK) is OrderStage.ORDERED


def test_a_consequence_is_reported_returned_reported_and_accepted_by_another() -> None:
    stage = result.report(OrderStage.ORDERED, text="已在局办公会说明")
    stage = result.send_back(stage, by="li", doers=("wang",), reason="缺会议纪要")
    stage = result.report(stage, text="补交会议纪要")
    assert refusal(lambda: result.accept(stage, by="wang", doers=("wang",))) == "consequence.needs_another_person"
    assert result.accept(stage, by="li", doers=("wang",)) is OrderStage.DONE


def test_only_what_is_in_force_is_lifted_and_with_a_reason() -> None:
    bar = ConsequenceKind.AWARD_BAR
    assert result.lift(OrderStage.DONE, kind=bar, reason="复核后解除") is OrderStage.LIFTED
    assert refusal(lambda: result.lift(OrderStage.DONE, kind=bar, reason=" ")) == "consequence.reason_needed"
    assert refusal(lambda: result.lift(OrderStage.DRAFTED, kind=bar, reason="x")) == "consequence.not_in_force"
    talk = ConsequenceKind.ADMONITION_TALK
    assert refusal(lambda: result.lift(OrderStage.DONE, kind=talk, reason="x")) == "consequence.not_in_force"
    assert refusal(lambda: result.waive(OrderStage.LIFTED, reason="x")) == "consequence.closed"


@given(st.lists(st.sampled_from(["order", "report", "accept", "send_back", "waive"]), max_size=8))
def test_no_order_is_done_without_a_report(verbs: list[str]) -> None:
    stage, reported = OrderStage.DRAFTED, False
    for verb in verbs:
        try:
            stage = _step(stage, verb)
        except Refused:
            continue
        reported = reported or verb == "report"
    assert reported or stage is not OrderStage.DONE


def _step(stage: OrderStage, verb: str) -> OrderStage:
    moves: dict[str, Callable[[], OrderStage]] = {
        "order": lambda: result.order(stage, kind=ConsequenceKind.EXPLANATION),
        "report": lambda: result.report(stage, text="已办"),
        "accept": lambda: result.accept(stage, by="li", doers=("wang",)),
        "send_back": lambda: result.send_back(stage, by="li", doers=("wang",), reason="补"),
        "waive": lambda: result.waive(stage, reason="局务会决定"),
    }
    return moves[verb]()


def answered(
    stage: ObjectionStage = ObjectionStage.FILED, *, by: str = "li", answer: str = "经复核无误"
) -> ObjectionStage:
    return result.answer_objection(stage, is_upheld=False, answer=answer, by=by, doers=("wang", "zhou"))


def test_an_objection_waits_for_one_answer_with_words_by_somebody_else() -> None:
    again = refusal(lambda: result.file_objection(PREVIEW, text="漏计", on=LAST_DAY, waiting=1))
    assert again == "objection.waits_already"
    for by in ("wang", "zhou"):
        assert refusal(lambda who=by: answered(by=who)) == "objection.needs_another_person"
    assert refusal(lambda: answered(answer=" ")) == "objection.answer_empty"
    assert refusal(lambda: answered(answered())) == "objection.answered_already"


def test_a_consequence_goes_one_way_and_each_step_has_its_words() -> None:
    talk, drafted, ordered = ConsequenceKind.TALK, OrderStage.DRAFTED, OrderStage.ORDERED
    assert refusal(lambda: result.order(ordered, kind=talk)) == "consequence.not_drafted"
    assert refusal(lambda: result.report(drafted, text="已谈话")) == "consequence.not_open"
    assert refusal(lambda: result.report(ordered, text=" ")) == "consequence.report_empty"
    assert refusal(lambda: result.accept(ordered, by="li", doers=("wang",))) == "consequence.nothing_reported"
    returned = refusal(lambda: result.send_back(ordered, by="li", doers=("wang",), reason="x"))
    assert returned == "consequence.nothing_reported"


def test_each_step_waits_for_the_one_before() -> None:
    withdrawn = result.withdraw(PREVIEW, reason="重新统计")
    steps: dict[str, Callable[[], object]] = {
        "result.not_open_preview": lambda: result.open_preview(PREVIEW, ends_on=LAST_DAY, is_current=True),
        "result.not_confirm": lambda: result.confirm(
            COMPUTED, by="li", on=NEXT_DAY, objections=Objections(), is_current=True
        ),
        "result.not_take_back": lambda: result.take_back(confirmed()),
        "result.not_withdraw": lambda: result.withdraw(withdrawn, reason="再次撤回"),
    }
    for code, step in steps.items():
        assert refusal(step) == code
