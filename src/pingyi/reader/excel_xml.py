"""Excel's XML of 2003, which web systems still write as .xls → sheets of cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from pingyi.reader.decoding import decode
from pingyi.reader.refusals import NotReadError
from pingyi.reader.sheet import Cell, Merges, Row, Sheet, fault, filled, share

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
S = f"{{{SPACE}}}"
MOST_ROWS, MOST_WIDE = 1_048_576, 16_384
MOST_EMPTY = 20_000  # rows or columns that may be left out before one that holds something
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]{2,20})""")


def is_excel_xml(content: bytes) -> bool:
    """Whether a file is of this kind by its beginning, whatever its encoding."""
    start = content[:4000].replace(b"\0", b"")
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and SPACE.encode() in start


def sheets(content: bytes) -> Iterator[Sheet]:
    """Yield the sheets, their rows laid out."""
    root = _root(content)
    shares = _per_cent_styles(root)
    found = list(root.iterchildren(f"{S}Worksheet"))
    if not found:
        raise NotReadError("file.not_a_table", kind="HTML/XML")
    for one in found:
        name = "" if len(found) == 1 else str(one.get(f"{S}Name", ""))
        yield Sheet(name=name, rows=_rows(one, shares))


def _root(content: bytes) -> Any:
    declared = _ENCODING.search(content[:200])
    try:
        words, _ = decode(content, declared=declared[1].decode("ascii") if declared else "")
    except NotReadError as refused:
        raise NotReadError("file.text") from refused
    plain = _DECLARED.sub("", words.lstrip("\ufeff")).encode("utf-8", "replace")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(io.BytesIO(plain), parser).getroot()
    except etree.XMLSyntaxError as damaged:
        raise NotReadError("file.damaged") from damaged
    if root.tag != f"{S}Workbook":
        raise NotReadError("file.not_a_table", kind="HTML/XML")
    return root


def _per_cent_styles(root: Any) -> set[str]:
    formats = root.iterfind(f"{S}Styles/{S}Style")
    return {
        style.get(f"{S}ID", "")
        for style in formats
        if (form := style.find(f"{S}NumberFormat")) is not None and _is_per_cent(form.get(f"{S}Format", ""))
    }


def _is_per_cent(form: str) -> bool:
    return "%" in form or form == "Percent"


def _rows(sheet: Any, shares: set[str]) -> Iterator[Row]:
    laid: list[Row] = []
    merges: Merges = {}
    down: dict[int, int] = {}
    for line in sheet.iterfind(f"{S}Table/{S}Row"):
        place = _place(line, after=len(laid), most=MOST_ROWS)
        laid += [[]] * (place - len(laid))
        laid.append(_row(line, shares, number=place, merges=merges, down=down))
    return filled(iter(laid), merges)


def _row(line: Any, shares: set[str], *, number: int, merges: Merges, down: dict[int, int]) -> list[Cell]:
    row: list[Cell] = []
    for cell in line.iterchildren(f"{S}Cell"):
        while down.get(len(row), -1) >= number:
            row.append("")
        place = _place(cell, after=len(row), most=MOST_WIDE)
        row += [""] * (place - len(row))
        across, deep = _count(cell, "MergeAcross", MOST_WIDE), _count(cell, "MergeDown", MOST_ROWS)
        if across or deep:
            merges.setdefault(number, []).append((number + deep, place, place + across))
            down.update(dict.fromkeys(range(place, place + across + 1), number + deep))
        row += [_value(cell, shares), *[""] * across]
        if len(row) > 2 * MOST_WIDE:
            raise NotReadError("file.far_cell")
    row += [""] * (max((column + 1 for column, last in down.items() if last >= number), default=0) - len(row))
    return row


def _value(cell: Any, shares: set[str]) -> Cell:
    told = cell.find(f"{S}Data")
    if told is None:
        return ""
    words, kind = "".join(told.itertext()).strip(), told.get(f"{S}Type", "String")
    try:
        if kind == "Number":
            number = float(words)
            return share(number) if cell.get(f"{S}StyleID") in shares else number
        if kind == "DateTime":
            return datetime.fromisoformat(words)
    except ValueError:
        return words
    return fault(words) if kind == "Error" else words


def _place(one: Any, *, after: int, most: int) -> int:
    """Return where a row or a cell stands, from 0: at its index, or behind the one before."""
    written = one.get(f"{S}Index", "")
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        return after
    place = int(written) - 1
    if place >= most or place - after > MOST_EMPTY:
        raise NotReadError("file.far_cell")
    return max(place, after)


def _count(cell: Any, name: str, most: int) -> int:
    written = cell.get(f"{S}{name}", "0")
    return min(int(written), most) if written.isascii() and written.isdigit() and len(written) < 9 else 0
