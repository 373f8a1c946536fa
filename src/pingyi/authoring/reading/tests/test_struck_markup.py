"""Words that a web page shows struck out, or does not show, are no text of a plan, and are told."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose import sentence, understand
from pingyi.authoring.reading import Document, read_document

LINES = "".join(f"<p>{line}</p>" for line in ("民主评议实施方案", "一、评议对象", "局机关各科室。"))


def _read(marked: str, *, head: str = "") -> Document:
    body = f"<body>{LINES}<p>低于{marked}80分</p></body>"
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head>{body}</html>"
    return read_document(page.encode(), name="a.html")


def _last(document: Document) -> str:
    return document.text.split("\n")[-1]


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("<s>75</s>", "struck"),
        ("<strike>75</strike>", "struck"),
        ("<del>75</del>", "deleted"),
        ('<span style="text-decoration: line-through">75</span>', "struck"),
        ('<span style="color:red; TEXT-DECORATION:underline line-through">75</span>', "struck"),
        ('<span style="text-decoration-line: line-through">75</span>', "struck"),
        ('<span style="display:none">75</span>', "hidden"),
        ('<span style="visibility: hidden">75</span>', "hidden"),
        ('<span style="mso-hide:all">75</span>', "hidden"),
        ("<span hidden>75</span>", "hidden"),
        ("<b><s>75</s></b>", "struck"),
        ("<s>7<del>5</del></s>", "struck"),
    ],
)
def test_words_taken_away_are_no_text_and_are_told_once(marked: str, why: str) -> None:
    document = _read(marked)
    assert _last(document) == "低于80分"
    assert [(one.why, one.count, one.words) for one in document.unread] == [(why, 1, ("75",))]


@pytest.mark.parametrize(
    "look", [".old { text-decoration: line-through }", "p .old, .older { color: red; display: none }"]
)
def test_a_style_sheet_takes_words_away_too(look: str) -> None:
    document = _read('<span class="old">75</span>', head=f"<style>/* .x {{}} */ {look}</style>")
    assert _last(document) == "低于80分"
    assert [one.words for one in document.unread] == [("75",)]


@pytest.mark.parametrize(
    "marked",
    [
        '<span style="text-decoration: underline">75</span>',
        '<span style="display:inline">75</span>',
        '<span class="hidden">75</span>',
        "<ins>75</ins>",
        '<span class="print">75</span><span class="over"></span>',
    ],
)
def test_other_looks_take_nothing_away(marked: str) -> None:
    sheet = "<style>@media print { .print { display: none } } .over:hover, .print:hover { display: none }</style>"
    document = _read(marked, head=sheet)
    assert (_last(document), document.unread) == ("低于7580分", ())


def test_a_hidden_menu_is_told_no_more_than_a_menu_that_is_seen() -> None:
    assert _read('<nav style="display:none">首页</nav><script hidden>x()</script>').unread == ()


def test_a_struck_out_row_of_a_table_is_no_row_and_a_struck_out_cell_is_empty() -> None:
    page = "<table><tr><td>作风</td><td>30分</td></tr><tr style='display:none'><td>旧</td><td>1分</td></tr>"
    page += "<tr><td>效率</td><td><s>20分</s></td></tr></table>"
    document = _read(page)
    assert document.text.split("\n")[-3:] == ["作风\t30分", "效率", "80分"]


@pytest.mark.parametrize("look", ["text-decoration:line-through", "display:none"])
def test_a_cell_that_is_taken_away_itself_moves_no_other_cell(look: str) -> None:
    document = _read(f"<table><tr><td>作风</td><td style='{look}'>30分</td><td>10月</td></tr></table>")
    assert document.text.split("\n")[-2] == "作风\t\t10月"


def test_the_plan_has_the_new_number_and_the_import_tells_the_old_one() -> None:
    page = _read("<s>75</s>")
    text = page.text.replace("低于80分", "二、结果运用\n综合得分低于80分的科室，取消当年评先评优资格。")
    draft = understand(text, name="a", year=2026, unread=page.unread)
    assert [one.id for one in draft.plan.triggers] == ["below_80"]
    assert draft.left_out == ("75",)
    (told,) = [one for one in draft.problems if one.code.startswith("words.")]
    for language in ("zh", "en"):
        assert "75" in sentence(told.code, told.facts, language=language)
