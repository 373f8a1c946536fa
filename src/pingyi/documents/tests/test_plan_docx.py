"""The plan as DOCX: measures and fonts of GB/T 9704, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile

import time_machine
from docx import Document
from docx.oxml.ns import qn

from pingyi.authoring.tests.plans import shipped_plan
from pingyi.documents.plan_docx import to_docx


def test_the_page_has_the_official_measures() -> None:
    document = Document(io.BytesIO(to_docx(shipped_plan())))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    assert section.page_width is not None
    assert round(section.page_width.mm) == 210


def test_every_level_names_its_chinese_font() -> None:
    document = Document(io.BytesIO(to_docx(shipped_plan())))
    fonts: dict[str, str] = {}
    for paragraph in document.paragraphs:
        run = paragraph.runs[0]
        fonts.setdefault(
            paragraph.text[:6], run._element.get_or_add_rPr().get_or_add_rFonts().get(qn("w:eastAsia")) or ""
        )
    assert fonts["清源区环境保"] == "方正小标宋简体"
    assert fonts["一、指导思想"] == "黑体"
    assert fonts["（一）评议对"] == "楷体_GB2312"
    assert fonts["1.服务大局"] == "仿宋_GB2312"


def test_the_document_says_what_the_plan_says() -> None:
    document = Document(io.BytesIO(to_docx(shipped_plan())))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "报送科室总结" in text
    assert document.tables[0].cell(1, 0).text == "社会满意度调查"
    assert document.core_properties.title == shipped_plan().title


def test_the_same_plan_gives_the_same_bytes_at_any_time() -> None:
    with time_machine.travel("2026-01-01"):
        first = to_docx(shipped_plan())
    with time_machine.travel("2027-05-05 10:00"):
        second = to_docx(shipped_plan())
    assert first == second
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}
