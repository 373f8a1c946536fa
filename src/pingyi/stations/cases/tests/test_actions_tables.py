"""A hotline's table on its way: looked at, ordered, taken in batches, stopped, gone on with, brought in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.authoring.case_tables import ColumnMapping
from pingyi.authoring.tests.case_books import HEAD, csv_of
from pingyi.bureau import shelf
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.rules.case.stages import Stage
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, custody, importing, tables
from pingyi.stations.cases.models import Case, Complainant, HotlineFile, HotlineTable, SetAsideRow, TableState
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.queries import units
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db

CHANNEL = "hotline_12345"
LATER = noon(date(2026, 4, 1))
OPEN = ["G1", "2026-03-02 09:15", "投诉", "夜间施工噪声很大", "环境监察大队", "2026-03-09", "", "13800000000"]
CLOSED = ["G2", "2026-03-02 10:00", "咨询", "环评怎样办理", "污染控制科", "2026-03-09", "2026-03-06", ""]


def looked_at(play: Play, *rows: Sequence[str], head: Sequence[str] = HEAD, at: datetime = LATER) -> HotlineTable:
    kept = tables.keep("三月.csv", content=csv_of(head, *rows), channel_id=CHANNEL, by=play.actor("zhou"), at=at)
    mapping = queries.opened(kept).mapping
    return tables.settle_columns(kept.token, mapping=mapping, by=play.actor("zhou"), at=at)


def ordered(play: Play, *rows: Sequence[str], head: Sequence[str] = HEAD, at: datetime = LATER) -> HotlineTable:
    return tables.start(looked_at(play, *rows, head=head, at=at).token, by=play.actor("zhou"), at=at)


def imported(play: Play, *rows: Sequence[str], head: Sequence[str] = HEAD, at: datetime = LATER) -> HotlineTable:
    table = ordered(play, *rows, head=head, at=at)
    for _ in importing.carry_on(now=lambda: at):
        pass
    return HotlineTable.objects.get(pk=table.pk)


def counts(table: HotlineTable) -> tuple[int, int, int, int]:
    return table.new, table.updated, table.unchanged, table.set_aside


def told(number: str) -> Case:
    found: Case = Case.objects.get(external_number=number)
    return found


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def know_units(play: Play) -> None:
    table = looked_at(play, OPEN, CLOSED)
    found = {line.name: line.section.reference for line in units.of(table) if line.section}
    assert found == {"环境监察大队": "brigade", "污染控制科": "pollution"}, "a unit that is called like a section is it"
    tables.settle_units(table.token, sections=found, by=play.actor("zhou"), at=LATER)


def test_rows_become_cases_with_the_sources_dates_and_every_row_has_its_outcome(play: Play) -> None:
    know_units(play)
    table = imported(play, OPEN, CLOSED, ["G3", "前天", *OPEN[2:]])
    assert counts(table) == (2, 0, 0, 1)
    assert (table.state, table.taken) == (TableState.DONE, 3)
    open_, closed = told("G1"), told("G2")
    assert (open_.stage, open_.due_on, open_.kind_id) == (Stage.RECEIVED, date(2026, 3, 9), "complaint")
    assert open_.complainant.phone == "13800000000"
    assert (closed.stage, closed.closed_on, closed.has_been_late) == (Stage.CLOSED, date(2026, 3, 6), False)
    assert closed.section == play.cast.sections["pollution"]


def test_an_open_case_is_offered_to_its_section_which_holds_it_once_it_accepts(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    case = told("G1")
    assert (case.holder, case.offered_to) == (play.cast.zhou, play.cast.sections["brigade"])
    taken = custody.accept(case.reference, by=play.actor("zhao"), at=LATER)
    assert (taken.holder, taken.section) == (play.cast.zhao, play.cast.sections["brigade"])


def test_the_preview_tells_what_the_import_then_does_and_writes_nothing(play: Play) -> None:
    table = looked_at(play, OPEN, CLOSED, OPEN, ["", "", ""], ["G3", "前天", *OPEN[2:]])
    assert Case.objects.count() == 0
    told_ = tuple(table.preview[name] for name in ("new", "updated", "unchanged", "set_aside"))
    tables.start(table.token, by=play.actor("zhou"), at=LATER)
    list(importing.carry_on(now=lambda: LATER))
    table.refresh_from_db()
    assert told_ == counts(table) == (2, 0, 1, 1)


def test_the_same_file_twice_changes_nothing_and_needs_no_entry(play: Play) -> None:
    imported(play, OPEN, CLOSED)
    before = Entry.objects.filter(subject__startswith="case/").count()
    assert counts(imported(play, OPEN, CLOSED)) == (0, 0, 2, 0)
    assert Entry.objects.filter(subject__startswith="case/").count() == before


def test_a_newer_file_changes_only_the_rows_that_say_something_new(play: Play) -> None:
    imported(play, OPEN, CLOSED)
    closing = [*OPEN[:5], "2026-03-20", "2026-03-25", OPEN[7]]
    assert counts(imported(play, closing, CLOSED)) == (0, 1, 1, 0)
    case = told("G1")
    assert (case.stage, case.closed_on) == (Stage.CLOSED, date(2026, 3, 25))
    assert case.due_on == date(2026, 3, 9), "a due date never moves away from the citizen"
    assert case.has_been_late


def test_a_table_neither_closes_nor_reopens_what_our_people_have_taken_up(play: Play) -> None:
    know_units(play)
    imported(play, OPEN)
    case = custody.accept(told("G1").reference, by=play.actor("zhao"), at=LATER)
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=LATER)
    imported(play, [*OPEN[:6], "2026-03-25", OPEN[7]])
    case = told("G1")
    assert (case.stage, case.answer, case.closed_on) == (Stage.HELD, REPLY, None)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=LATER)
    answer.close(case.reference, by=play.actor("zhou"), at=LATER)
    imported(play, OPEN)
    assert told("G1").stage == Stage.CLOSED


def test_a_case_received_by_hand_under_the_same_number_is_the_same_case(play: Play) -> None:
    case = play.received(external_number="G1", channel=CHANNEL)
    assert counts(imported(play, OPEN)) == (0, 1, 0, 0)
    assert told("G1").pk == case.pk


def test_a_bare_receipt_in_the_reply_column_closes_nothing(play: Play) -> None:
    head = ["编号", "受理时间", "标题", "答复意见", "答复时间", "状态"]
    rows = [
        ["1", "2026-03-02", "噪声", "网友：您好！留言已收悉", "2026-03-04", "已办结"],
        ["2", "2026-03-02", "油烟", REPLY, "2026-03-04", "已办结"],
    ]
    imported(play, *rows, head=head)
    assert [(told(one).answered_on, told(one).stage) for one in "12"] == [
        (None, Stage.RECEIVED),
        (date(2026, 3, 4), Stage.CLOSED),
    ]


def test_a_report_of_misconduct_stays_with_the_supervision_office(play: Play) -> None:
    know_units(play)
    imported(play, [*OPEN[:2], "举报", *OPEN[3:]])
    case = told("G1")
    assert (case.is_restricted, case.is_offered, case.section) == (True, False, None)


def test_rows_without_a_number_are_known_again_while_they_say_the_same(play: Play) -> None:
    imported(play, OPEN[1:], head=HEAD[1:])
    assert counts(imported(play, OPEN[1:], [*OPEN[1:3], "另一件", *OPEN[4:]], head=HEAD[1:])) == (1, 0, 1, 0)


def test_set_aside_rows_are_handed_out_mended_and_taken(play: Play) -> None:
    table = imported(play, OPEN, ["G3", "前天", *OPEN[2:]])
    book = queries.aside_workbook(table, language="zh")
    again = tables.keep("搁置.xlsx", content=book, channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)
    assert again.state == TableState.OPENED
    assert SetAsideRow.objects.get().cells[0] == "G3"
    mended = ["", "3", "G3", "2026-03-03", *OPEN[2:]]
    assert counts(imported(play, mended, head=["搁置原因", "原行号", *HEAD])) == (1, 0, 0, 0)


def test_columns_are_remembered_for_the_channel(play: Play) -> None:
    head = [*HEAD[:4], "经办", *HEAD[5:]]
    table = looked_at(play, OPEN, head=head)
    mapping = queries.opened(table).mapping
    corrected = mapping.corrected({4: "unit"})
    tables.settle_columns(table.token, mapping=corrected, by=play.actor("zhou"), at=LATER)
    again = tables.keep("四月.csv", content=csv_of(head, CLOSED), channel_id=CHANNEL, by=play.actor("zhou"), at=LATER)
    assert queries.opened(again).mapping.fields[4] == "unit"


def many(number: int) -> list[list[str]]:
    return [[f"M{one}", *OPEN[1:]] for one in range(number)]


def test_an_import_that_is_killed_goes_on_with_the_first_row_not_taken(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BATCH", 2)
    table = ordered(play, *many(5))
    running: Iterator[int] = importing.carry_on(now=lambda: LATER)
    next(running)
    running.close()  # the worker dies after its first batch
    table.refresh_from_db()
    assert (table.new, Case.objects.count(), table.next_row) == (2, 2, 4)
    list(importing.carry_on(now=lambda: LATER))
    table.refresh_from_db()
    assert (table.state, counts(table), Case.objects.count()) == (TableState.DONE, (5, 0, 0, 0), 5)


def test_a_batch_that_breaks_leaves_nothing_half_done(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    table = ordered(play, *many(3))

    def broken(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(importing, "_lay_aside", broken)
        with pytest.raises(KeyboardInterrupt):
            list(importing.carry_on(now=lambda: LATER))
    table.refresh_from_db()
    assert (Case.objects.count(), Complainant.objects.count(), table.next_row, table.taken) == (0, 0, 0, 0)
    list(importing.carry_on(now=lambda: LATER))
    assert Case.objects.earliest("pk").reference == "2026-000001", "no number is lost"


def test_an_import_is_stopped_and_gone_on_with(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BATCH", 2)
    table = ordered(play, *many(5))
    running = importing.carry_on(now=lambda: LATER)
    next(running)
    tables.stop(table.token, by=play.actor("zhou"), at=LATER)
    assert list(running) == []
    assert Case.objects.count() == 2
    assert code(lambda: tables.stop(table.token, by=play.actor("zhou"), at=LATER)) == "table.not_running"
    tables.resume(table.token, by=play.actor("zhou"), at=LATER)
    list(importing.carry_on(now=lambda: LATER))
    assert Case.objects.count() == 5
    assert code(lambda: tables.resume(table.token, by=play.actor("zhou"), at=LATER)) == "table.not_stopped"


def test_an_import_is_ordered_once_and_only_after_it_was_looked_at(play: Play) -> None:
    by = play.actor("zhou")
    kept = tables.keep("三月.csv", content=csv_of(HEAD, OPEN), channel_id=CHANNEL, by=by, at=LATER)
    assert code(lambda: tables.start(kept.token, by=by, at=LATER)) == "table.not_looked_at"
    table = ordered(play, OPEN)
    assert code(lambda: tables.start(table.token, by=by, at=LATER)) == "table.ordered_already"


def test_only_the_supervision_office_brings_tables_in(play: Play) -> None:
    for who in ("wang", "sun", "he"):
        by = play.actor(who)
        moves = (
            lambda: tables.keep("x.csv", content=csv_of(HEAD, OPEN), channel_id=CHANNEL, by=by, at=LATER),  # noqa: B023
            lambda: tables.start("x", by=by, at=LATER),  # noqa: B023
            lambda: tables.stop("x", by=by, at=LATER),  # noqa: B023
        )
        assert {code(move) for move in moves} <= {"forbidden", "missing"}


def test_what_is_no_table_is_refused_in_words(play: Play) -> None:
    found = code(lambda: tables.keep("x.pdf", content=b"%PDF-1.7", channel_id=CHANNEL, by=play.actor("zhou"), at=LATER))
    assert found == "table.file.not_a_table"


def test_a_file_that_is_lost_fails_with_a_reason_and_can_be_gone_on_with(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = ordered(play, OPEN)
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "_place", lambda sha256: f"nowhere/{sha256}")
        list(importing.carry_on(now=lambda: LATER))
    table.refresh_from_db()
    assert (table.state, table.fault["code"]) == (TableState.FAILED, "proof.lost")
    tables.resume(table.token, by=play.actor("zhou"), at=LATER)
    list(importing.carry_on(now=lambda: LATER))
    assert Case.objects.count() == 1


def test_an_import_is_recorded_and_replays(play: Play) -> None:
    imported(play, OPEN, CLOSED)
    assert Entry.objects.filter(verb="case.import", subject__startswith="case/").count() == 2
    sequence.sequence(at=LATER + DAY)
    assert audit.examine(kinds=[Case, Complainant, HotlineFile]).faults == ()
    assert "夜间施工" not in "".join(Entry.objects.values_list("body", flat=True))


def test_a_mapping_that_is_corrected_is_read_anew(play: Play) -> None:
    table = looked_at(play, OPEN)
    mapping: ColumnMapping = queries.opened(table).mapping
    unit = mapping.fields.index("unit")
    changed = tables.settle_columns(
        table.token, mapping=mapping.corrected({unit: ""}), by=play.actor("zhou"), at=MONDAY + 20 * DAY
    )
    assert changed.preview["units"] == []
