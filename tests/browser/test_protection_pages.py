"""The staff's side of protection and call-backs in a browser: data, letters, lots, call-backs (§3.2.2, §5.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.rules.actor import citizen
from pingyi.stations.cases.actions import answer, calling_back, custody, inbox, rating
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case
from tests.browser.conftest import Opener, assert_accessible, assert_no_horizontal_scroll, follow, photograph

REPLY = "经现场监测，夜间噪声超标，已责令工地22时后停工。"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def handed_in(kind: str = "complaint") -> Case:
    contact = Contact(name="林先生", phone="13800000001")
    row = inbox.submit(kind=kind, channel="web", title="夜间施工噪声", text="吵", contact=contact, at=clock.now())
    inbox.drain(at=clock.now())
    return Case.objects.get(follow_code=row.follow_code)


def closed(cast: Cast) -> Case:
    case, now, zhao = handed_in(), clock.now(), cast.actor("zhao")
    custody.assign(case.reference, to="brigade", by=cast.actor("zhou"), at=now)
    custody.accept(case.reference, by=zhao, at=now)
    answer.answer(case.reference, text=REPLY, by=zhao, at=now)
    answer.settle(case.reference, result="已装隔声屏障。", by=zhao, at=now)
    return answer.close(case.reference, by=cast.actor("wang"), at=now)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_protection_and_call_backs_fit_and_can_be_reached(page_at: Opener, cast: Cast, width: int) -> None:
    with time_machine.travel(clock.now() - timedelta(days=1)):
        case, secret, now, today = closed(cast), handed_in("misconduct"), clock.now(), clock.today()
        rating.rate(case.reference, level=1, words="还在吵", by=citizen(case.reference), at=now)
        citizens.write(secret.reference, text="我有照片。", by=citizen(secret.reference), at=now)
        lot = calling_back.announce(
            since=today - timedelta(days=9), until=today, source="双色球第2026130期",
            source_on=today + timedelta(days=1), by=cast.actor("zhou"), at=now,
        )  # fmt: skip
    calling_back.draw(lot.reference, numbers="3 9 14 22 31 33 16", by=cast.actor("zhou"), at=clock.now())
    addresses = {
        "case": f"/cases/{case.reference}/", "identify": f"/cases/{case.reference}/identify/",
        "secret": f"/cases/{secret.reference}/", "write": f"/cases/{secret.reference}/write/",
        "erase": f"/cases/{case.reference}/erase/", "lots": "/cases/call-backs/",
        "announce": "/cases/call-backs/announce/", "ask": f"/cases/call-backs/{case.reference}/ask/",
    }  # fmt: skip
    page = page_at("/desk/", who="li", width=width)
    for name, address in addresses.items():
        page.goto(address)
        assert_no_horizontal_scroll(page)
        assert_accessible(page)
        photograph(page, f"protection {name} {width}")
    page.goto(addresses["identify"])
    page.locator("[name=purpose][value=call_back]").check()
    follow(page.locator("main form button").last)  # without a reason
    assert page.locator(".error-summary").count() == 1
    page.locator("[name=reason]").fill("回访")
    follow(page.locator("main form button").last)
    assert "13800000001" in page.locator("main").inner_text()
    photograph(page, f"protection identified {width}")
    page.goto(addresses["ask"])
    page.locator("[name=is_reached][value=yes]").check()
    follow(page.locator("main form button").last)
    assert page.locator("[name=is_reached][value=yes]").is_checked()
    page.locator("[name=is_solved][value=yes]").check()
    page.locator("[name=level][value='5']").check()
    follow(page.locator("main form button").last)
    page.wait_for_url("**/cases/call-backs/")
    assert_no_horizontal_scroll(page)
    assert_accessible(page)
    photograph(page, f"protection discordance {width}")
