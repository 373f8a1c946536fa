"""The days off that the regulation itself fixes (全国年节及纪念日放假办法): assumed while a year's notice is not out.

The yearly notice adds days and moves weekends; these it can only confirm. What it gives in lieu of a holiday that falls
on a weekend is its own choice, so no such day is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

FIRST = 2025  # the first year of the regulation's present text
NEW_YEAR, SPRING, TOMBS, LABOUR, BOATS, MOON, NATION = (
    "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
)  # fmt: skip

# Year, first day of the first moon, fifth of the fifth, fifteenth of the eighth; beyond the table no moon is assumed.
_MOONS = """
    2025 01-29 05-31 10-06;
    2026 02-17 06-19 09-25; 2027 02-06 06-09 09-15; 2028 01-26 05-28 10-03;
    2029 02-13 06-16 09-22; 2030 02-03 06-05 09-12; 2031 01-23 06-24 10-01;
    2032 02-11 06-12 09-19; 2033 01-31 06-01 09-08; 2034 02-19 06-20 09-27;
    2035 02-08 06-10 09-16; 2036 01-28 05-30 10-04; 2037 02-15 06-18 09-24;
    2038 02-04 06-07 09-13; 2039 01-24 05-27 10-02; 2040 02-12 06-14 09-20;
    2041 02-01 06-03 09-10; 2042 01-22 06-22 09-28; 2043 02-10 06-11 09-17;
    2044 01-30 05-31 10-05; 2045 02-17 06-19 09-25; 2046 02-06 06-08 09-15;
    2047 01-26 05-29 10-04; 2048 02-14 06-15 09-22; 2049 02-02 06-04 09-11;
    2050 01-23 06-23 09-30; 2051 02-11 06-13 09-19; 2052 02-01 06-01 09-07;
    2053 02-19 06-20 09-26; 2054 02-08 06-10 09-16; 2055 01-28 05-30 10-05;
    2056 02-15 06-17 09-24; 2057 02-04 06-06 09-13; 2058 01-24 06-25 10-02;
    2059 02-12 06-14 09-21; 2060 02-02 06-03 09-09;
"""


@cache
def fixed(year: int) -> Mapping[date, str]:
    """Return the days off of a year that need no notice, with their names."""
    return dict(_fixed(year)) if year >= FIRST else {}


def _fixed(year: int) -> Iterator[tuple[date, str]]:
    yield from _run(date(year, 10, 1), 3, NATION)
    if (moons := _moons().get(year)) is not None:
        spring, boats, moon = moons
        yield moon, MOON
        yield boats, BOATS
        yield from _run(spring - timedelta(days=1), 4, SPRING)  # from the eve on
    yield date(year, 4, _clear_and_bright(year)), TOMBS
    yield from _run(date(year, 5, 1), 2, LABOUR)
    yield date(year, 1, 1), NEW_YEAR


def _run(first: date, count: int, name: str) -> Iterator[tuple[date, str]]:
    return ((first + timedelta(days=number), name) for number in range(count))


def _clear_and_bright(year: int) -> int:
    """Return the day of April on which the sun stands at fifteen degrees, in this century."""
    of = year % 100
    return int(of * 0.2422 + 4.81) - of // 4


@cache
def _moons() -> Mapping[int, tuple[date, ...]]:
    lines = (line.split() for line in _MOONS.split(";") if line.strip())
    return {int(year): tuple(date.fromisoformat(f"{year}-{day}") for day in days) for year, *days in lines}
