"""A plan moved to another year: each date keeps its month and day, and says on what kind of day it falls there (§0)."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from pingyi.authoring.edit import put
from pingyi.authoring.places import place_word
from pingyi.rules.calendar import Calendar, DayKind, is_working_day, kind_of
from pingyi.rules.plan import Plan

OWN_DAY = "issued_on"  # the day of the document itself: no other year makes it another


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One date of the plan, before and after."""

    path: str
    before: date
    after: date
    kind: DayKind  # what the new day is
    was_working: bool

    @property
    def is_off_now(self) -> bool:
        """Whether a working day became a day off."""
        return self.was_working and self.kind in {DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.ASSUMED}

    def place(self, plan: Plan, *, language: str) -> str:
        """Say which date it is."""
        return place_word(plan, self.path, language=language)


def moves(plan: Plan, *, year: int, calendar: Calendar) -> list[Moved]:
    """Return every date of the plan as it is after the move, in the plan's order."""
    return [_moved(path, day, by=year - plan.year, calendar=calendar) for path, day in _dates(plan, "")]


def written(text: str, plan: Plan, *, year: int, calendar: Calendar) -> str:
    """Return the plan's text with all its dates in another year, and its title and year so."""
    values: dict[str, object] = {one.path: one.after for one in moves(plan, year=year, calendar=calendar)}
    return put(text, values={"year": year, "title": title(plan, year=year), **values})


def title(plan: Plan, *, year: int) -> str:
    """Return the title with the year's number exchanged, where it names it."""
    return plan.title.replace(str(plan.year), str(year))


def _moved(path: str, day: date, *, by: int, calendar: Calendar) -> Moved:
    year = day.year + by
    last = months.monthrange(year, day.month)[1]  # the 29th of February is not in every year
    after = date(year, day.month, min(day.day, last))
    was_working = is_working_day(day, calendar=calendar)
    return Moved(path=path, before=day, after=after, kind=kind_of(after, calendar=calendar), was_working=was_working)


def _dates(part: object, path: str) -> Iterator[tuple[str, date]]:
    if isinstance(part, date):
        yield path, part
    elif isinstance(part, tuple):
        for number, item in enumerate(part):
            yield from _dates(item, f"{path}[{number}]")
    elif is_dataclass(part):
        for one in fields(part):
            if (path, one.name) != ("", OWN_DAY):
                yield from _dates(getattr(part, one.name), f"{path}.{one.name}" if path else one.name)
