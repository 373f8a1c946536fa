"""How often a duty recurs, as plans say it: 每季度末月25日前, 每月5日前, 每半年 (§4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pingyi.rules.plan.schedule import Period

_PERIODS = {"月": Period.MONTH, "季": Period.QUARTER, "季度": Period.QUARTER, "半年": Period.HALF_YEAR}
_EVERY = re.compile(
    r"每一?个?(?P<period>季度?|半年|月)(?:的?(?P<last>末月|最后一?个?月)(?:的)?)?"
    r"(?:(?P<day>3[01]|[12]\d|[1-9])[日号]|(?:月?底|末))?(?:之前|以前|前)?"
)
# What follows makes it another day than the period's own, two days, or no time at all of what is asked.
_OTHERWISE = re.compile(
    r"结束|终了|过后|之?后|首|初|第|头|上旬|中旬|下旬|的|[至到—～~、和及-]\s?(?:\d|每)|\d{1,2}[日号]|(?:排名|考核|评议|测评)?结果|周|逢"
)
_TIMES = re.compile(r"(?:不少于|不低于|至少|各)?(?:[一二两三四五六]|\d{1,2})[次场回]?(?:以上)?$")
_OBJECT_BEFORE = re.compile(r"[对将把按的]|根据|结合|按照")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often, on which day of the period's last month, and where that stands."""

    every: Period
    day: int | None
    start: int
    end: int


def find_recurrence(flat: str, start: int, end: int) -> Recurrence | None:
    """Return how often what a clause asks for recurs; nothing where it says a day that no field can hold."""
    for match in _EVERY.finditer(flat, start, end):
        every = _PERIODS[match["period"]]
        has_far_day = match["day"] and not match["last"] and every is not Period.MONTH
        if has_far_day or _OTHERWISE.match(flat, match.end()) or _OBJECT_BEFORE.search(flat, start, match.start()):
            continue
        return Recurrence(every, int(match["day"]) if match["day"] else None, match.start(), match.end())
    return None


def is_of_what_stands_before(flat: str, start: int, end: int, *, recurs: Recurrence) -> bool:
    """组织暗访，每季度1次: a clause that only says how often belongs to what stands before it."""
    return recurs.start == start and _TIMES.match(flat[recurs.end : end]) is not None
