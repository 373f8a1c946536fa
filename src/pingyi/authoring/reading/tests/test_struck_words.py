"""Words that a document's writer took away – struck out, hidden, deleted – are no text of it, and are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingyi.authoring.prose import Draft, sentence, understand
from pingyi.authoring.reading import Document, read_document
from pingyi.authoring.reading.tests.files import docx_of_runs, run
from pingyi.authoring.unread import Unread

INPUTS = Path(__file__).parent / "inputs"
DELETION = '<w:del w:id="1"><w:r><w:delText>{}</w:delText></w:r></w:del>'
INSERTION = '<w:ins w:id="2">{}</w:ins>'


def _docx(*paragraphs: str, styles: str = "") -> Document:
    return read_document(docx_of_runs(*paragraphs, styles=styles), name="a.docx")


def _draft(document: Document) -> Draft:
    return understand(document.text, name="a", year=2026, unread=document.unread)


def test_a_limit_whose_old_number_is_struck_out_is_the_new_number() -> None:
    document = read_document((INPUTS / "docx-struck-out.docx").read_bytes(), name="a.docx")
    typed = understand((INPUTS / "plan-reference.txt").read_text(encoding="utf-8"), name="a", year=2026)
    draft = _draft(document)
    assert [one.id for one in draft.plan.triggers] == [one.id for one in typed.plan.triggers]
    assert draft.plan.triggers[0].id == "below_80"
    assert draft.left_out == ("75", "（原稿：低于60分的科室撤销）")
    assert draft.text == typed.text
    assert not draft.uncovered


def test_what_was_taken_away_is_told_in_words() -> None:
    document = read_document((INPUTS / "docx-struck-out.docx").read_bytes(), name="a.docx")
    told = {one.code: one.facts for one in _draft(document).problems if one.code.startswith("words.")}
    assert told == {
        "words.struck": {"count": 1, "words": "75"},
        "words.hidden": {"count": 1, "words": "（原稿：低于60分的科室撤销）"},
    }
    for code, facts in told.items():
        assert str(facts["words"]) in sentence(code, facts, language="zh")
        assert str(facts["words"]) in sentence(code, facts, language="en")


@pytest.mark.parametrize("mark", ["strike", "dstrike", "vanish", 'strike w:val="1"', 'vanish w:val="true"'])
def test_each_mark_takes_its_words_away(mark: str) -> None:
    assert _docx(run("低于") + run("75", mark) + run("80分")).text == "低于80分"


@pytest.mark.parametrize("mark", ['strike w:val="0"', 'vanish w:val="false"', "webHidden", "b"])
def test_a_mark_that_is_off_or_another_one_takes_nothing_away(mark: str) -> None:
    document = _docx(run("低于") + run("80", mark) + run("分"))
    assert (document.text, document.unread) == ("低于80分", ())


def test_a_style_takes_words_away_and_the_run_itself_may_bring_them_back() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Note"><w:basedOn w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    older, note = 'rStyle w:val="Older"', '<w:pPr><w:pStyle w:val="Note"/></w:pPr>'
    document = _docx(
        run("甲", older) + run("乙"),
        run("丙", older, 'strike w:val="0"'),
        note + run("丁") + run("戊", 'vanish w:val="0"'),
        styles=styles,
    )
    assert document.text == "乙\n丙\n戊"
    assert {one.why: one.words for one in document.unread} == {"struck": ("甲",), "hidden": ("丁",)}


def test_a_tracked_deletion_is_no_text_but_told_and_an_insertion_is_read() -> None:
    document = _docx(run("低于") + DELETION.format("75") + INSERTION.format(run("80")) + run("分"))
    assert document.text == "低于80分"
    assert document.unread == (Unread(why="deleted", count=1, words=("75",)),)
    assert [one.code for one in _draft(document).problems if one.code.startswith("words.")] == ["words.deleted"]


def test_a_deleted_row_of_a_table_is_no_row() -> None:
    cells = "<w:tc><w:p>" + run("作风") + "</w:p></w:tc><w:tc><w:p>" + run("{}") + "</w:p></w:tc>"
    rows = "<w:tr><w:trPr><w:del/></w:trPr>" + cells.format("30分") + "</w:tr><w:tr>" + cells.format("40分") + "</w:tr>"
    document = _docx(run("分值："), f"<w:tbl>{rows}</w:tbl>")
    assert document.text == "分值：\n作风\t40分"
    assert document.unread == (Unread(why="deleted", count=2, words=("作风", "30分")),)


def test_words_that_lie_side_by_side_are_one_passage_and_many_passages_are_counted() -> None:
    document = _docx(*[run("甲", "strike") + run("乙", "strike") + run("丙")] * 400)
    (struck,) = document.unread
    assert (struck.count, set(struck.words), len(struck.words)) == (400, {"甲乙"}, 300)
    assert len(document.text.split("\n")) == 400


def test_a_paragraph_that_was_deleted_leaves_no_number_behind() -> None:
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbers = f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
    numbers += '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
    deleted, struck = numbered + DELETION.format("甲"), numbered + run("丙", "strike")
    content = docx_of_runs(deleted, numbered + run("乙"), struck, numbered + run("丁"), numbering=numbers)
    assert read_document(content, name="a.docx").text == "1.乙\n3.丁"
