"""A case from a table keeps the source's words and says by what it was judged; an answer without a state closes."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.stations.cases.actions import answer, importing, protection, tables
from pingyi.stations.cases.models import Case, HotlineTable
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.tests.conftest import REPLY, Play
from pingyi.stations.cases.tests.test_actions_tables import LATER, csv_of, imported, told
from pingyi.stations.cases.tests.test_views_tables import brought

pytestmark = pytest.mark.django_db
BOSTON = ("工单编号", "受理时间", "内容", "办结时间", "办结状态", "是否按期")
NEW_YORK = ("工单编号", "受理时间", "内容", "办结时限", "办结时间", "办结状态")
LETTERS = ("留言编号", "留言时间", "留言详情", "答复意见", "答复时间")
ANSWERED = ["L1", "2026-03-02 10:00", "路灯不亮", REPLY, "2026-03-06 09:00"]
LATE = ["L2", "2026-01-05 10:00", "排水沟堵塞", REPLY, "2026-03-06 09:00"]
RECEIPT = ["L3", "2026-03-02 10:00", "井盖缺失", "网友：您好！留言已收悉", "2026-03-03 09:00"]
SILENT = ["L4", "2026-03-02 10:00", "噪声扰民", "", ""]


def page(play: Play, case: Case) -> str:
    return play.cast.client("zhou").get(f"/cases/{case.reference}/").content.decode()


def test_where_the_sources_word_decided_the_page_says_so(play: Play) -> None:
    imported(play, ["B1", "2026-01-05 10:00", "Pothole", "2026-03-25 09:00", "已办结", "按期"], head=BOSTON)
    case = told("B1")
    assert (case.has_been_late, case.closed_on is not None and case.closed_on > case.due_on) == (False, True)
    assert case.judged_by == "word"
    shown = page(play, case)
    assert "按期。 按来源自己的说法认定：已办结、按期。本页的期限不作依据。" in shown
    assert "是否按期：按期" in shown
    assert "2026-03-25 09:00" in shown


def test_where_the_hour_decided_both_moments_are_shown(play: Play) -> None:
    imported(play, ["N1", "2026-03-02 10:00", "Noise", "2026-03-06 12:00", "2026-03-06 17:30", "已办结"], head=NEW_YORK)
    case = told("N1")
    assert (case.due_on, case.closed_on, case.has_been_late) == (date(2026, 3, 6), date(2026, 3, 6), True)
    assert case.judged_by == "dates"
    assert "逾期。 按来源自己的时间认定：2026-03-06 17:30办结，来源期限2026-03-06 12:00。" in page(play, case)


def test_what_our_own_limit_judged_is_said_and_what_our_people_close_is_judged_by_it(play: Play) -> None:
    imported(play, ["S1", "2026-03-02 10:00", "Noise", "2026-03-06 17:30", "已办结", ""], head=BOSTON)
    case = told("S1")
    assert case.judged_by == "limit"
    assert "来源没有说明是否按期；按本页的期限认定。" in page(play, case)
    again = answer.reopen(case.reference, reason="仍在施工", by=play.actor("zhou"), at=LATER)
    assert again.judged_by is None
    assert again.source_told == case.source_told


def test_what_the_source_said_is_erased_with_the_case(play: Play) -> None:
    imported(play, ["S1", "2026-03-02 10:00", "Noise", "2026-03-06 17:30", "已办结", ""], head=BOSTON)
    erased = protection.erase(told("S1").reference, by=play.actor("zhou"), at=LATER)
    assert erased.source_told is None
    assert play.cast.client("zhou").get(f"/cases/{erased.reference}/").status_code == 200


def test_rows_with_an_answer_and_no_state_are_closed_with_the_answers_day(play: Play) -> None:
    imported(play, ANSWERED, LATE, RECEIPT, SILENT, head=LETTERS)
    closed, late = told("L1"), told("L2")
    assert (closed.stage, closed.closed_on, closed.answered_on) == ("closed", date(2026, 3, 6), date(2026, 3, 6))
    assert (closed.has_been_late, late.has_been_late) == (False, True)
    assert [told(number).stage for number in ("L3", "L4")] == ["received", "received"]
    assert told("L3").answered_on is None


def test_it_is_asked_once_and_the_next_table_of_the_channel_begins_with_the_same_word(play: Play) -> None:
    client = play.cast.client("zhou")
    table = brought(play, csv_of(LETTERS, ANSWERED, SILENT), name="留言.csv")
    path = f"/cases/tables/{table.token}/columns/"
    first = client.get(path).content.decode()
    assert "有答复、没有办理状态的行" in first
    asked = queries.opened(table).mapping
    fields = {f"column-{index}": field for index, field in enumerate(asked.fields)}
    assert client.post(path, {**fields, "answered": "open"}).status_code == 302
    settled = HotlineTable.objects.get(pk=table.pk)
    assert queries.opened(settled).mapping.answered_stays_open
    tables.start(settled.token, by=play.actor("zhou"), at=LATER)
    for _ in importing.carry_on(now=lambda: LATER):
        pass
    assert (told("L1").stage, told("L1").answered_on) == ("received", date(2026, 3, 6))
    following = brought(play, csv_of(LETTERS, LATE), name="留言二.csv")
    assert queries.opened(following).mapping.answered_stays_open


def test_a_state_that_cannot_be_read_is_still_a_state(play: Play) -> None:
    head = (*LETTERS, "办结状态")
    imported(play, [*ANSWERED, "挂起待议"], [*LATE, "已办结"], head=head)
    assert told("L1").stage == "received"
