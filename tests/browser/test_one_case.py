"""One case from the public form to the satisfaction mark: citizen, clerk, head and supervision office (§3.2.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.models import Case, Rating
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import Opener, assert_accessible, assert_no_horizontal_scroll, follow, photograph

MATTER = "柳溪路豆腐坊每天清早往河里放白水，气味很重。"
REPLY = "经现场检查，该作坊未建隔油沉淀设施，已责令停止排放并立案。"
RESULT = "作坊已建沉淀池，污水接入管网，复查达标。"
WALKED = (
    "case.receive", "case.classify", "case.assign", "case.accept", "case.answer", "case.settle", "case.close",
)  # fmt: skip

Open = Callable[[str, str], Page]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_citizen_a_clerk_a_section_head_and_the_supervision_office_each_walk_their_part(
    width: int, cast: Cast, page_at: Opener
) -> None:
    rounds.open_round("version", text=PLAN, by=cast.actor("zhou"), at=clock.now())

    def opened(url: str, who: str) -> Page:
        return page_at(url, who=who, width=width)

    citizen = opened("/", "")
    case = _the_citizen_tells(citizen)
    _the_office_passes_it_on(opened, case)
    _the_clerk_answers_and_settles(opened, case)
    _the_citizen_sees_that_it_is_not_over(citizen, case)
    _the_head_closes(opened, case)
    _the_citizen_marks(citizen, case)
    _the_office_sees_it_counted(opened, case)
    verbs = list(Entry.objects.filter(subject=case.subject).order_by("pk").values_list("verb", flat=True))
    assert [verb for verb in WALKED if verb not in verbs] == []
    assert Entry.objects.filter(verb="case.rate").count() == 1


def _the_citizen_tells(page: Page) -> Case:
    follow(page.locator("main").get_by_role("link", name="反映问题"))
    page.get_by_label("投诉：反映问题，要求处理").check()
    page.locator("[name=text]").fill(MATTER)
    page.locator("[name=phone]").fill("13800000001")
    _looked_at(page, "told")
    follow(page.get_by_role("button", name="提交", exact=True))
    page.wait_for_url("**/receipt/")
    inbox.drain(at=clock.now())  # the worker, a moment later
    case = Case.objects.get()
    expect(page.locator("main")).to_contain_text(case.follow_code[:4])
    _looked_at(page, "receipt")
    return case


def _the_office_passes_it_on(opened: Open, case: Case) -> None:
    page = opened("/desk/", case.holder.login.username if case.holder.login else "zhou")
    _looked_at(page, "office desk")
    page.goto(case.get_absolute_url())
    _looked_at(page, "office case")
    _step(page, "更改类别或主题", "theme", "污水排放")
    follow(page.get_by_role("link", name="交办"))
    page.locator("#id_to").select_option("brigade")
    _looked_at(page, "assign")
    follow(page.locator("form.form button[type=submit]"))


def _the_clerk_answers_and_settles(opened: Open, case: Case) -> None:
    page = opened("/desk/", "zhao")
    _looked_at(page, "clerk desk")
    follow(page.get_by_role("link", name=case.reference).first)
    _step(page, "签收")
    _step(page, "答复群众", "text", REPLY)
    _looked_at(page, "answered")
    _step(page, "登记结果", "result", RESULT)
    assert page.get_by_role("link", name="办结", exact=True).count() == 0, "who did the work does not close it"


def _the_citizen_sees_that_it_is_not_over(page: Page, case: Case) -> None:
    page.goto(f"/follow/{case.follow_code}/")
    expect(page.locator("main")).to_contain_text(REPLY)
    assert page.get_by_role("link", name="我要评价").count() == 0, "nothing is marked before it is closed"
    _looked_at(page, "follow open")


def _the_head_closes(opened: Open, case: Case) -> None:
    page = opened("/desk/", "wang")
    _looked_at(page, "head desk")
    follow(page.get_by_role("link", name=case.reference).first)
    _step(page, "办结")
    _looked_at(page, "closed")
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED


def _the_citizen_marks(page: Page, case: Case) -> None:
    page.reload()
    follow(page.get_by_role("link", name="我要评价"))
    page.get_by_label("满意", exact=True).check()
    _looked_at(page, "rate")
    follow(page.get_by_role("button", name="提交评价"))
    expect(page.locator("main")).to_contain_text(RESULT)
    assert Rating.objects.get(case=case).level == 4
    _looked_at(page, "rated")


def _the_office_sees_it_counted(opened: Open, case: Case) -> None:
    page = opened("/cases/figures/", "zhou")
    expect(page.locator("main")).to_contain_text("环境监察大队")
    _looked_at(page, "figures")
    page.goto(f"{case.get_absolute_url()}held/")
    _looked_at(page, "who held it")
    page.goto("/cases/escalation/")
    _looked_at(page, "escalation")


def _step(page: Page, link: str, field: str = "", words: str = "") -> None:
    follow(page.get_by_role("link", name=link, exact=True).first)
    if field:
        page.locator(f"#id_{field}").fill(words)
    follow(page.locator("form.form button[type=submit]"))


def _looked_at(page: Page, name: str) -> None:
    assert_no_horizontal_scroll(page)
    assert_accessible(page)
    photograph(page, f"one-case-{name}-{page.viewport_size and page.viewport_size['width']}")
