"""A hotline's table in the browser: brought in, its columns and units settled, looked at, imported, compared."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pingyi import clock
from pingyi.authoring.tests.case_books import HEAD, csv_of
from pingyi.bureau.tests.cast import Cast
from pingyi.stations.cases.actions import importing, looking
from pingyi.stations.cases.models import Case, HotlineTable
from pingyi.stations.cases.queries import looks
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.tests.plan_2026 import PLAN
from tests.browser.conftest import (
    Opener,
    assert_accessible,
    assert_no_horizontal_scroll,
    follow,
    photograph,
    press,
    speak,
)

AT = datetime(2026, 6, 20, 4, tzinfo=UTC)
CHANNELS = 'channels:\n  - {id: hotline_12345, name: 12345市民服务热线, kind: hotline, number: "12345"}\n'
ROWS = [
    [
        "GD0001",
        "2026-03-02 09:15",
        "投诉",
        "夜间施工噪声很大，影响孩子休息",
        "环境监察大队",
        "2026-03-09",
        "",
        "13800000000",
    ],
    ["GD0002", "2026-03-02 10:00", "咨询", "环评手续怎样办理", "污染控制科", "2026-03-09", "2026-03-06", ""],
    ["GD0003", "2026-03-03 08:30", "投诉", "河道排水有异味", "环境监察大队（东片）", "2026-03-10", "2026-03-12", ""],
    ["GD0004", "前天", "投诉", "餐馆油烟直排", "环境监察大队", "2026-03-10", "", "13800000001"],
]


@pytest.fixture
def bureau(cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    """A round with a hotline; files lie in a folder of this test alone."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    rounds.open_round("version", text=PLAN + CHANNELS, by=cast.actor("zhou"), at=AT)
    return cast


def pictured(page: Page, name: str) -> None:
    assert_accessible(page)
    photograph(page, f"tables-{name}-1280")
    page.set_viewport_size({"width": 360, "height": 800})
    assert_no_horizontal_scroll(page)
    assert_accessible(page)
    photograph(page, f"tables-{name}-360")
    page.set_viewport_size({"width": 1280, "height": 900})


def bring(page: Page, name: str, *rows: list[str]) -> None:
    content = csv_of(HEAD, *rows, encoding="gb18030")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    follow(page.locator("main form button[type=submit]"))


@pytest.mark.parametrize("scripts", [True, False])
def test_the_supervision_office_walks_a_table_from_upload_to_its_last_row(
    bureau: Cast,
    page_at: Opener,
    scripts: bool,  # noqa: FBT001
) -> None:
    page = page_at("/cases/tables/", who="zhou", scripts=scripts)
    if scripts:
        pictured(page, "empty")
    bring(page, "三月工单.csv", *ROWS)
    expect(page.locator("h1")).to_have_text("各列是什么")
    if scripts:
        pictured(page, "columns")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("h1")).to_have_text("各单位是哪个科室")
    if scripts:
        pictured(page, "units")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("h1")).to_have_text("表格会带来的更改")
    if scripts:
        pictured(page, "preview")
    follow(page.get_by_role("button", name="导入"))
    expect(page.locator("main")).to_contain_text("导入在后台继续")
    if scripts:
        pictured(page, "waiting")
    list(importing.carry_on(now=clock.now))
    if scripts:
        expect(page.locator("main")).to_contain_text("表格已导入")
        pictured(page, "done")
    else:
        follow(page.get_by_role("link", name="刷新"))
        expect(page.locator("main")).to_contain_text("表格已导入")
    assert Case.objects.count() == 3
    with page.expect_download() as download:
        press(page.get_by_role("link", name="下载搁置的行"))
    assert "搁置" in download.value.suggested_filename


def test_days_that_nothing_tells_apart_are_asked_about_at_their_columns(bureau: Cast, page_at: Opener) -> None:
    page = page_at("/cases/tables/", who="zhou")
    heads = ["受理时间", "甲日", "乙日", "诉求内容"]
    rows = [[f"2026-03-0{n}", f"2026-03-1{n}", f"2026-03-1{n + 1}", "工地夜里施工，吵得人睡不着"] for n in range(1, 8)]
    content = csv_of(heads, *rows)
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator(".notice-warning")).to_contain_text("甲日、乙日")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("请填写此项")
    pictured(page, "asked")
    speak(page, "en")
    page.goto(page.url)
    pictured(page, "asked-en")
    page.get_by_label("甲日").select_option("due_at")
    page.get_by_label("乙日").select_option("closed_at")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator(".notice-danger")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_large_table_is_looked_through_while_the_page_waits(
    bureau: Cast,
    page_at: Opener,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(looks, "LARGE_TABLE", 1)
    page = page_at("/cases/tables/", who="zhou", scripts=scripts)
    bring(page, "三月工单.csv", *ROWS)
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("h1")).to_have_text("正在核对表格")
    if scripts:
        pictured(page, "looking")
    list(looking.look_on(now=clock.now))
    expect(page.locator("h1")).to_have_text("各单位是哪个科室")


def test_their_list_is_held_against_ours(bureau: Cast, page_at: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_at("/cases/tables/", who="zhou")
    bring(page, "三月工单.csv", *ROWS[:2])
    follow(page.locator("main form button[type=submit]"))
    follow(page.locator("main form button[type=submit]"))
    follow(page.get_by_role("button", name="导入"))
    list(importing.carry_on(now=clock.now))
    page.goto("/cases/tables/")
    changed = [*ROWS[1][:6], "2026-03-16", ""]
    bring(page, "对账.csv", changed, ROWS[2])
    follow(page.locator("main form button[type=submit]"))
    follow(page.locator("main form button[type=submit]"))
    monkeypatch.setattr(looks, "LARGE_TABLE", 1)
    follow(page.get_by_role("link", name="只对账"))
    expect(page.locator("main")).to_contain_text("对账在后台继续")
    pictured(page, "comparing")
    list(looking.look_on(now=clock.now))
    expect(page.get_by_role("button", name="重新对账")).to_be_visible()
    for words in ("我方缺", "对方缺", "仅对方逾期", "日期不同"):
        expect(page.locator("main")).to_contain_text(words)
    pictured(page, "reconcile")
    page.goto("/cases/tables/")
    pictured(page, "list")
    assert HotlineTable.objects.count() == 2


def test_a_file_that_is_no_table_is_told_at_its_field(bureau: Cast, page_at: Opener) -> None:
    page = page_at("/cases/tables/", who="zhou")
    page.locator("input[type=file]").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.7"})
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator(".error-summary, [role=alert]").first).to_contain_text("不是表格")
    assert_accessible(page)


def test_columns_that_lack_the_time_of_receipt_are_asked_for(bureau: Cast, page_at: Opener) -> None:
    page = page_at("/cases/tables/", who="zhou")
    bring(page, "三月工单.csv", *ROWS)
    page.get_by_label("受理时间", exact=True).select_option("")
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("还没有指明哪一列是“受理时间”")
    expect(page.get_by_label("诉求类型", exact=True)).to_have_value("kind")
