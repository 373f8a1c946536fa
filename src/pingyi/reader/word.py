"""DOCX → text: paragraphs, table rows, and the numbers that Word only draws (自动编号)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pingyi.reader.numbering import Numbering
from pingyi.reader.refusals import NotReadError
from pingyi.reader.runs import DELETED, HIDDEN, STRUCK, Runs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_XML = 60_000_000
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of_docx(archive: zipfile.ZipFile, *, limit: int) -> tuple[str, list[dict[str, object]]]:
    """Return the text with one paragraph a line, cells parted by tabs, and what stands there but is not text."""
    document = _part(archive, "word/document.xml")
    if document is None:
        raise NotReadError("docx.damaged", reason="word/document.xml")
    styles = _part(archive, "word/styles.xml")
    body = document.find(f"{W}body")
    reading = _Reading(Numbering(_part(archive, "word/numbering.xml"), styles=styles), Runs(styles))
    lines: list[str] = []
    length = 0
    for line in reading.blocks(body if body is not None else document):
        lines.append(line)
        length += len(line)
        if length > limit:
            break
    return "\n".join(lines), reading.runs.left_out.told()


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


class _Reading:
    """One document, read from its first block to its last."""

    def __init__(self, numbering: Numbering, runs: Runs) -> None:
        self._numbering = numbering
        self.runs = runs

    def blocks(self, parent: etree._Element, *, is_deleted: bool = False) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, is_deleted=is_deleted)
                yield from self._boxes(child)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child, is_deleted=is_deleted)
            elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
                yield from self.blocks(child, is_deleted=is_deleted)

    def _paragraph(self, paragraph: etree._Element, *, is_deleted: bool) -> Iterator[str]:
        """Read a paragraph; one taken away whole leaves no number behind, and is counted only if it was struck."""
        before, struck = self.runs.left_out.total(HIDDEN, DELETED), self.runs.left_out.total(STRUCK)
        words = self.runs.words(paragraph, is_deleted=is_deleted)
        if words.strip() or (
            before == self.runs.left_out.total(HIDDEN, DELETED) and struck == self.runs.left_out.total(STRUCK)
        ):
            yield self._numbering.label(paragraph) + words
        elif struck != self.runs.left_out.total(STRUCK):
            self._numbering.label(paragraph)

    def _rows(self, table: etree._Element, *, is_deleted: bool) -> Iterator[str]:
        for row in table.iterfind(f"{W}tr"):
            is_gone = is_deleted or row.find(f"{W}trPr/{W}del") is not None
            cells: list[str] = []
            for cell in row.iterfind(f"{W}tc"):
                # A cell may hold a table of its own: its rows become words of this cell.
                lines = (line.replace("\t", " ") for line in self.blocks(cell, is_deleted=is_gone))
                cells.append(" ".join(line.replace("\n", " ") for line in lines if line))
                cells += [""] * (_spanned(cell) - 1)
            if any(cells):
                yield "\t".join(cells)

    def _boxes(self, paragraph: etree._Element) -> Iterator[str]:
        """Read the words of text boxes, which stand behind the paragraph that they are tied to."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(outer.tag == _FALLBACK for outer in box.iterancestors()):
                yield from self.blocks(box)


def _spanned(cell: etree._Element) -> int:
    """How many columns a cell takes up, so that the cells after it keep their places."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    written = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(written), 40) if written.isdigit() else 1
