"""Commitments: what may be published, by whom, and how kept and broken are counted (§3.2.3, §5.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules import commitment as rules
from pingyi.rules.actor import Role
from pingyi.rules.commitment import CommitmentState, Kind, Measured, Outcome, Stage, Unit
from pingyi.rules.plan.conduct import CaseKind, CommitmentRules, DayUnit, TimeLimit
from pingyi.rules.refused import Refused

RULES = CommitmentRules(minimum_per_section=2)
LIMITS = (TimeLimit(kind=CaseKind.COMPLAINT, days=15), TimeLimit(kind=CaseKind.HELP, days=7, unit=DayUnit.CALENDAR))
DRAFT = CommitmentState(
    stage=Stage.DRAFT, what="投诉10个工作日办结", amount=10, unit=Unit.WORKING, case_kind=CaseKind.COMPLAINT,
    measured_by="工单办结日期", doers=("wang",),
)  # fmt: skip


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def changed(**more: object) -> CommitmentState:
    return CommitmentState(**{**{name: getattr(DRAFT, name) for name in DRAFT.__slots__}, **more})


def propose(state: CommitmentState, rules_: CommitmentRules | None = RULES) -> CommitmentState:
    return rules.propose(state, rules=rules_, limits=LIMITS, by="wang")


def test_a_commitment_says_what_within_what_time_and_measured_by_what() -> None:
    assert propose(DRAFT).stage is Stage.PROPOSED
    assert code(lambda: propose(changed(what=" "))) == "commitment.says_nothing"
    assert code(lambda: propose(changed(amount=None))) == "commitment.not_measurable"
    assert code(lambda: propose(changed(measured_by=""))) == "commitment.not_measurable"


def test_a_convenience_measure_need_not_be_measurable_nor_need_a_plan_that_does_not_ask() -> None:
    bare = {"amount": None, "unit": None, "measured_by": "", "case_kind": None}
    assert propose(changed(kind=Kind.CONVENIENCE, **bare)).stage is Stage.PROPOSED
    assert propose(changed(**bare), CommitmentRules(must_be_measurable=False)).stage is Stage.PROPOSED


def test_a_promise_longer_than_the_plans_limit_is_none() -> None:
    assert code(lambda: propose(changed(amount=16))) == "commitment.longer_than_limit"
    assert propose(changed(amount=15)).stage is Stage.PROPOSED
    assert propose(changed(amount=21, unit=Unit.CALENDAR)).stage is Stage.PROPOSED
    assert code(lambda: propose(changed(amount=22, unit=Unit.CALENDAR))) == "commitment.longer_than_limit"
    help_ = {"case_kind": CaseKind.HELP, "amount": 8}
    assert propose(changed(unit=Unit.WORKING, case_kind=CaseKind.HELP, amount=5)).stage is Stage.PROPOSED
    assert code(lambda: propose(changed(unit=Unit.WORKING, **help_))) == "commitment.longer_than_limit"
    assert code(lambda: propose(changed(unit=Unit.CALENDAR, **help_))) == "commitment.longer_than_limit"
    assert code(lambda: propose(changed(unit=Unit.HOURS))) == "commitment.cases_in_days"


def test_nobody_publishes_or_returns_what_they_wrote() -> None:
    proposed = propose(DRAFT)
    assert code(lambda: rules.publish(proposed, by="wang")) == "commitment.own_work"
    assert code(lambda: rules.send_back(proposed, reason="重写", by="wang")) == "commitment.own_work"
    assert rules.publish(proposed, by="zhou").stage is Stage.PUBLISHED
    assert code(lambda: rules.send_back(proposed, reason=" ", by="zhou")) == "commitment.reason_needed"
    assert rules.send_back(proposed, reason="说明统计口径", by="zhou").stage is Stage.DRAFT


def test_who_edits_a_draft_becomes_one_of_its_writers() -> None:
    assert rules.edit(DRAFT, by="zhou").doers == ("wang", "zhou")


def test_a_section_keeps_the_minimum_of_the_plan() -> None:
    published = changed(stage=Stage.PUBLISHED)

    def withdraw(state: CommitmentState, remaining: int, role: Role = Role.SUPERVISION_OFFICE) -> CommitmentState:
        return rules.withdraw(state, reason="职能划转", remaining=remaining, rules=RULES, role=role)

    assert code(lambda: withdraw(published, 1)) == "commitment.below_minimum"
    assert withdraw(published, 2).stage is Stage.WITHDRAWN
    assert withdraw(DRAFT, 0).stage is Stage.WITHDRAWN
    assert withdraw(DRAFT, 0, Role.SECTION_HEAD).stage is Stage.WITHDRAWN
    assert code(lambda: withdraw(published, 9, Role.SECTION_HEAD)) == "commitment.withdrawn_by_the_office"
    silent = {"reason": "", "remaining": 9, "rules": None, "role": Role.SUPERVISION_OFFICE}
    assert code(lambda: rules.withdraw(DRAFT, **silent)) == "commitment.reason_needed"


def test_a_published_version_is_replaced_only_and_a_closed_one_moves_no_more() -> None:
    published = changed(stage=Stage.PUBLISHED)
    assert code(lambda: rules.edit(published, by="wang")) == "commitment.is_published"
    assert rules.amend(published) == published
    assert rules.replaced(published).stage is Stage.REPLACED
    for stage in (Stage.REPLACED, Stage.WITHDRAWN):
        for move in rules.MOVES.values():
            assert stage not in move[0]


def test_only_days_promised_for_a_kind_of_case_travel_to_the_cases() -> None:
    promised = rules.promise(DRAFT, reference="R1")
    assert promised == rules.Promise(reference="R1", days=10, unit=DayUnit.WORKING)
    assert rules.promise(changed(case_kind=None), reference="R1") is None
    assert rules.promise(changed(unit=Unit.HOURS), reference="R1") is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 9))), st.data())
def test_everything_counted_is_kept_or_broken_once(cases: list[tuple[int, int, int]], data: st.DataObject) -> None:
    outcomes = [Outcome(reference="R1", kept=kept, broken=broken, running=runs) for kept, broken, runs in cases]
    total = data.draw(st.integers(1, 80))
    day = date(2026, 6, 1)
    entered = [Measured(begins_on=day, ends_on=day, total=total, kept=data.draw(st.integers(0, total)))]
    found = rules.tally("R1", outcomes=outcomes, measured=entered)
    assert found.count == sum(one.kept + one.broken for one in outcomes) + total
    assert found.running == sum(one.running for one in outcomes)


def test_few_is_said_of_a_share_that_rests_on_few() -> None:
    assert Outcome(reference="R1", kept=9, broken=0).is_few
    assert not Outcome(reference="R1", kept=9, broken=1).is_few
    assert not Outcome(reference="R1", kept=0, broken=0, running=3).is_few


@pytest.mark.parametrize(
    ("begins", "ends", "total", "kept", "said"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), 0, 0, "measurement.nothing_counted"),
        (date(2026, 6, 1), date(2026, 6, 30), 5, 6, "measurement.more_than_all"),
        (date(2026, 6, 2), date(2026, 6, 1), 5, 5, "measurement.days_reversed"),
        (date(2026, 6, 1), date(2026, 7, 2), 5, 5, "measurement.in_the_future"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(begins: date, ends: date, total: int, kept: int, said: str) -> None:
    one = Measured(begins_on=begins, ends_on=ends, total=total, kept=kept)
    assert code(lambda: rules.check_measured(one, on=date(2026, 7, 1))) == said


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PROPOSED, Stage.REPLACED, Stage.WITHDRAWN])
def test_only_what_is_published_is_amended_or_replaced(stage: Stage) -> None:
    for move in (rules.amend, rules.replaced):
        assert code(lambda move=move: move(changed(stage=stage))) == f"commitment.is_{stage.value}"
