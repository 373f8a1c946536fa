"""Publishing and taking back: allowed, refused, forbidden, recorded; what others read and how they check it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pingyi import clock, desk
from pingyi.bureau.tests.cast import Cast
from pingyi.desk import DeskKind
from pingyi.record import keys
from pingyi.record.acts import act
from pingyi.record.tests import office
from pingyi.rules.entry import canonical
from pingyi.rules.result import Stage
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.models import Published, PublishedFile
from pingyi.stations.publication.tests.made_public import LATER, publish, published, refusal, verbs
from pingyi.stations.results.actions import consequence
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.tests import stage

OWN_TABLES = {"publication_published", "publication_publishedfile"}
VERDICT_PAGES = [
    "/public/", "/public/2026/verdict/", "/public/2026/verdict/brigade/", "/public/2026/awards/",
    "/public/2026/awards.json", "/public/2026/awards/brigade.json", "/public/2026/result.json",
    "/public/2026/bundle.zip",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)


def test_a_confirmed_verdict_is_published_with_bundle_and_result(cast: Cast) -> None:
    row = published(cast)
    assert Verdict.objects.get().stage == Stage.PUBLISHED.value
    assert verbs()[-5:] == ["publication.bind"] + ["publication.publish"] * 4  # the verdict, the copy, two files
    assert {one.name: one.size > 1000 for one in row.files.all()} == {"bundle.zip": True, "result.json": True}
    assert row.content_sha256 == hashlib.sha256(row.content.encode()).hexdigest()


def test_only_a_final_verdict_is_published_and_only_once(cast: Cast) -> None:
    stage.previewed(cast)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == (
        "publication.no_final_verdict"
    )
    settling.confirm(1, by=cast.actor("li"), at=stage.AFTER)
    publish(cast, who="sun")
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == "result.not_publish"


def test_no_verdict_is_published_while_a_meeting_has_still_to_say_who_is_barred_from_awards(cast: Cast) -> None:
    stage.confirmed(cast)
    with act("result.confirm", by=cast.actor("li"), at=stage.AFTER) as change:  # as a meeting that puts it off
        bar = change.lock(ConsequenceOrder, kind_id="award_bar", section__reference="brigade")
        bar.is_postponed = True
        change.save(bar)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) == "publication.bar_put_off"
    consequence.waive(bar.reference, reason="复查合格", by=cast.actor("sun"), at=stage.AFTER)
    assert refusal(lambda: actions.publish_verdict(2026, by=cast.actor("zhou"), at=LATER)) != "publication.bar_put_off"


@pytest.mark.parametrize("who", ["wang", "wu", "he"])
def test_sections_supervisors_and_the_district_do_not_publish(cast: Cast, who: str) -> None:
    row = published(cast)
    by = cast.actor(who)
    assert refusal(lambda: actions.publish_verdict(2026, by=by, at=LATER)) == "forbidden"
    assert refusal(lambda: actions.publish_notice(title="通知", text="内容", by=by, at=LATER)) == "forbidden"
    assert refusal(lambda: actions.withdraw(row.reference, reason="x", by=by, at=LATER)) == "forbidden"
    assert cast.client(who).get("/publications/").status_code == 403


def test_a_publication_is_taken_back_with_a_reason_and_can_be_published_anew(cast: Cast) -> None:
    row, zhou = published(cast), cast.actor("zhou")
    assert refusal(lambda: actions.withdraw(row.reference, reason=" ", by=zhou, at=LATER)) == (
        "publication.reason_needed"
    )
    actions.withdraw(row.reference, reason="附件有误", by=zhou, at=LATER)
    assert verbs()[-1] == "publication.withdraw"
    assert Verdict.objects.get().stage == Stage.CONFIRMED.value
    assert refusal(lambda: actions.withdraw(row.reference, reason="x", by=zhou, at=LATER)) == (
        "publication.withdrawn_already"
    )
    visitor = Client()
    for url in VERDICT_PAGES[1:]:
        assert visitor.get(url).status_code == 410, url
    assert "附件有误" in visitor.get("/public/2026/verdict/").content.decode()
    assert visitor.get("/public/2026/awards.json").json()["reason"] == "附件有误"
    publish(cast)
    assert visitor.get("/public/2026/verdict/").status_code == 200
    assert Published.objects.count() == 2


def test_the_plan_is_published_once_as_page_and_files(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    assert refusal(lambda: actions.publish_plan(2026, by=zhou, at=LATER)) == "publication.no_plan"
    round_ = stage.open_year(cast)
    actions.publish_plan(2026, by=zhou, at=LATER)
    assert refusal(lambda: actions.publish_plan(2026, by=zhou, at=LATER)) == "publication.stands"
    visitor = Client()
    assert "区纠风办" in visitor.get("/public/2026/plan/").content.decode()
    assert visitor.get("/public/2026/plan.yaml").content.decode() == round_.plan_text
    assert visitor.get("/public/2026/plan.docx").content[:2] == b"PK"


def test_a_notice_needs_words_and_stands_on_the_front_page(cast: Cast) -> None:
    client = cast.client("zhou")
    answer = client.post("/publications/notices/publish/", {"title": "公示", "text": ""})
    assert answer.status_code == 422
    assert 'value="公示"' in answer.content.decode()
    assert refusal(lambda: actions.publish_notice(title="a", text=" ", by=cast.actor("zhou"), at=LATER)) == (
        "publication.notice_empty"
    )
    said = {"title": "评议结果公示期通知", "text": "公示七日。\n\n如有异议请联系监察室。<b>"}
    assert client.post("/publications/notices/publish/", said).status_code == 302
    url = Published.objects.get().get_absolute_url()
    page = Client().get(url).content.decode()
    assert "公示七日。" in page
    assert "&lt;b&gt;" in page
    assert url in Client().get("/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_public_pages_touch_no_table_but_the_published_rows(cast: Cast, language: str) -> None:
    published(cast)
    actions.publish_plan(2026, by=cast.actor("zhou"), at=LATER)
    notice = actions.publish_notice(title="通知", text="内容", by=cast.actor("zhou"), at=LATER)
    visitor = Client()
    visitor.cookies["django_language"] = language
    for url in [*VERDICT_PAGES, "/public/2026/plan/", "/public/2026/plan.docx", notice.get_absolute_url()]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = visitor.get(url)
        assert answer.status_code == 200, url
        known = set(connection.introspection.table_names())
        touched = {name for name in known for one in asked.captured_queries if f'"{name}"' in one["sql"]}
        assert touched, url
        assert touched <= OWN_TABLES, url
        assert len(asked) <= 3, url


def test_a_published_page_does_not_follow_later_changes(cast: Cast) -> None:
    published(cast)
    before = Client().get("/public/2026/awards.json").json()
    order = ConsequenceOrder.objects.get(kind_id="award_bar", section__reference="brigade")
    settling.apply(1, by=cast.actor("zhou"), at=LATER)
    order.refresh_from_db()
    assert refusal(lambda: consequence.waive(order.reference, reason="x", by=cast.actor("sun"), at=LATER)) == (
        "consequence.closed"
    )
    assert Client().get("/public/2026/awards.json").json() == before


def test_a_bar_that_is_lifted_after_publication_is_corrected_with_both_dates_and_the_reason(cast: Cast) -> None:
    row, zhou, later = published(cast), cast.actor("zhou"), LATER + timedelta(days=9)
    settling.apply(1, by=zhou, at=LATER)
    order = ConsequenceOrder.objects.get(kind_id="award_bar", section__reference="brigade")
    assert refusal(lambda: actions.correct(2026, reason="x", by=zhou, at=LATER)) == "publication.nothing_to_correct"
    assert refusal(lambda: consequence.lift(order.reference, reason="x", by=zhou, at=LATER)) == "forbidden"
    consequence.lift(order.reference, reason="复核认定一份问卷录入有误", by=cast.actor("sun"), at=LATER)
    assert verbs()[-1] == "consequence.lift"
    waiting = [one.url for one in desk.items(zhou, at=LATER)[DeskKind.WAITING] if one.room == "publication"]
    assert waiting == ["/publications/verdict/2026/correct/"]
    client, said = cast.client("zhou"), {"reason": "复核后解除"}
    assert client.post("/publications/verdict/2026/correct/", {"reason": " "}).status_code == 422
    assert refusal(lambda: actions.correct(2026, reason="x", by=cast.actor("wang"), at=later)) == "forbidden"
    assert client.post("/publications/verdict/2026/correct/", said).status_code == 302
    correction = Published.objects.get(kind_id="correction")
    assert verbs()[-2:] == ["publication.correct"] * 2
    visitor = Client()
    answer = visitor.get("/public/2026/awards/brigade.json").json()
    assert (answer["award_bar"], answer["reason"]) == (False, "复核后解除")
    assert (answer["published_on"], answer["corrected_on"]) == ("2026-11-26", "2026-11-26")
    assert not any(one["award_bar"] for one in visitor.get("/public/2026/awards.json").json()["sections"])
    for url in ("/public/2026/awards/", "/public/2026/verdict/", "/public/2026/verdict/brigade/"):
        page = visitor.get(url).content.decode()
        assert correction.get_absolute_url() in page, url
        assert "复核后解除" in page, url
    page = visitor.get(correction.get_absolute_url()).content.decode()
    assert f"/public/2026/results/{row.reference}.json" in page
    assert refusal(lambda: actions.correct(2026, reason="x", by=zhou, at=later)) == "publication.nothing_to_correct"
    actions.withdraw(correction.reference, reason="措辞有误", by=zhou, at=later)
    assert visitor.get("/public/2026/awards/brigade.json").json()["award_bar"]
    assert visitor.get(f"/public/2026/results/{correction.reference}.json").status_code == 410


def test_the_signed_result_follows_a_correction_and_the_first_one_stays(cast: Cast) -> None:
    row, zhou, visitor = published(cast), cast.actor("zhou"), Client()
    first = visitor.get("/public/2026/result.json").content
    order = ConsequenceOrder.objects.get(kind_id="award_bar", section__reference="brigade")
    consequence.waive(order.reference, reason="局务会研究决定", by=cast.actor("sun"), at=LATER)
    assert visitor.get("/public/2026/result.json").content == first  # until a correction is published
    correction = actions.correct(2026, reason="局务会决定不予执行", by=zhou, at=LATER)
    said: dict[str, Any] = json.loads(visitor.get("/public/2026/result.json").content)
    assert said["result"]["corrects"] == {"reference": row.reference, "sha256": row.content_sha256}
    assert [one["section"] for one in said["result"]["mended"]] == ["brigade"]
    assert hashlib.sha256(canonical(said["result"])).hexdigest() in said["note"]
    assert visitor.get(f"/public/2026/results/{row.reference}.json").content == first
    bundle = visitor.get("/public/2026/bundle.zip")
    assert bundle.status_code == 200
    for url in [*VERDICT_PAGES, correction.get_absolute_url(), f"/public/2026/results/{row.reference}.json"]:
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(url).status_code == 200
        known = set(connection.introspection.table_names())
        touched = {name for name in known for one in asked.captured_queries if f'"{name}"' in one["sql"]}
        assert touched <= OWN_TABLES, url
        assert len(asked) <= 3, url
    actions.withdraw(row.reference, reason="重新公布", by=zhou, at=LATER)
    assert visitor.get("/public/2026/result.json").status_code == 410
    publish(cast)
    assert not visitor.get("/public/2026/awards/brigade.json").json()["award_bar"]
    assert "corrected_on" not in visitor.get("/public/2026/awards.json").json()


def test_the_award_bar_is_answered_to_whoever_asks(cast: Cast) -> None:
    visitor = Client()
    assert visitor.get("/public/2026/awards/brigade.json").json()["status"] == "not_published"
    published(cast)
    said = visitor.get("/public/2026/awards/brigade.json").json()
    assert (said["award_bar"], said["triggers"]) == (True, ["last", "below_80"])
    assert not visitor.get("/public/2026/awards/office.json").json()["award_bar"]
    assert visitor.get("/public/2026/awards/nobody.json").status_code == 404
    listed = visitor.get("/public/2026/awards.json").json()["sections"]
    assert [one["section"] for one in listed if one["award_bar"]] == ["brigade"]


def test_the_result_is_signed_with_the_key_of_the_record(cast: Cast) -> None:
    row = published(cast)
    said: dict[str, Any] = json.loads(Client().get("/public/2026/result.json").content)
    text, _, lines = said["note"].partition("\n\n")
    digest = hashlib.sha256(canonical(said["result"])).hexdigest()
    assert text.splitlines()[1:] == ["2026", digest]
    octets = base64.b64decode(lines.split()[2])
    public = keys.verifier().public
    assert keys.check(public, octets[4:], (text + "\n").encode())
    assert not keys.check(public, octets[4:], (text.replace("2026", "2027") + "\n").encode())
    assert said["result"]["verdict_sha256"] == json.loads(row.content)["digests"]["verdict"]
    with zipfile.ZipFile(io.BytesIO(Client().get("/public/2026/bundle.zip").content)) as bundle:
        whole = hashlib.sha256(bundle.read("verdict.json")).hexdigest()
    assert whole == said["result"]["verdict_sha256"]


def test_a_confirmed_verdict_waits_on_the_desks_of_those_who_publish(cast: Cast) -> None:
    def waiting(who: str) -> list[str]:
        found = desk.items(cast.actor(who), at=LATER)[DeskKind.WAITING]
        return [one.url for one in found if one.room == "publication"]

    stage.confirmed(cast)
    assert waiting("zhou") == ["/publications/verdict/2026/publish/"]
    assert waiting("wang") == []
    client = cast.client("zhou")
    assert "环境监察大队" in client.get("/publications/verdict/2026/publish/").content.decode()
    early = client.post("/publications/verdict/2026/publish/")
    assert early.status_code == 422
    assert "请见证方对最新检查点签名" in early.content.decode()
    office.sign(at=LATER)
    assert client.post("/publications/verdict/2026/publish/").status_code == 302
    assert waiting("zhou") == []


def test_the_operator_sees_what_stands_and_takes_back(cast: Cast) -> None:
    row, client = published(cast), cast.client("zhou")
    page = client.get("/publications/").content.decode()
    assert f"/publications/{row.reference}/withdraw/" in page
    assert "/publications/plan/2026/publish/" in page
    assert client.post(f"/publications/{row.reference}/withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"/publications/{row.reference}/withdraw/", {"reason": "更正"}).status_code == 302
    assert "更正" in client.get("/publications/").content.decode()
    assert "更正" in client.get(f"/publications/{row.reference}/withdraw/").content.decode()
    assert client.get("/publications/NOBODY/withdraw/").status_code == 404


def test_what_never_was_published_is_not_there(cast: Cast) -> None:
    stage.confirmed(cast)
    for url in VERDICT_PAGES[1:]:
        assert Client().get(url).status_code == 404, url
    assert not PublishedFile.objects.exists()
