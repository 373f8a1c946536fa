"""What an invited person holds: the sealed sheet, opened and read with a telephone."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import zxingcpp

SITE = "http://testserver"


def links(sheet: bytes) -> list[str]:
    """Return the paths of the links folded into a printed sheet, leaf by leaf."""
    found = []
    for page in pypdfium2.PdfDocument(io.BytesIO(sheet)):
        codes = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
        found += sorted(codes, key=lambda code: code.position.top_left.y)
    return ["/" + code.text.split("/", 3)[3] for code in found]


def link(answer: Any) -> str:
    """Return the path of the only link on the sheet that a request was answered with."""
    assert answer.headers["Content-Type"] == "application/pdf", answer.content[:300]
    (found,) = links(answer.content)
    return found
