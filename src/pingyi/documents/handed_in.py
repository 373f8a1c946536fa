"""Files that people hand in: the content tells the kind, photographs lose their place (GPS), names become safe."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from pingyi.rules.refused import Refused

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 4096
LONGEST_NAME = 80
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
ZIPPED = frozenset({"docx", "xlsx", "pptx"})
COMPOUND = frozenset({"doc", "wps", "xls", "ppt"})
TEXTS = frozenset({"txt", "csv"})
COMPOUND_HEAD = bytes.fromhex("D0CF11E0A1B11AE1")
PICTURES = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg")}
ACCEPTED = ".jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff," + ",".join(f".{kind}" for kind in KINDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """A file as it is kept."""

    name: str
    mime: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest under which it is kept and recorded."""
        return hashlib.sha256(self.content).hexdigest()


def accept(content: bytes, *, name: str) -> HandedIn:
    """Return the file as it may be kept, or refuse it with what is wrong."""
    shown = safe_name(name)
    if not content:
        raise Refused("file.empty", name=shown)
    if len(content) > LARGEST:
        raise Refused("file.too_large", name=shown, megabytes=LARGEST // 1024 // 1024)
    ending = shown.rpartition(".")[2].lower()
    if _looks_like_a_picture(content, name=shown):
        return _picture(content, name=shown)
    if ending in KINDS and _is_what_it_says(content, ending=ending, name=shown):
        return HandedIn(name=shown, mime=KINDS[ending], content=content)
    raise Refused("file.kind_not_accepted", name=shown)


def safe_name(name: str) -> str:
    """Return a name without path, controls or reading tricks; the ending stays, whatever the length."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    clean = re.sub(r'[<>:"|?*]', "_", clean).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending[:8]}"


def _looks_like_a_picture(content: bytes, *, name: str) -> bool:
    return any(mime.startswith("image/") and "svg" not in mime for mime in _mimes(content, name=name))


def _mimes(content: bytes, *, name: str) -> set[str]:
    import puremagic

    try:
        return {found.mime_type for found in puremagic.magic_string(content, filename=name)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_what_it_says(content: bytes, *, ending: str, name: str) -> bool:
    if ending in TEXTS:
        return _is_text(content)
    if ending in COMPOUND:
        return content.startswith(COMPOUND_HEAD)
    if ending in ZIPPED:
        return _is_office_zip(content) and KINDS[ending] in _mimes(content, name=name)
    return KINDS[ending] in _mimes(content, name=name)


def _is_office_zip(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(letter) == "Cc" and letter not in "\r\n\t\f" for letter in text)
    return False


def _picture(content: bytes, *, name: str) -> HandedIn:
    """Draw the picture anew: what is not a pixel (GPS, camera, a hidden second file) does not come along."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("file.too_many_pixels", name=name, megapixels=MOST_PIXELS // 1_000_000)
            upright = ImageOps.exif_transpose(opened)
            kept = "PNG" if opened.format in {"PNG", "GIF"} else "JPEG"
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = upright.convert("RGBA" if kept == "PNG" else "RGB")
            plain.info.clear()
            out = io.BytesIO()
            plain.save(out, kept, **({"quality": 88} if kept == "JPEG" else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise Refused("file.damaged_picture", name=name) from fault
    ending, mime = PICTURES[kept]
    stem = name.rpartition(".")[0] or name
    return HandedIn(name=f"{stem}.{ending}", mime=mime, content=out.getvalue())
