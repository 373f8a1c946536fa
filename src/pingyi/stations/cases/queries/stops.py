"""Stopped clocks as the supervision office sees them: who stopped them, why, for how long (§3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pingyi.rules.actor import Actor, Role
from pingyi.rules.calendar import working_days_between
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.stages import UNFINISHED
from pingyi.stations.cases import words
from pingyi.stations.cases.models import Case, ClockStop
from pingyi.stations.cases.queries import year

MOST = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """A clock that stands still."""

    row: ClockStop
    days: int  # working days
    is_endless: bool  # somebody decides whether it may go on

    @property
    def said(self) -> str:
        """Why, in the reader's language."""
        return str(words.STOPS.get(self.row.cause, self.row.cause))

    @property
    def is_ours_to_end(self) -> bool:
        """Whether the supervision office may end it; the citizen ends what waits for papers."""
        return self.row.cause != rules.PAPERS


def standing(*, on: date) -> list[Stopped]:
    """Return the clocks that stand still, the longest first."""
    rows = ClockStop.objects.filter(ends_on=None, case__stage__in=[stage.value for stage in UNFINISHED]).select_related(
        "begun_by", "case__section", "case__holder__section", "case__round"
    )
    calendar = year.calendar()
    return [
        Stopped(
            row=row,
            days=working_days_between(row.begins_on, on, calendar=calendar),
            is_endless=rules.is_endless(
                row.cause, row.begins_on, on=on, handling=year.handling(row.case.round), calendar=calendar
            ),
        )
        for row in rows.order_by("begins_on", "pk")[:MOST]
    ]


def ends_as_office(case: Case, *, by: Actor) -> bool:
    """Whether somebody ends the stop of a case as the supervision office, though a section holds it."""
    if by.role is not Role.SUPERVISION_OFFICE:
        return False
    return ClockStop.objects.filter(case=case, ends_on=None).exclude(cause=rules.PAPERS).exists()
