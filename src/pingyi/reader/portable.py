"""PDF → text, page by page."""

from __future__ import annotations

import pypdfium2

from pingyi.reader.glyphs import text_of
from pingyi.reader.refusals import NotReadError


def text_of_pdf(content: bytes, *, limit: int) -> tuple[str, int]:
    """Return the text and the number of pages; a locked, damaged or scanned file says so."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        code = "pdf.password" if "password" in str(error).lower() else "pdf.damaged"
        raise NotReadError(code) from error
    try:
        text = _pages(document, pages=pages, limit=limit)
    except pypdfium2.PdfiumError as error:
        raise NotReadError("pdf.damaged") from error
    finally:
        document.close()
    if not text.strip("\f \n"):
        raise NotReadError("pdf.scanned", pages=str(pages))
    return text, pages


def _pages(document: pypdfium2.PdfDocument, *, pages: int, limit: int) -> str:
    parts: list[str] = []
    length = 0
    for number in range(pages):
        page = document[number]
        words = page.get_textpage()
        parts.append(text_of(words).replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x02", ""))
        words.close()
        page.close()
        length += len(parts[-1])
        if length > limit:
            break
    return "\n\f\n".join(parts)
