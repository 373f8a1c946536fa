"""The baton from hand to hand, and who stands in (§1.1, §3.2.3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from pingyi.bureau import hooks
from pingyi.bureau.actions import member as members
from pingyi.bureau.actions import roster
from pingyi.bureau.actions import section as sections
from pingyi.bureau.models import Notice
from pingyi.record.models import Entry
from pingyi.rules.case.custody import Outcome
from pingyi.rules.case.stages import Stage, Standing
from pingyi.rules.commitment import Promise
from pingyi.rules.plan.conduct import CaseKind, DayUnit
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, custody
from pingyi.stations.cases.models import Case, Handover
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.tests.conftest import DAY, HOUR, MONDAY, REPLY, Play

pytestmark = pytest.mark.django_db


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def verbs(case: Case) -> list[str]:
    bodies = Entry.objects.filter(subject=case.subject).order_by("version").values_list("body", flat=True)
    return [json.loads(body)["kind"] for body in bodies]


def test_an_offer_leaves_the_case_with_the_giver_until_it_is_accepted(play: Play) -> None:
    case = play.offered()
    assert (case.holder, case.stage, case.is_offered) == (play.cast.zhou, Stage.RECEIVED, True)
    taken = custody.accept(case.reference, by=play.actor("zhao"), at=MONDAY + HOUR)
    assert (taken.holder, taken.stage, taken.is_offered) == (play.cast.zhao, Stage.HELD, False)
    assert taken.section == play.cast.sections["brigade"]
    assert verbs(taken) == ["case.receive", "case.assign", "case.accept"]
    assert Handover.objects.get(case=case).outcome == Outcome.ACCEPTED.value


def test_the_head_is_asked_and_the_giver_is_told(play: Play) -> None:
    case = play.offered()
    assert {one.to for one in Notice.objects.filter(code="case.offered")} == {play.cast.wang}
    custody.accept(case.reference, by=play.actor("wang"), at=MONDAY)
    assert {one.to for one in Notice.objects.filter(code="case.accepted")} == {play.cast.zhou}
    assert "噪声" not in str(list(Notice.objects.values_list("facts", flat=True)))


def test_only_the_section_that_was_asked_takes_or_refuses(play: Play) -> None:
    case = play.offered()
    for who in ("chen", "zhou", "wu"):
        assert code(lambda who=who: custody.accept(case.reference, by=play.actor(who), at=MONDAY)) == "forbidden"  # type: ignore[misc]
    assert (
        code(lambda: custody.decline(case.reference, reason="非本科室", by=play.actor("chen"), at=MONDAY))
        == "forbidden"
    )


def test_a_refusal_needs_a_reason_is_counted_and_an_offer_back_is_a_loop(play: Play) -> None:
    case = play.offered()
    assert code(lambda: custody.decline(case.reference, reason=" ", by=play.actor("wang"), at=MONDAY)) == (
        "case.reason_needed"
    )
    back = custody.decline(case.reference, reason="属污染控制科", by=play.actor("wang"), at=MONDAY + HOUR)
    assert (back.holder, back.bounces, verbs(back)[-1]) == (play.cast.zhou, 1, "case.decline")
    again = custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=MONDAY + 2 * HOUR)
    assert again.is_offer_loop
    assert Handover.objects.filter(case=case).order_by("-pk")[0].is_loop


def test_an_offer_is_taken_back_and_one_that_ran_out_shows(play: Play) -> None:
    case = play.offered()
    assert cases.see(case, at=MONDAY + 2 * DAY).standing is Standing.UNACCEPTED
    back = custody.recall(case.reference, by=play.actor("li"), at=MONDAY + 2 * DAY)
    assert (back.is_offered, verbs(back)[-1]) == (False, "case.recall")
    assert code(lambda: custody.recall(case.reference, by=play.actor("zhou"), at=MONDAY)) == "case.nothing_offered"


def test_a_section_hands_on_inside_outside_and_back_to_the_office(play: Play) -> None:
    case = play.held(who="wang")
    zhao = play.cast.zhao.reference
    custody.assign(case.reference, to="brigade", member=zhao, by=play.actor("wang"), at=MONDAY + HOUR)
    assert custody.accept(case.reference, by=play.actor("zhao"), at=MONDAY + HOUR).holder == play.cast.zhao
    custody.assign(case.reference, to="", by=play.actor("zhao"), at=MONDAY + 2 * HOUR)
    home = custody.accept(case.reference, by=play.actor("li"), at=MONDAY + 3 * HOUR)
    assert (home.holder, home.section, home.stage) == (play.cast.li, None, Stage.RECEIVED)


def test_offers_to_nowhere_and_nobody_are_refused(play: Play) -> None:
    case = play.received()
    elsewhere = play.cast.chen.reference
    assert code(lambda: custody.assign(case.reference, to="nowhere", by=play.actor("zhou"), at=MONDAY)) == (
        "case.no_such_section"
    )
    wrong = code(
        lambda: custody.assign(case.reference, to="brigade", member=elsewhere, by=play.actor("zhou"), at=MONDAY)
    )
    assert wrong == "case.not_of_this_section"
    forbidden = code(lambda: custody.assign(case.reference, to="brigade", by=play.actor("wang"), at=MONDAY))
    assert forbidden == "forbidden"


def test_somebody_else_of_the_section_does_not_act_on_a_case_that_one_person_carries(play: Play) -> None:
    case = play.held(who="zhao")
    qian = play.newcomer()
    assert code(lambda: answer.answer(case.reference, text=REPLY, by=qian, at=MONDAY)) == "case.not_the_holder"
    assert code(lambda: answer.answer(case.reference, text=REPLY, by=play.actor("zhou"), at=MONDAY)) == (
        "case.held_by_section"
    )
    assert answer.answer(case.reference, text=REPLY, by=play.actor("wang"), at=MONDAY).answered_on


def test_while_the_holder_is_away_the_stand_in_acts_and_afterwards_does_not(play: Play) -> None:
    case = play.held(who="zhao")
    qian, zhao = play.newcomer(), play.cast.zhao.reference
    roster.set_post("brigade", first=zhao, second=qian.reference, by=play.actor("wang"), at=MONDAY)
    away = {"begins_on": date(2026, 3, 17), "ends_on": date(2026, 3, 18)}
    roster.enter_absence(zhao, **away, by=play.actor("zhao"), at=MONDAY)
    assert code(lambda: answer.answer(case.reference, text=REPLY, by=qian, at=MONDAY)) == "case.not_the_holder"
    assert answer.answer(case.reference, text=REPLY, by=qian, at=MONDAY + DAY).doers == [qian.reference]
    assert code(lambda: answer.answer(case.reference, text=REPLY, by=qian, at=MONDAY + 3 * DAY)) == (
        "case.not_the_holder"
    )


def test_the_stand_in_takes_what_is_offered_to_somebody_away(play: Play) -> None:
    qian, zhao = play.newcomer(), play.cast.zhao.reference
    roster.set_post("brigade", first=zhao, second=qian.reference, by=play.actor("wang"), at=MONDAY)
    roster.enter_absence(zhao, begins_on=date(2026, 3, 16), ends_on=date(2026, 3, 18), by=play.actor("wang"), at=MONDAY)
    case = play.offered(member="zhao")
    assert {one.to.name for one in Notice.objects.filter(code="case.offered")} == {"赵敏", "钱立"}
    assert custody.accept(case.reference, by=qian, at=MONDAY).holder.name == "钱立"


def test_a_protected_report_passes_from_officer_to_officer_and_to_nobody_else(play: Play) -> None:
    case = play.received(kind="misconduct")
    custody.assign(case.reference, to="", member=play.cast.li.reference, by=play.actor("zhou"), at=MONDAY)
    assert code(lambda: custody.accept(case.reference, by=play.actor("wang"), at=MONDAY)) == "forbidden"
    assert custody.accept(case.reference, by=play.actor("li"), at=MONDAY).holder == play.cast.li


def test_the_second_of_two_clerks_is_told_what_the_first_one_did(play: Play) -> None:
    case = play.received()
    seen = case.version
    custody.assign(case.reference, to="brigade", seen=seen, by=play.actor("zhou"), at=MONDAY)
    with pytest.raises(Refused) as refused:
        custody.assign(case.reference, to="pollution", seen=seen, by=play.actor("li"), at=MONDAY)
    assert refused.value.code == "case.changed"
    assert "周明" in str(refused.value.facts["said"])
    assert play.fresh(case).offered_to == play.cast.sections["brigade"]


def test_the_section_that_takes_a_case_brings_its_shorter_promise(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def promised(section: str, kind: CaseKind, on: date) -> list[Promise]:
        fits = section == "brigade" and kind is CaseKind.COMPLAINT
        return [Promise(reference="PROMISE", days=5, unit=DayUnit.WORKING)] if fits else []

    monkeypatch.setattr(hooks, "_promises", [promised])
    case = play.offered()
    assert case.due_on == date(2026, 4, 2)
    taken = custody.accept(case.reference, by=play.actor("zhao"), at=MONDAY)
    assert (taken.due_on, taken.limit_source) == (date(2026, 3, 23), "PROMISE")


def test_the_history_says_who_held_it_at_any_moment(play: Play) -> None:
    case = play.offered()
    custody.accept(case.reference, by=play.actor("wang"), at=MONDAY + 2 * HOUR)
    row = play.fresh(case)
    holds = cases.holds(row, Handover.objects.filter(case=row))
    assert [(one.holder, one.section) for one in holds] == [
        (play.cast.zhou.reference, ""),
        (play.cast.wang.reference, "brigade"),
    ]
    assert holds[0].ends_at == holds[1].begins_at == MONDAY + 2 * HOUR


def test_whoever_holds_matters_hands_them_over_before_leaving(play: Play) -> None:
    case, zhao = play.held(), play.cast.zhao
    leaving = {"reason": "调离", "by": play.actor("zhou"), "at": MONDAY}
    with pytest.raises(Refused) as refused:
        members.dismiss(zhao.reference, **leaving)
    assert (refused.value.code, refused.value.facts["matters"]) == ("member.holds_matters", case.reference)
    with pytest.raises(Refused, match=r"member\.holds_matters"):
        members.change(zhao.reference, name=zhao.name, role=zhao.role, section="pollution", **leaving)
    assert f"/cases/{case.reference}/assign/" in _dismissal(play)
    custody.assign(case.reference, to="brigade", member=play.cast.wang.reference, by=play.actor("zhao"), at=MONDAY)
    custody.accept(case.reference, by=play.actor("wang"), at=MONDAY)
    assert case.reference not in _dismissal(play)
    assert members.dismiss(zhao.reference, **leaving).dismissed_on


def _dismissal(play: Play) -> str:
    return str(play.cast.client("zhou").get(f"/bureau/members/{play.cast.zhao.reference}/dismiss/").content.decode())


def test_a_section_with_open_cases_is_not_closed(play: Play) -> None:
    case = play.held()
    with pytest.raises(Refused) as refused:
        sections.close("brigade", reason="合并", by=play.actor("zhou"), at=MONDAY)
    assert refused.value.code == "section.has_duties"
    assert case.reference in str(refused.value.facts["duties"])
