"""Dates, spans and deadlines in the many spellings of official prose."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pingyi.authoring.prose.numerals import DAYS_OF, number_of

_SEP = r"\s?(?:-{1,4}|至|到|起至|起到|开始至|开始到)\s?"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_PART = r"上、?中旬|中、?下旬|上旬|中旬|下旬|上半月|下半月|月?底|月?末|月?初|中(?=[-至到前，。；）之以、])"
_YEAR = r"(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2}"


def _year(n: int) -> str:
    return rf"(?:(?P<y{n}>{_YEAR})\s?年度?\s?|(?P<r{n}>今年|本年度?|当年|明年|次年|翌年)\s?)?"


def _point(n: int) -> str:
    day = rf"(?P<d{n}>{_DAY})\s?(?:[日号]|(?=\s?[-至到]))"
    return rf"{_year(n)}(?P<m{n}>{_MONTH})\s?(?:月份|月)\s?(?:{day}|(?P<p{n}>{_PART}))?"


def _numeric(n: int) -> str:
    return rf"(?P<y{n}>(?:19|20)\d\d)[./-](?P<m{n}>1[0-2]|0?[1-9])[./-](?P<d{n}>3[01]|[12]\d|0?[1-9])(?!\d)"


_SHORT = r"(?P<m{0}>1[0-2]|0?[1-9])[./](?P<d{0}>3[01]|[12]\d|0?[1-9])(?!\d)日?"
_PATTERN = re.compile(
    r"(?:(?<![\d.])|(?<=\n\d\.)|(?<=\n\d\d\.)|(?<=[。；]\d\.))(?<!每)(?:(?P<now>(?:自|从)?(?:即日|现在|今日|[^，。；：（\n]{0,8}(?:发文|下发|印发"
    r"|发布|公布)之?日)起?(?:-|至|到))?(?:"
    rf"{_numeric(1)}(?:{_SEP}(?:{_numeric(2)}|{_SHORT.format(3)}))?"
    rf"|{_SHORT.format(4)}{_SEP}{_SHORT.format(5)}(?!\s?[倍%分万亿元米个])"
    rf"|{_year(6)}(?P<m6>{_MONTH})(?:月份?)?\s?(?:-{{1,4}}|至|到"
    rf"|、)\s?(?P<m7>{_MONTH})\s?月份?(?!\s?(?:{_DAY})\s?[日号])(?P<p7>{_PART})?"
    rf"|{_point(8)}{_SEP}(?:{_point(9)}|(?P<d10>{_DAY})\s?[日号]|(?P<p10>{_PART})|(?P<end10>年底|年末))"
    rf"|{_point(11)}"
    rf"|(?:(?P<y12>{_YEAR})\s?年度?|(?P<r12>今年|本年度?|当年|明年|次年))?(?:第?(?P<q12>[一二三四])季度"
    rf"|(?P<h12>[上下])半年|(?P<e12>年底|年末)|(?P<w12>(?<=年)[底末]))"
    r"))\s?(?P<tail>以前|之前|前|为止|止|起|开始|以后|之后)?"
)
_UNTIL = re.compile(r"(?:截止到?|截至到?|不迟于|最迟(?:于|在)?|不晚于)$")
_LENGTH = re.compile(
    r"(?:为期|历时|用时?|时间为?|，|（|：)\s?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}"
    r"|半)个?(?P<u>月|星期|周|天|日)(?:时间|左右)?(?=[，。；）\n]|$)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A date, span or deadline and its place; `begins` is missing for a deadline."""

    begins: date | None
    ends: date | None
    start: int
    end: int
    year_is_stated: bool
    is_deadline: bool = False
    is_range: bool = False


def find_dates(flat: str, start: int, end: int, *, year: int) -> list[When]:
    """Return every date of a stretch; a date without a year is of `year`."""
    found: list[When] = []
    for match in _PATTERN.finditer(flat, start, end):
        when = _when(flat, match, year)
        if when is not None:
            found.append(when)
    return found


def find_length(flat: str, start: int, end: int) -> timedelta | None:
    """Return how long something lasts (一个月, 为期20天), where the text gives only that."""
    found = _LENGTH.search(flat, start, end)
    if found is None:
        return None
    count = 15 if found["n"] == "半" else number_of(found["n"])
    unit = 1 if found["n"] == "半" else DAYS_OF.get(found["u"], 1)
    return timedelta(days=count * unit)


