"""The ground for browser tests: one Chromium, pages at a width, signed-in people, and what every page must pass."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from pingyi.bureau.tests.cast import Cast, assemble
from tests.browser.ground import Ground

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # every style is of the page's own house
}
WIDTHS = (768, 1280, 360)
PATIENCE = 120_000  # milliseconds; a busy machine is slow, and no test is about that

Opener = Callable[..., Page]
Profiles = dict[bool, list[BrowserContext]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as needing a browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """One server for all tests; it shares its database in memory with them."""
    if connection.vendor != "sqlite":
        pytest.skip("pages look the same whatever the database: the browser tests run on SQLite")
    with django_db_blocker.unblock():
        running = LiveServer("localhost")
        yield running
        for one in threading.enumerate():
            # Each connection of the browser closes the shared database as it ends: never after it was taken back.
            if "process_request_thread" in one.name:
                one.join(timeout=PATIENCE / 1000)
        running.stop()


@pytest.fixture(scope="session")
def browser(site: LiveServer) -> Iterator[Browser]:
    """One Chromium for all, closed before its server; without one the tests are skipped and say so."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: install the packages chromium, fonts-noto-cjk and libatomic1")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield running
        running.close()


@pytest.fixture(scope="session")
def _ground() -> Ground:
    return Ground()


@pytest.fixture
def ground(_ground: Ground, site: LiveServer, django_db_blocker: DjangoDbBlocker, settings: Any) -> Iterator[Ground]:
    """The database of this test; what is written into it is seen by the server, and gone when the test ends."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    settings.PINGYI = settings.PINGYI.model_copy(update={"address": site.url})  # or no link leads to one's own machine
    with django_db_blocker.unblock(), _ground.lent() as lent:
        yield lent


@pytest.fixture
def db(ground: Ground) -> None:
    """The same, by the name that pytest-django looks for."""


@pytest.fixture
def cast(db: None, ground: Ground) -> Cast:
    """The shared cast."""
    return ground.laid("cast", assemble)


@pytest.fixture(scope="session")
def profiles(browser: Browser, site: LiveServer) -> Iterator[Profiles]:
    """Profiles that test after test borrows, with and without scripts; they keep the site's files and nothing else."""
    kept: Profiles = {True: [], False: []}
    yield kept
    for one in (*kept[True], *kept[False]):
        one.close()


@pytest.fixture
def page_at(browser: Browser, profiles: Profiles, site: LiveServer, cast: Cast) -> Iterator[Opener]:
    """Open an address at a width, in colors, as a visitor or one of the cast; every opening is another device."""
    lent: list[tuple[bool, BrowserContext]] = []

    def open_page(url: str, *, width: int = 1280, theme: str = "light", who: str = "", scripts: bool = True) -> Page:
        free = profiles[scripts]
        context = free.pop() if free else _profile(browser, scripts=scripts, base_url=site.url)
        lent.append((scripts, context))
        if who:
            cookies = cast.client(who).cookies
            context.add_cookies([{"name": "sessionid", "value": cookies["sessionid"].value, "url": site.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(url)
        return page

    yield open_page
    for scripts, context in lent:
        _forget(context, scripts=scripts)
        profiles[scripts].append(context)


def _profile(browser: Browser, *, scripts: bool, base_url: str) -> BrowserContext:
    """Make a profile whose window stays open by an empty page: a window for each page costs more than the page."""
    made = browser.new_context(locale="zh-CN", java_script_enabled=scripts, base_url=base_url)
    made.new_page()
    return made


def _forget(context: BrowserContext, *, scripts: bool) -> None:
    """Leave neither a page nor a cookie nor a draft behind."""
    for page in context.pages[1:]:
        if scripts:
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.close()
    context.clear_cookies()


def assert_holds_the_look(page: Page, name: str, *, keyboard: bool = False) -> None:
    """What every page must hold: one heading, no scroll sideways, no violation, nothing that the browser complains of.

    It fits in both languages at all three widths. For axe the two languages, colors and extreme widths are crossed, so
    that each of them is looked at once and no document twice.
    """
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said, page) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for language, theme, width in (("zh-hans", "light", 1280), ("en", "dark", 360)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        if page.evaluate("document.documentElement.lang").lower() != language:
            speak(page, language)
            page.goto(page.url)
        assert page.evaluate("document.documentElement.lang").lower() == language
        assert page.locator("h1").count() == 1, f"{page.url} has not exactly one h1"
        for each in (*(one for one in WIDTHS if one != width), width):
            page.set_viewport_size({"width": each, "height": 900})
            assert_no_horizontal_scroll(page)
            photograph(page, f"{name}-{language[:2]}-{each}")
        assert_accessible(page)
    if keyboard:
        page.set_viewport_size({"width": 1280, "height": 900})
        assert_keyboard_reaches(page)
    assert not faults, f"{page.url}: {faults}"


def _is_fault(said: ConsoleMessage, page: Page) -> bool:
    """Whether the browser complains of more than that a page says itself that it is not there."""
    return said.type == "error" and said.location["url"] != page.url


def speak(page: Page, language: str) -> None:
    """Read on in this language, from the next page."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])


def follow(target: Locator) -> None:
    """Press what leads to another page, and wait until that page stands: what is asked next is asked of the new one.

    A click alone returns while the form is still on its way, and on a busy machine the next question meets either page.
    """
    with target.page.expect_navigation(wait_until="load"):
        target.click()


def press(target: Locator) -> None:
    """Press what changes the page that is open; say with `expect` what is waited for."""
    target.click()


def assert_no_horizontal_scroll(page: Page) -> None:
    """No page is wider than its window (§7 of the design)."""
    if page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"):
        return
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) =>
          one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".region, [popover]"))
          .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    raise AssertionError(f"{page.url} is wider than its window: {wide}")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options).then((all) => all.violations)", RULES)
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
    page.evaluate("() => addEventListener('focusin', (moved) => { moved.target.dataset.walked = 'yes'; })")
    seen = 0
    for presses in (min(limit, wanted + 2), min(limit, wanted + 18)):
        for _ in range(presses if seen < min(wanted, limit) else 0):
            page.keyboard.press("Tab")
        seen = page.evaluate("() => document.querySelectorAll('[data-walk][data-walked]').length")
    assert seen >= min(wanted, limit), f"{page.url}: Tab reached {seen} of {wanted}"


def photograph(page: Page, name: str) -> None:
    """Keep a picture in var/screenshots when PINGYI_SCREENSHOTS=1."""
    if os.environ.get("PINGYI_SCREENSHOTS") == "1":
        folder = ROOT / "var" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)
