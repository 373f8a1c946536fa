"""A wrong kind is put right by another person, and the page of the date tells the reason in force first (§3.2.2)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import answer, intake, recounting, slips
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import timing
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, REPLY, RESULT, Play, noon

pytestmark = pytest.mark.django_db
THIS_YEAR = (Path(__file__).resolve().parents[5] / "calendars" / "cn-2026.yaml").read_text(encoding="utf-8")
MARCH = noon(date(2026, 3, 2))
FILE = """\
format: pingyi-calendar/1
name: cn
year: 2027
version: "1"
notices: [国办发明电〔2026〕7号]
days:
  - {on: 2027-01-01, name: 元旦, is_off: true}
  - {on: 2027-01-04, name: 元旦, is_off: true}
"""


def slipped(play: Play, *, who: str = "zhao") -> Case:
    case = play.held(at=MARCH)
    return intake.classify(case.reference, kind="inquiry", by=play.actor(who), at=MARCH + DAY)


def test_a_slip_is_put_right_by_another_with_a_reason_in_the_record(play: Play) -> None:
    case = slipped(play)
    assert case.due_on == date(2026, 3, 5)
    right = slips.correct_kind(
        case.reference,
        kind="complaint",
        ground="mistake",
        reason="点错了类别",
        by=play.actor("zhou"),
        at=MARCH + 2 * DAY,
    )
    assert (right.due_on, right.kind_id) == (date(2026, 3, 19), "complaint")
    entry = Entry.objects.filter(subject=case.subject).latest("pk")
    assert (entry.verb, "mistake" in entry.body, "点错了类别" in entry.body) == ("case.correct_kind", True, False)
    page = play.cast.client("zhao").get(f"/cases/{case.reference}/why/").content.decode()
    assert page.index("类别原先有误") < page.index("自收到之日起")
    assert "2026-03-19" in page


def test_who_made_the_slip_does_not_undo_it(play: Play) -> None:
    case = slipped(play, who="zhou")
    said = {"kind": "complaint", "reason": "点错了类别"}
    with pytest.raises(Refused, match=r"case\.own_slip"):
        slips.correct_kind(case.reference, **said, by=play.actor("zhou"), at=MARCH + DAY)
    with pytest.raises(Refused, match="forbidden"):
        slips.correct_kind(case.reference, **said, by=play.actor("zhao"), at=MARCH + DAY)
    with pytest.raises(Refused, match=r"case\.reason_needed"):
        slips.correct_kind(case.reference, kind="help", reason=" ", by=play.actor("li"), at=MARCH + DAY)
    with pytest.raises(Refused, match="nothing_changed"):
        slips.correct_kind(case.reference, kind="inquiry", reason="x", by=play.actor("li"), at=MARCH + DAY)
    with pytest.raises(Refused, match=r"case\.no_such_kind"):
        slips.correct_kind(case.reference, kind="praising", reason="x", by=play.actor("li"), at=MARCH + DAY)
    with pytest.raises(Refused, match=r"case\.restricted_apart"):
        slips.correct_kind(case.reference, kind="misconduct", reason="x", by=play.actor("li"), at=MARCH + DAY)


def test_the_form_says_on_which_day_each_kind_would_be_due(play: Play) -> None:
    case = slipped(play)
    client, path = play.cast.client("zhou"), f"/cases/{case.reference}/correct_kind/"
    assert path in client.get(f"/cases/{case.reference}/").content.decode()
    assert "投诉：2026-03-19到期" in client.get(path).content.decode()
    said = {"kind": "complaint", "ground": "mistake", "reason": "点错了类别", "seen": case.version}
    assert client.post(path, said).status_code == 302
    assert play.fresh(case).due_on == date(2026, 3, 19)
    assert path not in play.cast.client("zhao").get(f"/cases/{case.reference}/").content.decode()


def test_a_calendar_that_comes_out_later_gets_one_sentence_and_the_list_still_ends_on_the_due_date(
    play: Play, calendar_folder: Path
) -> None:
    (calendar_folder / "cn-2026.yaml").write_text(THIS_YEAR, encoding="utf-8")
    case = play.held(at=noon(date(2026, 12, 28)))
    assert (case.due_on, case.is_provisional) == (date(2027, 1, 15), True)
    (calendar_folder / "cn-2027.yaml").write_text(FILE, encoding="utf-8")
    assert recounting.recount(at=noon(date(2026, 12, 29))) == 1
    fresh = play.fresh(case)
    why = timing.why(fresh, on=date(2026, 12, 29))
    assert why.in_force is not None
    assert (why.in_force.steps[-1].day, why.in_force.steps[-1].counted) == (fresh.due_on, 13)
    assert (why.today_gives, why.lawful_on) == (date(2027, 1, 18), date(2027, 1, 18))
    page = play.cast.client("zhao").get(f"/cases/{case.reference}/why/").content.decode()
    assert "按现行日历重新计算，时限到2027-01-18为止；仍以较早的2027-01-15为准。" in page
    assert "超过2027-01-18才算承办科室逾期。" in page
    assert "当年安排未公布，暂按放假办法推定为休息日：元旦" in page


def test_a_firm_date_is_judged_by_a_year_that_was_changed_afterwards(play: Play, calendar_folder: Path) -> None:
    path = calendar_folder / "cn-2026.yaml"
    path.write_text(THIS_YEAR, encoding="utf-8")
    case = play.held(at=MONDAY)
    assert recounting.recount(at=MONDAY) == 0
    path.write_text(THIS_YEAR + "  - {on: 2026-03-19, name: 临时放假, is_off: true}\n", encoding="utf-8")
    assert recounting.recount(at=MONDAY) == 1
    fresh = play.fresh(case)
    assert fresh.due_on == case.due_on
    assert fresh.lawful_on is not None
    assert recounting.recount(at=MONDAY) == 0
    assert timing.why(fresh, on=date(2026, 3, 16)).told == timing.why(case, on=date(2026, 3, 16)).told


def test_what_was_closed_before_the_notice_came_is_judged_by_the_lawful_day(play: Play, calendar_folder: Path) -> None:
    (calendar_folder / "cn-2026.yaml").write_text(THIS_YEAR, encoding="utf-8")
    case = play.held(at=noon(date(2026, 12, 28)))
    on = noon(date(2027, 1, 18))
    answer.answer(case.reference, text=REPLY, by=play.actor("zhao"), at=on)
    answer.settle(case.reference, result=RESULT, by=play.actor("zhao"), at=on)
    assert answer.close(case.reference, by=play.actor("zhou"), at=on).has_been_late
    (calendar_folder / "cn-2027.yaml").write_text(FILE, encoding="utf-8")
    assert recounting.recount(at=on) == 1
    fresh = play.fresh(case)
    assert (fresh.due_on, fresh.lawful_on) == (date(2027, 1, 15), date(2027, 1, 18))
    assert (fresh.has_been_late, fresh.is_provisional) == (False, False)
    assert recounting.recount(at=on) == 0
