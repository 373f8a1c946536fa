"""The papers that people hand in besides pictures: a name's ending, and what its content must be."""

from __future__ import annotations

import re

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "txt": "text/plain",
    "csv": "text/csv",
}
COMPOUND_HEAD = bytes.fromhex("D0CF11E0A1B11AE1")
# A paper of today with a password is one stream of this name in the old container; an old workbook says so in the
# record behind its first one.
_LOCKED = re.compile(re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\x00.{16}\x2f\x00", re.DOTALL)


def is_locked(content: bytes) -> bool:
    """Whether a paper in the old container has a password."""
    return content.startswith(COMPOUND_HEAD) and _LOCKED.search(content) is not None
