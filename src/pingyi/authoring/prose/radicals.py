"""Radicals that a file writes for characters of the same shape (⽉ ⻓ ⻛): they are read as those characters.

Fonts draw both with one glyph, and some programs note the radical's number for it in a PDF. Unicode names the
character for the 214 radicals of the old dictionary alone, so those of the supplement stand here.
"""

from __future__ import annotations

import re
import unicodedata

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SUPPLEMENT = dict(
    zip(
        "⺅⺉⺊⺌⺍⺒⺓⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺶⺹⺻⺼⺽⺾⺿"
        "⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧"
        "⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "人刀卜小小巳幺心心手攵旡日月歹母民水水火爪爪丬牛犬王疋目示示竹糸纟羊老聿肉臼艹艹"
        "艹虎衣西西见角角讠贝足车辶辶辶邑钅長長长门阜阝雨青韦页风飞食食食饣首马骨鬼鱼鸟卤"
        "麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)


def without_radicals(text: str) -> str:
    """Return the text with characters in the place of radicals."""
    return _COMPATIBLE.sub(lambda found: _character(found.group()), text)


def _character(sign: str) -> str:
    return _SUPPLEMENT.get(sign) or unicodedata.normalize("NFKC", sign)
