"""Search, what looks alike, groups, hot matters and proposals, as people see them at a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.inference.tests.matters import MATTERS, PLACES
from pingyi.inference.tests.test_hot import SMELL
from pingyi.stations.cases import learning
from pingyi.stations.cases.actions import answer, custody, group, intake
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case
from tests.browser.conftest import Opener, assert_holds_the_look, follow
from tests.browser.ground import Ground

URLS = {
    "search": "/cases/search/?q=油烟",
    "nothing found": "/cases/search/?q=没有这样的词",
    "hot": "/cases/hot/",
    "case": "/cases/{case}/",
    "alike": "/cases/{case}/alike/",
    "group": "/cases/groups/{group}/",
    "group with": "/cases/{case}/group/?other={first}",
    "classify": "/cases/{fresh}/classify/",
    "assign": "/cases/{fresh}/assign/",
}
REPLY = "经现场检查，已责令立即整改，三日内复查。"
TEXT = "东风路南口的早餐店每天清晨五点开始排放油烟，二楼以上的住户不敢开窗，已经三个月了，请派人来看。"


@pytest.fixture
def places(cast: Cast, ground: Ground) -> dict[str, str]:
    """A history of closed cases, a hot matter, two cases alike and one of them in a group."""
    return ground.laid("seen whole", lambda: with_history(cast))


def with_history(cast: Cast) -> dict[str, str]:
    now = clock.now()
    said = [(theme, place, one) for theme, all_said in MATTERS.items() for one in all_said for place in PLACES[:5]]
    for number, (theme, place, one) in sorted(enumerate(said), key=lambda one: one[0] % 10):
        _closed(cast, f"{place}{one}", theme=theme, at=now - timedelta(days=80 - number % 10))
    for number, text in reversed(list(enumerate(SMELL))):
        _received(cast, text[:20], text, phone=f"139{number:08}", at=now - timedelta(days=number))
    first = _received(cast, "早餐店油烟扰民", TEXT, phone="13700000001", at=now)
    case = _received(cast, "早餐店油烟扰民，无人处理", TEXT.replace("三个月", "四个月"), phone="13700000001", at=now)
    third = _received(cast, "早餐店清晨油烟", "东风路早餐店油烟熏人", phone="13700000002", at=now)
    made = group.group(case.reference, other=third.reference, title="东风路早餐店油烟", by=cast.actor("zhou"), at=now)
    fresh = _received(cast, "饭店油烟直排", "楼下饭店油烟直排，家里全是油味", phone="13700000003", at=now)
    learning.learn_all(at=now)
    learning.surface(at=now)
    return {"case": case.reference, "first": first.reference, "group": made.reference, "fresh": fresh.reference}


def _received(cast: Cast, title: str, text: str, *, phone: str, at: clock.datetime, theme: str = "") -> Case:
    told = {"kind": "complaint", "channel": "phone", "title": title, "text": text, "theme": theme}
    return intake.receive(**told, contact=Contact(phone=phone), by=cast.actor("zhou"), at=at)


def _closed(cast: Cast, text: str, *, theme: str, at: clock.datetime) -> None:
    to, who = ("brigade", "zhao") if theme in {"噪声", "扬尘"} else ("pollution", "chen")
    case = _received(cast, text[:30], text, phone="", theme=theme, at=at)
    custody.assign(case.reference, to=to, by=cast.actor("zhou"), at=at)
    custody.accept(case.reference, by=cast.actor(who), at=at)
    answer.answer(case.reference, text=REPLY, by=cast.actor(who), at=at)
    answer.settle(case.reference, result=REPLY, by=cast.actor(who), at=at)
    answer.close(case.reference, by=cast.actor("zhou"), at=at)


@pytest.mark.parametrize("name", URLS)
def test_a_page_fits_and_is_accessible(name: str, places: dict[str, str], page_at: Opener) -> None:
    assert_holds_the_look(page_at(URLS[name].format(**places), who="zhou"), f"cases-{name}")


def test_the_office_finds_a_case_and_puts_it_with_its_like(places: dict[str, str], page_at: Opener) -> None:
    page = page_at("/cases/", who="zhou")
    page.locator("#search-words").fill("早餐店 清晨")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/search/**")
    assert page.locator("mark").first.is_visible()
    page.goto(page.url.split("/cases/")[0] + f"/cases/{places['first']}/")
    follow(page.locator(f"a[href*='group/?other={places['case']}']"))
    follow(page.locator("form.form button[type=submit]"))
    page.wait_for_url("**/alike/")
    assert page.locator(f"a[href='/cases/groups/{places['group']}/']").is_visible()
