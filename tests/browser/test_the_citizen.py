"""A citizen's whole path on a telephone and on a desk, in both languages: wrong entries first (§3.2.2, §5.4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.cases.actions import answer, citizen, custody, inbox
from pingyi.stations.cases.actions import clock as clocks
from pingyi.stations.cases.models import Attachment, Case, Rating
from tests.browser.conftest import (
    Opener,
    assert_accessible,
    assert_keyboard_reaches,
    assert_no_horizontal_scroll,
    follow,
    photograph,
    speak,
)

REPLY = "经现场监测，夜间噪声超标，已责令工地22时后停工。"
RESULT = "工地已加装隔声屏障，复测达标。"
WORDS = {
    "en": {
        "tell": "Tell us", "send": "Send", "find": "Follow a matter", "rate": "Rate it", "level": "Dissatisfied",
        "rating": "Send the rating", "again": "Open it again", "papers": "I have handed them in", "in": "They are in",
        "complaint": "Complaint: something is wrong and should be put right", "look": "Look",
    },
    "zh-hans": {
        "tell": "反映问题", "send": "提交", "find": "查询进度", "rate": "我要评价", "level": "不满意",
        "rating": "提交评价", "again": "申请重新办理", "papers": "材料已补交", "in": "已补交", "look": "查询",
        "complaint": "投诉：反映问题，要求处理",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def looked_at(page: Page, name: str) -> None:
    assert_no_horizontal_scroll(page)
    assert_accessible(page)
    photograph(page, f"citizen {name}")


def picture(folder: Path) -> Path:
    from PIL import Image

    path = folder / "现场.jpg"
    Image.new("RGB", (60, 40), "gray").save(path, "JPEG")
    return path


@pytest.mark.parametrize(("width", "language"), [(360, "zh-hans"), (1280, "en")])
def test_a_citizen_from_the_first_word_to_the_objection(
    page_at: Opener, cast: Cast, tmp_path: Path, width: int, language: str
) -> None:
    said, name = WORDS[language], f"{language} {width}"
    page = page_at("/", width=width)
    speak(page, language)
    page.reload()
    follow(page.locator("main").get_by_role("link", name=said["tell"]))
    looked_at(page, f"tell {name}")
    _tell(page, said, name, picture(tmp_path))
    inbox.drain(at=clock.now())  # the worker, a moment later
    case = Case.objects.get()
    assert Attachment.objects.filter(case=case, part="matter").count() == 1
    _find(page, said, name, case)
    _ask_for_papers(case, cast)
    page.reload()
    looked_at(page, f"follow papers {name}")
    follow(page.get_by_role("link", name=said["papers"]))
    looked_at(page, f"papers {name}")
    follow(page.get_by_role("button", name=said["in"]))
    page.wait_for_url(f"**/follow/{case.follow_code}/")
    _close(case, cast)
    page.reload()
    looked_at(page, f"follow closed {name}")
    _rate_and_object(page, said, name, case)
    assert Rating.objects.get().level == 2
    page.goto(f"/follow/{case.follow_code}/why/")
    looked_at(page, f"why {name}")


def _tell(page: Page, said: dict[str, str], name: str, file: Path) -> None:
    follow(page.get_by_role("button", name=said["send"], exact=True))  # nothing is filled in
    expect(page.locator(".error-summary")).to_be_focused()
    looked_at(page, f"tell wrong {name}")
    page.get_by_label(said["complaint"]).check()
    page.locator("[name=text]").fill("柳溪路工地连续三晚施工，吵得睡不着。")
    page.locator("[name=phone]").fill("打我电话")
    page.locator("[name=attachments]").set_input_files(file)
    follow(page.get_by_role("button", name=said["send"], exact=True))
    expect(page.locator("[name=kept]")).to_be_checked()
    expect(page.locator("[name=text]")).to_have_value("柳溪路工地连续三晚施工，吵得睡不着。")
    looked_at(page, f"tell kept {name}")
    page.locator("[name=phone]").fill("13800000001")
    page.locator("[name=name]").fill("林先生")
    follow(page.get_by_role("button", name=said["send"], exact=True))

    page.wait_for_url("**/receipt/")
    looked_at(page, f"receipt {name}")


def _find(page: Page, said: dict[str, str], name: str, case: Case) -> None:
    page.goto("/follow/")
    page.locator("[name=code]").fill("BBBB BBBB BBBB")
    follow(page.get_by_role("button", name=said["look"], exact=True))
    looked_at(page, f"find wrong {name}")
    page.locator("[name=code]").fill(case.follow_code.lower())
    follow(page.get_by_role("button", name=said["look"], exact=True))
    page.wait_for_url(f"**/follow/{case.follow_code}/")
    looked_at(page, f"follow received {name}")


def _rate_and_object(page: Page, said: dict[str, str], name: str, case: Case) -> None:
    follow(page.get_by_role("link", name=said["rate"]))
    follow(page.get_by_role("button", name=said["rating"]))  # no level is chosen
    looked_at(page, f"rate wrong {name}")
    page.get_by_label(said["level"], exact=True).check()
    follow(page.get_by_role("button", name=said["rating"]))
    page.wait_for_url("**/reopen/")
    page.locator("[name=ground][value=not_done]").check()
    page.locator("[name=reason]").fill("昨晚还在施工")
    looked_at(page, f"reopen {name}")
    follow(page.get_by_role("button", name=said["again"]))
    page.wait_for_url(f"**/follow/{case.follow_code}/")
    looked_at(page, f"follow again {name}")


def test_a_draft_waits_on_the_device_and_is_gone_once_it_is_sent(page_at: Opener, cast: Cast) -> None:
    page = page_at("/tell/", width=360)
    page.locator("[name=kind][value=inquiry]").check()
    page.locator("[name=text]").fill("排污许可怎么办？")
    page.locator("[name=phone]").fill("13800000001")
    page.goto("/")
    page.goto("/tell/")
    expect(page.locator("[name=text]")).to_have_value("排污许可怎么办？")
    expect(page.locator("[name=kind][value=inquiry]")).to_be_checked()
    expect(page.locator("[name=phone]")).to_have_value("")  # what names a person is not kept
    looked_at(page, "draft")
    follow(page.locator("form[data-draft] button").last)
    page.wait_for_url("**/receipt/")
    page.goto("/tell/")
    expect(page.locator("[name=text]")).to_have_value("")


def test_a_report_of_misconduct_leaves_no_trace_on_the_device(page_at: Opener, cast: Cast) -> None:
    page = page_at("/tell/", width=360)
    page.locator("[name=text]").fill("有人收礼")
    page.locator("[name=kind][value=misconduct]").check()
    page.goto("/tell/")
    expect(page.locator("[name=text]")).to_have_value("")


def test_without_scripts_the_form_works_and_keeps_what_was_typed(page_at: Opener, cast: Cast) -> None:
    page = page_at("/tell/", width=360, scripts=False)
    page.locator("[name=text]").fill("路灯坏了")
    follow(page.locator("form[data-draft] button").last)
    expect(page.locator("[name=text]")).to_have_value("路灯坏了")
    page.locator("[name=kind][value=complaint]").check()
    follow(page.locator("form[data-draft] button").last)
    page.wait_for_url("**/receipt/")


def test_a_reporter_writes_with_the_office_and_the_keyboard_reaches_everything(page_at: Opener, cast: Cast) -> None:
    page = page_at("/tell/?kind=misconduct", width=360)
    expect(page.locator("[name=kind][value=misconduct]")).to_be_checked()
    page.locator("[name=text]").fill("有人收礼")
    follow(page.locator("form[data-draft] button").last)
    page.wait_for_url("**/receipt/")
    inbox.drain(at=clock.now())
    case = Case.objects.get()
    citizen.write(case.reference, text="请补充时间和地点。", by=cast.actor("li"), at=clock.now())
    page.goto(f"/follow/{case.follow_code}/")
    looked_at(page, "follow misconduct")
    assert_keyboard_reaches(page)
    page.goto(f"/follow/{case.follow_code}/write/")
    page.locator("[name=text]").fill("上周三下午，三楼。")
    follow(page.locator("main form button").last)
    expect(page.get_by_text("上周三下午，三楼。")).to_be_visible()


def _ask_for_papers(case: Case, cast: Cast) -> None:
    now = clock.now()
    custody.assign(case.reference, to="brigade", by=cast.actor("zhou"), at=now)
    custody.accept(case.reference, by=cast.actor("zhao"), at=now)
    clocks.notify(case.reference, papers="噪声发生的时间记录\n身份证明复印件", by=cast.actor("zhao"), at=now)


def _close(case: Case, cast: Cast) -> None:
    now = clock.now()
    answer.answer(case.reference, text=REPLY, by=cast.actor("zhao"), at=now)
    answer.settle(case.reference, result=RESULT, by=cast.actor("zhao"), at=now)
    answer.close(case.reference, by=cast.actor("wang"), at=now)
