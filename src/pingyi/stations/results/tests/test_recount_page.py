"""The page of the second count says what it does, who may and who did it, in both languages."""

from __future__ import annotations

import pytest
from django.db import connection

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.results.models import Recount
from pingyi.stations.results.tests import stage

URL = "/results/verdict/recount/"


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: stage.PREVIEW)
    monkeypatch.setattr(clock, "today", stage.PREVIEW.date)


WORDS = {
    "zh-hans": ("尚无他人复核重算", "立即复核重算", "一致", "计分人周明除外"),
    "en": ("Nobody has counted again yet", "Count again now", "equal", "not 周明, who settled it"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_office_above_counts_again_without_seeing_a_score(cast: Cast, language: str) -> None:
    stage.previewed(cast)
    client = cast.client("he")
    client.cookies["django_language"] = language
    nobody, button, equal, barred = WORDS[language]
    assert URL in client.get("/desk/").content.decode()
    page = client.get(URL).content.decode()
    assert nobody in page
    assert button in page
    assert barred in page
    assert client.post(URL).headers["Location"] == URL
    row = Recount.objects.get()
    after = client.get(URL).content.decode()
    assert cast.he.name in after
    assert row.recounted_on.isoformat() in after
    assert equal in after
    assert button not in after, "once is enough"
    assert URL not in client.get("/desk/").content.decode()


def test_the_verdicts_page_has_the_button_for_those_who_may(cast: Cast) -> None:
    stage.previewed(cast)
    for who, sees in (("li", True), ("he", True), ("zhou", False), ("sun", False), ("wang", False)):
        assert (f'href="{URL}"' in cast.client(who).get("/results/verdict/").content.decode()) is sees, who


def test_who_settled_reads_that_another_person_must(cast: Cast) -> None:
    stage.previewed(cast)
    answer = cast.client("zhou").post(URL)
    assert answer.status_code == 422
    assert not Recount.objects.exists()
    assert cast.client("sun").get(URL).status_code == 403


@pytest.mark.parametrize("was_seen_before", [True, False])
def test_what_differs_is_named_on_the_form_and_afterwards_on_both_pages(cast: Cast, *, was_seen_before: bool) -> None:
    stage.previewed(cast)
    if was_seen_before:
        assert "已不能由其依据得出" not in cast.client("li").get("/results/verdict/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_snapshot SET sections = REPLACE(sections, '办公室', '办公厅')")
    answer = cast.client("he").post(URL)
    assert answer.status_code == 422
    assert "复核重算不一致之处：sections.json、verdict.json" in answer.content.decode()
    for url in (URL, "/results/verdict/"):
        assert "不一致之处：sections.json、verdict.json" in cast.client("li").get(url).content.decode()
    page = cast.client("li").get("/results/verdict/").content.decode()
    assert "此评议结果已不能由其依据得出" in page, "whatever was computed of the same verdict before"
    assert "拟定的结果运用" not in page
