"""Dates and times in the many ways in which hotlines write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo

from pingyi.authoring.tables.cells import Cell

Moment = datetime | date  # a date where the file says no time
CHINA = timezone(timedelta(hours=8))
SERIAL_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's own time
SERIALS = (20_000, 80_000)  # 1954 to 2119; other numbers are no dates
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME = (
    r"(?:[T ]?(?:星期.|周.|\(.{1,3}\))? ?(?P<half>上午|下午|晚上|凌晨|中午)?"
    r"(?P<H>\d{1,2})(?:[:时点](?P<M>\d{1,2})?(?:[:分](?P<S>\d{1,2})?(?:\.\d+)?)?[分秒]?)"
    r" ?(?P<ampm>[AaPp]\.?[Mm]\.?)? ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?" + TIME),
    re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}),?" + TIME),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T ]?(?P<H>\d{2}):?(?P<M>\d{2})(?::?(?P<S>\d{2}))?)?"),
    re.compile(r"(?P<d>\d{1,2})[- ](?P<name>[A-Za-z]{3})[a-z]*[-, ]+(?P<y>\d{4})" + TIME),
    re.compile(r"(?P<name>[A-Za-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})" + TIME),
)
USUAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")  # most tables write only this
SERIAL = re.compile(r"\d{5}(\.\d+)?")


def moment(cell: Cell, *, day_first: bool = False, zone: tzinfo = CHINA) -> Moment | None:
    """Return the moment in a cell, without zone, in the bureau's own time; None where there is none."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None) if cell.tzinfo is None else cell.astimezone(zone).replace(tzinfo=None)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return _serial(float(cell))
    words = str(cell)
    return _usual(words) if USUAL.fullmatch(words) else _spelled(words, day_first=day_first, zone=zone)


def is_day_first(words: str) -> bool | None:
    """Whether a date such as 31/12/2018 names its day first; None where both readings are possible."""
    found = FORMS[1].fullmatch(" ".join(words.split()))
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    return True if first > 12 >= second else False if second > 12 >= first else None


def in_time(closed: Moment, due: Moment) -> bool:
    """Whether it was closed in time: a day without an hour lasts until its end."""
    if isinstance(closed, datetime) and isinstance(due, datetime):
        return closed <= due
    return day_of(closed) <= day_of(due)


def day_of(moment_: Moment) -> date:
    """Return the day of a moment."""
    return moment_.date() if isinstance(moment_, datetime) else moment_


def _spelled(words: str, *, day_first: bool, zone: tzinfo) -> Moment | None:
    if not words.isascii():
        words = unicodedata.normalize("NFKC", words)
    words = " ".join(words.split())
    if SERIAL.fullmatch(words):
        return _serial(float(words))
    found = next((match for form in FORMS if (match := form.fullmatch(words))), None)
    return _built(found.groupdict(), day_first=day_first, zone=zone) if found else None


def _usual(words: str) -> Moment | None:
    try:
        return date.fromisoformat(words) if len(words) == 10 else datetime.fromisoformat(words)
    except ValueError:
        return None


def _serial(value: float) -> Moment | None:
    if not SERIALS[0] <= value <= SERIALS[1]:
        return None
    if value.is_integer():
        return (SERIAL_BEGIN + timedelta(days=int(value))).date()
    return SERIAL_BEGIN + timedelta(seconds=round(value * 86400))


def _built(parts: dict[str, str | None], *, day_first: bool, zone: tzinfo) -> Moment | None:
    try:
        day = date(int(parts["y"] or 0), *_month_and_day(parts, day_first=day_first))
        if parts.get("H") is None:
            return day
        hour, minute, second = (int(parts.get(name) or 0) for name in "HMS")
        built = datetime(day.year, day.month, day.day, _hour(hour, parts), minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    return _local(built, parts.get("zone"), zone)


def _month_and_day(parts: dict[str, str | None], *, day_first: bool) -> tuple[int, int]:
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        return (second, first) if day_first else (first, second)
    if parts.get("name"):
        return MONTHS.index((parts["name"] or "").casefold()) + 1, int(parts["d"] or 0)
    return int(parts["m"] or 0), int(parts["d"] or 0)


def _hour(hour: int, parts: dict[str, str | None]) -> int:
    half = (parts.get("ampm") or "")[:1].casefold() or {"下午": "p", "晚上": "p", "凌晨": "a", "上午": "a"}.get(
        parts.get("half") or "", ""
    )
    if half == "p" and hour < 12:
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour


def _local(built: datetime, written: str | None, zone: tzinfo) -> datetime:
    if not written:
        return built
    return datetime.fromisoformat(built.isoformat() + written.replace("Z", "+00:00")).astimezone(zone).replace(
        tzinfo=None
    )  # fmt: skip
