"""An official document as an editable DOCX, laid out as GB/T 9704 asks; the same blocks give the same bytes."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.reader.carrying import NAMESPACE

BODY_FONT, TITLE_FONT, BLACK_FONT, KAI_FONT, SONG_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LATIN_FONT = "Times New Roman"
LINE, BODY_SIZE, TITLE_SIZE, TABLE_SIZE, PAGE_SIZE = 29, 16, 22, 12, 14  # points: 22 lines to the page, 三号, 二号
_FONTS = {BlockKind.TITLE: TITLE_FONT, BlockKind.HEADING: BLACK_FONT, BlockKind.SUBHEADING: KAI_FONT}
_ITEM = f'<?xml version="1.0" encoding="UTF-8"?>\n<plan xmlns="{NAMESPACE}">{{}}</plan>'
_ITEM_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{5B0E3C0A-8E5B-4E0C-9B57-9C6A1F2D7A11}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell


def compose(blocks: Iterable[Block], *, title: str, author: str, on: date, carried: bytes = b"") -> bytes:
    """Return the blocks as a DOCX; `carried` are data that go with it, in a part of their own."""
    from docx import Document

    document = Document()
    _lay_out(document)
    _describe(document, title=title, author=author, on=on)
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            _table(document, block)
        else:
            _paragraph(document, block)
    _number_pages(document)
    if carried:
        _carry(document, carried)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _carry(document: Any, data: bytes) -> None:
    """Add data as a custom part, which office programs keep when they save the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package, encoded = document.part.package, base64.b64encode(data).decode()
    item = Part(PackURI("/customXml/item2.xml"), "application/xml", _ITEM.format(encoded).encode(), package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = Part(PackURI("/customXml/itemProps2.xml"), kind, _ITEM_PROPERTIES.encode(), package)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _lay_out(document: Any) -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    style = document.styles["Normal"]
    style.font.size = Pt(BODY_SIZE)
    _face(style.font, style.element.get_or_add_rPr(), BODY_FONT)


def _describe(document: Any, *, title: str, author: str, on: date) -> None:
    properties = document.core_properties
    at = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a date
    properties.title, properties.author, properties.comments = title, author, ""
    properties.created = properties.modified = at
    properties.last_modified_by, properties.revision = author, 1


def _paragraph(document: Any, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _pitch(paragraph)
    if block.kind in {BlockKind.TITLE, BlockKind.NUMBER}:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind is BlockKind.SIGNATURE:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(4 * BODY_SIZE)
    else:
        _indent(paragraph)
    run = paragraph.add_run(block.label + block.text)
    run.font.size = Pt(TITLE_SIZE if block.kind is BlockKind.TITLE else BODY_SIZE)
    _face(run.font, run._element.get_or_add_rPr(), _FONTS.get(block.kind, BODY_FONT))
    _outline_level(paragraph, block.kind)


def _pitch(paragraph: Any) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    form.space_before = form.space_after = Pt(0)


def _indent(paragraph: Any) -> None:
    """Indent by two characters, whatever the font's size."""
    from docx.oxml.ns import qn

    paragraph.paragraph_format.first_line_indent = 2 * BODY_SIZE * 12700
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")


def _outline_level(paragraph: Any, kind: BlockKind) -> None:
    """Let Word's navigation pane know the headings, without its own heading looks."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    levels = {BlockKind.HEADING: "0", BlockKind.SUBHEADING: "1"}
    if kind in levels:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), levels[kind])
        paragraph._p.get_or_add_pPr().append(level)


def _table(document: Any, block: Block) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = document.styles["Table Grid"]
    for number, row in enumerate(block.rows):
        for place, text in enumerate(row):
            run = table.cell(number, place).paragraphs[0].add_run(text)
            run.font.size = Pt(TABLE_SIZE)
            _face(run.font, run._element.get_or_add_rPr(), BODY_FONT if number else BLACK_FONT)


def _face(font: Any, properties: Any, name: str) -> None:
    """Name a font for Chinese and one for Latin: without eastAsia Word would choose its own."""
    from docx.oxml.ns import qn

    font.name = LATIN_FONT
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _number_pages(document: Any) -> None:
    """Put — 1 — at the outer edge of every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _page_run(paragraph, "— ")
        _page_field(paragraph)
        _page_run(paragraph, " —")


def _page_run(paragraph: Any, text: str) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(PAGE_SIZE)
    _face(run.font, run._element.get_or_add_rPr(), SONG_FONT)
    run.font.name = SONG_FONT
    return run


def _page_field(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = _page_run(paragraph, "")
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run._element.append(element)


def _without_times(made: bytes) -> bytes:
    """Pack the document again with fixed times: its bytes then depend on the blocks alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
