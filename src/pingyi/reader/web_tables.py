"""Pages that web systems export as .xls, alone or in an archive of one file (MHTML) → a sheet for each table."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pingyi.reader.decoding import decode
from pingyi.reader.left_out import LeftOut
from pingyi.reader.markup import declared_charset
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import MOST_COLUMNS, Cell, Merges, Row, Sheet, filled
from pingyi.reader.taken_away import MARK, marked

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
    yield from _sheets(found)


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
    yield from _sheets(found)


def _sheets(tables: list[Any]) -> Iterator[Sheet]:
    for number, table in enumerate(tables, 1):
        left_out = LeftOut()
        rows = _rows(table, left_out)
        yield Sheet(name="" if len(tables) == 1 else _name(table, number), rows=rows, left_out=left_out)


def _tables(content: bytes, *, declared: str) -> list[Any]:
    try:
        words, _ = decode(content, declared=declared or declared_charset(content))
    except NotReadError as fault:
        raise NotReadError("file.text") from fault
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(marked(_DECLARED.sub("", words.lstrip("\ufeff"))), parser=parser)
    except (etree.LxmlError, ValueError) as fault:
        raise NotReadError("file.damaged") from fault
    outer = {above for table in root.iter("table") for above in table.iterancestors("table")}
    return [
        table
        for table in root.iter("table")
        if table not in outer and table.find(".//tr") is not None and not _is_taken_away(table)
    ]


def _is_taken_away(one: Any) -> bool:
    return one.get(MARK) is not None or any(above.get(MARK) is not None for above in one.iterancestors())


def _name(table: Any, number: int) -> str:
    caption = table.find("caption")
    return (_words(caption)[:60] if caption is not None else "") or str(number)


def _rows(table: Any, left_out: LeftOut) -> Iterator[Row]:
    """Lay the cells out in their columns; what a cell spans is filled with its words.

    What is struck out or hidden is empty, a row or a cell in its place: others would get its number, or its head.
    """
    laid: list[Row] = []
    merges: Merges = {}
    down: dict[int, int] = {}  # column → the last row that a cell above reaches into
    gone = _take_away(table, left_out)
    for number, line in enumerate(table.iter("tr")):
        if line in gone:
            laid.append([])
            continue
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


def _take_away(table: Any, left_out: LeftOut) -> set[Any]:
    """Empty the cells and the words that are struck out or hidden, and return the rows that are."""
    gone: set[Any] = set()
    for one in table.xpath(f"descendant::*[@{MARK}]"):
        left_out.keep(one.get(MARK), " ".join(" ".join(one.itertext()).split()))
        if one.tag in {"td", "th"}:
            for inner in list(one):
                one.remove(inner)
            one.text = None
        elif one.tag in {"tr", "thead", "tbody", "tfoot"}:
            gone.update(one.iter("tr"))
        else:
            one.drop_tree()
    return gone


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
