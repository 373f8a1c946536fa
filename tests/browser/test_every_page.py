"""Every page, at the widths of a phone, a tablet and a desk, in both languages and both colors."""

from __future__ import annotations

import pytest

from tests.browser.conftest import (
    Opener,
    assert_accessible,
    assert_keyboard_reaches,
    assert_no_horizontal_scroll,
    photograph,
)
from tests.browser.pages import PAGES, Page


@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.name)
def test_a_page_fits_every_width_in_both_languages(listed: Page, page_at: Opener) -> None:
    page = page_at(listed.url, who=listed.who)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for language in ("zh-CN", "en-US"):
        page.context.set_extra_http_headers({"Accept-Language": language})
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(listed.url)
            assert page.locator("h1").count() == 1, f"{listed.url} has not exactly one h1"
            assert_no_horizontal_scroll(page)
            photograph(page, f"{listed.name}-{language[:2]}-{width}")
    assert not faults


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.name)
def test_a_page_is_accessible(listed: Page, theme: str, page_at: Opener) -> None:
    page = page_at(listed.url, who=listed.who, theme=theme)
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert_accessible(page)


@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.name)
def test_a_page_is_reached_by_the_keyboard(listed: Page, page_at: Opener) -> None:
    assert_keyboard_reaches(page_at(listed.url, who=listed.who))
