"""The year-end summary tells what the rooms know, and goes to nobody with a place that still waits to be written."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.filing import unfilled
from pingyi.rules.refused import Refused
from pingyi.rules.result import Ruled, Ruling
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.plans import queries as plans
from pingyi.stations.publication.actions import filing as actions
from pingyi.stations.publication.models import Filing
from pingyi.stations.publication.queries import report
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.queries import verdict as results
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
FILE = "/reports/2026/filings/summary_district/file/"
ENDING = "首次响应偏慢，因轮班交接不清。\n明年3月底前修订交接班办法。"


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


def drafted(cast: Cast, ending: str = "") -> report.Draft:
    round_ = plans.current_round()
    assert round_ is not None
    return report.of_bureau(round_, on=NOW.date(), seen_by=cast.actor("zhou"), ending=ending)


def written(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_draft_with_its_blank_is_refused_in_words_that_name_the_place(cast: Cast) -> None:
    stage.open_year(cast)
    paper = drafted(cast).docx()
    with pytest.raises(Refused) as caught:
        actions.file(2026, "summary_district", document=paper, by=cast.actor("zhou"), at=NOW)
    assert (caught.value.code, caught.value.field) == ("filing.place_unfilled", "document")
    assert "存在哪些不足" in str(caught.value.facts["place"])
    upload = SimpleUploadedFile("总结.docx", paper.content)
    answer = cast.client("zhou").post(FILE, {"kind": "upload", "document": upload})
    assert answer.status_code == 422
    assert "文件中还有未填写之处：“存在哪些不足" in answer.content.decode()
    assert not Filing.objects.exists()


def test_the_drafted_summary_is_filed_with_what_was_written_into_the_place(cast: Cast) -> None:
    stage.open_year(cast)
    office = cast.client("zhou")
    answer = office.post(FILE, {"kind": "draft"})
    assert answer.status_code == 422
    assert "请写明存在哪些不足" in answer.content.decode()
    assert office.post(FILE, {"kind": "draft", "ending": ENDING}).status_code == 302
    said = written(bytes(Filing.objects.get().document))
    assert "明年3月底前修订交接班办法。" in said
    assert unfilled(said) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总结（请在此填写：不足之处。）完", ("不足之处。",)),
        ("Done. (To be written: what fell short.)", ("what fell short.",)),
        ("各科室（含站所）均已完成（见附表）。", ()),
    ],
)
def test_a_place_of_a_draft_is_known_in_both_languages(text: str, found: tuple[str, ...]) -> None:
    assert unfilled(text) == found


def test_the_summary_tells_of_cases_commitments_boards_certainty_and_the_decision(cast: Cast) -> None:
    Play(cast=cast, round=stage.open_year(cast), is_remembered=False).done()
    shown = stage.previewed_with_tables(cast)
    drafts = results.drafts(shown, on=stage.AFTER.date())
    asked = results.to_rule_on(shown, drafts)
    rulings = {one.key: Ruled(ruling=Ruling.WAIVE, reason="先作说明") for one in asked}
    settling.confirm(
        shown.number, decision="会议研究：差异在误差以内。", rulings=rulings, by=cast.actor("li"), at=stage.AFTER
    )
    said = "\n".join(str(block) for block in drafted(cast).blocks)
    for words in ("诉求办理情况", "受理诉求1件", "服务承诺和公示牌", "公示牌0块", "结果的把握程度"):
        assert words in said
    assert ("会议研究：差异在误差以内。" in said) == bool(results.open_firings(shown))


def test_the_bureaus_summary_is_drafted_for_those_who_oversee_the_whole(cast: Cast) -> None:
    stage.open_year(cast)
    round_ = plans.current_round()
    assert round_ is not None
    with pytest.raises(Refused, match=r"^report\.not_yours$"):
        report.of_bureau(round_, on=NOW.date(), seen_by=cast.actor("wang"))
