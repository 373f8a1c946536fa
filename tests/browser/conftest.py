"""The ground for browser tests: one Chromium, pages at a width, signed-in people, and what every page must pass."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pingyi.bureau.tests.cast import Cast, assemble

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as needing a browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; without one the tests are skipped and say so."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: install the packages chromium, fonts-noto-cjk and libatomic1")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    """The shared cast, committed, so that the server's own thread sees it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return assemble()


@pytest.fixture
def page_at(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Opener]:
    """Open an address at a width, in a language and colors, as a visitor or as one of the cast."""
    opened: list[BrowserContext] = []

    def open_page(
        url: str,
        *,
        width: int = 1280,
        language: str = "zh-CN",
        theme: str = "light",
        who: str = "",
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts, base_url=live_server.url,
        )  # fmt: skip
        opened.append(context)
        if who:
            cookies = cast.client(who).cookies
            context.add_cookies([{"name": "sessionid", "value": cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.goto(url)
        return page

    yield open_page
    for context in opened:
        context.close()


def assert_no_horizontal_scroll(page: Page) -> None:
    """No page is wider than its window (§7 of the design)."""
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
          && !one.closest(".region, [popover]")).slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    inside = page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert inside, f"{page.url} is wider than its window: {wide}"


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary']}" for one in found]
    assert not told, f"{page.url}\n" + "\n".join(told)


def assert_keyboard_reaches(page: Page, *, limit: int = 200) -> None:
    """Walk with Tab: everything that can be pressed and is seen comes into focus, and the walk ends.

    A decoy is for machines alone: people neither see it nor come upon it.
    """
    wanted = page.evaluate(
        """() => {
          let n = 0;
          const kinds = "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary";
          for (const one of document.querySelectorAll(kinds)) {
            if (one.checkVisibility() && !one.disabled && !one.closest('.decoy')) one.dataset.walk = String(++n);
          }
          return n;
        }"""
    )
    seen: set[str] = set()
    for _ in range(min(limit, wanted * 2 + 20)):
        page.keyboard.press("Tab")
        now = page.evaluate("() => document.activeElement?.dataset?.walk ?? ''")
        seen |= {now} - {""}
    assert len(seen) >= min(wanted, limit), f"{page.url}: Tab reached {len(seen)} of {wanted}"


def photograph(page: Page, name: str) -> None:
    """Keep a picture in var/screenshots when PINGYI_SCREENSHOTS=1."""
    if os.environ.get("PINGYI_SCREENSHOTS") == "1":
        folder = ROOT / "var" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)
