"""Before a plan is adopted: another year, guessed kinds, missing terms stop it; moving the year is one button."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pingyi import ready
from pingyi.authoring import reading
from pingyi.authoring.another_year import written
from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.read import read_plan
from pingyi.authoring.tests.plans import edited, plan_text, shipped_plan
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as acceptances
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.readiness import Severity
from pingyi.rules.refused import Refused
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.models import PlanVersion, Task
from pingyi.stations.plans.queries import intake
from pingyi.stations.plans.queries.outlook import outlook
from pingyi.stations.plans.queries.round import current_round
from pingyi.stations.plans.tests.test_version_actions import AT, adopted, drafted
from pingyi.stations.plans.tests.test_version_views import form_of

pytestmark = [pytest.mark.django_db]


def of_2012() -> str:
    return written(plan_text(), shipped_plan(), year=2012, calendar=load_calendar())


def lines(row: PlanVersion) -> dict[str, ready.Line]:
    found = ready.occasion("adopt", row.reference, at=AT)
    assert found is not None
    return {one.check.id: one for one in ready.lines(found)}


def test_a_plan_of_another_year_is_never_adopted_in_silence(cast: Cast) -> None:
    row = drafted(cast, of_2012())
    with pytest.raises(Refused, match=r"ready\.open"):
        adopted(cast, row)
    assert current_round() is None
    found = lines(row)["plan.year"]
    assert dict(found.finding.facts) == {"plan": 2012, "bureau": 2026, "today": 2026}
    acceptances.accept(
        "adopt", row.reference, "plan.year", seen=found.digest, reason="补录旧年度", ground="known",
        by=cast.actor("zhou"), at=AT,
    )  # fmt: skip
    assert actions.adopt(row.reference, by=cast.actor("sun"), at=AT).stage == "adopted"


def test_all_dates_of_a_draft_move_to_the_bureaus_year_by_one_button(cast: Cast) -> None:
    row, client = drafted(cast, of_2012()), cast.client("zhou")
    at = f"/plan/versions/{row.reference}/year/"
    assert at in client.get(f"/plan/versions/{row.reference}/").content.decode()
    page = client.get(at).content.decode()
    assert shipped_plan().phases[0].begins_on.isoformat() in page
    assert client.post(at, {"year": 2012, "seen_sha256": row.text_sha256}).status_code == 422
    assert client.post(at, {"year": 2026, "seen_sha256": "0" * 64}).status_code == 422
    assert client.post(at, {"year": 2026, "seen_sha256": row.text_sha256}).status_code == 302
    row.refresh_from_db()
    assert row.year == 2026
    assert "plan.year" not in lines(row)


def test_a_consequence_that_promises_a_term_has_one_before_the_adoption(cast: Cast) -> None:
    row = drafted(cast, edited("kind: rectification_order, days: 30, unit: working,", "kind: rectification_order,"))
    assert lines(row)["plan.terms"].finding.names == ("限期整改",)
    with pytest.raises(Refused, match=r"ready\.open"):
        adopted(cast, row)


def test_the_page_of_the_adoption_says_what_stops_it(cast: Cast) -> None:
    row = drafted(cast, of_2012())
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    client = cast.client("sun")
    page = client.get(f"/plan/versions/{row.reference}/adopt/").content.decode()
    assert "方案是2012年的" in page
    assert f"/ready/adopt/{row.reference}/" in page
    assert client.post(f"/plan/versions/{row.reference}/adopt/").status_code == 422


def test_what_stops_a_step_is_mended_from_its_page_and_leads_back_there(cast: Cast) -> None:
    row, client = drafted(cast, of_2012()), cast.client("zhou")
    propose, year = (f"/plan/versions/{row.reference}/{verb}/" for verb in ("propose", "year"))
    for page in (propose, f"/ready/adopt/{row.reference}/"):
        mend = f"{year}?{urlencode({'back': page})}"
        assert f'href="{mend}"' in client.get(page).content.decode()
        assert f'href="{page}"' in client.get(mend).content.decode(), "who leaves it undone comes back too"
    told = {"year": 2026, "seen_sha256": row.text_sha256}
    wrong = client.post(mend, told | {"seen_sha256": "0" * 64})
    assert wrong.status_code == 422
    assert client.post(mend, told).headers["Location"] == page


def test_what_is_accepted_together_leads_back_to_the_step_that_sent_for_it(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("sun")
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    adopt = f"{row.get_absolute_url()}adopt/"
    way = f"/ready/adopt/{row.reference}/accept/?{urlencode({'back': adopt})}"
    assert f'href="{way}"' in client.get(adopt).content.decode()
    given = form_of(client.get(way).content.decode()) | {"reason": "本年照此办理"}
    assert client.post(way, given).headers["Location"] == adopt


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "plan/"]
)
def test_no_address_leads_out_of_the_site_after_a_form(cast: Cast, elsewhere: str) -> None:
    row, client = drafted(cast, of_2012()), cast.client("zhou")
    at = f"/plan/versions/{row.reference}/year/?{urlencode({'back': elsewhere})}"
    assert "example.com" not in client.get(at).content.decode().partition("<main")[2]
    moved = client.post(at, {"year": 2026, "seen_sha256": row.text_sha256})
    assert moved.headers["Location"] == row.get_absolute_url()


def test_what_an_adoption_would_do_is_what_it_does(cast: Cast) -> None:
    row = drafted(cast)
    foreseen = outlook(shipped_plan(), on=AT.date())
    adopted(cast, row)
    made = Task.objects.exclude(plan_task="")
    assert foreseen.duties == made.count()
    assert foreseen.late == made.filter(due_on__lt=AT.date()).count()
    assert foreseen.meetings == len(shipped_plan().meetings)


def test_the_page_foresees_what_an_adoption_would_make_and_not_what_an_amendment_keeps(cast: Cast) -> None:
    row = drafted(cast)
    found = ready.occasion("adopt", row.reference, at=AT)
    assert found is not None
    made = outlook(shipped_plan(), on=AT.date())
    assert [one.value for one in ready.foreseen(found)] == [made.duties, made.late, made.unowned, made.meetings]
    assert made.unowned > 0
    assert "若今天通过" in cast.client("zhou").get(f"/ready/adopt/{row.reference}/").content.decode()
    adopted(cast, row)
    again = drafted(cast)
    found = ready.occasion("adopt", again.reference, at=datetime(2026, 11, 30, 2, tzinfo=UTC))
    assert found is not None
    assert ready.foreseen(found) == []
    assert "plan.past" not in {one.check.id for one in ready.lines(found)}


def test_before_the_settling_the_page_says_who_would_stay_without_a_score(cast: Cast) -> None:
    adopted(cast, drafted(cast))
    found = ready.occasion("settle", "2026", at=AT)
    assert found is not None
    sections, without, fed, unfed = (one.value for one in ready.foreseen(found))
    assert (sections, without, fed) == (5, 5, 0)
    assert unfed == len([one for one in shipped_plan().sources if one.weight])


def test_duties_that_would_be_past_are_counted(cast: Cast) -> None:
    row = drafted(cast)
    late = datetime(2026, 11, 30, 2, tzinfo=UTC)
    found = ready.occasion("adopt", row.reference, at=late)
    assert found is not None
    line = next(one for one in ready.lines(found) if one.check.id == "plan.past")
    assert int(str(line.finding.facts["late"])) > 20


def half_read() -> bytes:
    """Return a document of which one limit is in no field: that of difficult matters alone."""
    text = (Path(reading.__file__).parent / "tests" / "inputs" / "txt-general-time-limit.txt").read_text("utf-8")
    return text.replace("热线工单", "热线疑难工单").encode()


def test_what_a_used_sentence_lost_is_a_figure_of_the_page_a_doubt_and_a_line_before_adoption(cast: Cast) -> None:
    content = half_read()
    brought = intake.bring(content, name="方案.txt", year=2026, language="zh")
    row = actions.draft(brought, by=cast.actor("zhou"), at=AT)
    page = cast.client("zhou").get(f"/plan/versions/{row.reference}/").content.decode()
    assert '<p id="coverage">文件写明的事项5处：已进字段4处，只在文字里0处，没有用上1处，读错字段0处。</p>' in page
    assert "读了一半：“10个工作日”没有用上" in page
    line = lines(row)["plan.half_read"]
    assert dict(line.finding.facts) == {"facts": 1}
    assert str(line.finding.names[0]).startswith("10个工作日（")
    assert "plan.half_read" not in lines(drafted(cast))


SAYS = """2026年行风评议方案
一、评议范围
局机关各科室。
二、评议内容
（一）服务质量。（二）依法行政。
三、时间安排
（一）自查阶段（5月1日至6月30日）。6月20日前，办公室向监察室报送自查报告。
"""


def brought(cast: Cast) -> PlanVersion:
    made = intake.bring(SAYS.encode(), name="方案.txt", year=2026, language="zh")
    return actions.draft(made, by=cast.actor("zhou"), at=AT)


def written_over(cast: Cast, row: PlanVersion, old: str, new: str) -> PlanVersion:
    assert row.text.count(old) == 1
    text = row.text.replace(old, new)
    return actions.edit(row.reference, text=text, seen_sha256=row.text_sha256, by=cast.actor("zhou"), at=AT)


def test_a_day_that_the_plan_gives_otherwise_than_the_document_stops_the_adoption(cast: Cast) -> None:
    row = brought(cast)
    assert "plan.otherwise" not in lines(row)
    row = written_over(cast, row, "due_on: 2026-06-20", "due_on: 2026-06-25")
    found = lines(row)["plan.otherwise"]
    assert found.check.severity is Severity.STOPS
    assert dict(found.finding.facts) == {"facts": 1}
    assert str(found.finding.names[0]).startswith("6月20日（")
    mended = written_over(cast, row, "due_on: 2026-06-25", "due_on: 2026-06-20")
    assert "plan.otherwise" not in lines(mended)


def test_a_day_given_otherwise_is_accepted_with_a_reason_and_only_as_it_was_seen(cast: Cast) -> None:
    row = written_over(cast, brought(cast), "due_on: 2026-06-20", "due_on: 2026-06-25")
    found = lines(row)["plan.otherwise"]
    acceptances.accept(
        "adopt", row.reference, "plan.otherwise", seen=found.digest, reason="局长办公会改定", ground="known",
        by=cast.actor("zhou"), at=AT,
    )  # fmt: skip
    occasion = ready.occasion("adopt", row.reference, at=AT)
    assert occasion is not None
    assert [one.line.check.id for one in readiness.look(occasion).accepted] == ["plan.otherwise"]
    row = written_over(cast, row, "ends_on: 2026-06-30", "ends_on: 2026-07-31")
    occasion = ready.occasion("adopt", row.reference, at=AT)
    assert occasion is not None
    assert "plan.otherwise" in [line.check.id for line in readiness.look(occasion).stops]


def test_all_days_moved_to_another_year_are_no_difference(cast: Cast) -> None:
    row = brought(cast)
    plan = read_plan(row.text)[0]
    assert plan is not None
    text = written(row.text, plan, year=2025, calendar=load_calendar())
    row = actions.edit(row.reference, text=text, seen_sha256=row.text_sha256, by=cast.actor("zhou"), at=AT)
    assert "plan.otherwise" not in lines(row)


def test_a_fact_that_a_person_put_where_it_belongs_is_not_named_again(cast: Cast) -> None:
    content = half_read()
    made = intake.bring(content, name="方案.txt", year=2026, language="zh")
    row = actions.draft(made, by=cast.actor("zhou"), at=AT)
    assert "plan.half_read" in lines(row)
    row = written_over(cast, row, "    days: 3\n", "    days: 3\n    extension_days: 10\n")
    assert "plan.half_read" not in lines(row)
