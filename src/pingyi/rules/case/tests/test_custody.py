"""Who holds a case: the stories of an offer, and the law that at every moment exactly one person does (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.rules.calendar import Calendar
from pingyi.rules.case import custody as rules
from pingyi.rules.case.custody import Custody, Hold, Outcome, Passing
from pingyi.rules.refused import Refused

PLAIN = Calendar(name="plain")
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten o'clock where the bureau is
FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
FRESH = rules.begin(holder="zhou", at=MONDAY)


def refused(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        move()
    return caught.value.code


def offered(custody: Custody = FRESH, to: str = "brigade", member: str = "", at: datetime = MONDAY) -> Custody:
    return rules.offer(custody, to=to, member=member, by=custody.holder, at=at, hours=24, calendar=PLAIN)


def test_the_giver_holds_until_somebody_accepts() -> None:
    waiting = offered()
    assert (waiting.holder, waiting.section) == ("zhou", "")
    taken = rules.accept(waiting, by="wang", section="brigade", at=MONDAY + timedelta(hours=3))
    assert (taken.holder, taken.section, taken.offer) == ("wang", "brigade", None)
    assert taken.seen == ("",)


def test_a_refused_offer_needs_a_reason_is_counted_and_leaves_the_case_where_it_was() -> None:
    assert refused(lambda: rules.decline(offered(), by="wang", section="brigade", reason=" ")) == "case.reason_needed"
    back = rules.decline(offered(), by="wang", section="brigade", reason="属污染控制科职责")
    assert (back.holder, back.bounces, back.offer, back.seen) == ("zhou", 1, None, ("brigade",))


def test_an_offer_back_to_a_section_that_had_it_is_marked_as_a_loop() -> None:
    back = rules.decline(offered(), by="wang", section="brigade", reason="非本科室职责")
    again = offered(back)
    assert again.offer is not None
    assert again.offer.is_loop
    elsewhere = offered(back, to="pollution")
    assert elsewhere.offer is not None
    assert not elsewhere.offer.is_loop


def test_only_those_to_whom_it_is_offered_take_it() -> None:
    assert refused(lambda: rules.accept(FRESH, by="wang", section="brigade", at=MONDAY)) == "case.nothing_offered"
    for_brigade = offered()
    assert (
        refused(lambda: rules.accept(for_brigade, by="chen", section="pollution", at=MONDAY))
        == "case.not_offered_to_you"
    )
    for_zhao = offered(member="zhao")
    assert refused(lambda: rules.accept(for_zhao, by="wang", section="brigade", at=MONDAY)) == "case.offered_to_another"
    assert rules.accept(for_zhao, by="zhao", section="brigade", at=MONDAY).holder == "zhao"


def test_a_case_is_offered_to_one_place_at_a_time_and_not_to_where_it_is() -> None:
    assert refused(lambda: offered(offered(), to="pollution")) == "case.already_offered"
    assert refused(lambda: offered(FRESH, to="")) == "case.already_there"
    held = rules.accept(offered(), by="wang", section="brigade", at=MONDAY)
    assert refused(lambda: offered(held, to="brigade", member="wang")) == "case.already_there"
    assert offered(held, to="brigade", member="zhao").offer is not None
    assert refused(lambda: rules.recall(FRESH)) == "case.nothing_offered"
    assert rules.recall(offered()).offer is None
    assert refused(lambda: rules.begin(holder="", at=MONDAY)) == "case.nobody_holds"


def test_hours_run_on_working_days_only() -> None:
    monday_after = rules.offer_ends(FRIDAY, hours=24, calendar=PLAIN)
    assert monday_after == FRIDAY + timedelta(days=3)
    assert rules.offer_ends(MONDAY, hours=4, calendar=PLAIN) == MONDAY + timedelta(hours=4)
    saturday = FRIDAY + timedelta(days=1)
    assert rules.offer_ends(saturday, hours=2, calendar=PLAIN) == datetime(2026, 3, 8, 18, 0, tzinfo=UTC)


def test_the_history_answers_who_held_it_at_that_time() -> None:
    """The golden history: received by 周明, refused by one section, taken by 王强, passed on to 赵敏."""
    hour = timedelta(hours=1)
    history = rules.holds(
        Hold(holder="周明", section="", begins_at=MONDAY),
        [
            Passing(
                section="pollution", offered_at=MONDAY + hour, outcome=Outcome.DECLINED, ended_at=MONDAY + 3 * hour,
                ended_by="陈静",
            ),
            Passing(
                section="brigade", offered_at=MONDAY + 4 * hour, outcome=Outcome.ACCEPTED,
                ended_at=MONDAY + 6 * hour, ended_by="王强",
            ),
            Passing(
                section="brigade", offered_at=MONDAY + 8 * hour, outcome=Outcome.ACCEPTED,
                ended_at=MONDAY + 9 * hour, ended_by="赵敏",
            ),
        ],
    )  # fmt: skip
    asked = {hours: rules.holder_at(history, MONDAY + hours * hour) for hours in (-1, 0, 5, 6, 8, 9, 99)}
    assert {hours: hold.holder if hold else "" for hours, hold in asked.items()} == {
        -1: "", 0: "周明", 5: "周明", 6: "王强", 8: "王强", 9: "赵敏", 99: "赵敏",
    }  # fmt: skip


def test_idle_time_is_the_time_between_two_sections() -> None:
    hour = timedelta(hours=1)
    passings = [
        Passing(section="a", offered_at=MONDAY, outcome=Outcome.DECLINED, ended_at=MONDAY + 2 * hour),
        Passing(section="b", offered_at=MONDAY + 5 * hour, outcome=Outcome.OFFERED),
    ]
    assert rules.idle(passings, until=MONDAY + 6 * hour) == 3 * hour


PLACES = {"": ["zhou", "li"], "brigade": ["wang", "zhao"], "pollution": ["chen"]}
deeds = st.lists(
    st.tuples(
        st.sampled_from(["offer", "accept", "decline", "recall"]),
        st.sampled_from(sorted(PLACES)),
        st.integers(0, 1),
        st.integers(0, 200),
    ),
    max_size=20,
)


@given(deeds, st.integers(-10, 5000))
def test_at_every_moment_of_any_history_exactly_one_person_holds_the_case(
    history: list[tuple[str, str, int, int]], minute: int
) -> None:
    custody, passings, now = FRESH, list[Passing](), MONDAY
    for deed, place, who, minutes in history:
        now += timedelta(minutes=minutes)
        custody, passings = _tried(custody, passings, deed, place, PLACES[place][who % len(PLACES[place])], now)
        assert custody.holder
    found = rules.holds(Hold(holder="zhou", section="", begins_at=MONDAY), passings)
    at = MONDAY + timedelta(minutes=minute)
    holding = [hold for hold in found if hold.begins_at <= at and (hold.ends_at is None or at < hold.ends_at)]
    assert len(holding) == (0 if minute < 0 else 1)
    assert (found[-1].holder, found[-1].section, found[-1].begins_at) == (
        custody.holder,
        custody.section,
        custody.since,
    )


def _tried(
    custody: Custody, passings: list[Passing], deed: str, place: str, who: str, now: datetime
) -> tuple[Custody, list[Passing]]:
    made = custody.offer
    try:
        if deed == "offer":
            return offered(custody, to=place, at=now), passings
        after = {
            "accept": lambda: rules.accept(custody, by=who, section=place, at=now),
            "decline": lambda: rules.decline(custody, by=who, section=place, reason="非本科室职责"),
            "recall": lambda: rules.recall(custody),
        }[deed]()
    except Refused:
        return custody, passings
    assert made is not None
    outcome = {"accept": Outcome.ACCEPTED, "decline": Outcome.DECLINED, "recall": Outcome.RECALLED}[deed]
    ended = Passing(section=made.section, offered_at=made.at, outcome=outcome, ended_at=now, ended_by=who)
    return after, [*passings, ended]


def test_a_case_taken_before_its_told_instant_of_receipt_still_has_one_holder_at_every_moment() -> None:
    """A hotline's table tells the day alone, so that noon stands for it, and the section may have taken it before."""
    morning = MONDAY - timedelta(hours=2)
    taken = Passing(section="brigade", offered_at=morning, outcome=Outcome.ACCEPTED, ended_at=morning, ended_by="wang")
    history = rules.holds(Hold(holder="zhou", section="", begins_at=MONDAY), [taken])
    assert all(one.ends_at is None or one.begins_at <= one.ends_at for one in history)
    assert [one.holder for one in history if rules.holder_at(history, MONDAY) == one] == ["wang"]
    early = rules.accept(offered(at=MONDAY), by="wang", section="brigade", at=morning)
    assert early.since == MONDAY, "who holds it now does so from no earlier than the one before"
