"""Bytes of a document (TXT, DOCX, PDF, HTML) → its text, one paragraph a line; whatever cannot be read says why."""

from __future__ import annotations

from pingyi.authoring.reading.document import MAX_BYTES, MAX_CHARACTERS, Document, read_document
from pingyi.authoring.reading.messages import MESSAGES
from pingyi.authoring.reading.unreadable import UnreadableError

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "MESSAGES", "Document", "UnreadableError", "read_document"]
