"""Word's automatic numbers: what stands before a paragraph on the screen but not in its text."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HANZI = "〇一二三四五六七八九"
_HANZI_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
    "koreanDigital2",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_FIRST_CIRCLED = 0x2460


def hanzi(number: int) -> str:
    """Return 1–99 in Chinese digits as headings write them."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _HANZI[ones]
    return ("" if tens == 1 else _HANZI[tens]) + "十" + (_HANZI[ones] if ones else "")


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, definitions: etree._Element | None, *, styles: etree._Element | None) -> None:
        """Read the number formats and the styles that use them."""
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        if definitions is not None:
            self._read(definitions)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: etree._Element) -> str:
        """Return the drawn number of a paragraph, such as "二、", and count it."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        chosen = _reference(properties)
        if chosen is None:
            style = properties.find(f"{W}pStyle")
            chosen = self._styles.get(style.get(f"{W}val", "")) if style is not None else None
        if chosen is None or chosen[0] not in self._levels:
            return ""
        return self._count(*chosen)

    def _count(self, number_id: str, level: int) -> str:
        levels = self._levels[number_id]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(number_id, [0] * 10)
        shape, pattern, start = levels[level]
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (9 - level)
        if shape == "none":
            return ""
        if shape == "bullet":
            return "·"
        label = pattern
        for depth in range(level + 1):
            own = levels.get(depth, ("decimal", "", 1))
            label = label.replace(f"%{depth + 1}", _shown(counts[depth] or own[2], own[0]))
        return label

    def _read(self, definitions: etree._Element) -> None:
        abstract = {
            node.get(f"{W}abstractNumId", ""): dict(_level(item) for item in node.iterfind(f"{W}lvl"))
            for node in definitions.iterfind(f"{W}abstractNum")
        }
        for node in definitions.iterfind(f"{W}num"):
            target = node.find(f"{W}abstractNumId")
            if target is not None:
                self._levels[node.get(f"{W}numId", "")] = abstract.get(target.get(f"{W}val", ""), {})

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iterfind(f"{W}style"):
            properties = style.find(f"{W}pPr")
            chosen = _reference(properties) if properties is not None else None
            if chosen is not None:
                self._styles[style.get(f"{W}styleId", "")] = chosen


def _reference(properties: etree._Element) -> tuple[str, int] | None:
    node = properties.find(f"{W}numPr")
    if node is None:
        return None
    number, level = node.find(f"{W}numId"), node.find(f"{W}ilvl")
    if number is None:
        return None
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    return number.get(f"{W}val", ""), int(depth) if depth.isdigit() and int(depth) < 9 else 0


def _level(node: etree._Element) -> tuple[int, tuple[str, str, int]]:
    def value(tag: str, fallback: str) -> str:
        found = node.find(f"{W}{tag}")
        return found.get(f"{W}val", fallback) if found is not None else fallback

    start = value("start", "1")
    depth = node.get(f"{W}ilvl", "0")
    return int(depth) if depth.isdigit() else 0, (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.isdigit() else 1,
    )


def _shown(number: int, shape: str) -> str:
    if shape in _HANZI_FORMATS and 0 < number < 100:
        return hanzi(number)
    if shape in _CIRCLED and 0 < number <= 20:
        return chr(_FIRST_CIRCLED + number - 1)
    if shape == "lowerLetter" and 0 < number <= 26:
        return chr(ord("a") + number - 1)
    if shape == "upperLetter" and 0 < number <= 26:
        return chr(ord("A") + number - 1)
    return str(number)
