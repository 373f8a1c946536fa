"""Whatever a document says and the reader missed is added through forms, and taken out again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import plan_text
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.plan import Plan
from pingyi.stations.plans.forms.sheets import SHEETS
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.tests.test_version_actions import drafted
from pingyi.stations.plans.tests.test_version_views import form_of, text

pytestmark = [pytest.mark.django_db]
ADDED: dict[str, dict[str, object]] = {
    "authorities": {"name": "市卫生局", "chain": "line"},
    "kinds": {"name": "巡查站"},
    "classes": {"name": "窗口单位", "is_ranked": "on"},
    "principles": {"title": "公开透明", "text": "全过程公开"},
    "criteria": {"title": "服务企业情况", "text": "主动上门"},
    "phases": {"name": "回头看", "begins_on": "2026-12-01", "ends_on": "2026-12-20"},
    "tasks": {"title": "另一项", "phase": "conclude", "doer": "bureau", "due_on": "2026-12-18"},
    "meetings": {"title": "恳谈会", "phase": "conclude", "kind": "forum", "invited": "企业代表\r\n居民代表"},
    "channels": {"name": "局长信箱", "kind": "letter"},
    "solicitations": {"name": "问卷", "kind": "other", "minimum": "100"},
    "work_rules": {"name": "离岗告示制", "kind": "other"},
    "time_limits": {"kind": "praise", "days": "2", "unit": "working"},
    "publications": {"title": "公布结果", "scope": "public", "days": "7"},
    "filings": {"title": "报送总结", "recipient": "public", "due_on": "2026-12-10"},
    "sources": {"name": "日常考核", "kind": "tasks", "weight": "0.1"},
    "options": {"label": "较满意", "value": "90", "is_satisfied": "on"},
    "groups": {"name": "媒体代表", "weight": "0.1", "minimum": "5"},
    "bonus": {"name": "受到表彰", "points": "2"},
    "deductions": {"name": "迟报材料", "points": "1", "cap": "3"},
    "vetoes": {"name": "发生重大案件", "effect": "rank_last"},
    "grades": {"name": "优秀", "minimum": "90"},
    "consequences": {"name": "媒体公开检讨", "kind": "other"},
    "triggers": {"name": "低于60分", "test-0-kind": "below", "test-0-score": "60", "consequences": ["explain"]},
}


def plan_of(row: PlanVersion) -> Plan:
    plan = read(PlanVersion.objects.get(pk=row.pk).text).plan
    assert plan is not None
    return plan


def page_of(row: PlanVersion, part: str, number: int | None = None) -> str:
    return f"/plan/versions/{row.reference}/parts/{part}/" + (f"{number}/" if number is not None else "")


@pytest.mark.parametrize("part", sorted(ADDED))
def test_an_item_of_every_part_is_added_and_taken_out_again(cast: Cast, part: str) -> None:
    row, client = drafted(cast), cast.client("zhou")
    before = SHEETS[part].items(plan_of(row))
    fresh = page_of(row, part, len(before))
    given: dict[str, Any] = form_of(text(client.get(fresh)))
    given |= {f"{len(before)}-{name}": value for name, value in ADDED[part].items()}
    assert client.post(fresh, given).status_code == 302
    after = SHEETS[part].items(plan_of(row))
    assert after[:-1] == before
    told = next(value for name, value in ADDED[part].items() if name in {"name", "title", "label", "kind"})
    assert told in {getattr(after[-1], name, None) for name in ("name", "title", "label", "kind")}

    given = {**form_of(text(client.get(fresh))), "take_out": "on"}
    assert client.post(fresh, given).status_code == 302
    assert SHEETS[part].items(plan_of(row)) == before


def test_every_part_that_can_grow_is_tried_here() -> None:
    growing = {code for code, sheet in SHEETS.items() if sheet.may_grow}
    assert growing - {"indicators"} == set(ADDED)


@pytest.mark.parametrize("part", sorted(SHEETS))
def test_what_is_sent_back_unchanged_changes_nothing(cast: Cast, part: str) -> None:
    row, client = drafted(cast), cast.client("zhou")
    sheet, count = SHEETS[part], len(SHEETS[part].items(plan_of(row)))
    numbers = [None] * (sheet.is_one or sheet.is_whole) + ([] if sheet.is_one else list(range(count)))
    for number in numbers:
        response = client.get(page_of(row, part, number))
        if not count:
            assert response.status_code == 404
            continue
        sent = client.post(page_of(row, part, number), form_of(text(response)))
        assert sent.status_code == 302, text(sent)
        assert plan_of(row) == read(row.text).plan, number


def test_what_is_asked_and_may_not_be_left_out_is_not_called_optional(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    shown = text(client.get(page_of(row, "consequences", 0)))
    optional = re.findall(r'<label for="id_0-(\w+)">[^<]*<span class="optional">', shown)
    assert optional == ["days", "place", "addressee"]
    emptied = client.post(page_of(row, "consequences", 0), {**form_of(shown), "0-name": ""})
    assert emptied.status_code == 422


def test_the_terms_of_all_consequences_are_given_in_one_form(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    count = len(plan_of(row).consequences)
    given = form_of(text(client.get(page_of(row, "consequences"))))
    given |= {f"{number}-days": str(number + 3) for number in range(count)}
    assert client.post(page_of(row, "consequences"), given).status_code == 302
    assert [one.days for one in plan_of(row).consequences] == [number + 3 for number in range(count)]


def test_a_condition_is_changed_added_and_removed(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    page = page_of(row, "triggers", 0)
    count = len(plan_of(row).triggers[0].all_of)
    given: dict[str, Any] = form_of(text(client.get(page)))
    given["0-consequences"] = list(plan_of(row).triggers[0].consequences)
    added = {f"0-test-{count}-kind": "below", f"0-test-{count}-score": "75"}
    assert client.post(page, {**given, **added}).status_code == 302
    tests = plan_of(row).triggers[0].all_of
    assert (tests[-1].kind.value, tests[-1].score) == ("below", 75)
    given = form_of(text(client.get(page)))
    given["0-consequences"] = list(plan_of(row).triggers[0].consequences)
    assert client.post(page, {**given, f"0-test-{count}-kind": ""}).status_code == 302
    assert len(plan_of(row).triggers[0].all_of) == count


def test_a_share_of_votes_and_how_often_a_duty_recurs_are_filled_in(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    plan = plan_of(row)
    scaled = next(one for one in plan.indicators if one.scale)
    box = next(scale for scale in plan.scales if scale.id == scaled.scale).options[0]
    page, count = page_of(row, "triggers", 0), len(plan.triggers[0].all_of)
    shown = text(client.get(page))
    assert box.label in shown
    given: dict[str, Any] = form_of(shown)
    given["0-consequences"] = list(plan.triggers[0].consequences)
    added = {"kind": "rate_above", "indicator": scaled.id, "share": "0.8", "options": [box.id], "is_inclusive": "on"}
    given |= {f"0-test-{count}-{name}": value for name, value in added.items()}
    assert client.post(page, given).status_code == 302
    test = plan_of(row).triggers[0].all_of[-1]
    assert (test.indicator, test.options, test.share, test.is_inclusive) == (scaled.id, (box.id,), Decimal("0.8"), True)
    page = page_of(row, "tasks", 0)
    given = form_of(text(client.get(page))) | {"0-every": "quarter", "0-every_day": "25"}
    assert client.post(page, given).status_code == 302
    assert (plan_of(row).tasks[0].every, plan_of(row).tasks[0].every_day) == ("quarter", 25)


def test_what_the_plan_lacks_is_offered_to_be_added(cast: Cast) -> None:
    row, client = drafted(cast), cast.client("zhou")
    shown = text(client.get(f"/plan/versions/{row.reference}/"))
    for part in ADDED:
        assert f"/parts/{part}/" in shown, part


@pytest.mark.parametrize("part", ["bonus", "deductions"])
def test_the_first_item_is_added_to_a_plan_that_names_none(cast: Cast, part: str) -> None:
    bare = re.sub(r"(?ms)^(bonus|deductions):\n(?:[ #-].*?\n|\n)*(?=^\S)", "", plan_text())
    row, client = drafted(cast, bare), cast.client("zhou")
    assert (plan_of(row).bonus, plan_of(row).deductions) == (None, None)
    assert page_of(row, part, 0) in text(client.get(f"/plan/versions/{row.reference}/"))
    given = form_of(text(client.get(page_of(row, part, 0))))
    given |= {f"0-{name}": value for name, value in ADDED[part].items()}
    assert client.post(page_of(row, part, 0), given).status_code == 302
    assert [one.name for one in SHEETS[part].items(plan_of(row))] == [ADDED[part]["name"]]
