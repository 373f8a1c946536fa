"""What the room tells others: promises to the cases, counts, evidence for the verdict, items on the desk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.bureau import hooks
from pingyi.bureau.actions import section as sections
from pingyi.desk import DeskKind
from pingyi.rules.commitment import Outcome
from pingyi.rules.plan.conduct import CaseKind, DayUnit
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions import board as boards
from pingyi.stations.commitments.actions import commitment as commitments
from pingyi.stations.commitments.actions import measurement, openness
from pingyi.stations.commitments.queries import board as board_queries
from pingyi.stations.commitments.queries import commitment as queries
from pingyi.stations.commitments.queries import desk, evidence, figures
from pingyi.stations.commitments.tests.conftest import BEGIN, WORDS, Stage
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.tests.conftest import noon

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 30)


@pytest.fixture
def cases() -> Iterator[dict[str, Outcome]]:
    """What the cases would tell, by promise."""
    counted: dict[str, Outcome] = {}

    def source(references: Collection[str], since: date, on: date) -> list[Outcome]:
        return [one for reference, one in counted.items() if reference in references and since <= on]

    hooks.outcomes_from(source)
    yield counted
    hooks._outcomes.remove(source)


def titles(stage: Stage, who: str, on: date, kind: DeskKind) -> list[str]:
    return [item.title for item in desk.desk(stage.actor(who), noon(on)) if item.kind is kind]


def test_cases_are_told_what_held_on_the_day_they_came_in(stage: Stage) -> None:
    first = stage.published(case_kind="complaint")
    stage.published(what="来电三声内接听", amount=1, unit="minutes")
    second = commitments.amend(first.reference, by=stage.actor("wang"), at=noon(JUNE))
    shorter = {**WORDS, "amount": 7, "case_kind": "complaint"}
    commitments.edit(second.reference, **shorter, by=stage.actor("wang"), at=noon(JUNE))
    commitments.propose(second.reference, by=stage.actor("wang"), at=noon(JUNE))
    commitments.publish(second.reference, by=stage.actor("zhou"), at=noon(JUNE))

    def promised(on: date, kind: CaseKind = CaseKind.COMPLAINT, section: str = "brigade") -> list[tuple[str, int]]:
        found = hooks.promises(section, kind, on=on)
        assert all(one.unit is DayUnit.WORKING for one in found)
        return [(one.reference, one.days) for one in found]

    assert promised(date(2026, 3, 15)) == []
    assert promised(date(2026, 6, 29)) == [(first.reference, 10)]
    assert promised(JUNE) == [(second.reference, 7)]
    assert promised(JUNE, CaseKind.INQUIRY) == []
    assert promised(JUNE, section="pollution") == []


def test_kept_and_broken_come_from_cases_and_from_checked_figures(stage: Stage, cases: dict[str, Outcome]) -> None:
    row = stage.published(case_kind="complaint")
    cases[row.reference] = Outcome(reference=row.reference, kept=8, broken=2, running=3)
    other = stage.published(what="来电三声内接听", amount=1, unit="minutes")
    given = {"begins_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30), "total": 10, "kept": 7, "source": "录音"}
    one = measurement.measure(other.reference, **given, by=stage.actor("wang"), at=noon(JUNE))
    assert figures.by_section(figures.kept(year=2026, on=JUNE))[0].outcome.count == 10
    measurement.accept(one.reference, by=stage.actor("zhou"), at=noon(JUNE))
    (section,) = figures.by_section(figures.kept(year=2026, on=JUNE))
    assert (section.outcome.kept, section.outcome.broken, section.outcome.running) == (15, 5, 3)
    assert section.share == Decimal("75.0")
    assert figures.of(row, on=JUNE).share == Decimal("80.0")


def test_the_verdict_hears_of_each_promise_as_often_as_it_was_put_to_the_test(
    stage: Stage, cases: dict[str, Outcome]
) -> None:
    row = stage.published(case_kind="complaint")
    stage.published(what="还没用上", case_kind="inquiry", amount=3)
    cases[row.reference] = Outcome(reference=row.reference, kept=8, broken=2)
    round_ = plans.current_round()
    assert round_ is not None
    found = evidence.evidence(round_, on=JUNE)
    assert [(one.section, one.indicator, one.value, one.times) for one in found] == [
        ("brigade", "kept", Decimal(100), 8),
        ("brigade", "kept", Decimal(0), 2),
    ]
    assert {one.reference for one in found} == {row.subject}


def test_a_section_that_promises_too_little_is_named(stage: Stage) -> None:
    assert "环境监察大队" in {one.section.name for one in queries.lacking(queries.plan())}
    stage.published()
    assert "环境监察大队" not in {one.section.name for one in queries.lacking(queries.plan())}


def test_checks_lie_on_the_desk_of_those_who_may_do_them(stage: Stage) -> None:
    row = stage.proposed()
    on = date(2026, 3, 17)
    assert f"核对承诺：{row.what}" in titles(stage, "li", on, DeskKind.WAITING)
    assert titles(stage, "wang", on, DeskKind.WAITING) == []
    assert "发布服务承诺：已有0项，应有1项" in titles(stage, "wang", on, DeskKind.DUE)
    commitments.send_back(row.reference, reason="写明口径", by=stage.actor("li"), at=BEGIN)
    assert titles(stage, "wang", on, DeskKind.CHANGED) == [f"已退回：{row.what}"]


def test_a_recheck_that_is_overdue_lies_on_the_desk_as_late(stage: Stage) -> None:
    (item,) = openness.add(sections=["brigade"], items=["fee_rates"], recheck_days=5, by=stage.actor("zhou"), at=BEGIN)
    assert "说明在何处公开：收费标准" in titles(stage, "wang", date(2026, 3, 16), DeskKind.DUE)
    openness.show(item.reference, url="https://example.cn", by=stage.actor("wang"), at=BEGIN)
    openness.accept(item.reference, by=stage.actor("zhou"), at=BEGIN)
    assert titles(stage, "li", date(2026, 3, 23), DeskKind.LATE) == []
    assert titles(stage, "li", date(2026, 3, 24), DeskKind.LATE) == ["复查是否仍然公开：收费标准"]
    assert titles(stage, "wang", date(2026, 3, 24), DeskKind.LATE) == []


def test_an_old_board_is_a_duty_of_its_section(stage: Stage) -> None:
    stage.published()
    board = boards.place(place="一楼大厅", section="brigade", by=stage.actor("wang"), at=BEGIN)
    assert "公示牌尚无内容：请发布第一版" in titles(stage, "zhou", date(2026, 3, 16), DeskKind.WAITING)
    boards.publish(section="brigade", by=stage.actor("zhou"), at=BEGIN)
    assert titles(stage, "wang", date(2026, 3, 16), DeskKind.DUE) == ["张挂公示牌：一楼大厅"]
    boards.hang(board.reference, edition=1, photograph=stage.picture(), by=stage.actor("wang"), at=BEGIN)
    assert titles(stage, "wang", date(2026, 3, 16), DeskKind.DUE) == []
    stage.published(what="咨询当日答复", amount=0)
    drift = "公示牌内容已与现状不符：请发布新版"
    assert drift in titles(stage, "zhou", date(2026, 3, 16), DeskKind.WAITING)
    boards.publish(section="brigade", by=stage.actor("zhou"), at=BEGIN)
    assert drift not in titles(stage, "zhou", date(2026, 3, 16), DeskKind.WAITING)
    assert titles(stage, "wang", date(2026, 3, 23), DeskKind.DUE) == ["张挂公示牌：一楼大厅"]
    assert titles(stage, "wang", date(2026, 3, 24), DeskKind.LATE) == ["更换公示牌：一楼大厅"]
    assert titles(stage, "chen", date(2026, 3, 24), DeskKind.LATE) == []


def test_a_supervisor_out_of_office_shows_as_drift(stage: Stage) -> None:
    stage.published()
    boards.publish(section="", by=stage.actor("zhou"), at=BEGIN)
    assert board_queries.scopes(on=date(2026, 3, 16))[0].drift == ()
    drift = board_queries.scopes(on=date(2026, 1, 1))[0].drift
    assert [change.before for change in drift] == ["吴桐"]


def test_a_section_with_a_board_on_the_wall_is_not_closed(stage: Stage) -> None:
    boards.place(place="一楼大厅", section="brigade", by=stage.actor("wang"), at=BEGIN)
    with pytest.raises(Refused) as refused:
        sections.close("brigade", reason="机构合并", by=stage.actor("zhou"), at=BEGIN)
    assert "一楼大厅" in hooks.open_duties("brigade")
    assert refused.value.code.startswith("section.")


def grow(stage: Stage, section: str, head: str) -> None:
    """Give one more section a commitment, an edition, boards and items."""
    stage.published(section=section, who=head)
    boards.publish(section=section, by=stage.actor("li"), at=BEGIN)
    for number in range(3):
        boards.place(place=f"{number}楼", section=section, by=stage.actor("zhou"), at=BEGIN)
    for item in openness.add(sections=[section], items=["fee_rates", "fee_basis"], by=stage.actor("zhou"), at=BEGIN):
        openness.show(item.reference, url="https://example.cn", by=stage.actor(head), at=BEGIN)


@pytest.mark.parametrize("page", ["/boards/", "/openness/", "/commitments/", "/commitments/kept/", "/desk/"])
def test_the_number_of_statements_does_not_grow_with_sections_boards_and_items(stage: Stage, page: str) -> None:
    client = stage.cast.client("zhou")
    grow(stage, "brigade", "wang")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        assert client.get(page).status_code == 200
    grow(stage, "pollution", "chen")
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).status_code == 200
    assert len(many) <= len(few)


def test_a_section_that_still_prepares_a_promise_is_not_closed(stage: Stage) -> None:
    row = stage.proposed(what="当日受理")
    assert "当日受理" in hooks.open_duties("brigade")
    commitments.withdraw(row.reference, reason="科室合并", by=stage.actor("zhou"), at=BEGIN)
    assert "当日受理" not in hooks.open_duties("brigade")
