"""Numbers as official prose writes them: 十五, 二〇一二, 15, 百分之三十."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十两百]{1,5})"
# Shares in words, to four places; 半 of a time (半年, 半天) is none.
_SHARES = {
    "三分之一": Decimal("0.3333"), "三分之二": Decimal("0.6667"), "四分之一": Decimal("0.25"),
    "四分之三": Decimal("0.75"), "五分之一": Decimal("0.2"), "五分之二": Decimal("0.4"), "五分之三": Decimal("0.6"),
    "五分之四": Decimal("0.8"),
    "二分之一": Decimal("0.5"), "半数": Decimal("0.5"), "一半": Decimal("0.5"), "半": Decimal("0.5"),
}  # fmt: skip
SHARE = r"(?:三分之[一二]|四分之[一三]|五分之[一二三四]|二分之一|半数|一半|(?<=[过足到满])半(?![个年月天日周小]))"
# How many days a term in another unit is, where a field holds days alone.
DAYS_OF = {"周": 7, "星期": 7, "月": 30, "个月": 30}
DECIMAL = r"(?:\d{1,4}(?:\.\d{1,3})?)"


def number_of(written: str) -> int:
    """Return a whole number from 0 to 9999, or 0 where the characters are none."""
    if written.isascii() and written.isdigit():
        return int(written)
    if all(sign in _DIGITS for sign in written) and len(written) > 1:
        return int("".join(str(_DIGITS[sign]) for sign in written))
    total, current = 0, 0
    for sign in written:
        if sign in "十百":
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
        elif sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            return 0
    return total + current


def share_of(written: str) -> Decimal:
    """Return a share that is written in words, such as 三分之二."""
    return _SHARES[written]


def decimal_of(written: str) -> Decimal | None:
    """Return a decimal number, in Arabic or Chinese digits."""
    try:
        return Decimal(written)
    except InvalidOperation:
        value = number_of(written)
        return Decimal(value) if value else None
