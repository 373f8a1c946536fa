"""Every page, at the widths of a phone, a tablet and a desk, in both languages and both colors, with the keyboard."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener, assert_holds_the_look
from tests.browser.pages import PAGES, Page


@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.name)
def test_a_page_fits_is_accessible_and_is_reached_by_the_keyboard(listed: Page, page_at: Opener) -> None:
    page = page_at(listed.url, who=listed.who)
    assert_holds_the_look(page, listed.name, keyboard=True)
