"""Figures counted by the database: the same as one by one, by hand, and quick whatever the number (§3.2.2)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pingyi.record.acts import act
from pingyi.rules.actor import citizen
from pingyi.rules.case import figures as rules
from pingyi.rules.case.custody import idle
from pingyi.rules.case.figures import CaseFacts, Tally
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import answer, custody, drawing_up, rating
from pingyi.stations.cases.models import CallBack, Case, Handover, OpenFigures, Rating
from pingyi.stations.cases.queries import figures, figures_page
from pingyi.stations.cases.queries import week as weeks
from pingyi.stations.cases.queries.figures import Counted, Period
from pingyi.stations.cases.tests.conftest import HOUR, MONDAY, Play, noon

pytestmark = pytest.mark.django_db

MARCH = Period(since=date(2026, 3, 1), until=date(2026, 3, 31))
LATE = noon(date(2026, 4, 10))


def counted(at: datetime = LATE) -> Counted:
    return sum(figures.counted(figures.received(MARCH), at=at).values(), Counted())


def called_back(play: Play, case: Case, *, is_solved: bool, level: int) -> None:
    with act("case.call_back", by=play.actor("sun"), at=MONDAY) as change:
        row = CallBack(case=case, turn=case.reopenings, drawn_on=MONDAY.date(), stage="reached")
        row.asked_on, row.is_solved, row.level = MONDAY.date(), is_solved, level
        change.save(row)


def rated(play: Play, case: Case, level: int) -> None:
    rating.rate(case.reference, level=level, by=citizen(case.reference), at=MONDAY)


def on_monday(play: Play) -> Case:
    """Six cases of the 16th of March; the one returned is done and not closed yet."""
    first, second, third = (play.closed() for _ in range(3))
    rated(play, first, 5)
    called_back(play, first, is_solved=True, level=2)  # the citizen's own word counts
    called_back(play, second, is_solved=False, level=2)
    called_back(play, third, is_solved=True, level=4)
    late = play.done()
    play.held()
    half = play.held()
    answer.answer(half.reference, text="已责令停工并复测，整改正在进行。", by=play.actor("zhao"), at=MONDAY)
    return late


def afterwards(play: Play, late: Case) -> None:
    """Two more on the 31st, and the late closing on the 3rd of April."""
    refused = play.offered(kind="inquiry", at=noon(date(2026, 3, 31)))
    custody.decline(refused.reference, reason="不属职责", by=play.actor("wang"), at=noon(date(2026, 3, 31)) + 2 * HOUR)
    play.offered(kind="inquiry", at=noon(date(2026, 3, 31)), to="pollution")  # left lying
    answer.close(late.reference, by=play.actor("wang"), at=noon(date(2026, 4, 3)))


@pytest.fixture
def month(play: Play) -> Play:
    """Eight cases whose figures can be counted by hand on the 10th of April.

    Closed in time: three; closed late: one; open and overdue: two, one of them answered; merged: none; offered: two.
    """
    afterwards(play, on_monday(play))
    return play


def test_a_month_counted_by_the_database_is_the_month_counted_by_hand(month: Play) -> None:
    found = counted()
    assert found.tally == Tally(
        received=8, answered=5, settled=4, closed=4, closed_in_time=3, overdue=4, offers=8, offers_in_time=7,
        asked=3, solved=2, rated=3, satisfied=2,
    )  # fmt: skip
    shares = {key: (rate.numerator, rate.denominator) for key, rate in found.rates.items()}
    assert shares["on_time"] == (3, 8)
    assert shares["response"] == (7, 8)
    assert shares["solution"] == (2, 7)
    assert shares["satisfaction"] == (2, 7)
    assert found.bounces == 1


def test_the_database_and_the_rules_count_the_same(month: Play) -> None:
    facts = [
        CaseFacts(state=case.state, level=_level(case), is_solved=_solved(case))
        for case in Case.objects.select_related("section", "merged_into")
    ]
    plain = rules.tally(facts, on=day_of(LATE))
    found = counted().tally
    assert (plain.received, plain.answered, plain.settled, plain.closed, plain.closed_in_time, plain.overdue) == (
        found.received, found.answered, found.settled, found.closed, found.closed_in_time, found.overdue,
    )  # fmt: skip
    assert (plain.asked, plain.solved, plain.rated, plain.satisfied) == (
        found.asked, found.solved, found.rated, found.satisfied,
    )  # fmt: skip
    lain = idle([one.passing for one in Handover.objects.select_related("to_section", "ended_by")], until=LATE)
    assert counted().idle == lain


def _level(case: Case) -> int | None:
    own = Rating.objects.filter(case=case, turn=case.reopenings).values_list("level", flat=True).first()
    heard = CallBack.objects.filter(case=case, turn=case.reopenings).values_list("level", flat=True).first()
    return own or heard


def _solved(case: Case) -> bool | None:
    return CallBack.objects.filter(case=case, turn=case.reopenings).values_list("is_solved", flat=True).first()


def test_a_case_opened_again_takes_its_old_rating_with_it(month: Play) -> None:
    before = counted().tally
    case = Case.objects.filter(ratings__isnull=False).get()
    answer.reopen(case.reference, reason="仍在施工", by=month.actor("sun"), at=LATE)
    after = counted().tally
    assert (after.rated, after.asked, after.closed) == (before.rated - 1, before.asked - 1, before.closed - 1)


def test_sections_are_counted_apart_and_an_offer_counts_for_whom_it_was_made_to(month: Play) -> None:
    page = figures_page.page(MARCH, at=LATE)
    lines = {line.name: line.counted.tally for line in page.sections}
    assert (lines["环境监察大队"].received, lines["环境监察大队"].offers) == (6, 7)
    assert (lines["污染控制科"].received, lines["污染控制科"].offers, lines["污染控制科"].offers_in_time) == (0, 1, 0)
    assert sum((line.counted.tally for line in page.kinds), Tally()) == page.total.counted.tally
    assert sum((line.counted.tally for line in page.channels), Tally()) == page.total.counted.tally
    assert page.total.shares[2].is_small


def test_the_page_costs_the_same_queries_for_few_cases_and_for_many(month: Play) -> None:
    client = month.cast.client("zhou")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/cases/figures/?since=2026-03-01&until=2026-03-31").status_code == 200
        return len(seen)

    asked()
    few = asked()
    for _ in range(6):
        month.closed(at=noon(date(2026, 4, 3)), received_on=date(2026, 3, 30))
    assert asked() == few


def test_a_wrong_period_is_told_at_its_field_and_the_year_is_shown(month: Play) -> None:
    answer_ = month.cast.client("zhou").get("/cases/figures/?since=2026-05-01&until=2026-03-31")
    assert answer_.status_code == 200
    assert "早于开始日期" in answer_.content.decode() or "before the first day" in answer_.content.decode()


def test_everybody_reads_the_years_figures_without_lines_of_few(month: Play) -> None:
    visitor = Client()
    assert visitor.get("/figures/").status_code == 200
    assert drawing_up.draw_up(at=LATE)
    assert not drawing_up.draw_up(at=LATE)
    said = OpenFigures.objects.get().said
    assert said["total"]["received"] == 8
    assert {line["name"]: line["told"] is None for line in said["kinds"]} == {"投诉": True, "咨询": True}
    with CaptureQueriesContext(connection) as seen:
        page = visitor.get("/figures/")
    assert not [one for one in seen if '"cases_case"' in one["sql"]]
    assert page.status_code == 200


def test_a_week_has_its_name_and_one_that_is_not_over_gives_the_last(month: Play) -> None:
    on = date(2026, 3, 25)
    assert weeks.week_of("2026-W12", on=on).monday == date(2026, 3, 16)
    for name in ("", "2026-W13", "2027-W01", "nonsense", "2026-W99"):
        assert weeks.week_of(name, on=on).name == "2026-W12"
