"""What the document says and no field holds is underlined where it stands, and has three answers (§0)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from pingyi.authoring.prose.fact_kinds import FactKind, Found
from pingyi.authoring.prose.fact_places import free_places
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import shipped_plan
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.plan import Plan
from pingyi.rules.plan.conduct import DayUnit
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.ledger import beside, ledger
from pingyi.stations.plans.queries.open_facts import fact_at
from pingyi.stations.plans.tests.test_version_views import form_of, text

pytestmark = pytest.mark.django_db
DOCUMENT = (
    "2026年民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n1、依法行政情况。\n2、服务质量情况。\n三、方法步骤\n"
    "（一）自查阶段（4月1日至6月30日）。各科室于6月20日前向监察室上报自查报告。\n"
    "（二）总结阶段（11月1日至12月31日）。召开座谈会3场。\n"
    "四、热线办理\n12345热线疑难工单须在15个工作日内办结，咨询类5个工作日内答复。\n"
    "五、结果运用\n综合得分低于80分的科室限期整改。\n评议结果在局网站公示7天。\n"
)


def brought(cast: Cast) -> PlanVersion:
    client = cast.client("zhou")
    given = form_of(text(client.get("/plan/bring/"))) | {"text": DOCUMENT}
    assert client.post("/plan/bring/", given).status_code == 302
    return PlanVersion.objects.get()


def plan_of(row: PlanVersion) -> Plan:
    row.refresh_from_db()
    plan = read(row.text).plan
    assert plan is not None
    return plan


def answered(client: Client, where: str, **given: str) -> int:
    return client.post(where, form_of(text(client.get(where))) | given).status_code


def choice(client: Client, where: str, words: str) -> str:
    """Return the value of the answer that says these words."""
    page = re.sub(r"\s+", " ", text(client.get(where)))
    found = re.search(rf'value="(\d+)"[^<]*>(?:(?!value=).)*?{re.escape(words)}', page)
    assert found, words
    return found[1]


def test_the_document_is_underlined_by_what_became_of_each_fact(cast: Cast) -> None:
    row = brought(cast)
    shown = text(cast.client("zhou").get(row.get_absolute_url()))
    assert re.search(r'<a class="fact-held"[^>]*href="#p-triggers[^"]*">80分</a>', shown)
    assert re.search(r'<a class="fact-words"[^>]*>3场<span class="unseen"> 只在文字里', shown)
    at = DOCUMENT.index("15个工作日")
    link = f"{row.get_absolute_url()}facts/{at}/"
    assert re.search(rf'<a class="fact-unread" href="{link}">15个工作日<span class="fact-state">未采用', shown)
    assert "读了一半：“15个工作日”没有用上。" in shown
    assert shown.count(f'href="{link}"') >= 2, "from where it stands, and from what was read half"


def test_who_may_not_edit_sees_the_state_and_no_link(cast: Cast) -> None:
    row = brought(cast)
    shown = text(cast.client("wang").get(row.get_absolute_url()))
    assert '<span class="fact-unread">15个工作日<span class="fact-state">未采用' in shown
    assert "/facts/" not in shown
    at = DOCUMENT.index("15个工作日")
    assert cast.client("wang").post(f"{row.get_absolute_url()}facts/{at}/", {}).status_code == 403


def test_it_is_put_into_a_free_field_and_is_read_then(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    at = DOCUMENT.index("7天")
    where = f"{row.get_absolute_url()}facts/{at}/"
    assert "7天" in beside(row, ["confirmation"])["confirmation"][0]
    assert answered(client, where, answer=choice(client, where, "7 天（自然日）")) == 302
    plan = plan_of(row)
    assert plan.confirmation is not None
    assert (plan.confirmation.preview_days, plan.confirmation.unit) == (7, DayUnit.CALENDAR)
    assert fact_at(row, plan, at) is None
    assert plan.original is not None
    assert "评议结果在局网站公示7天。" in plan.original.set_aside, "it gave something now"
    assert beside(row, ["confirmation"])["confirmation"] == ()
    assert re.search(r'<a class="fact-held"[^>]*>7天</a>', text(client.get(row.get_absolute_url())))
    assert text(client.get(where, follow=True)).count("这里没有需要处理的了") == 1


def test_a_choice_of_the_preview_shows_days_that_a_publication_holds(cast: Cast) -> None:
    client = cast.client("zhou")
    words = DOCUMENT.replace("召开座谈会3场。", "评议结果在局网站公示7天。").replace(
        "整改。\n评议结果在局网站公示7天。", "整改。"
    )
    given = form_of(text(client.get("/plan/bring/"))) | {"text": words}
    assert client.post("/plan/bring/", given).status_code == 302
    said = beside(PlanVersion.objects.get(), ["confirmation", "rounding"])
    assert said == {"confirmation": ("评议结果在局网站公示7天。",), "rounding": ()}


def test_what_asks_for_nothing_keeps_its_reason_and_is_asked_no_more(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    at = DOCUMENT.index("15个工作日")
    where = f"{row.get_absolute_url()}facts/{at}/"
    before = row.text
    assert answered(client, where, answer="nothing", reason=" ") in {200, 422}
    assert any("15个工作日" in one for one in ledger(row, plan_of(row)).nowhere)
    assert answered(client, where, answer="nothing", reason="热线另有规定") == 302
    plan = plan_of(row)
    assert row.text == before
    assert row.understood["aside"] == [["term", at, at + len("15个工作日"), "热线另有规定"]]
    assert not any("15个工作日" in one for one in ledger(row, plan).nowhere)
    shown = text(client.get(row.get_absolute_url()))
    assert "读了一半：“15个工作日”" not in shown
    assert "不必采用" in shown
    assert "热线另有规定" in shown
    assert "热线另有规定" in text(client.get(where))


def test_the_words_are_mended_in_the_document_and_read_anew(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    aside = f"{row.get_absolute_url()}facts/{DOCUMENT.index('15个工作日')}/"
    assert answered(client, aside, answer="nothing", reason="热线另有规定") == 302
    where = f"{row.get_absolute_url()}facts/{DOCUMENT.index('7天')}/"
    assert answered(client, where, answer="words", words="7天") in {200, 422}
    assert answered(client, where, answer="words", words="9个工作日") == 302
    plan = plan_of(row)
    assert "公示9个工作日" in row.source_text
    assert plan.confirmation is not None
    assert plan.confirmation.preview_days == 9
    ((_, start, end, reason),) = row.understood["aside"]
    assert (row.source_text[start:end], reason) == ("15个工作日", "热线另有规定")


def test_a_text_that_does_not_read_is_mended_first(cast: Cast) -> None:
    row, client = brought(cast), cast.client("zhou")
    where = f"{row.get_absolute_url()}facts/{DOCUMENT.index('7天')}/"
    page = text(client.get(where))
    broken = {"seen_sha256": row.text_sha256, "text": "format: ["}
    assert client.post(f"{row.get_absolute_url()}text/", broken).status_code == 302
    assert client.post(where, form_of(page) | {"answer": "nothing", "reason": "x"}).status_code == 302
    assert "fact-unread" not in text(client.get(row.get_absolute_url()))


TERM = {"kind": FactKind.TERM, "start": 0, "end": 0}


@pytest.mark.parametrize(
    ("fact", "paths", "chosen", "values"),
    [
        (
            Found(**TERM, value=Decimal(7), name="天"), [], ["confirmation"],
            {"confirmation.preview_days": 7, "confirmation.unit": "calendar"},
        ),
        (
            Found(**TERM, value=Decimal(7), name="工作日"), [], ["confirmation"],
            {"confirmation.preview_days": 7, "confirmation.unit": "working"},
        ),
        (
            Found(kind=FactKind.PERCENT, start=0, end=0, value=Decimal(60)), [], ["assembly.quorum"],
            {"assembly.quorum": "0.6"},
        ),
        (Found(**TERM, value=Decimal(7), name="天"), ["confirmation"], [], None),
        (Found(kind=FactKind.COUNT, start=0, end=0, value=Decimal(7)), [], ["confirmation", "nowhere[3]"], None),
    ],
)  # fmt: skip
def test_a_fact_is_offered_the_fields_that_may_hold_it(
    fact: Found, paths: list[str], chosen: list[str], values: dict[str, object] | None
) -> None:
    found = free_places(shipped_plan(), fact, paths, chosen)
    assert [one.values for one in found] == ([values] if values else [])


@pytest.mark.parametrize(
    ("fact", "path", "values"),
    [
        (Found(kind=FactKind.DATE, start=0, end=0, month=6, day=20), "due_on", {"due_on": "2026-06-20"}),
        (
            Found(kind=FactKind.RECURRENCE, start=0, end=0, name="每月5日", words="每月5日"), "every",
            {"every": "month", "every_day": 5},
        ),
    ],
)  # fmt: skip
def test_an_empty_field_of_an_item_is_offered(fact: Found, path: str, values: dict[str, object]) -> None:
    shipped = shipped_plan()
    plan = replace(shipped, tasks=(replace(shipped.tasks[0], due_on=None, every=None), *shipped.tasks[1:]))
    place = next(one for one in free_places(plan, fact, ["tasks[0]"], []) if one.path == f"tasks[0].{path}")
    assert place.values == {f"tasks[0].{name}": value for name, value in values.items()}
    assert free_places(shipped, fact, ["tasks[0].title"], []) == ()
