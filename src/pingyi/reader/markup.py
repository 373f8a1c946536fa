"""HTML → text: one line for each block, cells of a table row parted by tabs, nothing of scripts and navigation."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pingyi.reader.left_out import LeftOut
from pingyi.reader.taken_away import style_of, take_away

_DROPPED = ["script", "style", "noscript", "template", "nav", "iframe", "select", "button", "svg", "head"]
_BLOCKS = (
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tbody thead tr ul"
)
_LONGEST_CELL = 400
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


def text_of_html(source: str) -> tuple[str, list[dict[str, object]]]:
    """Return the visible text of a page, and what stands there but is struck out, deleted or hidden."""
    tree = LexborHTMLParser(source)
    style, left_out = style_of(tree), LeftOut()
    tree.strip_tags(_DROPPED, recursive=True)
    take_away(tree, style, left_out)
    for line_break in tree.css("br"):
        line_break.replace_with("\u2028")
    for table in tree.css("table"):
        rows = _rows(table)
        if rows:
            table.replace_with("\u2028" + "\u2028".join(rows) + "\u2028")
    for cell in tree.css("td, th"):
        cell.insert_after("\u2029")
    for block in tree.css(", ".join(_BLOCKS.split())):
        block.insert_before("\u2028")
        block.insert_after("\u2028")
    body = tree.body
    text = body.text(deep=True) if body is not None else ""
    text = re.sub(r"[ \t\r\n]+", " ", text).replace("\u2029", "\t").replace("\u2028", "\n")
    lines = (
        line.strip(" \t") if line.count("\t") < 2 else line.strip(" ") for line in text.split("\n") if line.strip()
    )
    return "\n".join(lines), left_out.told()


def _rows(table: LexborNode) -> list[str]:
    """The rows of a table that holds facts; one that only lays out a page gives none and is read as blocks."""
    lines = table.css("tr")
    cells = table.css("td, th")
    if any(inner != table for inner in table.css("table")) or any(
        len(cell.text(deep=True)) > _LONGEST_CELL for cell in cells
    ):
        return []
    rows: list[str] = []
    down: dict[int, int] = {}  # column → rows that a cell above still reaches into
    for line in lines:
        row: list[str] = []
        for cell in line.css("td, th"):
            _pass_merged(row, down)
            words = re.sub(r"\s+", " ", cell.text(deep=True, separator=" ")).strip()
            reach = _number(cell, "rowspan")
            for place in range(_number(cell, "colspan")):
                if reach > 1:
                    down[len(row)] = reach - 1
                row.append("" if place else words)
        _pass_merged(row, down)
        rows.append("\u2029".join(row))
    return rows


def _pass_merged(row: list[str], down: dict[int, int]) -> None:
    while down.get(len(row), 0):
        down[len(row)] -= 1
        row.append("")


def _number(cell: LexborNode, name: str) -> int:
    written = (cell.attributes.get(name) or "1").strip()
    return min(max(int(written), 1), 60) if written.isdecimal() else 1
