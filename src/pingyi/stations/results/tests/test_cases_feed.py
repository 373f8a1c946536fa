"""The room of cases as evidence: counted by itself, never beside a table without saying so (§3.2.2, §4.4b)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pingyi.bureau.tests.cast import Cast
from pingyi.rules.actor import citizen
from pingyi.rules.evidence import Evidence
from pingyi.stations.cases.actions import answer, oversight, protection, rating
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.tests.conftest import MONDAY, Play, noon
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import objection
from pingyi.stations.results.actions import source as choosing
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ScoreSheet
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

LATE = noon(date(2026, 4, 10))
ON = date(2026, 4, 10)


@pytest.fixture
def year(cast: Cast) -> Play:
    """The demo plan's round, with what the brigade did: three closed in time, one late, one overdue, one upheld."""
    play = Play(cast=cast, round=stage.open_year(cast), is_remembered=False)
    for level in (5, 3, 2):
        closed = play.closed()
        rating.rate(closed.reference, level=level, by=citizen(closed.reference), at=MONDAY)
    late = play.done()
    play.held()
    upheld(play, closed)
    answer.close(late.reference, by=play.actor("wang"), at=noon(date(2026, 4, 3)))
    return play


def upheld(play: Play, case: Case, kind: str = "false_closing") -> None:
    row = oversight.raise_by_hand(case.reference, kind=kind, note="复查仍在施工", by=play.actor("zhou"), at=MONDAY)
    oversight.hear(row.reference, words="回访后又复工", by=play.actor("zhao"), at=MONDAY)
    oversight.decide(row.reference, is_upheld=True, decision="属实", by=play.actor("li"), at=MONDAY)


def rows(play: Play, indicator: str) -> list[tuple[Decimal | str, int]]:
    found = gathering.gathered(play.round, on=ON)
    mine = (row for row in found if row.indicator == indicator and row.section == "brigade")
    return sorted(((row.value, row.times) for row in mine), key=str)


def test_cases_answered_and_rated_become_pieces_that_say_how_many(year: Play) -> None:
    assert rows(year, "cases_answered") == [(Decimal(0), 1), (Decimal(100), 4)]  # one overdue without an answer
    assert rows(year, "cases_satisfied") == [
        ("dissatisfied", 1), ("dissatisfied", 1), ("fairly_satisfied", 1), ("satisfied", 1),
    ]  # fmt: skip  # the second for the case that was left open


def test_an_upheld_false_closing_of_a_complaint_is_the_plans_founded_complaint(year: Play) -> None:
    assert rows(year, "founded_complaint") == [(Decimal(1), 1)]
    found = next(row for row in gathering.gathered(year.round, on=ON) if row.indicator == "founded_complaint")
    assert (found.source, found.reference.partition("/")[0]) == ("deduction", "breach")


def test_where_the_room_was_chosen_it_counts_before_a_table_and_the_page_says_so(year: Play) -> None:
    stage.bring(year.cast)
    choosing.choose("cases", counts="house", by=year.actor("zhou"), at=stage.SETTLED)
    assert rows(year, "cases_answered") == [(Decimal(0), 1), (Decimal(100), 4)]
    state = sources.source(year.round, "cases", on=ON)
    assert state.meeting is not None
    assert set(state.meeting.indicators) == {"按期答复", "回访满意率"}
    assert (state.imported, state.meeting.tables.idle) == (0, 25 + 10)
    page = year.cast.client("zhou").get("/results/evidence/").content.decode()
    assert "按期答复" in page
    assert "35" in page


def test_without_any_case_the_table_counts_as_before(cast: Cast) -> None:
    round_ = stage.open_year(cast)
    stage.bring(cast)
    found = gathering.gathering(round_, on=ON)
    assert (found.met.both, found.met.undecided) == ({"rectification": ("tasks_done",)}, ())
    assert len([row for row in found.rows if row.indicator == "cases_answered"]) == 25


def test_deductions_of_a_table_and_of_the_room_add_up_and_are_named(year: Play) -> None:
    piece = Evidence(
        section="brigade", indicator="founded_complaint", source="deduction", happened_on=ON, value=Decimal(1)
    )  # fmt: skip
    bringing.import_rows([piece], file_name="扣分.xlsx", sha256="b" * 64, by=year.actor("zhou"), at=LATE)
    assert rows(year, "founded_complaint") == [(Decimal(1), 1), (Decimal(1), 1)]
    state = sources.source(year.round, "cases", on=ON)
    assert state.doubled == ("有效投诉未整改",)


def test_the_verdict_is_computed_from_the_cases(year: Play) -> None:
    stage.bring(year.cast)
    choosing.choose("cases", counts="house", by=year.actor("zhou"), at=stage.SETTLED)
    stage.settle(year, at=stage.SETTLED)
    sheet = ScoreSheet.objects.get(section__reference="brigade")
    lines = {line["indicator"]: line for line in json.loads(sheet.content)["sheet"]["lines"]}
    assert Fraction(lines["cases_answered"]["raw"]) == 80


def test_leaving_a_case_open_never_raises_a_mark(year: Play) -> None:
    def marks() -> dict[str, Fraction]:
        found: dict[str, list[tuple[Fraction, Fraction]]] = {}
        for row in gathering.gathered(year.round, on=ON):
            if row.section == "brigade" and row.indicator in {"cases_answered", "cases_satisfied"}:
                good = row.value in {Decimal(100), "satisfied", "fairly_satisfied"}
                found.setdefault(row.indicator, []).append((good * row.amount, row.amount))
        return {name: sum(a for a, _ in all_) / sum(b for _, b in all_) for name, all_ in found.items()}

    before = marks()
    year.held(at=noon(date(2026, 4, 3)), received_on=date(2026, 3, 16))  # never touched again
    after = marks()
    assert all(after[name] < before[name] for name in before)


def test_what_a_disputed_result_rests_on_is_not_destroyed_by_its_term(cast: Cast) -> None:
    case = Play(cast=cast, round=stage.open_year(cast), is_remembered=False).closed()
    stage.bring(cast)
    choosing.choose("cases", counts="house", by=cast.actor("zhou"), at=stage.SETTLED)
    settled = stage.settle(cast, at=stage.SETTLED, reason="全年只有一件诉求")
    disputed = settling.open_preview(settled.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    long_after = date(2030, 1, 10)
    assert protection.over_term(on=long_after) == [], "the preview runs: a section may object"
    filed = objection.file_objection(text="回访漏计", by=cast.actor("wang"), at=stage.PREVIEW)
    answered = {"is_upheld": False, "answer": "已计入", "by": cast.actor("li"), "at": stage.PREVIEW}
    objection.answer(filed.reference, **answered)  # type: ignore[arg-type]
    settling.confirm(disputed.number, is_known=True, by=cast.actor("li"), at=stage.AFTER)
    assert protection.over_term(on=long_after) == [case.reference]
