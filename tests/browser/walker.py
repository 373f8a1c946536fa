"""People who walk through the site as a bureau would: by what they see and press, never by an address they typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Browser, Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PATIENCE, assert_accessible, assert_no_horizontal_scroll, follow, photograph

Row = Sequence[object]
WIDTH = 1366


@dataclass
class Walker:
    """One person at a screen of their own; what is pressed on the shortest way is counted, wrong tries are not."""

    name: str
    page: Page
    pressed: list[str] = field(default_factory=list)

    @classmethod
    def arrives(cls, browser: Browser, site: str, name: str, *, link: str = "/") -> Walker:
        """Come to the site's front page, or by the link that was handed over."""
        context = browser.new_context(locale="zh-CN", base_url=site, viewport={"width": WIDTH, "height": 900})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(link)
        return cls(name=name, page=page)

    @property
    def main(self) -> Locator:
        """What the page says, without its frame."""
        return self.page.locator("main")

    def link(self, name: str) -> None:
        """Press the first link of the page that has this name."""
        self.follow(self.main.get_by_role("link", name=name), name)

    def menu(self, name: str) -> None:
        """Press a link of the frame around every page."""
        self.follow(self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=name, exact=True), name)

    def button(self, name: str) -> None:
        """Press the button of this name."""
        self.follow(self.main.get_by_role("button", name=name), name)

    def follow(self, found: Locator, name: str) -> None:
        """Press something that leads to another page."""
        expect(found.first).to_be_visible()
        self.pressed.append(name)
        follow(found.first)
        assert self.page.locator("h1").count() == 1, self.page.url

    def tick(self, *names: str) -> None:
        """Tick boxes and choices by their labels' beginnings."""
        for name in names:
            self.main.get_by_label(name).first.check()
            self.pressed.append(name)

    def fill(self, **values: str) -> None:
        """Type into the fields, or choose from their lists."""
        for name, value in values.items():
            found = self.main.locator(f"[name='{name}']:visible")
            if found.evaluate("one => one.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)

    def hand_in(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.main.locator(f"[name='{name}']").set_input_files(file)

    def saves(self, found: Locator, folder: Path) -> Path:
        """Press what is downloaded, and return the file."""
        self.pressed.append("download")
        with self.page.expect_download() as download:
            found.first.click()
        file = folder / f"{len(self.pressed)}-{download.value.suggested_filename}"
        download.value.save_as(file)
        return file

    def tries(self, button: str, *told: str) -> None:
        """Press with something wrong on the page: it comes back, and says these words where people look."""
        follow(self.main.get_by_role("button", name=button).first)
        for words in told:
            expect(self.main).to_contain_text(words)

    def sees(self, *words: str) -> None:
        """Find these words on the page."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def looks(self, name: str) -> None:
        """Look at the page as it is now: it fits a telephone and a desk, and axe finds nothing."""
        for width in (360, WIDTH):
            self.page.set_viewport_size({"width": width, "height": 900})
            photograph(self.page, f"walk-{name}-{width}")
            assert_no_horizontal_scroll(self.page)
        assert_accessible(self.page)


def workbook(file: Path, sheets: dict[str, Iterable[Row]]) -> Path:
    """Write a workbook as an office program does."""
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file


def sheet_of(file: Path, name: str) -> list[list[object]]:
    """Read one sheet of a workbook that was downloaded."""
    rows: list[list[object]] = CalamineWorkbook.from_path(file).get_sheet_by_name(name).to_python()
    return rows
