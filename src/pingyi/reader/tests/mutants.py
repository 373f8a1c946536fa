"""Files that are nearly whole: seeds changed at random, checksums mended, so that a decoder's inside is met."""

from __future__ import annotations

import functools
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from pingyi.reader import samples

LARGEST = 0xFFFFFFFF
ODD = (0, 1, 0x7F, 0x80, 0xFF)
Change = Callable[[bytes, random.Random], bytes]


@functools.cache
def seeds() -> dict[str, tuple[str, str, bytes, Change]]:
    """Return kind → what is asked, the file's name, a small whole file, and how it is changed."""
    tables, documents = samples.tables(), samples.documents()
    found: dict[str, tuple[str, str, bytes, Change]] = {
        form.lower(): ("handed_in", f"a.{form.lower()}", samples.picture(form), changed)
        for form in ("JPEG", "MPO", "WEBP", "GIF", "BMP", "TIFF", "HEIF")
    }
    found["png"] = ("handed_in", "a.png", samples.picture("PNG"), changed_png)
    found["xlsx"] = ("rows", "a.xlsx", tables["a.xlsx"], changed_zip)
    found["docx"] = ("document", "a.docx", documents["a.docx"], changed_zip)
    found["pdf"] = ("document", "a.pdf", documents["a.pdf"], changed)
    found["html plan"] = ("document", "a.html", documents["a.html"], changed)
    found["text plan"] = ("document", "a.txt", documents["a.txt"], changed)
    for kind, name in (
        ("csv", "a.csv"),
        ("html table", "page.xls"),
        ("xml table", "excel.xls"),
        ("mhtml table", "archive.xls"),
        ("open311 json", "requests.json"),
        ("open311 xml", "requests.xml"),
    ):
        found[kind] = ("rows", name, tables[name], changed)
    return found


def changed(content: bytes, chance: random.Random) -> bytes:
    """Change a file in one of the ways in which files are damaged, or made to damage."""
    held = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(held) + 1)
        way = chance.randrange(6)
        if way == 0 and at < len(held):
            held[at] ^= 1 << chance.randrange(8)
        elif way == 1 and at < len(held):
            held[at] = chance.choice(ODD)
        elif way == 2:
            held[at : at + chance.choice((1, 2, 4, 30))] = b""
        elif way == 3:
            start = chance.randrange(len(held) + 1)
            held[at:at] = held[start : start + chance.choice((1, 4, 16, 200))] * chance.choice((1, 1, 3, 50))
        elif way == 4 and at + 4 <= len(held):
            held[at : at + 4] = struct.pack(
                chance.choice("<>") + "I", chance.choice((0, 1, 0x7FFFFFFF, LARGEST, 65_536))
            )
        elif way == 5 and chance.random() < 0.2:
            del held[at:]
        if not held:
            return content
    return bytes(held)


def changed_png(content: bytes, chance: random.Random) -> bytes:
    """Change a PNG inside its chunks, and mend their lengths and checksums."""
    made, at = [content[:8]], 8
    pieces = []
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        pieces.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + length]))
        at += 12 + length
    chosen = chance.randrange(len(pieces))
    for index, (kind, body) in enumerate(pieces):
        if index == chosen or chance.random() < 0.2:
            body = _changed_body(kind, body, chance)  # noqa: PLW2901 - the piece as it goes into the file
        made.append(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(made)


def _changed_body(kind: bytes, body: bytes, chance: random.Random) -> bytes:
    """Change the pixels behind their compression as often as the compressed bytes."""
    if kind == b"IDAT" and chance.random() < 0.6:
        return zlib.compress(changed(zlib.decompress(body), chance))
    return changed(body, chance) if body else changed(b"\0", chance)


def changed_zip(content: bytes, chance: random.Random) -> bytes:
    """Change one part of an archive and pack it anew, its lengths and checksums right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        return changed(content, chance)
    parts[chosen] = changed(parts[chosen], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()
