"""Stopped clocks: who stopped them, why, for how long, and who else looked at them (§3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce

from pingyi.rules.actor import Actor, Role
from pingyi.rules.calendar import working_days_between
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.stages import UNFINISHED
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Case, ClockStop, StopLook
from pingyi.stations.cases.queries import year

MOST = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """A clock that stands still, as the supervision office sees it."""

    row: ClockStop
    days: int  # working days
    looked_on: date | None  # the last time somebody else looked and let it stand
    days_unlooked: int  # working days since then, or since it was stopped
    is_unlooked: bool  # for the plan's term: somebody looks at it now

    @property
    def said(self) -> str:
        """Why, in the reader's language."""
        return said(self.row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stood:
    """One stretch in which a case's clock stood still, and who looked at it."""

    row: ClockStop
    looks: tuple[StopLook, ...]

    @property
    def said(self) -> str:
        """Why, in the reader's language."""
        return said(self.row)


def said(row: ClockStop) -> str:
    """Return why a clock was stopped, in the reader's language."""
    return str(words.STOPS.get(row.cause, row.cause))


def standing(*, on: date) -> list[Stopped]:
    """Return the clocks that stand still, those that nobody has looked at for longest first."""
    rows = ClockStop.objects.filter(ends_on=None, case__stage__in=[stage.value for stage in UNFINISHED])
    rows = rows.select_related("begun_by", "case__section", "case__holder__section", "case__round")
    rows = rows.annotate(looked_on=Max("looks__looked_on")).order_by(
        Coalesce("looked_on", "begins_on"), "begins_on", "pk"
    )
    return [_stopped(row, on=on) for row in rows[:MOST]]


def of(case: Case) -> tuple[Stood, ...]:
    """Return every stretch in which a case's clock stood still, the first first."""
    rows = ClockStop.objects.filter(case=case).select_related("begun_by", "ended_by").order_by("begins_on", "pk")
    looks = list(StopLook.objects.filter(case=case).select_related("looked_by").order_by("looked_on", "pk"))
    return tuple(Stood(row=row, looks=tuple(one for one in looks if one.stop_id == row.pk)) for row in rows)


def running(case: Case) -> ClockStop | None:
    """Return the stop that a case's clock stands under now."""
    found: ClockStop | None = ClockStop.objects.filter(case=case, ends_on=None).select_related("begun_by").first()
    return found


def handlers(case: Case) -> frozenset[str]:
    """Return whose word on the running stop does not count: who stopped the clock, and who holds the case."""
    stop = running(case)
    return frozenset({case.holder.reference, *([stop.begun_by.reference] if stop else ())})


def ends_as_office(case: Case, *, by: Actor) -> bool:
    """Whether somebody ends the stop of a case as the supervision office, though a section holds it."""
    if by.role is not Role.SUPERVISION_OFFICE:
        return False
    stop = running(case)
    return stop is not None and stop.cause != rules.PAPERS


def _stopped(row: ClockStop, *, on: date) -> Stopped:
    calendar, looked_on = year.calendar(), getattr(row, "looked_on", None)
    since = looked_on or row.begins_on
    handling = year.handling(row.case.round)
    return Stopped(
        row=row,
        days=working_days_between(row.begins_on, on, calendar=calendar),
        looked_on=looked_on,
        days_unlooked=working_days_between(since, on, calendar=calendar),
        is_unlooked=rules.is_unlooked(since, on=on, handling=handling, calendar=calendar),
    )
