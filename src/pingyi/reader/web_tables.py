"""Pages that web systems export as .xls, alone or in an archive of one file (MHTML) → a sheet for each table."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pingyi.reader.decoding import decode
from pingyi.reader.markup import declared_charset
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import MOST_COLUMNS, Cell, Merges, Row, Sheet, filled

MOST_SPANNED = 5_000  # rows that one merged cell may reach down
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|style|title)\b", re.IGNORECASE)
_ARCHIVE = re.compile(rb"\s*(?:mime-version:|from:|content-type:\s*multipart/)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_LINE = "\u2028"


def is_page(content: bytes) -> bool:
    """Whether a file begins as a page does, whatever its encoding."""
    start = content[:2000]
    wide = start.decode("utf-16", "ignore") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    words = (wide or start.decode("latin-1")).lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    return words.startswith("<") and _PAGE.search(words) is not None


def is_archive(content: bytes) -> bool:
    """Whether a file is a page archived with its parts, as a browser or a spreadsheet program saves it."""
    return _ARCHIVE.match(content[:200]) is not None and b"multipart/" in content[:4000].lower()


def sheets(content: bytes, *, declared: str = "") -> Iterator[Sheet]:
    """Yield the tables of a page; one that only lays others out is none."""
    found = _tables(content, declared=declared)
    if not found:
        raise NotReadError("file.not_a_table", kind="HTML/XML")
    for number, table in enumerate(found, 1):
        yield Sheet(name="" if len(found) == 1 else _name(table, number), rows=_rows(table))


def archived_sheets(content: bytes) -> Iterator[Sheet]:
    """Yield the tables of every page in an archive."""
    try:
        pages = [
            (part.get_payload(decode=True), part.get_content_charset() or "")
            for part in email.message_from_bytes(content).walk()
            if part.get_content_type() == "text/html"
        ]
    except (ValueError, LookupError) as fault:
        raise NotReadError("file.damaged") from fault
    found = [table for page, charset in pages if isinstance(page, bytes) for table in _tables(page, declared=charset)]
    if not found:
        raise NotReadError("file.not_a_table", kind="MHTML")
    for number, table in enumerate(found, 1):
        yield Sheet(name="" if len(found) == 1 else _name(table, number), rows=_rows(table))


def _tables(content: bytes, *, declared: str) -> list[Any]:
    try:
        words, _ = decode(content, declared=declared or declared_charset(content))
    except NotReadError as fault:
        raise NotReadError("file.text") from fault
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_DECLARED.sub("", words.lstrip("\ufeff")), parser=parser)
    except (etree.LxmlError, ValueError) as fault:
        raise NotReadError("file.damaged") from fault
    outer = {above for table in root.iter("table") for above in table.iterancestors("table")}
    return [table for table in root.iter("table") if table not in outer and table.find(".//tr") is not None]


def _name(table: Any, number: int) -> str:
    caption = table.find("caption")
    return (_words(caption)[:60] if caption is not None else "") or str(number)


def _rows(table: Any) -> Iterator[Row]:
    """Lay the cells out in their columns; what a cell spans is filled with its words."""
    laid: list[Row] = []
    merges: Merges = {}
    down: dict[int, int] = {}  # column → the last row that a cell above reaches into
    for number, line in enumerate(table.iter("tr")):
        row: list[Cell] = []
        for cell in line.iterchildren("td", "th"):
            while down.get(len(row), -1) >= number:
                row.append("")
            across, deep = _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", MOST_SPANNED)
            if across * deep > 1:
                last = len(row) + across - 1
                merges.setdefault(number, []).append((number + deep - 1, len(row), last))
                down.update(dict.fromkeys(range(len(row), last + 1), number + deep - 1))
            row += [_words(cell), *[""] * (across - 1)]
            if len(row) > 2 * MOST_COLUMNS:
                raise NotReadError("file.too_many_columns", most=str(MOST_COLUMNS))
        row += [""] * (max((column + 1 for column, last in down.items() if last >= number), default=0) - len(row))
        laid.append(row)
    return filled(iter(laid), merges)


def _words(cell: Any) -> str:
    lines = "".join(_pieces(cell)).split(_LINE)
    return "\n".join(" ".join(line.split()) for line in lines).strip("\n")


def _pieces(cell: Any) -> Iterator[str]:
    for event, one in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            yield _LINE if one.tag == "br" else one.text or ""
        elif one is not cell:
            yield one.tail or ""


def _span(cell: Any, name: str, most: int) -> int:
    written = (cell.get(name) or "1").strip()
    return min(max(int(written), 1), most) if written.isascii() and written.isdigit() and len(written) < 9 else 1
