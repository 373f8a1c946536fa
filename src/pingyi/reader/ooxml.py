"""What the table reader does not tell of a workbook: formula errors, and cells shown as per cent."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

ROW_ERRORS = re.compile(rb'<c r="([A-Z]+)(\d+)"(?=[^>]* t="e")[^>]*>.*?<v>([^<]*)</v>', re.DOTALL)
STYLED = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]* s="(\d+)"')
FORMATS = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
CELL_STYLES = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
STYLE = re.compile(rb'<xf [^>]*?numFmtId="(\d+)"')
SHEETS = re.compile(rb"<sheet [^>]*>")
TARGETS = re.compile(rb"<Relationship [^>]*>")
MOST_UNPACKED = 600_000_000
PERCENT_FORMATS = {9, 10}

Place = tuple[int, int]  # row and column, both from 0


class Marks:
    """Per sheet: formula errors by place, and the places that are shown as per cent."""

    def __init__(self, content: bytes) -> None:
        """Read the parts of a workbook; `zipfile.BadZipFile` or `KeyError` where it is none."""
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        if sum(part.file_size for part in self._archive.infolist()) > MOST_UNPACKED:
            raise zipfile.BadZipFile("unpacks to more than a table can be")
        self._paths = sheet_paths(self._archive)
        self._percent = _percent_styles(self._archive)

    def of_sheet(self, name: str) -> tuple[dict[Place, str], set[Place]]:
        """Return the errors and the per-cent places of one sheet."""
        path = self._paths.get(name)
        if path is None or path not in self._archive.namelist():
            return {}, set()
        xml = self._archive.read(path)
        errors: dict[Place, str] = {}
        if b't="e"' in xml:
            errors = {place_of(column, row): value.decode() for column, row, value in ROW_ERRORS.findall(xml)}
        shares = (
            {place_of(c, r) for c, r, s in STYLED.findall(xml) if int(s) in self._percent} if self._percent else set()
        )
        return errors, shares


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → the part that holds it."""
    targets = {}
    for tag in TARGETS.findall(archive.read("xl/_rels/workbook.xml.rels")):
        targets[_attribute(tag, b"Id")] = _attribute(tag, b"Target")
    paths = {}
    for tag in SHEETS.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_attribute(tag, b"r:id"), "")
        paths[_attribute(tag, b"name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    if "xl/styles.xml" not in archive.namelist():
        return set()
    xml = archive.read("xl/styles.xml")
    formats = PERCENT_FORMATS | {int(number) for number, code in FORMATS.findall(xml) if b"%" in code}
    block = CELL_STYLES.search(xml)
    styles: Iterator[bytes] = (found.group(1) for found in STYLE.finditer(block.group())) if block else iter(())
    return {index for index, number in enumerate(styles) if int(number) in formats}


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(name + rb'="([^"]*)"', tag)
    words = found.group(1).decode() if found else ""
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        words = words.replace(written, meant)
    return words


def place_of(column: bytes, row: bytes) -> Place:
    """Return the row and the column of a cell by its name, such as B7."""
    index = 0
    for letter in column:
        index = index * 26 + letter - 64
    return int(row) - 1, index - 1
