"""The published calendars as files: one YAML file for each year, with its notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from pingyi.rules.calendar import Calendar, DayKind, Due, SpecialDay, YearVersion
from pingyi.rules.plan.conduct import DayUnit
from pingyi.shipped import shipped

FORMAT = "pingyi-calendar/1"

# code → (Chinese, English); facts: n, reason
MESSAGES: dict[str, tuple[str, str]] = {
    "received": ("收到当日，不计算", "Day of receipt, not counted"),
    "working": ("工作日，第{n}天", "Working day, day {n}"),
    "make_up": ("{reason}调休上班，第{n}天", "Working day in exchange for {reason}, day {n}"),
    "weekend": ("周末，不计算", "Weekend, not counted"),
    "holiday": ("{reason}放假，不计算", "Holiday ({reason}), not counted"),
    "assumed": (
        "{reason}法定放假（当年安排未公布，暂按放假办法推定），不计算",
        "Holiday ({reason}) by the regulation, assumed until the year's notice is out, not counted",
    ),
    "calendar": ("第{n}天", "Day {n}"),
    "moved": ("期限末日逢休息日，顺延至此日", "The limit ended on a day off and moves to this day"),
    "provisional": (
        "{years}年的放假安排尚未公布，此日期为暂定；公布后请重新计算。",
        "The holidays of {years} are not published yet: this date is provisional. Compute it again once they are.",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """One year's file."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    format: str
    name: str
    year: int
    version: str
    notices: tuple[str, ...]
    days: tuple[SpecialDay, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One line of the day-by-day "why", in both languages."""

    day: date
    kind: DayKind
    counted: int
    zh: str
    en: str


def calendar_folder() -> Path:
    """Return where the published calendars lie that come with the program."""
    return shipped("calendars")


def load_calendar(folder: Path | None = None, *, name: str = "cn") -> Calendar:
    """Read every published year of a calendar; a file of a later year wins over an earlier one.

    A file that appears or changes counts from the next call on, in a site that runs too.
    """
    paths = sorted((folder or calendar_folder()).glob(f"{name}-*.yaml"))
    return _read(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths), name)


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, int, int], ...], name: str) -> Calendar:
    return assemble((path.read_text(encoding="utf-8") for path, _, _ in files), name=name)


def assemble(texts: Iterable[str], *, name: str) -> Calendar:
    """Make one calendar of the texts of its years, in their order."""
    days: dict[date, SpecialDay] = {}
    years: dict[int, YearVersion] = {}
    for text in texts:
        file = TypeAdapter(_File).validate_python(YAML(typ="safe", pure=True).load(text))
        if file.format != FORMAT:
            raise ValueError(f"a calendar file begins with 'format: {FORMAT}', not {file.format!r}")
        days.update({day.on: day for day in file.days})
        years[file.year] = YearVersion(year=file.year, version=file.version, notices=file.notices)
    return Calendar(name=name, days=days, years=years)


def explain(due: Due) -> tuple[Reason, ...]:
    """Say day by day how a due date came about."""
    reasons = []
    for place, step in enumerate(due.steps):
        code = "received" if place == 0 else _code(step.kind, step.counted, due.unit)
        facts: Mapping[str, object] = {"n": step.counted, "reason": step.reason}
        is_moved = place == len(due.steps) - 1 > 0 and step.counted == 0
        zh, en = MESSAGES["moved" if is_moved else code]
        reasons.append(
            Reason(day=step.day, kind=step.kind, counted=step.counted, zh=zh.format(**facts), en=en.format(**facts))
        )
    return tuple(reasons)


def caution(due: Due) -> tuple[str, str] | None:
    """Return the warning, in both languages, that a due date is provisional; None when it stands firm."""
    known = {version.year for version in due.versions}
    years = sorted({step.day.year for step in due.steps} - known)
    if not due.is_provisional:
        return None
    zh, en = MESSAGES["provisional"]
    return zh.format(years="、".join(map(str, years))), en.format(years=", ".join(map(str, years)))


def _code(kind: DayKind, counted: int, unit: DayUnit) -> str:
    return "calendar" if unit is DayUnit.CALENDAR and counted else kind.value