def _when(flat: str, match: re.Match[str], year: int) -> When | None:
    group = {name: value for name, value in match.groupdict().items() if value}
    stated = any(name[0] == "y" and name[1:].isdigit() for name in group) or any(name[0] == "r" for name in group)
    ends_of = _read(group, year)
    if ends_of is None:
        return None
    (first, last), is_range = ends_of
    tail = group.get("tail", "")
    before = flat[max(0, match.start() - 5) : match.start()]
    is_deadline = tail in {"前", "之前", "以前", "止", "为止"} or bool(_UNTIL.search(before))
    if "now" in group:
        return _made(match, None, last, stated=stated, is_range=True)
    if is_range:
        return _made(match, first, last, stated=stated, is_range=True)
    if is_deadline:
        whole_month = tail.endswith("前") and "m11" in group and "d11" not in group and "p11" not in group
        return _made(match, None, first - timedelta(days=1) if whole_month else last, stated=stated, is_deadline=True)
    if tail in {"起", "开始"}:
        return _made(match, first, None, stated=stated)
    return _made(match, first, last, stated=stated)


def _made(
    match: re.Match[str],
    begins: date | None,
    ends: date | None,
    *,
    stated: bool,
    is_range: bool = False,
    is_deadline: bool = False,
) -> When:
    return When(
        begins=begins,
        ends=ends,
        start=match.start(),
        end=match.end(),
        year_is_stated=stated,
        is_range=is_range,
        is_deadline=is_deadline,
    )


def _read(group: dict[str, str], year: int) -> tuple[tuple[date, date], bool] | None:
    """Return the first and last day that are meant, and whether two ends were written."""
    try:
        if "q12" in group or "h12" in group or "e12" in group or "w12" in group:
            return _large(group, year), False
        if "m7" in group:
            return _joined(_span(group, "6", year), _span(group, "7", _year_of(group, "6", year))), True
        for first, seconds in (("1", ("2", "3")), ("4", ("5",)), ("8", ("9",)), ("11", ())):
            if f"m{first}" not in group:
                continue
            own = _span(group, first, year)
            second = next((n for n in seconds if f"m{n}" in group), None)
            if second is not None:
                return _joined(own, _span(group, second, own[0].year)), True
            return _elliptic(group, own)
    except ValueError:  # 2月30日
        return None
    return None


def _elliptic(group: dict[str, str], own: tuple[date, date]) -> tuple[tuple[date, date], bool]:
    if "d10" in group:
        return (own[0], own[0].replace(day=number_of(group["d10"]))), True
    if "p10" in group:
        return (own[0], _part(own[0].year, own[0].month, group["p10"])[1]), True
    if "end10" in group:
        return (own[0], date(own[0].year, 12, 31)), True
    return own, False


def _joined(first: tuple[date, date], last: tuple[date, date]) -> tuple[date, date]:
    ends = last[1] if last[1] >= first[0] else _next_year(last[1])
    return first[0], ends


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _year_of(group: dict[str, str], n: str, year: int) -> int:
    if f"y{n}" in group:
        return number_of(group[f"y{n}"])
    return year + 1 if group.get(f"r{n}", "")[:1] in {"明", "次", "翌"} else year


def _span(group: dict[str, str], n: str, year: int) -> tuple[date, date]:
    own_year, month = _year_of(group, n, year), number_of(group[f"m{n}"])
    if f"d{n}" in group:
        day = date(own_year, month, number_of(group[f"d{n}"]))
        return day, day
    return _part(own_year, month, group.get(f"p{n}", ""))


def _part(year: int, month: int, part: str) -> tuple[date, date]:
    last = calendar.monthrange(year, month)[1]
    part = part.replace("、", "").removeprefix("月")
    first_day, last_day = {
        "上旬": (1, 10),
        "初": (1, 10),
        "中旬": (11, 20),
        "中": (11, 20),
        "下旬": (21, last),
        "上中旬": (1, 20),
        "中下旬": (11, last),
        "上半月": (1, 15),
        "下半月": (16, last),
        "底": (last, last),
        "末": (last, last),
    }.get(part, (1, last))
    return date(year, month, first_day), date(year, month, last_day)


def _large(group: dict[str, str], year: int) -> tuple[date, date]:
    year = _year_of(group, "12", year)
    if "q12" in group:
        first = number_of(group["q12"]) * 3 - 2
        return date(year, first, 1), date(year, first + 2, calendar.monthrange(year, first + 2)[1])
    if "h12" in group:
        return (date(year, 1, 1), date(year, 6, 30)) if group["h12"] == "上" else (date(year, 7, 1), date(year, 12, 31))
    return date(year, 12, 31), date(year, 12, 31)
