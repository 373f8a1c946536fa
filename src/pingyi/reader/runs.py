"""Which runs of a Word document are its text: what is struck out, hidden or deleted is kept apart with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree

from pingyi.reader.left_out import LeftOut

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRUCK, HIDDEN, DELETED = "struck", "hidden", "deleted"
# Text hidden in a browser's view alone (webHidden: the page numbers of a table of contents) is printed, so it is read.
_TAKEN_AWAY = (("vanish", HIDDEN), ("strike", STRUCK), ("dstrike", STRUCK))
_OFF = {"0", "false", "off", "none"}
_SKIPPED = {f"{W}moveFrom", f"{W}instrText", f"{W}delInstrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Runs:
    """Reads the runs of one document, and keeps the passages that are not its text."""

    def __init__(self, styles: etree._Element | None) -> None:
        """Know the document's styles: a style can strike out or hide as a run itself can."""
        self._styles: dict[str, etree._Element] = {}
        self._usual = ""
        self.left_out = LeftOut()
        for style in styles.iterfind(f"{W}style") if styles is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._usual = style.get(f"{W}styleId", "")

    def words(self, paragraph: etree._Element, *, is_deleted: bool = False) -> str:
        """Return the text of a paragraph, and keep what is taken away of it."""
        kept: list[str] = []
        for why, pieces in groupby(self._pieces(paragraph, DELETED if is_deleted else ""), key=itemgetter(0)):
            words = "".join(piece for _, piece in pieces)
            if why:
                self.left_out.keep(why, words)
            else:
                kept.append(words)
        return "".join(kept)

    def _pieces(self, node: etree._Element, why: str) -> Iterator[tuple[str, str]]:
        for child in node:
            if child.tag in _SKIPPED or child.tag == _FALLBACK:
                continue
            if child.tag == f"{W}t":
                yield why, child.text or ""
            elif child.tag == f"{W}delText":
                yield DELETED, child.text or ""
            elif child.tag == f"{W}tab":
                yield why, " "
            elif child.tag in {f"{W}br", f"{W}cr"}:
                yield why, "\n"
            elif child.tag == f"{W}r":
                yield from self._pieces(child, why or self._why_not(child))
            else:
                yield from self._pieces(child, DELETED if child.tag == f"{W}del" else why)

    def _why_not(self, run: etree._Element) -> str:
        """Tell why a run is not text: the nearest mark decides: its own, its style's, the paragraph's."""
        chain = list(self._properties(run))
        for mark, why in _TAKEN_AWAY:
            found = next((one for one in (each.find(f"{W}{mark}") for each in chain) if one is not None), None)
            if found is not None and found.get(f"{W}val", "true").lower() not in _OFF:
                return why
        return ""

    def _properties(self, run: etree._Element) -> Iterator[etree._Element]:
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from self._of_style(_value(own, "rStyle"))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        properties = paragraph.find(f"{W}pPr") if paragraph is not None else None
        yield from self._of_style((_value(properties, "pStyle") if properties is not None else "") or self._usual)

    def _of_style(self, name: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            properties = self._styles[name].find(f"{W}rPr")
            if properties is not None:
                yield properties
            name = _value(self._styles[name], "basedOn")


def _value(node: etree._Element, tag: str) -> str:
    found = node.find(f"{W}{tag}")
    return found.get(f"{W}val", "") if found is not None else ""
