"""A plan in which text is lost is not published until that was accepted, or is said why (§0)."""

from __future__ import annotations

import pytest
from django.test import Client

from pingyi import clock, ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as acceptances
from pingyi.bureau.tests.acceptances import accept_warnings
from pingyi.bureau.tests.cast import Cast
from pingyi.record import queries as record
from pingyi.stations.plans.actions import version as versions
from pingyi.stations.plans.queries.intake import bring
from pingyi.stations.publication.actions import publish as actions
from pingyi.stations.publication.models import Published
from pingyi.stations.publication.tests.made_public import LATER, refusal
from pingyi.stations.results.tests.stage import PLAN_FILE

pytestmark = pytest.mark.django_db
URL = "/publications/plan/2026/publish/"
LOST = "original:\n  name: 方案.txt\n  sha256: abc\n  lost: [召开座□会]\n"


@pytest.fixture(autouse=True)
def _autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)


def adopted(cast: Cast, *, is_accepted: bool = False) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8") + LOST
    whole = bring(text.encode(), name="plan.yaml", year=2026, language="zh")
    row = versions.draft(whole, by=cast.actor("zhou"), at=LATER)
    versions.propose(row.reference, by=cast.actor("zhou"), at=LATER)
    if not is_accepted:  # as plans were adopted before all that warns had to be mended or accepted
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(readiness, "require", lambda _occasion: None)
            versions.adopt(row.reference, by=cast.actor("sun"), at=LATER)
    else:
        occasion = ready.occasion("adopt", row.reference, at=LATER)
        assert occasion is not None
        (line,) = [one for one in ready.lines(occasion) if one.check.id == "plan.lost"]
        acceptances.accept(
            "adopt", row.reference, "plan.lost", seen=line.digest, reason="原件已毁", ground="known",
            by=cast.actor("sun"), at=LATER,
        )  # fmt: skip
        accept_warnings("adopt", row.reference, by=cast.actor("sun"), at=LATER)
        versions.adopt(row.reference, by=cast.actor("sun"), at=LATER)


def test_it_is_adopted_but_not_published_without_a_reason(cast: Cast) -> None:
    adopted(cast)
    assert refusal(lambda: actions.publish_plan(2026, by=cast.actor("zhou"), at=LATER)) == "publication.plan_damaged"
    assert refusal(lambda: actions.publish_plan(2026, reason=" ", by=cast.actor("zhou"), at=LATER)) == (
        "publication.plan_damaged"
    )
    assert not Published.objects.exists()
    row = actions.publish_plan(2026, reason="原件已毁，照录", by=cast.actor("zhou"), at=LATER)
    assert record.history(row.subject, with_words=True)[0].reason == "原件已毁，照录"


def test_the_page_names_the_passages_and_asks_why(cast: Cast) -> None:
    adopted(cast)
    client = cast.client("zhou")
    page = client.get(URL).content.decode()
    assert "召开座□会" in page
    assert 'name="reason"' in page
    refused = client.post(URL, {"reason": ""})
    assert "方案有1处文字缺损" in refused.content.decode()
    assert client.post(URL, {"reason": "原件已毁"}).status_code == 302
    assert Client().get("/public/2026/plan/").status_code == 200


def test_what_was_accepted_before_adoption_is_not_asked_again(cast: Cast) -> None:
    adopted(cast, is_accepted=True)
    assert 'name="reason"' not in cast.client("zhou").get(URL).content.decode()
    actions.publish_plan(2026, by=cast.actor("zhou"), at=LATER)
    assert Published.objects.count() == 1


def test_nothing_is_published_under_the_name_that_every_new_site_has(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(cast, is_accepted=True)
    monkeypatch.delenv("PINGYI_ORIGIN")
    by = cast.actor("zhou")
    assert refusal(lambda: actions.publish_plan(2026, by=by, at=LATER)) == "site.no_name"
    assert refusal(lambda: actions.publish_notice(title="公告", text="一", by=by, at=LATER)) == "site.no_name"
    assert refusal(lambda: actions.publish_verdict(2026, by=by, at=LATER)) == "site.no_name"
    monkeypatch.setenv("PINGYI_ORIGIN", "pingyi.example")
    actions.publish_notice(title="公告", text="一", by=by, at=LATER)
