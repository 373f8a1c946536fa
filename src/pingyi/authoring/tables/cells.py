"""Single cells: clean text, numbers and dates in the many ways in which people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

Cell = object  # what the readers give: text, float, int, bool, date, datetime, or one of the marks below

FIRST_SERIAL = date(1899, 12, 30)
UNITS = re.compile(r"(分|票|份|次|人|件|个|项|家)$")
NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+")
DATES = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
)
FULL_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class FormulaError(str):
    """The text of a formula error in a cell, such as #N/A."""

    __slots__ = ()


class Percent(float):
    """A number in a cell that is shown as per cent: 0.95 that reads 95%."""

    __slots__ = ()


def text(cell: Cell) -> str:
    """Return a cell as clean text: narrow digits and brackets, no spaces at the ends or between Chinese characters."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(sep=" ")
    narrow = unicodedata.normalize("NFKC", str(cell)).replace("﻿", "").replace("\u200b", "")
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", " ".join(narrow.split()))


def key(words: str) -> str:
    """Return the form in which names are compared: width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()


def number(cell: Cell) -> tuple[Decimal, bool] | None:
    """Return the number in a cell and whether it is per cent (95% gives 95); None where there is none."""
    if isinstance(cell, Percent):
        return _fifteen(float(cell) * 100), True
    if isinstance(cell, int | float):
        return None if isinstance(cell, bool) else (_fifteen(cell), False)
    words = UNITS.sub("", text(cell).replace("，", ",").replace(" ", ""))
    is_percent = words.endswith("%")
    words = words.removesuffix("%")
    return (Decimal(words.replace(",", "")), is_percent) if NUMBER.fullmatch(words) else None


def day(cell: Cell, *, year: int) -> date | None:
    """Return the date in a cell: a date, an Excel serial, or text in its usual spellings; None where there is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return None
    words = text(cell).replace(" ", "")
    if re.fullmatch(r"\d{5}(\.\d+)?", words):
        return FIRST_SERIAL + timedelta(days=int(float(words)))
    words = re.sub(r"(星期|周|\(周|\(星期).*$|[T ]?\d{1,2}:\d{2}(:\d{2})?$", "", words)
    for pattern in DATES:
        found = pattern.fullmatch(words)
        if found:
            parts = found.groupdict()
            return _date(int(parts.get("y") or year), int(parts["m"]), int(parts["d"]))
    return None


def day_within(words: str) -> date | None:
    """Return the first full date in a title line."""
    found = FULL_DATE.search(unicodedata.normalize("NFKC", words))
    return _date(*(int(part) for part in found.groups())) if found else None


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def _fifteen(value: float) -> Decimal:
    """Keep fifteen digits, as spreadsheets do: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{value:.15g}")
