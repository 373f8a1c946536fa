"""A/B posts and absences as acts: "post.set", "absence.enter", "absence.cancel" (§3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pingyi import clock
from pingyi.bureau import queries
from pingyi.bureau.actions import roster
from pingyi.bureau.models import Absence, Notice, Post
from pingyi.bureau.tests.cast import BEGIN, Cast, enlist
from pingyi.record.models import Entry
from pingyi.rules import standin
from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
WEEK = {"begins_on": date(2026, 1, 6), "ends_on": date(2026, 1, 9)}


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


@pytest.fixture
def qian(cast: Cast) -> Actor:
    """A second member of the brigade, paired with 赵敏."""
    made = enlist("qian", name="钱立", role=Role.SECTION_STAFF, section="brigade", by=cast.actor("zhou"))
    first = cast.zhao.reference
    roster.set_post("brigade", first=first, second=made.reference, work="信访", by=cast.actor("wang"), at=BEGIN)
    return made.actor()


def acting(cast: Cast, on: date) -> str:
    return standin.answering(cast.zhao.reference, roster=queries.roster(), on=on).member


def test_the_head_sets_a_pair_and_both_are_told(cast: Cast, qian: Actor) -> None:
    post = Post.objects.get()
    assert Entry.objects.get(subject=post.subject).verb == "post.set"
    assert {one.to.name for one in Notice.objects.filter(code="post.set")} == {"赵敏", "钱立"}
    other = code(
        lambda: roster.set_post(
            "brigade", first=cast.zhao.reference, second=qian.reference, by=cast.actor("chen"), at=BEGIN
        )
    )
    assert other == "forbidden"


def test_a_pair_of_two_sections_is_refused(cast: Cast) -> None:
    pair = {"first": cast.zhao.reference, "second": cast.chen.reference}
    assert code(lambda: roster.set_post("brigade", **pair, by=cast.actor("wang"), at=BEGIN)) == "post.of_two_sections"


def test_a_new_pair_for_the_same_work_ends_the_older_one(cast: Cast, qian: Actor) -> None:
    later = BEGIN + timedelta(days=10)
    wang = cast.wang.reference
    roster.set_post("brigade", first=wang, second=qian.reference, work="信访", by=cast.actor("wang"), at=later)
    assert [one.first.name for one in queries.pairs(on=date(2026, 1, 15))] == ["王强"]
    assert [one.first.name for one in queries.pairs(on=date(2026, 1, 14))] == ["赵敏"]


def test_an_absence_lets_the_stand_in_act_and_tells_them(cast: Cast, qian: Actor) -> None:
    row = roster.enter_absence(cast.zhao.reference, **WEEK, reason="体检", by=cast.actor("zhao"), at=BEGIN)
    assert acting(cast, date(2026, 1, 6)) == qian.reference
    assert acting(cast, date(2026, 1, 10)) == cast.zhao.reference
    assert Notice.objects.filter(code="absence.entered", to__reference=qian.reference).exists()
    body = Entry.objects.get(subject=row.subject).body
    assert "absence.enter" in body
    assert "体检" not in body


def test_both_away_is_refused_until_the_head_stands_in(cast: Cast, qian: Actor) -> None:
    roster.enter_absence(cast.zhao.reference, **WEEK, by=cast.actor("zhao"), at=BEGIN)
    assert code(lambda: roster.enter_absence(qian.reference, **WEEK, by=qian, at=BEGIN)) == "absence.both_away"
    roster.enter_absence(qian.reference, **WEEK, is_head_standing_in=True, by=qian, at=BEGIN)
    assert acting(cast, date(2026, 1, 6)) == cast.wang.reference


def test_nobody_enters_the_absence_of_a_colleague(cast: Cast, qian: Actor) -> None:
    assert code(lambda: roster.enter_absence(cast.zhao.reference, **WEEK, by=qian, at=BEGIN)) == "forbidden"


def test_a_cancelled_absence_keeps_the_days_that_have_passed(cast: Cast, qian: Actor) -> None:
    row = roster.enter_absence(cast.zhao.reference, **WEEK, by=cast.actor("zhao"), at=BEGIN)
    roster.cancel_absence(row.reference, by=cast.actor("zhao"), at=BEGIN + timedelta(days=3))
    assert acting(cast, date(2026, 1, 7)) == qian.reference
    assert acting(cast, date(2026, 1, 8)) == cast.zhao.reference
    assert Entry.objects.filter(subject=row.subject, verb="absence.cancel").exists()
    again = code(lambda: roster.cancel_absence(row.reference, by=cast.actor("zhao"), at=BEGIN + timedelta(days=3)))
    assert again == "absence.over"


def test_an_absence_cancelled_before_it_began_never_was(cast: Cast, qian: Actor) -> None:
    row = roster.enter_absence(cast.zhao.reference, **WEEK, by=cast.actor("zhao"), at=BEGIN)
    roster.cancel_absence(row.reference, by=cast.actor("wang"), at=BEGIN)
    assert acting(cast, date(2026, 1, 7)) == cast.zhao.reference
    assert Absence.objects.count() == 1


def test_the_roster_is_set_entered_and_cancelled_through_the_pages(cast: Cast, qian: Actor) -> None:
    today = clock.today()
    days = {"begins_on": today.isoformat(), "ends_on": (today + timedelta(days=2)).isoformat()}
    head, zhao = cast.client("wang"), cast.client("zhao")
    assert head.post("/bureau/roster/pair/brigade/", {"first": qian.reference, "second": ""}).status_code == 422
    pair = {"work": "窗口", "first": cast.zhao.reference, "second": qian.reference}
    assert head.post("/bureau/roster/pair/brigade/", pair).status_code == 302
    assert zhao.post("/bureau/roster/away/", {"member": qian.reference, **days}).status_code == 422
    assert zhao.post("/bureau/roster/away/", {"member": cast.zhao.reference, **days}).status_code == 302
    page = zhao.get("/bureau/roster/").content.decode()
    assert "钱立" in page
    row = Absence.objects.get()
    assert cast.client("chen").post(f"/bureau/roster/{row.reference}/cancel/").status_code == 422
    assert zhao.post(f"/bureau/roster/{row.reference}/cancel/").status_code == 302
    assert cast.client("chen").get("/bureau/roster/pair/brigade/").status_code == 200
    assert cast.client("chen").post("/bureau/roster/pair/brigade/", pair).status_code == 422
