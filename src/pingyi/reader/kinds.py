"""Files that people hand in: what each is by its content; a picture is drawn anew, a paper is kept as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import puremagic

from pingyi.reader import pictures, wire
from pingyi.reader.papers import COMPOUND_HEAD, KINDS
from pingyi.reader.refusals import NotReadError

ZIPPED = frozenset({"docx", "xlsx", "pptx"})
COMPOUND = frozenset({"doc", "wps", "xls", "ppt"})
TEXTS = frozenset({"txt", "csv"})

ENDINGS = {"PNG": "png", "JPEG": "jpg"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def handed_in(content: bytes, *, name: str = "") -> Iterator[tuple[wire.Head, bytes]]:
    """Answer with a picture drawn anew, or with the word that the file is what its name says and may be kept."""
    if pictures.is_picture(content):
        form, drawn = pictures.draw(content)
        yield {"kind": "kept", "ending": ENDINGS[form], "is_drawn": True}, drawn
        return
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS or not _is_what_it_says(content, ending=ending, name=name):
        raise NotReadError("file.kind_not_accepted")
    yield {"kind": "kept", "ending": ending, "is_drawn": False}, b""


def _is_what_it_says(content: bytes, *, ending: str, name: str) -> bool:
    if ending in TEXTS:
        return _is_text(content)
    if ending in COMPOUND:
        return content.startswith(COMPOUND_HEAD)
    if ending in ZIPPED:
        return _is_office_zip(content) and KINDS[ending] in _mimes(content, name=name)
    return KINDS[ending] in _mimes(content, name=name)


def _mimes(content: bytes, *, name: str) -> set[str]:
    try:
        return {found.mime_type for found in puremagic.magic_string(content, filename=name)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_office_zip(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return not _CONTROL.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False
