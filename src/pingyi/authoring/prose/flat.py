"""The shadow of a text: the same length, one spelling for each mark and digit, so that rules need not know them all."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
_FORMS = {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)}
_FORMS |= dict.fromkeys("—–－─━―‐‑﹣~～∼〜﹏", "-")
_FORMS |= dict.fromkeys("「『‘", "“") | dict.fromkeys("」』’", "”")
_FORMS |= dict.fromkeys("[【﹝〖", "〔") | dict.fromkeys("]】﹞〗", "〕")
_FORMS |= dict.fromkeys("\t\u3000\xa0\u2002\u2003", " ") | dict.fromkeys("○Ｏ〇", "〇")
_FORMS |= {
    "｜": "；",  # between the cells of a table row
    "％": "%",
    "．": ".",
    "﹒": ".",
    "﹪": "%",
    "﹑": "、",
    "､": "、",
    "﹔": "；",
    "﹕": "：",
    "∶": "：",
    "｡": "。",
}
_FORMS |= dict(zip("①②③④⑤⑥⑦⑧⑨", "①②③④⑤⑥⑦⑧⑨", strict=True))
# Chinese marks are the canonical ones: they need no escape in a pattern.
_WIDE = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_TABLE = str.maketrans({form: _WIDE.get(plain, plain) for form, plain in _FORMS.items()} | _WIDE)
_LATIN_STOP = re.compile(rf"(?<=[{HAN}”）》])(?<![一二三四五六七八九十])\.(?=\s|$|[{HAN}“（])")
_LATIN_STOP_AT_MARK = re.compile(r"(?m)(?<=^[一二三四五六七八九十])\.")
_DOUBLE_QUOTE = re.compile(r'"([^"\n]*)"')


def flatten(text: str) -> str:
    """Return the shadow: every position means the same place as in `text`."""
    flat = _DOUBLE_QUOTE.sub(r"“\1”", text.translate(_TABLE))
    return _LATIN_STOP_AT_MARK.sub("、", _LATIN_STOP.sub("。", flat))


def width(line: str) -> float:
    """Return how wide a line is in Chinese characters."""
    return sum(1.0 if ord(character) > 0x2000 else 0.5 for character in line)
