"""One tiny file of each kind, made here: read once in the small process before the first file from outside comes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

PICTURES = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF")


def picture(form: str, size: tuple[int, int] = (24, 16)) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form)
    return out.getvalue()


def all_kinds() -> Iterator[tuple[str, str, bytes]]:
    """Yield what is asked, the file's name, the file."""
    for form in PICTURES:
        yield "handed_in", f"a.{form.lower()}", picture(form)
    yield "handed_in", "a.pdf", b"%PDF-1.7\n%\xe2\xe3"
    yield "handed_in", "a.docx", b"PK\x03\x04"
    yield "handed_in", "a.txt", "评议".encode("gb18030")
