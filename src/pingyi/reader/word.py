"""DOCX → text: paragraphs, table rows, and the numbers that Word only draws (自动编号)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pingyi.reader.numbering import Numbering
from pingyi.reader.refusals import NotReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_XML = 60_000_000
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of_docx(archive: zipfile.ZipFile, *, limit: int) -> str:
    """Return the text with one paragraph a line; table cells are parted by tabs."""
    document = _part(archive, "word/document.xml")
    if document is None:
        raise NotReadError("docx.damaged", reason="word/document.xml")
    numbering = Numbering(_part(archive, "word/numbering.xml"), styles=_part(archive, "word/styles.xml"))
    lines: list[str] = []
    length = 0
    body = document.find(f"{W}body")
    for line in _blocks(body if body is not None else document, numbering):
        lines.append(line)
        length += len(line)
        if length > limit:
            break
    return "\n".join(lines)


def _part(archive: zipfile.ZipFile, path: str) -> etree._Element | None:
    if path not in archive.namelist():
        return None
    if archive.getinfo(path).file_size > _MAX_XML:
        raise NotReadError("file.too_large", size=f"{archive.getinfo(path).file_size:,}", limit=f"{_MAX_XML:,}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(archive.read(path), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError) as error:
        raise NotReadError("docx.damaged", reason=path) from error


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{W}p":
            yield numbering.label(child) + _words(child)
            yield from _boxes(child, numbering)
        elif child.tag == f"{W}tbl":
            yield from _rows(child, numbering)
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _blocks(child, numbering)


def _rows(table: etree._Element, numbering: Numbering) -> Iterator[str]:
    for row in table.iterfind(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterfind(f"{W}tc"):
            # A cell may hold a table of its own: its rows become words of this cell.
            lines = (line.replace("\t", " ") for line in _blocks(cell, numbering))
            cells.append(" ".join(line.replace("\n", " ") for line in lines if line))
            cells += [""] * (_spanned(cell) - 1)
        if any(cells):
            yield "\t".join(cells)


def _spanned(cell: etree._Element) -> int:
    """How many columns a cell takes up, so that the cells after it keep their places."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    written = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(written), 40) if written.isdigit() else 1


def _boxes(paragraph: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The words of text boxes, which stand behind the paragraph that they are tied to."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(outer.tag == _FALLBACK for outer in box.iterancestors()):
            yield from _blocks(box, numbering)


def _words(node: etree._Element) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag in _SKIPPED or child.tag == _FALLBACK:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append(" ")
        elif child.tag in {f"{W}br", f"{W}cr"}:
            parts.append("\n")
        else:
            parts.append(_words(child))
    return "".join(parts)
