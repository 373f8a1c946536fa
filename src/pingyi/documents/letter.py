"""An official letter (函、通知书) as PDF, set by GB/T 9704: red head, number, title, addressee, text, copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pingyi.documents import typeset


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What a letter says; a part left empty is not printed."""

    issuer: str
    title: str
    paragraphs: tuple[str, ...]
    dated: str  # as printed, see `chinese_day`
    number: str = ""  # 文号
    to: str = ""
    attachments: tuple[str, ...] = ()
    signed: str = ""  # who signs, where it is not the issuer
    contact: str = ""
    copies: tuple[str, ...] = ()
    printed: str = ""


def pdf(letter: Letter) -> bytes:
    """Return the letter as PDF."""
    return typeset.pdf("letter", letter)


def chinese_day(day: date) -> str:
    """Return a day as official papers write it: 2026年4月8日."""
    return f"{day.year}年{day.month}月{day.day}日"
