"""HTML → text: one line for each block, cells of a table row parted by tabs, nothing of scripts and navigation."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

_DROPPED = ["script", "style", "noscript", "template", "nav", "iframe", "select", "button", "svg", "head"]
_BLOCKS = (
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tbody thead tr ul"
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_LOOKS_LIKE = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|br|span|meta)\b", re.IGNORECASE)


def looks_like_html(content: bytes) -> bool:
    """Tell whether the first bytes are those of a page."""
    return len(_LOOKS_LIKE.findall(content[:4000])) > 1 or content[:300].lstrip().lower().startswith(
        (b"<!doctype", b"<html")
    )


def declared_charset(content: bytes) -> str:
    """Return the encoding that the page names for itself, or nothing."""
    found = _CHARSET.search(content[:4000])
    return found.group(1).decode("ascii") if found else ""


def text_of_html(source: str) -> str:
    """Return the visible text of a page."""
    tree = LexborHTMLParser(source)
    tree.strip_tags(_DROPPED, recursive=True)
    for line_break in tree.css("br"):
        line_break.replace_with("\u2028")
    for cell in tree.css("td, th"):
        cell.insert_after("\u2029")
    for block in tree.css(", ".join(_BLOCKS.split())):
        block.insert_before("\u2028")
        block.insert_after("\u2028")
    body = tree.body
    text = body.text(deep=True) if body is not None else ""
    text = re.sub(r"[ \t\r\n]+", " ", text).replace("\u2029", "\t").replace("\u2028", "\n")
    return "\n".join(line.strip(" \t") for line in text.split("\n") if line.strip())
