"""A plan document of any kind → its text (§0)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from pingyi.reader import wire
from pingyi.reader.carried import NOTHING, Carried, of_docx, of_html, of_pdf
from pingyi.reader.decoding import decode
from pingyi.reader.markup import declared_charset, looks_like_html, text_of_html
from pingyi.reader.papers import COMPOUND_HEAD, is_locked
from pingyi.reader.portable import text_of_pdf
from pingyi.reader.refusals import NotReadError
from pingyi.reader.word import text_of_docx

MAX_CHARACTERS = 1_000_000

_OTHER_KINDS = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM\x00", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
)


def document(content: bytes) -> Iterator[tuple[wire.Head, bytes]]:
    """Answer with a document's text as it stands there, not yet cleaned, and behind it with what it carries."""
    form, text, carried, more = _read(content)
    if not text.strip():
        raise NotReadError("text.none")
    if len(text) > MAX_CHARACTERS:
        raise NotReadError("text.too_long", size=f"{len(text):,}", limit=f"{MAX_CHARACTERS:,}")
    seen = carried.seen.encode("utf-8", "replace")
    head = {"kind": "text", "form": form, "encoding": "", "pages": 0, "unread": [], **more}
    head |= {"carried": len(carried.data), "seen": len(seen), "is_plain": carried.is_plain}
    yield head, text.encode("utf-8", "replace") + seen + carried.data


def _read(content: bytes) -> tuple[str, str, Carried, wire.Head]:
    if b"%PDF-" in content[:1024]:
        text, pages, unread = text_of_pdf(content, limit=MAX_CHARACTERS)
        return "pdf", text, of_pdf(content, limit=MAX_CHARACTERS), {"pages": pages, "unread": unread}
    if content.startswith(b"PK"):
        text, unread, carried = _text_of_zip(content)
        return "docx", text, carried, {"unread": unread}
    if content.startswith(COMPOUND_HEAD):
        raise NotReadError("docx.locked" if is_locked(content) else "file.old_word")
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise NotReadError("file.kind", kind=kind)
    if looks_like_html(content):
        source, encoding = decode(content, declared=declared_charset(content))
        text, unread = text_of_html(source)
        return "html", text, of_html(source), {"encoding": encoding, "unread": unread}
    text, encoding = decode(content)
    return "txt", text, NOTHING, {"encoding": encoding}


def _text_of_zip(content: bytes) -> tuple[str, list[dict[str, object]], Carried]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
            if "word/document.xml" in members:
                return *text_of_docx(archive, limit=MAX_CHARACTERS), of_docx(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise NotReadError("docx.damaged", reason=type(error).__name__) from error
    kind = "XLSX" if "xl/workbook.xml" in members else "PPTX" if "ppt/presentation.xml" in members else "ZIP"
    raise NotReadError("file.kind", kind=kind)
