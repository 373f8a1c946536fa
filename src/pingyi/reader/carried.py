"""The plan that a printed document carries, as bytes to be judged, and whether its pages hold text alone.

Whether it is believed is for others to say, who compare it with the document's text: a note, a picture or a form over
the page is not in that text, so that a page with one of these can say something else than it.
"""

from __future__ import annotations

import base64
import binascii
import re
import zipfile
from dataclasses import dataclass

import pypdfium2
from lxml import etree
from pypdfium2 import raw
from selectolax.lexbor import LexborHTMLParser

from pingyi.reader.carrying import ATTACHMENT, BLOCK, MOST_BYTES, NAMESPACE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = re.compile(r"customXml/item\d+\.xml")
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\w*\.xml")
_PAGE_MARK = re.compile(r"[—–\-\s\d]*")
_MOST_ENCODED = 4 * (MOST_BYTES // 3 + 1)
_MOST_XML = 10_000_000  # bytes of a part
# What a Word file's text is made of; how it looks stands in the second list, and is not looked into.
_TEXT = "document body p r t tab br cr lastRenderedPageBreak tbl tr tc bookmarkStart bookmarkEnd proofErr"
_MARKS = (
    "hdr ftr footnotes endnotes footnote endnote separator continuationSeparator comments fldChar instrText fldSimple"
)
_LOOKS = "pPr rPr tblPr tblGrid trPr tcPr sectPr tblPrEx background"
_PLAIN, _PLAIN_BESIDE, _SKIPPED = (
    {f"{W}{tag}" for tag in tags.split()} for tags in (_TEXT, f"{_TEXT} {_MARKS}", _LOOKS)
)
_TEXT_AND_LINES = {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH}


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What a document carries; its pages are plain where they hold text alone."""

    data: bytes = b""
    is_plain: bool = True
    seen: str = ""  # of a PDF all that its pages say, in the order of the file; others are read whole anyway


NOTHING = Carried()


def of_docx(archive: zipfile.ZipFile) -> Carried:
    """Return what a Word document carries."""
    names = archive.namelist()
    data = _the_only([_of_part(_parsed(archive, name)) for name in names if _PART.fullmatch(name)])
    if not data:
        return NOTHING
    document = _parsed(archive, "word/document.xml")
    beside = [_parsed(archive, name) for name in names if _BESIDE.fullmatch(name)]
    is_plain = document is not None and _is_text(document, of=_PLAIN)
    return Carried(data=data, is_plain=is_plain and all(one is not None and _is_page_mark(one) for one in beside))


def of_html(source: str) -> Carried:
    """Return what a page carries."""
    blocks = LexborHTMLParser(source).css(f'script[type="{BLOCK}"]')
    return Carried(data=_the_only([_decoded(one.text(deep=True)) for one in blocks]))


def of_pdf(content: bytes, *, limit: int) -> Carried:
    """Return what a PDF carries."""
    document = pypdfium2.PdfDocument(content)
    try:
        found = [document.get_attachment(number) for number in range(document.count_attachments())]
        data = _the_only([bytes(one.get_data()) for one in found if one.get_name() == ATTACHMENT])
        if not data:
            return NOTHING
        return Carried(data=data, is_plain=_has_text_alone(document), seen=_words(document, limit=limit))
    except pypdfium2.PdfiumError:
        return NOTHING
    finally:
        document.close()


def _words(document: pypdfium2.PdfDocument, *, limit: int) -> str:
    """Return all words of the pages, parted by form feeds; a hyphen at the end of a line is one of the text."""
    pages: list[str] = []
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        pages.append(str(words.get_text_range()).replace("\x02", "-\n").replace("\ufffe", "-\n"))
        words.close()
        page.close()
        if sum(map(len, pages)) > limit:
            break
    return "\f".join(pages)


def _the_only(found: list[bytes]) -> bytes:
    """Return the one thing carried; two that could be meant are none."""
    data = [one for one in found if one]
    return data[0] if len(data) == 1 and len(data[0]) <= MOST_BYTES else b""


def _has_text_alone(document: pypdfium2.PdfDocument) -> bool:
    for number in range(len(document)):
        page = document[number]
        kinds = {one.type for one in page.get_objects()}
        notes = raw.FPDFPage_GetAnnotCount(page)
        page.close()
        if notes or kinds - _TEXT_AND_LINES:
            return False
    return True


def _of_part(part: etree._Element | None) -> bytes:
    return _decoded(part.text or "") if part is not None and part.tag == f"{{{NAMESPACE}}}plan" else b""


def _decoded(encoded: str) -> bytes:
    if len(encoded) > _MOST_ENCODED:
        return b""
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_text(part: etree._Element, *, of: set[str]) -> bool:
    """Whether a part of a Word file holds nothing that a reader of its text would not see."""
    left = [part]
    while left:
        node = left.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag not in of:
            return False
        left += list(node)
    return True


def _is_page_mark(part: etree._Element) -> bool:
    """Whether a head, a foot or a part of notes holds nothing but a page's number."""
    words = "".join(one.text or "" for one in part.iter(f"{W}t"))
    return _PAGE_MARK.fullmatch(words) is not None and _is_text(part, of=_PLAIN_BESIDE)


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    if archive.getinfo(name).file_size > _MOST_XML:
        return None
    try:
        return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
