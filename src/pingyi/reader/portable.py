"""PDF → text: paragraphs and rows of tables by the places of the glyphs, and what stands there but is not text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pypdfium2

from pingyi.reader import any_font
from pingyi.reader.layout.columns import gutter_of, in_order
from pingyi.reader.layout.glyphs import glyphs_of, turned
from pingyi.reader.layout.lines import part_notes, rows_of
from pingyi.reader.layout.margins import Sheet, part_margins
from pingyi.reader.layout.paragraphs import paragraphs_of
from pingyi.reader.layout.ruled import part_tables
from pingyi.reader.left_out import LeftOut
from pingyi.reader.refusals import NotReadError

ASLANT, NOTE, MARGIN, SMALL = "aslant", "note", "margin", "small"


def text_of_pdf(content: bytes, *, limit: int) -> tuple[str, int, list[dict[str, object]]]:
    """Return the text, the number of pages and what was left out; a locked, damaged or scanned file says so."""
    any_font.use()
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        code = "pdf.password" if "password" in str(error).lower() else "pdf.damaged"
        raise NotReadError(code) from error
    left_out = LeftOut()
    try:
        text = _text(document, pages=pages, limit=limit, left_out=left_out)
    except pypdfium2.PdfiumError as error:
        raise NotReadError("pdf.damaged") from error
    finally:
        document.close()
    if not text.strip():
        raise NotReadError("pdf.scanned", pages=str(pages))
    return text, pages, left_out.told()


def _text(document: pypdfium2.PdfDocument, *, pages: int, limit: int, left_out: LeftOut) -> str:
    sheets: list[Sheet] = []
    length = 0
    for number in range(pages):
        sheets.append(_sheet(document[number], number, left_out))
        length += sum(len(line.words) for line in sheets[-1].lines)
        if length > limit:
            break
    size = _size(sheets)
    lines, repeated, small = part_margins(sheets, size)
    for why, found in ((MARGIN, repeated), (SMALL, small)):
        for words in found:
            left_out.keep(why, words)
    return "\n".join(paragraphs_of(lines, size, [sheet.span for sheet in sheets]))


def _sheet(page: pypdfium2.PdfPage, number: int, left_out: LeftOut) -> Sheet:
    """Read one page: its lines in their order, and how far it reaches up and down."""
    words = page.get_textpage()
    drawn = glyphs_of(words)
    outside, tables = part_tables(page, drawn.level, drawn.quarters)
    left, bottom, right, top = turned(page.get_bbox(), drawn.quarters)
    words.close()
    page.close()
    rows, notes = part_notes(rows_of(outside))
    for why, found in ((ASLANT, drawn.aslant), (NOTE, notes)):
        for passage in found:
            left_out.keep(why, passage)
    lines = in_order(rows, tables, gutter_of(rows, (left, right)))
    return Sheet(
        lines=[replace(line, page=number) for line in lines],
        span=(left, right),
        bottom=bottom,
        top=top,
    )


def _size(sheets: list[Sheet]) -> float:
    """Return the size of the text: that of most of its characters."""
    counted: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            counted[round(line.size, 1)] += len(line.words)
    return counted.most_common(1)[0][0] if counted else 0.0
