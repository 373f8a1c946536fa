"""The door of reading: what kind of file it is, and its text."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from pingyi.authoring.reading.decoding import decode
from pingyi.authoring.reading.markup import declared_charset, looks_like_html, text_of_html
from pingyi.authoring.reading.portable import text_of_pdf
from pingyi.authoring.reading.unreadable import UnreadableError
from pingyi.authoring.reading.word import text_of_docx

MAX_BYTES = 20_000_000
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
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document's text as it stood there, not yet cleaned."""

    text: str
    kind: str  # "txt", "docx", "pdf" or "html"
    encoding: str = ""
    pages: int = 0


def read_document(content: bytes, *, name: str) -> Document:
    """Return the text of an uploaded file, or raise `UnreadableError` with a sentence for the person (§0)."""
    if not content.strip(b"\0 \t\r\n\x0c\xef\xbb\xbf"):
        raise UnreadableError("file.empty", name=name)
    if len(content) > MAX_BYTES:
        raise UnreadableError("file.too_large", name=name, size=f"{len(content):,}", limit=f"{MAX_BYTES:,}")
    document = _read(content, name=name)
    if not document.text.strip():
        raise UnreadableError("text.none", name=name)
    if len(document.text) > MAX_CHARACTERS:
        raise UnreadableError("text.too_long", name=name, size=f"{len(document.text):,}", limit=f"{MAX_CHARACTERS:,}")
    return document


def _read(content: bytes, *, name: str) -> Document:
    if b"%PDF-" in content[:1024]:
        text, pages = text_of_pdf(content, name=name, limit=MAX_CHARACTERS)
        return Document(text=text, kind="pdf", pages=pages)
    if content.startswith(b"PK"):
        return _read_zip(content, name=name)
    if content.startswith(_OLD_OFFICE):
        # A DOCX with a password is wrapped in the old container too.
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise UnreadableError("docx.locked" if locked else "file.old_word", name=name)
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise UnreadableError("file.kind", name=name, kind=kind)
    if looks_like_html(content):
        source, encoding = decode(content, name=name, declared=declared_charset(content))
        return Document(text=text_of_html(source), kind="html", encoding=encoding)
    text, encoding = decode(content, name=name)
    return Document(text=text, kind="txt", encoding=encoding)


def _read_zip(content: bytes, *, name: str) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
            if "word/document.xml" in members:
                return Document(text=text_of_docx(archive, name=name, limit=MAX_CHARACTERS), kind="docx")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError) as error:
        raise UnreadableError("docx.damaged", name=name, reason=type(error).__name__) from error
    kind = "XLSX" if "xl/workbook.xml" in members else "PPTX" if "ppt/presentation.xml" in members else "ZIP"
    raise UnreadableError("file.kind", name=name, kind=kind)
