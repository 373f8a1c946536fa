"""The results pages with a real verdict: ranking, sheet, line, why, triggers, consequences, objection, evidence."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from pingyi import clock
from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.tests.evidence_books import workbook
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import objection
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ConsequenceOrder, EvidenceBatch, Objection
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.tests import stage
from tests.browser.conftest import (
    Opener,
    assert_accessible,
    assert_holds_the_look,
    assert_no_horizontal_scroll,
    follow,
    photograph,
    press,
)
from tests.browser.ground import Ground
from tests.journeys.test_how_sure_the_result_is import table as questionnaires

HEAD = ["科室", "指标", "来源", "日期", "数值", "权重", "佐证"]
GOOD = ["办公室", "案卷评查得分", "明察暗访", "2026-08-20", 90, 1, "卷-1"]
WRONG = ["环监大队", "案卷评查得分", "明察暗访", "八月", "九十", 1, "卷-2"]
FINAL = {
    "results": "/results/",
    "ranking": "/results/verdict/",
    "sheet": "/results/sections/brigade/",
    "line": "/results/sections/brigade/lines/survey_efficiency/",
    "why": "/results/sections/brigade/why/",
    "triggers": "/results/verdict/triggers/",
    "method": "/results/verdict/method/",
    "consequences": "/results/consequences/",
    "consequence": "/results/consequences/{order}/",
    "report": "/results/consequences/{order}/report/",
    "evidence": "/results/evidence/",
    "table": "/results/evidence/{batch}/",
}
IN_PREVIEW = {
    "ranking": ("/results/verdict/", "zhou"),
    "own sheet": ("/results/sections/brigade/", "wang"),
    "objection form": ("/results/object/", "wang"),
    "objection": ("/results/objections/{objection}/", "li"),
    "withdraw": ("/results/verdict/withdraw/", "zhou"),
}


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.PREVIEW)
    monkeypatch.setattr(clock, "today", stage.PREVIEW.date)


@pytest.fixture
def final(cast: Cast, ground: Ground) -> dict[str, str]:
    """A final verdict with ordered consequences, and what stands for the names in the addresses."""
    return ground.laid("final verdict", lambda: made_final(cast))


@pytest.fixture
def preview(cast: Cast, ground: Ground) -> dict[str, str]:
    """A verdict in preview with an objection that waits."""
    return ground.laid("preview", lambda: objected(cast))


def made_final(cast: Cast) -> dict[str, str]:
    settling.apply(stage.confirmed(cast).number, by=cast.actor("li"), at=stage.AFTER)
    talk = ConsequenceOrder.objects.filter(stage="ordered").order_by("pk")[0]
    return {"order": talk.reference, "batch": EvidenceBatch.objects.get().reference}


def objected(cast: Cast) -> dict[str, str]:
    stage.previewed(cast)
    objection.file_objection(text="调查样本有误，见附表第3页。", by=cast.actor("wang"), at=stage.PREVIEW)
    return {"objection": Objection.objects.get().reference}


@pytest.mark.parametrize("name", FINAL)
def test_a_page_of_the_final_verdict_fits_and_is_accessible(name: str, final: Any, page_at: Opener) -> None:
    url = FINAL[name].format(**final)
    assert_holds_the_look(page_at(url, who="zhao" if name == "report" else "zhou"), f"results-{name}")


@pytest.mark.parametrize("name", IN_PREVIEW)
def test_a_page_of_the_preview_fits_and_is_accessible(name: str, preview: Any, page_at: Opener) -> None:
    url, who = IN_PREVIEW[name][0].format(**preview), IN_PREVIEW[name][1]
    assert_holds_the_look(page_at(url, who=who), f"results-preview-{name}", keyboard=True)


def test_the_ranking_is_drawn_with_the_pass_mark_and_says_the_same_as_a_table(final: Any, page_at: Opener) -> None:
    page = page_at("/results/verdict/", who="zhou")
    figure = page.locator("figure.chart", has_text="综合得分及其构成")
    assert figure.locator("canvas").count() == 1
    score = page.locator("table").first.locator("tbody tr").last.locator("td").nth(1).inner_text().split()[0]
    press(figure.locator("summary"))
    assert figure.get_by_role("cell", name=score, exact=True).is_visible()


def test_a_score_is_followed_down_to_its_entry_in_the_record(final: Any, page_at: Opener) -> None:
    page = page_at("/results/verdict/", who="zhou")
    follow(page.get_by_role("link", name="环境监察大队"))
    follow(page.get_by_role("link", name="办事满意度").first)
    follow(page.locator("main table a").first)
    page.get_by_text("以表格导入了佐证").first.wait_for()


def hand_in(page: Page, *rows: list[object]) -> None:
    content = workbook([HEAD, *rows])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("表格", exact=True).set_input_files({"name": "佐证.xlsx", "mimeType": kind, "buffer": content})
    follow(page.get_by_role("button", name="先查看内容"))


def test_a_wrong_table_is_mended_on_the_page_that_names_its_faults(cast: Cast, page_at: Opener) -> None:
    stage.open_year(cast)
    page = page_at("/results/evidence/", who="zhou")
    hand_in(page, GOOD, WRONG)
    assert page.get_by_text("是不是“环境监察大队”").is_visible()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_horizontal_scroll(page)
        assert_accessible(page)
        photograph(page, f"results-wrong-table-{width}")
    hand_in(page, GOOD)
    follow(page.get_by_role("button", name="全部导入"))
    assert page.get_by_text("表格已导入").is_visible()


def test_a_session_that_ends_while_somebody_types_loses_nothing(cast: Cast, page_at: Opener) -> None:
    stage.previewed(cast)
    page = page_at("/results/object/", who="wang")
    page.locator("textarea").fill("调查样本有误，见附表第3页。")
    page.context.clear_cookies(name="sessionid")
    follow(page.get_by_role("button", name="提出申诉"))
    assert page.get_by_text("您填写的内容会恢复").is_visible()
    page.get_by_label("用户名").fill("wang")
    page.get_by_label("密码").fill("pingyi-demo-2026")
    follow(page.get_by_role("button", name="登录"))
    page.wait_for_url("**/results/object/")
    assert page.locator("textarea").input_value() == "调查样本有误，见附表第3页。"
    follow(page.get_by_role("button", name="提出申诉"))
    assert page.get_by_text("申诉已提出").is_visible()


@pytest.fixture
def unsure(cast: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A verdict after its preview, in which a trigger fires beyond what the evidence confirms."""
    monkeypatch.setattr(clock, "now", lambda: stage.AFTER)
    monkeypatch.setattr(clock, "today", stage.AFTER.date)
    return ground.laid("an unsure verdict", lambda: unsure_in_preview(cast))


