"""Triggers with their reasons, quotas, the k-th time, drafted consequences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pingyi.rules.consequence import draft
from pingyi.rules.evidence import PastOutcome
from pingyi.rules.plan import Consequence, Ranking, Rounding, Trigger
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import Comparison, ConsequenceKind, LastPlace, Test, TestKind
from pingyi.rules.reasons import say
from pingyi.rules.refused import Refused
from pingyi.rules.sheet import TriggerResult, Verdict
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

FIVE = {"office": "95", "pollution": "90", "monitoring": "85", "brigade": "82", "information": "81"}
LOW = {"office": "95", "pollution": "79.996", "monitoring": "80", "brigade": "74", "information": "73"}


def verdict_of(
    scores: dict[str, str],
    *tests: Test,
    past: Iterable[PastOutcome] = (),
    at_most: int | None = None,
    **changes: object,
) -> Verdict:
    triggers = {
        "triggers": (Trigger(id="asked", name="所问", all_of=tests, consequences=("explain",), at_most=at_most),)
    }
    plan = cast.plan(**({**triggers, **changes} if tests else changes))
    return judge(plan, sections=cast.SECTIONS, evidence=cast.full_evidence(scores), past=past)


def fired(verdict: Verdict, trigger: str = "asked") -> set[str]:
    return {result.section for result in verdict.triggers if result.trigger == trigger and result.fires}


def result_of(verdict: Verdict, section: str, trigger: str = "asked") -> TriggerResult:
    return next(one for one in verdict.triggers if (one.section, one.trigger) == (section, trigger))


BELOW_80 = Test(kind=TestKind.BELOW, score=Decimal(80))


def test_a_trigger_below_80_fires_at_79_996_and_not_at_80() -> None:
    verdict = verdict_of(LOW, BELOW_80)
    assert fired(verdict) == {"pollution", "brigade", "information"}
    assert say(result_of(verdict, "pollution").tests[0].reason) == "79.996分，低于80分"
    assert say(result_of(verdict, "monitoring").tests[0].reason, language="en") == "80.00 is not below 80"


def test_an_inclusive_limit_takes_80_too() -> None:
    inclusive = Test(kind=TestKind.BELOW, score=Decimal(80), is_inclusive=True)
    assert "monitoring" in fired(verdict_of(LOW, inclusive))


def test_79_996_is_not_below_80_where_the_plan_compares_rounded_numbers() -> None:
    verdict = verdict_of(LOW, BELOW_80, rounding=Rounding(comparison=Comparison.ROUNDED))
    assert "pollution" not in fired(verdict)
    assert say(result_of(verdict, "pollution").tests[0].reason) == "80.00分（修约值），不低于80分"


def test_a_reward_above_a_limit_says_whether_the_limit_itself_counts() -> None:
    open_limit = Test(kind=TestKind.ABOVE, score=Decimal(80))
    assert fired(verdict_of(LOW, open_limit)) == {"office"}
    reached = verdict_of(LOW, Test(kind=TestKind.ABOVE, score=Decimal(80), is_inclusive=True))
    assert fired(reached) == {"office", "monitoring"}
    assert say(result_of(reached, "monitoring").tests[0].reason) == "80.00分，达到80分"
    assert say(result_of(verdict_of(LOW, open_limit), "monitoring").tests[0].reason) == "80.00分，不高于80分"
    rounded = Rounding(comparison=Comparison.ROUNDED)
    said = result_of(verdict_of(LOW, open_limit, rounding=rounded), "office").tests[0].reason
    assert say(said, language="en") == "95.00 (rounded) is above 80"


def test_a_score_just_under_a_reward_is_never_printed_as_if_it_reached_it() -> None:
    verdict = verdict_of(LOW, Test(kind=TestKind.ABOVE, score=Decimal(80), is_inclusive=True))
    assert say(result_of(verdict, "pollution").tests[0].reason) == "79.996分，未达到80分"


def test_a_quota_of_rewards_goes_to_the_highest() -> None:
    above = Test(kind=TestKind.ABOVE, score=Decimal(80))
    assert fired(verdict_of(FIVE, above, at_most=2)) == {"office", "pollution"}


def test_last_or_below_is_two_triggers_and_last_and_below_is_one() -> None:
    both = verdict_of(FIVE)
    assert (fired(both, "last"), fired(both, "below80")) == ({"information"}, set())
    assert fired(verdict_of(FIVE, Test(kind=TestKind.LAST), BELOW_80)) == set()
    assert fired(verdict_of(LOW, Test(kind=TestKind.LAST), BELOW_80)) == {"information"}


def test_a_trigger_says_why_it_does_not_fire() -> None:
    verdict = verdict_of(FIVE)
    assert say(result_of(verdict, "office", "last").tests[0].reason) == "5个中排第1名，不是最后"
    tied = verdict_of(FIVE | {"brigade": "81"}, ranking=Ranking(last_place=LastPlace.NONE))
    assert "并列时无末位" in say(result_of(tied, "brigade", "last").tests[0].reason)


def test_bottom_takes_a_count_or_a_share_and_treats_ties_alike() -> None:
    assert fired(verdict_of(FIVE, Test(kind=TestKind.BOTTOM, count=2))) == {"brigade", "information"}
    assert fired(verdict_of(FIVE, Test(kind=TestKind.BOTTOM, share=Decimal("0.3")))) == {"information"}
    tied = FIVE | {"monitoring": "82"}
    assert fired(verdict_of(tied, Test(kind=TestKind.BOTTOM, count=2))) == {"monitoring", "brigade", "information"}
    none = Ranking(last_place=LastPlace.NONE)
    assert fired(verdict_of(tied, Test(kind=TestKind.BOTTOM, count=2), ranking=none)) == {"information"}


def test_top_takes_a_count_or_a_share() -> None:
    assert fired(verdict_of(FIVE, Test(kind=TestKind.TOP, count=1))) == {"office"}
    assert fired(verdict_of(FIVE, Test(kind=TestKind.TOP, share=Decimal("0.5")))) == {"office", "pollution"}


def test_a_trigger_can_ask_for_a_grade() -> None:
    assert fired(verdict_of(LOW, Test(kind=TestKind.GRADE, grade="fail"))) == {"pollution", "brigade", "information"}


def test_a_trigger_can_ask_for_a_veto() -> None:
    trigger = Trigger(id="asked", name="否决", all_of=(Test(kind=TestKind.VETO),), consequences=("explain",))
    rows = [*cast.full_evidence(FIVE), cast.event("fraud", section="office", source="veto")]
    verdict = judge(cast.plan(triggers=(trigger,)), sections=cast.SECTIONS, evidence=rows)
    assert fired(verdict) == {"office"}
    assert say(result_of(verdict, "office").tests[0].reason) == "有一票否决事项：弄虚作假"


def twice(*, in_a_row: bool) -> dict[str, object]:
    test = Test(kind=TestKind.TIMES, trigger="last", count=2, is_consecutive=in_a_row)
    return {"triggers": (
        # The counting trigger stands first on purpose: the order in the plan makes no difference.
        Trigger(id="again", name="再次末位", all_of=(test,), consequences=("talk",)),
        Trigger(id="last", name="末位", all_of=(Test(kind=TestKind.LAST),), consequences=("explain",)),
    )}  # fmt: skip


def past(*years: int) -> list[PastOutcome]:
    return [PastOutcome(section="information", trigger="last", year=year) for year in years]


@pytest.mark.parametrize(
    ("years", "in_a_row", "fires"),
    [
        ((2025,), True, True),
        ((2024,), True, False),
        ((2024,), False, True),
        ((), False, False),
        ((2026, 2027), False, False),
        ((2025, 2025), True, True),
    ],
)
def test_the_second_time_is_counted_in_a_row_or_at_all(*, years: tuple[int, ...], in_a_row: bool, fires: bool) -> None:
    verdict = verdict_of(FIVE, past=past(*years), **twice(in_a_row=in_a_row))
    assert fired(verdict, "again") == ({"information"} if fires else set())


def test_a_former_time_counts_only_when_it_happens_again() -> None:
    again = verdict_of(FIVE | {"information": "96"}, past=past(2025), **twice(in_a_row=True))
    assert fired(again, "again") == set()
    assert say(result_of(again, "information", "again").tests[0].reason) == "今年未触发“末位”"


def test_triggers_that_count_one_another_in_a_circle_are_refused() -> None:
    circle = tuple(
        Trigger(id=one, name=one, all_of=(Test(kind=TestKind.TIMES, trigger=other),), consequences=())
        for one, other in (("a", "b"), ("b", "a"))
    )
    with pytest.raises(Refused, match=r"verdict\.trigger_circle"):
        verdict_of(FIVE, triggers=circle)


def test_a_quota_takes_only_the_lowest_of_those_who_meet_the_tests() -> None:
    verdict = verdict_of(LOW, BELOW_80, at_most=2)
    assert fired(verdict) == {"brigade", "information"}
    beyond = result_of(verdict, "pollution")
    assert all(test.holds for test in beyond.tests)
    assert beyond.quota
    assert beyond.quota.code == "quota.beyond"


def test_a_tie_across_the_quotas_edge_is_treated_alike() -> None:
    tied = LOW | {"pollution": "74"}
    assert fired(verdict_of(tied, BELOW_80, at_most=2)) == {"pollution", "brigade", "information"}
    none = Ranking(last_place=LastPlace.NONE)
    assert fired(verdict_of(tied, BELOW_80, at_most=2, ranking=none)) == {"information"}


def test_a_quota_of_honors_takes_the_highest() -> None:
    test = Test(kind=TestKind.GRADE, grade="fine")
    honor = Trigger(id="asked", name="表扬", all_of=(test,), consequences=("honor",), at_most=1)
    follows = (Consequence(id="honor", name="通报表扬", kind=ConsequenceKind.HONOR),)
    verdict = verdict_of(FIVE, triggers=(honor,), consequences=follows)
    assert {section for section, grade in verdict.grades.items() if grade == "fine"} == {"office", "pollution"}
    assert fired(verdict) == {"office"}


def ten_days_later(confirmed_on: date, days: int, unit: DayUnit) -> tuple[date, bool]:
    assert unit is DayUnit.WORKING
    return confirmed_on + timedelta(days=days), days > 15


def test_each_consequence_is_drafted_once_with_all_its_causes_and_its_date() -> None:
    plan = cast.plan()
    verdict = judge(plan, sections=cast.SECTIONS, evidence=cast.full_evidence(LOW))
    drafts = draft(plan, verdict=verdict, confirmed_on=date(2026, 12, 1), due=ten_days_later)
    mine = [one for one in drafts if one.section == "information"]
    assert [(one.consequence, one.triggers, one.due_on, one.is_provisional) for one in mine] == [
        ("explain", ("last", "below80"), date(2026, 12, 11), False),
        ("talk", ("last",), date(2026, 12, 21), True),
        ("bar", ("below80",), None, False),
    ]
    assert {one.section for one in drafts} == {"pollution", "brigade", "information"}


def test_nothing_is_drafted_while_evidence_is_missing() -> None:
    plan = cast.plan()
    verdict = judge(plan, sections=cast.SECTIONS, evidence=[])
    with pytest.raises(Refused, match=r"verdict\.incomplete"):
        draft(plan, verdict=verdict, confirmed_on=date(2026, 12, 1), due=ten_days_later)
