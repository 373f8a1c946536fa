"""What is public, what is filed and what is drafted, with a year that was judged and published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.documents.handed_in import HandedIn
from pingyi.record.tests import office
from pingyi.rules.refused import Refused
from pingyi.stations.publication.actions import filing, publish
from pingyi.stations.publication.models import Published
from pingyi.stations.results.actions import consequence
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.tests import stage
from tests.browser.conftest import Opener, assert_holds_the_look, follow, photograph
from tests.browser.ground import Ground

LATER = stage.AFTER + timedelta(days=1)
PAGES = {
    "archive": ("/public/", ""),
    "verdict": ("/public/2026/verdict/", ""),
    "sheet": ("/public/2026/verdict/brigade/", ""),
    "method": ("/public/2026/method/", ""),
    "awards": ("/public/2026/awards/", ""),
    "correction": ("{correction}", ""),
    "line with a correction": ("/results/", "zhou"),
    "correct": ("/publications/verdict/2026/correct/", "zhou"),
    "public plan": ("/public/2026/plan/", ""),
    "notice": ("{notice}", ""),
    "taken back": ("{withdrawn}", ""),
    "publications": ("/publications/", "zhou"),
    "publish notice": ("/publications/notices/publish/", "zhou"),
    "take back": ("/publications/{verdict}/withdraw/", "zhou"),
    "reports": ("/reports/", "zhou"),
    "reports of a head": ("/reports/", "wang"),
    "bureau summary": ("/reports/2026/bureau/", "zhou"),
    "section summary": ("/reports/2026/sections/brigade/", "wang"),
    "filing": ("/reports/2026/filings/summary_district/", "zhou"),
    "file": ("/reports/2026/filings/rectification_city/file/", "zhou"),
    "receive": ("/reports/2026/filings/rectification_district/receive/", "he"),
    "receipt": ("/reports/2026/filings/summary_district/receipt/", "he"),
}


@pytest.fixture
def places(cast: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A published year with two filings, one of them received."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)
    return ground.laid("publication", lambda: published(cast))


def published(cast: Cast) -> dict[str, str]:
    zhou, paper = cast.actor("zhou"), HandedIn(name="整改情况.txt", mime="text/plain", content=b"paper")
    stage.confirmed(cast)
    publish.publish_plan(2026, by=zhou, at=LATER)
    notice = publish.publish_notice(title="评议结果公示通知", text="公示七天。\n\n可以自行核对。", by=zhou, at=LATER)
    wrong = publish.publish_notice(title="写错的通知", text="内容", by=zhou, at=LATER)
    publish.withdraw(wrong.reference, reason="日期有误", by=zhou, at=LATER)
    with pytest.raises(Refused):  # laid down; the witness is missing
        publish.publish_verdict(2026, by=zhou, at=LATER)
    office.sign(at=LATER)
    verdict = publish.publish_verdict(2026, by=zhou, at=LATER)
    bar = ConsequenceOrder.objects.get(kind_id="award_bar")
    consequence.waive(bar.reference, reason="局务会研究决定", by=cast.actor("sun"), at=LATER)
    correction = publish.correct(2026, reason="复核后，局务会决定不执行该项。", by=zhou, at=LATER)
    for key in ("summary_district", "rectification_district"):
        filing.file(2026, key, document=paper, note="请予备案。", by=zhou, at=LATER)
    filing.receive(2026, "summary_district", number="收〔2026〕31号", by=cast.actor("he"), at=LATER)
    return {
        "notice": notice.get_absolute_url(), "withdrawn": wrong.get_absolute_url(), "verdict": verdict.reference,
        "correction": correction.get_absolute_url(),
    }  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_is_accessible_and_is_reached_by_the_keyboard(
    name: str, places: dict[str, str], page_at: Opener
) -> None:
    url, who = PAGES[name]
    page = page_at(url.format(**places), who=who)
    assert_holds_the_look(page, f"publication-{name}", keyboard=True)
    page.emulate_media(media="print")
    photograph(page, f"publication-{name}-print")


def test_a_correction_that_is_due_is_a_step_of_the_results_and_leads_to_its_page(
    places: dict[str, str], cast: Cast, page_at: Opener
) -> None:
    correction = Published.objects.get(kind_id="correction").reference
    publish.withdraw(correction, reason="措辞有误", by=cast.actor("zhou"), at=LATER)
    assert_holds_the_look(page_at("/results/", who="zhou"), "publication-correction-due", keyboard=True)
    page = page_at("/results/", who="zhou")
    assert page.locator(".step-now").inner_text().startswith("更正已公布的结果")
    follow(page.get_by_role("link", name="更正已公布的结果"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("更正2026年度")
