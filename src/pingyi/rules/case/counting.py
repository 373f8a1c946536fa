"""Days counted once and kept: what was known of the calendar stays with the date that came of it (限时办结, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pingyi.rules.calendar import Calendar, DayKind, SpecialDay, Step, YearVersion, due_date
from pingyi.rules.plan.conduct import DayUnit

NAMED = frozenset({DayKind.HOLIDAY, DayKind.MAKE_UP, DayKind.ASSUMED})  # what an ordinary week does not tell


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A day on the way that was no ordinary one, as it was known when the days were counted."""

    on: date
    kind: DayKind
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """A limit's days from one day on; enough to count them again without any calendar."""

    since: date  # not counted itself
    days: int
    unit: DayUnit
    still: int  # further days, for which the clock had stood still
    ends_on: date
    known: tuple[Known, ...]
    is_provisional: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every day on the way, as it was counted."""
        kinds = {one.on: one.kind for one in self.known}
        years = range(self.since.year, self.ends_on.year + 2)
        then = Calendar(
            name="kept",
            days={one.on: SpecialDay(on=one.on, name=one.name, is_off=_is_off(one.kind)) for one in self.known},
            years={year: YearVersion(year=year, version="kept") for year in years},
        )
        told = _steps(self.since, days=self.days, still=self.still, unit=self.unit, calendar=then)
        return tuple(replace(step, kind=kinds.get(step.day, step.kind)) for step in told)


def count(since: date, *, days: int, unit: DayUnit, calendar: Calendar, still: int = 0) -> Count:
    """Count a limit's days by a calendar, and keep what it said of the days on the way."""
    steps = _steps(since, days=days, still=still, unit=unit, calendar=calendar)
    return Count(
        since=since, days=days, unit=unit, still=still, ends_on=steps[-1].day, known=tuple(_known(steps)),
        is_provisional=not all(calendar.is_published(step.day.year) for step in steps),
    )  # fmt: skip


def _steps(since: date, *, days: int, still: int, unit: DayUnit, calendar: Calendar) -> tuple[Step, ...]:
    first = due_date(since, days=days, unit=unit, calendar=calendar).steps
    if not still:
        return first
    more = due_date(first[-1].day, days=still, unit=unit, calendar=calendar).steps[1:]
    return (*first, *(replace(step, counted=step.counted + days if step.counted else 0) for step in more))


def _known(steps: Iterable[Step]) -> Iterable[Known]:
    return (Known(on=step.day, kind=step.kind, name=step.reason) for step in steps if step.kind in NAMED)


def _is_off(kind: DayKind) -> bool:
    return kind is not DayKind.MAKE_UP
