"""One written value as a number, a date, a yes or no, or a fixed word; a slip of form is read as it was meant."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum

from pingyi.authoring.enum_words import value_for, value_word

LONGEST_NUMBER = 30
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOOSE_DATE = re.compile(r"(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?")
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_MEANT = {"是": "true", "yes": "true", "on": "true", "对": "true", "否": "false", "no": "false", "off": "false"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Converted:
    """The value where one could be made out, and the code of what is wrong with how it was written."""

    value: object = None
    is_read: bool = True
    code: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def convert(text: str, *, to: type, year: int | None = None) -> Converted:
    """Read a value of the type that the schema asks for; `year` helps with dates that name none."""
    if to is str:
        return Converted(value=text)
    narrow = unicodedata.normalize("NFKC", text).strip()
    result = _fixed(narrow, to) if issubclass(to, StrEnum) else _READERS[to](narrow, year)
    if not result.code and narrow != text.strip():
        facts: dict[str, object] = {"value": text.strip(), "suggestion": narrow}
        return Converted(value=result.value, code="full_width", facts=facts)
    return result


def _whole(text: str, _year: int | None) -> Converted:
    if len(text) > LONGEST_NUMBER:
        return _wrong("number_too_long", text[:12] + "…", limit=LONGEST_NUMBER)
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return Converted(value=int(text))
    return _wrong("not_whole", text)


def _decimal(text: str, _year: int | None) -> Converted:
    if len(text) > LONGEST_NUMBER:
        return _wrong("number_too_long", text[:12] + "…", limit=LONGEST_NUMBER)
    number = re.fullmatch(r"([+-]?[0-9]*\.?[0-9]+)(%|分|个百分点)?", text.replace(",", ""))
    if number is None:
        return _wrong("not_number", text)
    value = Decimal(number.group(1))
    if number.group(2) == "%":
        value = (value / 100).normalize()
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        return Converted(value=value)
    return _meant("number_form", text, value, f"{value:f}")


def _date(text: str, year: int | None) -> Converted:
    exact = _DATE.fullmatch(text)
    loose = exact or _LOOSE_DATE.fullmatch(text)
    if loose is None or not (loose.group(1) or year):
        return _wrong("not_date", text)
    parts = int(loose.group(1) or year or 0), int(loose.group(2)), int(loose.group(3))
    if not (parts[0] and 1 <= parts[1] <= 12):
        return _wrong("not_date", text)
    last = calendar.monthrange(parts[0], parts[1])[1]
    if not 1 <= parts[2] <= last:
        return _wrong("no_such_day", text, year=parts[0], month=parts[1], last=last)
    day = date(*parts)
    return Converted(value=day) if exact else _meant("date_form", text, day, day.isoformat())


def _truth(text: str, _year: int | None) -> Converted:
    if text in _TRUE | _FALSE:
        return Converted(value=text in _TRUE)
    suggestion = _MEANT.get(text.lower())
    return (
        _meant("number_form", text, suggestion == "true", suggestion) if suggestion else _wrong("not_true_false", text)
    )


def _fixed(text: str, kind: type[StrEnum]) -> Converted:
    values = [member.value for member in kind]
    if text in values:
        return Converted(value=kind(text))
    near = value_for(kind, text) or next(iter(get_close_matches(text.lower(), values, n=1, cutoff=0.6)), None)
    if near is not None:
        return _wrong("not_one_of_near", text, suggestion=near)
    allowed = "，".join(f"{member.value}（{value_word(member)[0]}）" for member in kind)
    return _wrong("not_one_of", text, allowed=allowed)


def _wrong(code: str, text: str, **facts: object) -> Converted:
    return Converted(is_read=False, code=code, facts={"value": text, **facts})


def _meant(code: str, text: str, value: object, suggestion: str) -> Converted:
    return Converted(value=value, code=code, facts={"value": text, "suggestion": suggestion})


_READERS: dict[type, Callable[[str, int | None], Converted]] = {
    int: _whole,
    Decimal: _decimal,
    date: _date,
    bool: _truth,
}
