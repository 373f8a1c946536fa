"""Every page, at the widths of a phone, a tablet and a desk, in both languages and both colors, with the keyboard."""

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
def test_a_page_fits_is_accessible_and_is_reached_by_the_keyboard(listed: Page, page_at: Opener) -> None:
    page = page_at(listed.url, who=listed.who)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    assert page.locator("h1").count() == 1, f"{listed.url} has not exactly one h1"
    for language in ("en-US", "zh-CN"):
        page.context.set_extra_http_headers({"Accept-Language": language})
        page.goto(listed.url)
        for width in (768, 1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert_no_horizontal_scroll(page)
            photograph(page, f"{listed.name}-{language[:2]}-{width}")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_accessible(page)
    assert_keyboard_reaches(page)
    assert not faults
