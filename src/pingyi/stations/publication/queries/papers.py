"""What a paper says, as far as it can be read; a picture says nothing that can be looked through."""

from __future__ import annotations

from pingyi.authoring.reading.document import read_document
from pingyi.authoring.reading.unreadable import UnreadableError
from pingyi.documents.handed_in import HandedIn


def text_of(paper: HandedIn) -> str:
    """Return the text of a paper, read by the reader; empty where there is none to be read."""
    if paper.mime.startswith("image/"):
        return ""
    try:
        return read_document(paper.content, name=paper.name).text
    except UnreadableError:
        return ""
