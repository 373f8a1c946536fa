"""The room of cases in a real browser: every page fits, is accessible, and a case walks through its hands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pingyi import clock as house_clock
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.actions import answer, custody, intake
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import (
    Opener,
    assert_accessible,
    assert_holds_the_look,
    assert_no_horizontal_scroll,
    follow,
    photograph,
)
from tests.browser.ground import Ground

REPLY = "经现场监测，夜间噪声未超过标准，已要求工地22时后停工。"
URLS = {
    "list": ("/cases/", "zhou"),
    "list of a section": ("/cases/?whose=section&standing=open", "wang"),
    "empty list": ("/cases/?whose=offered", "chen"),
    "receive": ("/cases/receive/", "zhao"),
    "held": ("/cases/{held}/", "zhao"),
    "offered": ("/cases/{offered}/", "wang"),
    "asked": ("/cases/{asked}/", "zhou"),
    "why": ("/cases/{held}/why/", "zhao"),
    "who held it": ("/cases/{held}/held/?at=2030-01-01T10:00", "zhao"),
    "assign": ("/cases/{held}/assign/", "zhao"),
    "answer": ("/cases/{held}/answer/", "zhao"),
    "close": ("/cases/{ready}/close/", "wang"),
    "classify": ("/cases/{held}/classify/", "zhao"),
    "stop the clock": ("/cases/{held}/stop_clock/", "zhao"),
    "keys": ("/cases/keys/", "zhou"),
    "desk": ("/desk/", "wang"),
    "roster": ("/bureau/roster/", "wang"),
    "absence": ("/bureau/roster/away/", "zhao"),
    "pair": ("/bureau/roster/pair/brigade/", "wang"),
}


@pytest.fixture
def places(cast: Cast, ground: Ground) -> dict[str, str]:
    """Cases at several places on their way, and what stands for their numbers in the addresses."""
    return ground.laid("cases", lambda: on_their_way(cast))


def on_their_way(cast: Cast) -> dict[str, str]:
    at, zhou, zhao = house_clock.now(), cast.actor("zhou"), cast.actor("zhao")
    rounds.open_round("version", text=PLAN, by=zhou, at=at - timedelta(days=1))

    def offered(title: str, text: str) -> Case:
        told = {"kind": "complaint", "channel": "phone", "title": title, "text": text, "place": "柳溪路8号"}
        contact = Contact(name="林先生", phone="13800000001")
        case = intake.receive(**told, contact=contact, theme="噪声", by=zhou, at=at - timedelta(hours=3))
        return custody.assign(case.reference, to="brigade", note="请于今日核实。", by=zhou, at=at - timedelta(hours=3))

    held = offered("工地夜间施工噪声扰民", "连续三晚施工至凌晨两点，影响附近居民休息，请尽快处理。")
    ready, asked = (offered(title, "") for title in ("餐馆油烟直排", "河道有异味"))
    waiting = offered("废品站占道", "占用人行道。")
    custody.decline(held.reference, reason="先请污染控制科看是否属其职责。", by=cast.actor("wang"), at=at)
    custody.assign(held.reference, to="brigade", by=zhou, at=at)
    custody.accept(held.reference, by=zhao, at=at)
    for case in (ready, asked):
        custody.accept(case.reference, by=zhao, at=at)
    answer.answer(ready.reference, text=REPLY, by=zhao, at=at)
    answer.settle(ready.reference, result="已整改，复测达标。", by=zhao, at=at)
    return {one: case.reference for one, case in
            {"held": held, "ready": ready, "asked": asked, "offered": waiting}.items()}  # fmt: skip


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    url, who = URLS[name]
    assert_holds_the_look(page_at(url.format(**places), who=who), f"cases-{name}")


def test_a_clerk_an_inspector_and_a_head_walk_a_case_to_its_end_on_a_phone_without_scripts(
    places: dict[str, str], page_at: Opener
) -> None:
    clerk = page_at("/cases/receive/", who="zhou", width=360, scripts=False)
    clerk.get_by_label("一句话概括").fill("锅炉冒黑烟")
    follow(clerk.locator("form.form button[type=submit]"))
    case = Case.objects.get(title="锅炉冒黑烟")
    follow(clerk.get_by_role("link", name="交办"))
    clerk.locator("#id_to").select_option("brigade")
    follow(clerk.locator("form.form button[type=submit]"))
    inspector = page_at(case.get_absolute_url(), who="zhao", width=360, scripts=False)
    follow(inspector.get_by_role("link", name="签收"))
    follow(inspector.locator("form.form button[type=submit]"))
    follow(inspector.get_by_role("link", name="答复群众"))
    inspector.locator("#id_text").fill("已收悉。")
    follow(inspector.locator("form.form button[type=submit]"))
    assert inspector.locator(".error-summary").count() == 1
    inspector.locator("#id_text").fill(REPLY)
    follow(inspector.locator("form.form button[type=submit]"))
    follow(inspector.get_by_role("link", name="登记结果"))
    inspector.locator("#id_result").fill("锅炉已停用，改用天然气。")
    follow(inspector.locator("form.form button[type=submit]"))
    head = page_at(case.get_absolute_url(), who="wang", width=360, scripts=False)
    follow(head.get_by_role("link", name="办结", exact=True))
    follow(head.locator("form.form button[type=submit]"))
    assert Case.objects.get(pk=case.pk).stage == Stage.CLOSED


def test_an_answer_taken_for_a_receipt_is_sent_with_its_reason_and_whoever_closes_reads_it(
    places: dict[str, str], page_at: Opener
) -> None:
    clerk = page_at(f"/cases/{places['ready']}/answer/", who="zhao")
    clerk.locator("#id_text").fill("您的来信已收悉，已转交相关部门。")
    follow(clerk.locator("form.form button[type=submit]"))
    assert clerk.locator(".error-summary").inner_text().count("由办结人判定") == 1
    for width in (1280, 360):
        clerk.set_viewport_size({"width": width, "height": 900})
        assert_no_horizontal_scroll(clerk)
        assert_accessible(clerk)
        photograph(clerk, f"cases-vouched-refused-{width}")
    clerk.get_by_label("确属答复的理由").fill("来信人只问信件转到了哪里，此即答复。")
    follow(clerk.locator("form.form button[type=submit]"))
    closing = page_at(f"/cases/{places['ready']}/close/", who="wang")
    assert closing.get_by_text("此即答复").is_visible()
    assert_holds_the_look(closing, "cases-vouched-close", keyboard=True)
