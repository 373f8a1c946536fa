"""The reader's choices: type size, colors, language; with scripts and without."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener, assert_accessible, assert_no_horizontal_scroll, follow, press, speak


def test_large_type_is_kept_from_page_to_page(page_at: Opener) -> None:
    page = page_at("/accessibility/", width=360)
    press(page.get_by_role("button", name="显示", exact=True))
    press(page.get_by_role("button", name="大字"))
    page.goto("/components/")
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "20px"
    assert_no_horizontal_scroll(page)
    assert_accessible(page)


def test_dark_colors_can_be_chosen_against_the_device(page_at: Opener) -> None:
    page = page_at("/accessibility/", theme="light")
    before = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    press(page.get_by_role("button", name="显示", exact=True))
    press(page.get_by_role("button", name="深色"))
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") != before


def test_the_language_is_switched_without_scripts(page_at: Opener) -> None:
    page = page_at("/accessibility/", scripts=False)
    follow(page.get_by_role("button", name="English"))
    assert page.locator("h1").inner_text() == "Accessibility"
    assert page.url.endswith("/accessibility/")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_opens_on_a_phone(page_at: Opener, *, scripts: bool) -> None:
    page = page_at("/desk/", width=360, who="zhou", scripts=scripts)
    entry = page.get_by_role("navigation", name="主导航").get_by_role("link", name="工作台")
    assert not entry.is_visible()
    press(page.get_by_role("button", name="菜单"))
    follow(entry)
    assert page.url.endswith("/desk/")


def test_a_person_signs_in_and_out(page_at: Opener) -> None:
    page = page_at("/accounts/login/")
    page.get_by_label("用户名").fill("zhou")
    page.get_by_label("密码").fill("wrong-password")
    follow(page.get_by_role("button", name="登录"))
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("用户名").input_value() == "zhou"
    page.get_by_label("密码").fill("pingyi-demo-2026")
    follow(page.get_by_role("button", name="登录"))
    assert page.url.endswith("/desk/")
    press(page.get_by_role("button", name="我的账号"))
    follow(page.get_by_role("button", name="退出登录"))
    assert page.get_by_role("link", name="登录").first.is_visible()


def test_charts_are_drawn_and_say_the_same_as_a_table(page_at: Opener) -> None:
    page = page_at("/components/")
    figure = page.locator("figure.chart").first
    assert figure.locator("canvas").count() >= 1
    press(figure.locator("summary"))
    assert figure.get_by_role("cell", name="26.10").is_visible()


def test_without_scripts_the_table_stands_in_for_the_chart(page_at: Opener) -> None:
    page = page_at("/components/", scripts=False)
    figure = page.locator("figure.chart").first
    assert not figure.locator(".chart-canvas").is_visible()
    assert figure.get_by_role("cell", name="26.10").is_visible()


@pytest.mark.parametrize("who", ["", "zhou", "wang", "zhao", "sun", "he", "wu"])
def test_on_a_desk_the_navigation_stands_in_one_row(page_at: Opener, who: str) -> None:
    page = page_at("/accessibility/", width=1280, who=who)
    for language in ("zh-hans", "en"):
        speak(page, language)
        page.goto("/accessibility/")
        tops = page.locator("#rooms > ul > li").evaluate_all(
            "entries => entries.map((entry) => Math.round(entry.getBoundingClientRect().top))"
        )
        assert len(tops) > 4
        assert len(set(tops)) == 1, language
        assert page.evaluate("() => document.querySelector('.masthead').getBoundingClientRect().height") <= 128


@pytest.mark.parametrize("scripts", [True, False])
def test_what_does_not_fit_into_the_row_stands_under_more(page_at: Opener, *, scripts: bool) -> None:
    page = page_at("/desk/", width=1280, who="zhou", scripts=scripts)
    entry = page.get_by_role("navigation", name="主导航").get_by_role("link", name="存证")
    assert not entry.is_visible()
    press(page.locator("#rooms summary"))
    follow(entry)
    assert page.url.endswith("/record/")
    assert page.locator("#rooms summary.holds-current").is_visible()


def test_in_the_menu_of_a_phone_everything_stands_in_one_list(page_at: Opener) -> None:
    page = page_at("/desk/", width=360, who="zhou")
    press(page.get_by_role("button", name="菜单"))
    assert page.get_by_role("navigation", name="主导航").get_by_role("link").last.is_visible()
    assert_no_horizontal_scroll(page)
    assert_accessible(page)


def test_filters_stand_open_at_a_desk_and_fold_on_a_phone(page_at: Opener) -> None:
    page = page_at("/components/", width=1280)
    field, folded = page.locator(".narrowing select"), page.locator(".narrowing summary")
    assert field.is_visible()
    assert not folded.is_visible()
    page.set_viewport_size({"width": 360, "height": 900})
    assert not field.is_visible()
    press(folded)
    assert field.is_visible()
