"""The door of reading: a plan document's text, asked of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.authoring.reading.unreadable import UnreadableError
from pingyi.authoring.unread import Unread
from pingyi.reader import client
from pingyi.reader.answers import Text
from pingyi.reader.refusals import BusyError, NotReadError

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document's text as it stood there, not yet cleaned."""

    text: str
    kind: str  # "txt", "docx", "pdf" or "html"
    encoding: str = ""
    pages: int = 0
    unread: tuple[Unread, ...] = ()
    carried: bytes = b""  # the plan that it says to be the print of; foreign, and not yet judged
    seen: str = ""  # all that its pages say, where the text leaves something out and a plan is carried
    is_plain: bool = True  # its pages hold nothing but text

    @property
    def lines_are_whole(self) -> bool:
        """Tell whether each line is known to be a paragraph: those of a PDF are joined by their places on the page."""
        return self.kind == "pdf"


def read_document(content: bytes, *, name: str) -> Document:
    """Return the text of an uploaded file, or raise `UnreadableError` with a sentence for the person (§0)."""
    if not content.strip(b"\0 \t\r\n\x0c\xef\xbb\xbf"):
        raise UnreadableError("file.empty", name=name)
    if len(content) > MAX_BYTES:
        raise UnreadableError("file.too_large", name=name, size=f"{len(content):,}", limit=f"{MAX_BYTES:,}")
    try:
        told, body = client.ask("document", content, Text)
    except NotReadError as fault:
        raise UnreadableError(fault.code, name=name, **fault.facts) from fault
    except BusyError as busy:
        raise UnreadableError("file.busy", name=name) from busy
    until = len(body) - told.carried
    end = until - told.seen
    if end < 0:
        raise UnreadableError("file.damaged", name=name)
    return Document(
        text=body[:end].decode("utf-8", "replace"),
        kind=told.form,
        encoding=told.encoding,
        pages=told.pages,
        unread=tuple(Unread(why=one.why, count=one.count, words=tuple(one.words)) for one in told.unread),
        carried=body[until:],
        seen=body[end:until].decode("utf-8", "replace"),
        is_plain=told.is_plain,
    )