def unsure_in_preview(cast: Cast) -> dict[str, str]:
    plan = plans.plan(stage.open_year(cast))
    found = read_evidence("汇总.csv", questionnaires(cast), plan=plan, sections=gathering.facts(plan))
    rows = {"file_name": "汇总.csv", "sha256": "a" * 64}
    stage.tables_count(cast)
    bringing.import_rows(found.evidence, **rows, by=cast.actor("zhou"), at=stage.SETTLED)
    settled = stage.settle(cast, at=stage.SETTLED)
    settling.open_preview(settled.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    return {}


def test_the_meeting_rules_on_each_consequence_and_a_choice_left_out_is_asked_at_its_place(
    unsure: Any, page_at: Opener
) -> None:
    page = page_at("/results/verdict/confirm/", who="li")
    page.get_by_label("局办公会决定及理由").fill("差距在误差以内，先作说明。")
    follow(page.get_by_role("button", name="确认评议结果"))
    assert len(set(page.locator(".error-summary a").all_inner_texts())) == 4, "each names its own consequence"
    photograph(page, "results-rulings-wrong")
    assert page.locator("textarea").first.input_value() == "差距在误差以内，先作说明。"
    assert_holds_the_look(page_at("/results/verdict/confirm/", who="li"), "results-rulings", keyboard=True)
    page = page_at("/results/verdict/confirm/", who="li")
    page.get_by_label("局办公会决定及理由").fill("差距在误差以内，先作说明。")
    for asked in page.locator("fieldset.group .field:has(input[type=radio])").all():
        is_talk = "说明情况" in asked.inner_text()
        asked.get_by_label("下达" if is_talk else "不下达", exact=True).check()
    for reason in page.locator("fieldset.group input[type=text]").all():
        reason.fill("差距在误差以内")
    follow(page.get_by_role("button", name="确认评议结果"))
    assert page.get_by_text("评议结果已确认").first.is_visible()
    assert_holds_the_look(page_at("/results/verdict/apply/", who="zhou"), "results-to-order")


def test_on_paper_the_sheet_names_the_bureau_and_nothing_is_cut_off(final: Any, page_at: Opener) -> None:
    page = page_at("/results/sections/brigade/", who="zhou", width=630)  # A4 between its margins
    page.emulate_media(media="print")
    assert page.locator(".paper-head").is_visible()
    assert not page.locator(".masthead").is_visible()
    cut = page.locator(".region").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    )
    assert cut == 0
