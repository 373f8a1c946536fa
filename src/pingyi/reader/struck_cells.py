"""What a workbook shows struck out: whole cells by their font, and parts of a text by the fonts in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from pingyi.reader.left_out import LeftOut
from pingyi.reader.ooxml import Place, place_of, sheet_paths
from pingyi.reader.runs import STRUCK
from pingyi.reader.sheet import Cell, Row

STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_PIECE = 1 << 20
_STRIKE = b"<strike"
_FONTS = re.compile(rb"<fonts.*?</fonts>", re.DOTALL)
_FONT = re.compile(rb"<font(?:\s[^>]*)?(?:/>|>.*?</font>)", re.DOTALL)
_STRUCK = re.compile(rb'<strike(?:\s+val="(?P<val>[^"]*)")?\s*(?:/>|></strike>)')
_OFF = frozenset({b"0", b"false", b"off"})
_CELL_STYLES = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<xf\s[^>]*>")
_FONT_ID = re.compile(rb'fontId="(\d+)"')
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE_ID = re.compile(rb' s="(\d+)"')
_VALUE = re.compile(rb"<v>(\d+)</v>")
_TEXT = re.compile(rb"<si(?:\s[^>]*)?(?:/>|>.*?</si>)", re.DOTALL)
_RUN = re.compile(rb"<r>.*?</r>", re.DOTALL)
_WORDS = re.compile(rb"<t(?:\s[^>]*)?>(.*?)</t>", re.DOTALL)
Kept = dict[Place, tuple[str, str] | None]  # a struck part of a text: what is kept and what not; or the whole cell


class StruckCells:
    """Knows the styles and the texts of one workbook that are struck out."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Look whether anything is struck out at all, which is seldom, and only then at what."""
        self._archive, self._paths = archive, {}
        self._styles = _styles(archive.read(STYLES)) if _has_strike(archive, STYLES) else frozenset()
        self._texts = _texts(archive.read(STRINGS)) if _has_strike(archive, STRINGS) else {}
        if self._styles or self._texts:
            self._paths = sheet_paths(archive)

    def of_sheet(self, name: str) -> Kept:
        """Return the cells of a sheet that are struck out, and those of which a part is."""
        path = self._paths.get(name)
        if path is None or path not in self._archive.namelist():
            return {}
        found: Kept = {}
        for column, row, attributes, inside in _CELL.findall(self._archive.read(path)):
            style, value = _STYLE_ID.search(attributes), _VALUE.search(inside)
            if style and int(style[1]) in self._styles:
                found[place_of(column, row)] = None
            elif value and b't="s"' in attributes and int(value[1]) in self._texts:
                found[place_of(column, row)] = self._texts[int(value[1])]
        return found


def without(rows: Iterator[Row], struck: Kept) -> Iterator[Row]:
    """Yield rows without what is struck out; each cell keeps its place."""
    for row, _ in _parted(rows, struck):
        yield row


def keep_words(rows: Iterator[Row], struck: Kept, left_out: LeftOut) -> None:
    """Keep the words that are struck out, a passage for each row."""
    for _, words in _parted(rows, struck):
        left_out.keep(STRUCK, " ".join(words))


def _parted(rows: Iterator[Row], struck: Kept) -> Iterator[tuple[Row, list[str]]]:
    where: dict[int, list[int]] = {}
    for line, column in sorted(struck):
        where.setdefault(line, []).append(column)
    for index, row in enumerate(rows):
        columns = [one for one in where.get(index, ()) if one < len(row)]
        if not columns:
            yield row, []
            continue
        kept, words = list(row), []
        for column in columns:
            part = struck[index, column]
            kept[column], gone = part or ("", _said(row[column]))
            words += [gone] if gone.strip() else []
        yield kept, words


def _said(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _has_strike(archive: zipfile.ZipFile, part: str) -> bool:
    """Tell whether a part speaks of striking out, without holding all of it: the texts of a large table are many."""
    if part not in archive.namelist():
        return False
    with archive.open(part) as stream:
        last = b""
        while piece := stream.read(_PIECE):
            if _STRIKE in last + piece:
                return True
            last = piece[-len(_STRIKE) :]
    return False


def _is_struck(xml: bytes) -> bool:
    found = _STRUCK.search(xml)
    return found is not None and (found["val"] or b"1").lower() not in _OFF


def _styles(xml: bytes) -> frozenset[int]:
    fonts, styles = _FONTS.search(xml), _CELL_STYLES.search(xml)
    if fonts is None or styles is None:
        return frozenset()
    struck = {index for index, one in enumerate(_FONT.findall(fonts.group())) if _is_struck(one)}
    ids = (_FONT_ID.search(one) for one in _STYLE.findall(styles.group()))
    return frozenset(index for index, found in enumerate(ids) if found and int(found[1]) in struck)


def _texts(xml: bytes) -> dict[int, tuple[str, str]]:
    """Return the texts of which a part is struck out: by their number, what is kept and what not."""
    found: dict[int, tuple[str, str]] = {}
    for index, text in enumerate(_TEXT.finditer(xml)):
        if _STRIKE in text.group():
            runs = [(_is_struck(run), _words(run)) for run in _RUN.findall(text.group())]
            kept, gone = ("".join(words for is_gone, words in runs if is_gone is side) for side in (False, True))
            if gone:
                found[index] = (kept, gone)
    return found


def _words(run: bytes) -> str:
    return unescape(b"".join(_WORDS.findall(run)).decode("utf-8", "replace"))
