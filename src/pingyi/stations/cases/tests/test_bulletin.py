"""The weekly bulletin counts as of its Sunday, whenever it is printed; what came later is corrected in the next."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.rules.case.figures import Tally
from pingyi.stations.cases.actions import answer, custody, drawing_up, intake
from pingyi.stations.cases.models import Case, WeeklyBulletin
from pingyi.stations.cases.queries import as_of, figures
from pingyi.stations.cases.queries import week as weeks
from pingyi.stations.cases.queries.bulletin import bulletin
from pingyi.stations.cases.queries.figures import Counted
from pingyi.stations.cases.queries.week import Happened, Week
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play, noon
from pingyi.stations.cases.tests.test_figures import LATE, afterwards, month, on_monday

pytestmark = pytest.mark.django_db
__all__ = ["month"]

TWELFTH = Week(monday=date(2026, 3, 16))


def text(week: Week) -> str:
    return "".join(block.text for block in bulletin(week).blocks)


def numbers(found: Happened) -> tuple[Tally, Tally, int, int]:
    return found.received.tally, found.finished.tally, found.before.received, found.dispatched


def test_a_week_has_its_name_and_one_that_is_not_over_gives_the_last() -> None:
    on = date(2026, 3, 25)
    assert weeks.week_of("2026-W12", on=on).monday == date(2026, 3, 16)
    for name in ("", "2026-W13", "2027-W01", "nonsense", "2026-W99"):
        assert weeks.week_of(name, on=on).name == "2026-W12"


def test_the_bulletin_counts_the_week_against_the_week_before(play: Play) -> None:
    play.received(at=MONDAY - 4 * DAY)
    late = on_monday(play)
    play.received(kind="misconduct", channel="web")
    afterwards(play, late)
    found = weeks.happened(TWELFTH)
    assert (found.received.tally.received, found.before.received) == (6, 1)
    assert (found.finished.tally.closed, found.finished.tally.overdue) == (3, 0)
    assert found.whole("on_time") == ["环境监察大队"]
    assert [name for name, _ in found.below_floor()] == ["环境监察大队"]
    said = text(TWELFTH)
    assert "本周受理6件，比上周（1件）上升500.0%。其中交办科室6件" in said
    assert "按时办结率100.0%（3/3）" in said
    assert "满意率66.7%（2/3）" in said
    assert "重复来件" in said
    assert "更正为" not in said


def test_what_happens_after_its_sunday_changes_no_number_of_an_issue(month: Play) -> None:
    before = {week.name: numbers(weeks.happened(week)) for week in (TWELFTH, TWELFTH.moved(2))}
    for case in Case.objects.order_by("pk"):
        if case.stage == "closed":
            answer.reopen(case.reference, reason="仍在施工", by=month.actor("sun"), at=LATE)
        elif case.is_offered:
            custody.recall(case.reference, by=month.actor("zhou"), at=LATE)
    first, second = Case.objects.filter(stage="held").order_by("pk")[:2]
    intake.merge(first.reference, into=second.reference, by=month.actor("zhou"), at=LATE)
    intake.classify(second.reference, kind="misconduct", by=month.actor("zhou"), at=LATE)
    assert {week.name: numbers(weeks.happened(week)) for week in (TWELFTH, TWELFTH.moved(2))} == before


def test_the_day_counted_from_the_record_is_the_day_counted_from_the_rows(month: Play) -> None:
    """Where nothing happened since, both ways of counting must give the same."""
    rows = Case.objects.exclude(stage="merged")
    on = LATE.date()
    from_rows = figures.counted(rows, at=as_of.end_of(on))
    from_record = as_of.counted(as_of.stood(rows, on=on), on=on)
    assert {place: one.tally for place, one in from_record.items()} == {
        place: one.tally for place, one in from_rows.items()
    }
    assert sum(from_record.values(), Counted()).tally.received == 8


def test_what_is_entered_late_is_corrected_in_the_next_issue_and_not_in_its_own(play: Play) -> None:
    late = on_monday(play)
    said = text(TWELFTH)
    play.received(received_on=date(2026, 3, 18), at=noon(date(2026, 3, 24)))
    afterwards(play, late)
    assert text(TWELFTH) == said
    assert "上周受理数由6件更正为7件" in text(TWELFTH.moved(1))


def test_a_case_left_open_stands_in_every_later_week(month: Play) -> None:
    later = weeks.happened(TWELFTH.moved(3))
    assert (later.finished.tally.closed, later.finished.tally.overdue) == (0, 4)


def test_a_bulletin_is_drawn_once_and_printed_again_it_says_the_same(month: Play) -> None:
    first = drawing_up.issue(TWELFTH, at=MONDAY + 7 * DAY)
    case = Case.objects.filter(stage="held").order_by("pk")[0]
    intake.classify(case.reference, kind="complaint", theme="夜间噪声", by=month.actor("zhou"), at=LATE)
    assert "夜间噪声" in text(TWELFTH), "a theme is no figure: it is kept as it was when the bulletin was drawn"
    assert drawing_up.issue(TWELFTH, at=LATE) == first
    assert drawing_up.issue_last(at=MONDAY + 8 * DAY) == first
    assert WeeklyBulletin.objects.count() == 1


def test_the_bulletin_is_a_document_and_a_pdf_with_the_same_bytes_each_time(month: Play) -> None:
    client = month.cast.client("sun")
    for form, head in (("bulletin.pdf", b"%PDF"), ("bulletin.docx", b"PK")):
        first, second = (client.get(f"/cases/bulletin/2026-W12/{form}") for _ in range(2))
        assert first.status_code == 200
        assert first.content.startswith(head)
        assert first.content == second.content
    assert client.get("/cases/bulletin/2026-W99/bulletin.pdf").status_code == 404
    assert month.cast.client("wang").get("/cases/bulletin/").status_code == 403
