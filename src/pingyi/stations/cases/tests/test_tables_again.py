"""A newer table corrects what an older one said, and takes nothing from the citizen."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.record import audit, sequence
from pingyi.rules.actor import citizen
from pingyi.rules.case.clock import Cause
from pingyi.rules.case.custody import Outcome
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.actions import custody, rating, tables
from pingyi.stations.cases.models import Breach, Case, Complainant, Handover, HotlineFile, Rating
from pingyi.stations.cases.tests.conftest import DAY, REPLY, Play
from pingyi.stations.cases.tests.test_actions_tables import (
    CLOSED,
    LATER,
    OPEN,
    code,
    counts,
    imported,
    know_units,
    looked_at,
    told,
)

pytestmark = pytest.mark.django_db

REPLIES = ["编号", "受理时间", "标题", "答复意见", "答复时间", "状态"]
RATED = ["编号", "受理时间", "标题", "办结时间", "满意度"]


def test_a_bare_receipt_never_replaces_an_answer(play: Play) -> None:
    row = ["1", "2026-03-02", "噪声", REPLY, "2026-03-04", "已办结"]
    imported(play, row, head=REPLIES)
    assert counts(imported(play, [*row[:3], "网友：您好！留言已收悉", *row[4:]], head=REPLIES)) == (0, 1, 0, 0)
    case = told("1")
    assert (case.answer, case.stage, case.answered_on) == (REPLY, Stage.CLOSED, date(2026, 3, 4))


def test_a_receipt_that_came_first_gives_way_to_the_answer(play: Play) -> None:
    row = ["1", "2026-03-02", "噪声", "留言已收悉", "2026-03-04", "已办结"]
    imported(play, row, head=REPLIES)
    imported(play, [*row[:3], REPLY, *row[4:]], head=REPLIES)
    assert (told("1").answer, told("1").stage) == (REPLY, Stage.CLOSED)


def test_a_corrected_unit_is_followed_while_nobody_has_taken_the_case(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    imported(play, [*OPEN[:4], CLOSED[4], *OPEN[5:]])
    case = told("G1")
    assert (case.offered_to, case.holder) == (play.cast.sections["pollution"], play.cast.zhou)
    outcomes = Handover.objects.filter(case=case).order_by("pk").values_list("to_section__reference", "outcome")
    assert list(outcomes) == [("brigade", Outcome.RECALLED), ("pollution", Outcome.OFFERED)]
    assert code(lambda: custody.accept(case.reference, by=play.actor("zhao"), at=LATER)) in {
        "forbidden",
        "case.not_offered_to_you",
    }


def test_a_table_that_takes_a_lapsed_offer_away_leaves_its_breach_with_the_section_that_let_it_lie(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    imported(play, [*OPEN[:4], CLOSED[4], *OPEN[5:]], at=LATER + 2 * DAY)
    rows = Breach.objects.filter(case=told("G1"), kind="ownerless")
    assert [(row.section, row.member) for row in rows] == [(play.cast.sections["brigade"], play.cast.wang)]


def test_a_corrected_unit_is_not_followed_once_a_section_holds_the_case(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    custody.accept(told("G1").reference, by=play.actor("zhao"), at=LATER)
    imported(play, [*OPEN[:4], CLOSED[4], *OPEN[5:]])
    assert (told("G1").section, told("G1").offered_to) == (play.cast.sections["brigade"], None)


def test_a_closed_case_goes_to_the_unit_that_did_it(play: Play) -> None:
    know_units(play)
    imported(play, CLOSED)
    imported(play, [*CLOSED[:4], OPEN[4], *CLOSED[5:]])
    assert told("G2").section == play.cast.sections["brigade"]


@pytest.mark.parametrize("kind", ["咨询", "建议", "投诉"])
def test_a_corrected_kind_is_followed_and_never_moves_the_due_date_back(play: Play, kind: str) -> None:
    know_units(play)
    row = [*OPEN[:2], "投诉" if kind == "咨询" else "咨询", *OPEN[3:5], "", *OPEN[6:]]
    imported(play, row)
    before = told("G1").due_on
    imported(play, [*row[:2], kind, *row[3:]])
    names = {"咨询": "inquiry", "建议": "suggestion", "投诉": "complaint"}
    assert told("G1").kind_id == names[kind]
    assert told("G1").due_on <= before


def test_a_case_that_turns_out_to_report_misconduct_is_taken_back_to_the_office_and_stays_there(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    imported(play, [*OPEN[:2], "举报", *OPEN[3:]])
    case = told("G1")
    assert (case.is_restricted, case.is_offered, case.section, case.holder) == (True, False, None, play.cast.zhou)
    assert Handover.objects.get(case=case).outcome == Outcome.RECALLED
    imported(play, OPEN)
    assert (told("G1").is_restricted, told("G1").kind_id) == (True, "misconduct")


def test_a_person_whom_only_a_later_table_names_is_added_and_a_known_one_is_kept(play: Play) -> None:
    imported(play, [*OPEN[:7], ""])
    assert told("G1").is_anonymous
    head = ["工单编号", "受理时间", "诉求内容", "来电人", "联系电话"]
    imported(play, ["G1", *OPEN[1:2], OPEN[3], "", "13800000000"], head=head)
    assert (told("G1").is_anonymous, told("G1").complainant.phone) == (False, "13800000000")
    imported(play, ["G1", *OPEN[1:2], OPEN[3], "林先生", "13999999999"], head=head)
    person = Complainant.objects.get()
    assert (person.name, person.phone) == ("林先生", "13800000000")


def test_satisfaction_in_a_table_becomes_a_rating_once(play: Play) -> None:
    rows = [
        ["1", "2026-03-02", "噪声", "2026-03-05", "非常满意"],
        ["2", "2026-03-02", "油烟", "2026-03-05", "不满意"],
        ["3", "2026-03-02", "扬尘", "", "满意"],
        ["4", "2026-03-02", "异味", "2026-03-05", "未评价"],
    ]
    imported(play, *rows, head=RATED)
    assert list(Rating.objects.order_by("pk").values_list("level", "means")) == [(5, "hotline"), (2, "hotline")]
    imported(play, ["1", *rows[0][1:4], "不满意"], ["3", *rows[2][1:3], "2026-03-06", "满意"], head=RATED)
    assert list(Rating.objects.order_by("pk").values_list("level", flat=True)) == [5, 2, 4]
    again = code(lambda: rating.rate(told("1").reference, level=1, by=citizen(told("1").reference), at=LATER))
    assert again == "case.rated_already"


def test_a_closing_without_a_day_is_marked_until_a_table_tells_the_day(play: Play) -> None:
    head = ["编号", "受理时间", "标题", "状态", "是否超期", "办结时间"]
    imported(play, ["1", "2026-03-02", "噪声", "已办结", "否", ""], head=head)
    assert [move["cause"] for move in told("1").due_moves] == [Cause.RECEIVED, Cause.UNDATED]
    imported(play, ["1", "2026-03-02", "噪声", "已办结", "否", "2026-03-05"], head=head)
    assert (told("1").closed_on, [move["cause"] for move in told("1").due_moves]) == (
        date(2026, 3, 5),
        [Cause.RECEIVED],
    )


def test_what_newer_tables_changed_replays(play: Play) -> None:
    know_units(play)
    imported(play, OPEN, CLOSED)
    imported(play, [*OPEN[:2], "举报", *OPEN[3:7], ""], [*CLOSED[:4], OPEN[4], *CLOSED[5:7], "13800000001"])
    sequence.sequence(at=LATER + DAY)
    assert audit.examine(kinds=[Case, Complainant, Handover, Rating, HotlineFile]).faults == ()


def test_rows_without_a_number_whose_state_changed_are_named_on_the_preview(play: Play) -> None:
    head = ["受理时间", "标题", "状态"]
    mine = ["2026-03-02", "夜间施工噪声很大", "处理中"]
    imported(play, mine, ["2026-03-02", "垃圾堆放", "处理中"], head=head)
    first = Case.objects.get(title=mine[1])
    table = looked_at(play, [*mine[:2], "已办结"], ["2026-03-03", mine[1], "处理中"], head=head)
    table = tables.settle_units(table.token, sections={}, by=play.actor("zhou"), at=LATER)
    page = play.cast.client("zhou").get(f"/cases/tables/{table.token}/").content.decode()
    table.refresh_from_db()
    assert table.preview["again"] == {
        "count": 1, "rows": [{"row": 2, "said": mine[1], "reference": first.reference}]
    }  # fmt: skip
    assert "会重复进来的行" in page
    assert f"/cases/{first.reference}/" in page
