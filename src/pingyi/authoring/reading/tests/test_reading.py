"""Documents of every kind give their text; whatever cannot be read says what to do."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from pingyi.authoring.reading import MAX_BYTES, MESSAGES, UnreadableError, read_document
from pingyi.authoring.reading.tests.files import docx_of, docx_with_box, pdf_of, zip_of

PLAN = "一、评议对象\n局机关各科室、各站所。\n二、评议内容\n依法行政、服务质量、办事效率。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert read_document(PLAN.encode(encoding), name="方案.txt").text.lstrip("\ufeff") == PLAN


def test_a_short_gbk_text_is_not_taken_for_korean() -> None:
    assert read_document("评议".encode("gbk"), name="a.txt").text == "评议"


def test_damaged_bytes_stay_visible() -> None:
    content = PLAN.encode("utf-8")
    damaged = content[:40] + content[41:]
    assert "\ufffd" in read_document(damaged, name="a.txt").text


def test_a_few_null_bytes_are_left_out() -> None:
    assert read_document(PLAN.encode() + b"\0\0", name="a.txt").text == PLAN


def test_html_gives_its_blocks_without_scripts_and_navigation() -> None:
    page = (
        "<!doctype html><html><head><meta charset=gbk><title>t</title></head><body><nav>首页</nav><h2>一、评议对象</h2>"
    )
    page += "<p>局机关<b>各科室</b><br>各站所<script>alert(1)</script>"
    page += "<table><tr><td>测评</td><td>40%</td></tr></table></body></html>"
    document = read_document(page.encode("gbk"), name="a.html")
    assert (document.kind, document.text) == ("html", "一、评议对象\n局机关各科室\n各站所\n测评\t40%")


def test_cells_keep_their_columns_beside_merged_ones() -> None:
    page = "<html><body><table><tr><td><p>项目</p></td><td>内容</td><td>分值</td></tr>"
    page += "<tr><td rowspan=2>作风</td><td><p>守纪</p></td><td>30</td></tr><tr><td>效率</td><td>30</td></tr>"
    page += "<tr><td colspan=2>合计</td><td>60</td></tr></table></body></html>"
    text = read_document(page.encode(), name="a.html").text
    assert text.split("\n") == ["项目\t内容\t分值", "作风\t守纪\t30", "\t效率\t30", "合计\t\t60"]


def test_a_text_box_is_read_behind_its_paragraph() -> None:
    text = read_document(docx_with_box("清源县教育局文件", "评议方案"), name="a.docx").text
    assert [line for line in text.split("\n") if line] == ["清源县教育局文件", "评议方案"]


def test_docx_shows_the_numbers_that_word_draws_by_itself() -> None:
    content = docx_of(
        [("方案", None), ("评议对象", 0), ("各科室", 1), ("各站所", 1), ("评议内容", 0), ("作风", 1)],
        rows=[["测评", "60分"]],
    )
    text = read_document(content, name="a.docx").text
    assert text.split("\n")[:7] == [
        "方案",
        "一、评议对象",
        "1.各科室",
        "2.各站所",
        "二、评议内容",
        "1.作风",
        "测评\t60分",
    ]


def test_pdf_gives_the_text_of_its_pages() -> None:
    document = read_document(pdf_of([["一、评议对象", "局机关各科室"], ["二、评议内容"]]), name="a.pdf")
    assert document.pages == 2
    assert document.text.split() == ["一、评议对象", "局机关各科室", "二、评议内容"]


def test_two_hundred_pages_are_read_whole() -> None:
    content = pdf_of([[f"第{page}条 各科室认真落实整改措施第{line}项" for line in range(30)] for page in range(200)])
    document = read_document(content, name="a.pdf")
    assert document.pages == 200
    assert document.text.count("第29项") == 200


def _image(kind: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (40, 40), "white").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\0\0\0\0", "file.empty"),
        (b"x" * (MAX_BYTES + 1), "file.too_large"),
        ("评".encode() * 1_000_001, "text.too_long"),
        (bytes(range(256)) * 40, "file.binary"),
        (_image("PNG"), "file.kind"),
        (_image("JPEG"), "file.kind"),
        (_image("PDF"), "pdf.scanned"),
        (b"%PDF-1.4\nnothing", "pdf.damaged"),
        (b"{\\rtf1 plan}", "file.kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "docx.locked"),
        (b"PK\x03\x04 cut short", "docx.damaged"),
        (docx_of([("方案", None)])[:-400], "docx.damaged"),
        (zip_of({"word/document.xml": b"<w:document"}), "docx.damaged"),
        (zip_of({"xl/workbook.xml": b"<x/>"}), "file.kind"),
        (zip_of({"readme": b"x"}), "file.kind"),
        (b"<html><body><script>only()</script></body></html>", "text.none"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(content, name="方案")
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert "方案" in caught.value.sentence(language=language)


def test_every_message_is_there_in_both_languages() -> None:
    for chinese, english in MESSAGES.values():
        assert chinese != english
        assert english.isascii()
