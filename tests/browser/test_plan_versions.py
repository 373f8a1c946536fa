"""The plan's own pages in the browser: brought, compared, adopted, read by everybody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pingyi.authoring.printing.render import to_html
from pingyi.authoring.tests.plans import plan_text, shipped_plan
from pingyi.bureau.tests.acceptances import accept_warnings
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.queries.intake import bring
from pingyi.stations.plans.tests.test_damaged_words import DOCUMENT, LOST
from pingyi.stations.plans.tests.test_open_facts import DOCUMENT as FACTS
from pingyi.stations.plans.tests.test_version_views import PROSE
from tests.browser.conftest import Opener, assert_holds_the_look, follow, press
from tests.browser.ground import Ground

AT = datetime(2026, 3, 10, 2, tzinfo=UTC)
PAGES = [
    ("plan", "/plan/", ""),
    ("plan bring", "/plan/bring/", "zhou"),
    ("plan versions", "/plan/versions/", "zhou"),
    ("plan version prose", "/plan/versions/2/", "zhou"),
    ("plan version data", "/plan/versions/1/", "zhou"),
    ("plan version text", "/plan/versions/2/text/", "zhou"),
    ("plan version confirm", "/plan/versions/2/confirm/", "zhou"),
    ("plan version sources", "/plan/versions/2/parts/sources/", "zhou"),
    ("plan version task", "/plan/versions/2/parts/tasks/0/", "zhou"),
    ("plan version trigger", "/plan/versions/2/parts/triggers/0/", "zhou"),
    ("plan version new meeting", "/plan/versions/2/parts/meetings/1/", "zhou"),
    ("plan version document", "/plan/versions/2/parts/document/", "zhou"),
    ("plan version difference", "/plan/versions/2/difference/", "sun"),
    ("ready to adopt", "/ready/", "zhou"),
    ("ready to settle", "/ready/settle/2026/", "sun"),
    ("plan duties before none", "/duties/before/", "sun"),
    ("ready accept", "/ready/adopt/2/people.none/accept/", "zhou"),
    ("plan version year", "/plan/versions/2/year/?year=2028", "zhou"),
    ("plan version propose", "/plan/versions/2/propose/", "zhou"),
    ("plan version amend", "/plan/versions/1/amend/", "li"),
    ("plan version damaged", "/plan/versions/3/", "zhou"),
    ("plan version changed print", "/plan/versions/4/", "zhou"),
    ("plan version by hand", "/plan/versions/4/by-hand/", "zhou"),
    ("plan version facts", "/plan/versions/5/", "zhou"),
    ("plan version fact", f"/plan/versions/5/facts/{FACTS.index('7天')}/", "zhou"),
    ("plan version mend", f"/plan/versions/3/lost/{DOCUMENT.index(LOST)}/", "zhou"),
]


@pytest.fixture
def _plans(cast: Cast, ground: Ground) -> None:
    ground.laid("plan versions", lambda: brought(cast))


def brought(cast: Cast) -> None:
    whole = bring(plan_text().encode(), name="plan.yaml", year=2026, language="zh")
    row = actions.draft(whole, by=cast.actor("zhou"), at=AT)
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=AT)
    actions.adopt(row.reference, by=cast.actor("sun"), at=AT)
    prose = bring(PROSE.encode(), name="方案.txt", year=2026, language="zh")
    actions.draft(prose, by=cast.actor("zhou"), at=AT)
    damaged = bring(DOCUMENT.encode(), name="缺字.txt", year=2026, language="zh")
    actions.draft(damaged, by=cast.actor("zhou"), at=AT)
    page = to_html(shipped_plan()).replace("低于80分。", "低于20分。").replace("清环〔2026〕8号", "清环〔2026〕9号")
    page = page.replace("完成期限：2026年4月3日；佐证：公开页面或张贴照片", "完成期限：2026年4月5日；佐证：照片")
    page = page.replace("10.一票否决：发生重大责任事故，得分计零。", "").replace(
        "2.印发实施方案。责任主体：", "2.由局里印发方案，"
    )
    changed = bring(page.encode(), name="方案.html", year=2026, language="zh")
    actions.draft(changed, by=cast.actor("zhou"), at=AT)
    half_read = bring(FACTS.encode(), name="没读全.txt", year=2026, language="zh")
    actions.draft(half_read, by=cast.actor("zhou"), at=AT)


@pytest.mark.usefixtures("_plans")
@pytest.mark.parametrize(("name", "url", "who"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_page_of_the_plan_holds_the_house_rules_of_the_look(name: str, url: str, who: str, page_at: Opener) -> None:
    assert_holds_the_look(page_at(url, who=who), name, keyboard=name == "plan version prose")


@pytest.fixture
def _opened_late(cast: Cast, ground: Ground) -> None:
    ground.laid("a year opened late", lambda: adopted_in_august(cast))


def adopted_in_august(cast: Cast) -> None:
    august = datetime(2026, 8, 3, 2, tzinfo=UTC)
    row = actions.draft(
        bring(plan_text().encode(), name="plan.yaml", year=2026, language="zh"), by=cast.actor("zhou"), at=august
    )
    actions.propose(row.reference, by=cast.actor("zhou"), at=august)
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=august)
    actions.adopt(row.reference, by=cast.actor("sun"), at=august)


@pytest.mark.usefixtures("_opened_late")
def test_what_was_due_before_the_start_is_ticked_on_a_page_that_holds_the_look(page_at: Opener) -> None:
    page = page_at("/duties/before/", who="sun")
    page.locator("tbody input[type=checkbox]").first.check()
    assert_holds_the_look(page, "plan duties before")


@pytest.mark.usefixtures("_plans")
def test_the_two_sides_lead_to_each_other_without_scripts(page_at: Opener) -> None:
    page = page_at("/plan/versions/2/", who="zhou", scripts=False)
    press(page.locator("a.understood").first)
    there = page.url.partition("#")[2]
    assert there.startswith("p-")
    press(page.locator(f"[id='{there}'] a[href^='#t-']").first)
    assert page.url.partition("#")[2].startswith("t-")


@pytest.mark.usefixtures("_plans")
def test_a_fact_that_was_not_used_is_answered_with_the_keyboard(page_at: Opener) -> None:
    page = page_at("/plan/versions/5/", who="zhou", scripts=False)
    fact = page.locator("a.fact-unread", has_text="15个工作日")
    assert "未采用" in fact.inner_text()
    lines = {name: page.locator(f".fact-{name}").first.evaluate("one => getComputedStyle(one).textDecorationStyle")
             for name in ("held", "words", "unread")}  # fmt: skip
    assert lines == {"held": "solid", "words": "dotted", "unread": "wavy"}
    fact.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("方案里不必采用").focus()
    page.keyboard.press("Space")
    page.get_by_label("为什么不必采用").fill("热线另有规定")
    follow(page.get_by_role("button", name="保存"))
    assert page.get_by_text("已经处理").is_visible()
    assert page.locator("a.fact-unread", has_text="15个工作日").count() == 0
    assert "热线另有规定" in (page.locator(".fact-state", has_text="不必采用").first.get_attribute("title") or "")


@pytest.mark.usefixtures("_plans")
def test_a_draft_that_is_being_edited_outlives_its_session(page_at: Opener) -> None:
    page = page_at("/plan/versions/2/parts/phases/0/", who="zhou")
    page.get_by_label("名称").fill("宣传动员（改）")
    page.context.clear_cookies(name="sessionid")
    follow(page.get_by_role("button", name="保存"))
    page.get_by_label("用户名").fill("zhou")
    page.get_by_label("密码").fill("pingyi-demo-2026")
    follow(page.get_by_role("button", name="登录"))
    page.wait_for_url("**/parts/phases/0/")
    assert page.get_by_label("名称").input_value() == "宣传动员（改）"
    follow(page.get_by_role("button", name="保存"))
    page.wait_for_url("**/plan/versions/2/")
    assert page.get_by_text("宣传动员（改）").first.is_visible()
