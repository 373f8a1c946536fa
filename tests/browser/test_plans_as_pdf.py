"""A plan that a browser or the house's typesetter made into a PDF is the plan of its text, however the page looks."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pingyi.authoring import prose, reading
from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.prose.cleaning import clean
from pingyi.authoring.prose.tests.summary import summarize
from pingyi.authoring.reading import read_document
from pingyi.documents import typeset

GOLDEN = Path(prose.__file__).parent / "tests" / "golden"
TEXTS = {
    "reference": Path(reading.__file__).parent / "tests" / "inputs" / "plan-reference.txt",
    **{
        name: GOLDEN / f"{name}.txt"
        for name in ("court-standards-and-methods", "township-articles", "gas-company-decimal")
    },
}
HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、.{2,16}$")
HEAD, FOOT = "清源县民主评议文件", "— <span class=pageNumber></span> —"
SMALL = '<div style="font-size:8pt;width:100%;text-align:center">{}</div>'
STYLES = {
    "set in, a running head and page numbers": "p { text-indent: 2em }",
    "not set in": "",
    "two columns": "body { columns: 2; font-size: 11pt } .title { column-span: all }",
    "titles drawn twice": "p { text-indent: 2em } .title, .heading { text-shadow: 0.8px 0 0 #000; text-indent: 0 }",
}
APART = {"页面杂项"}  # what was left out of the page is listed, and a text has no page


def _page(lines: list[str], style: str) -> str:
    kinds = ["title", *("heading" if HEADING.match(line) else "text" for line in lines[1:])]
    words = "".join(f'<p class="{kind}">{html.escape(line)}</p>' for kind, line in zip(kinds, lines, strict=True))
    return (
        "<meta charset=utf-8><style>body { margin: 0; font: 14pt/1.6 serif } p { margin: 0; white-space: pre-wrap }"
        f".title {{ font-size: 20pt; text-align: center; text-indent: 0 }} {style}</style>{words}"
    )


def _draft(content: bytes) -> Draft:
    document = read_document(content, name="a.pdf")
    return understand(document.text, name="a", year=2026, lines_are_whole=document.lines_are_whole)


@pytest.fixture(params=list(TEXTS))
def lines(request: pytest.FixtureRequest) -> list[str]:
    """The paragraphs of one plan."""
    return clean(TEXTS[request.param].read_text(encoding="utf-8")).text.split("\n")


def _same(found: Draft, lines: list[str]) -> None:
    wanted = understand("\n".join(lines), name="a", year=2026)
    first, second = (
        {key: one for key, one in summarize(draft).items() if key not in APART} for draft in (found, wanted)
    )
    assert first == second


@pytest.mark.parametrize("shape", list(STYLES))
def test_a_plan_that_a_browser_prints_is_the_plan_of_its_text(browser: Browser, lines: list[str], shape: str) -> None:
    page = browser.new_page()
    page.set_content(_page(lines, STYLES[shape]))
    content = page.pdf(
        format="A4",
        margin=dict.fromkeys(("top", "bottom", "left", "right"), "26mm"),
        display_header_footer="head" in shape,
        header_template=SMALL.format(HEAD),
        footer_template=SMALL.format(FOOT),
    )
    page.close()
    _same(_draft(content), lines)


def test_the_paragraphs_of_a_letter_that_the_house_sets_are_whole(lines: list[str]) -> None:
    letter = {
        "title": lines[0], "issuer": "清源县环境保护局", "number": "", "to": "", "paragraphs": lines[1:],
        "attachments": [], "signed": "", "dated": "2026年3月1日", "contact": "", "copies": [], "printed": "",
    }  # fmt: skip
    text = read_document(typeset.pdf("letter", letter), name="a.pdf").text
    found = {re.sub(r"\s", "", line) for line in text.split("\n")}
    assert not [line for line in lines if re.sub(r"\s", "", line) not in found]
