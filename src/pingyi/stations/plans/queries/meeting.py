"""Meetings as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from pingyi.rules.day import day_of
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.plan.schedule import Meeting as PlanMeeting
from pingyi.stations.plans.models import Meeting, Proof, Round, Task
from pingyi.stations.plans.queries.round import plan as plan_of
from pingyi.stations.plans.queries.task import Seen, Step, history, see


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting's page."""

    meeting: Meeting
    in_plan: PlanMeeting | None
    agenda: tuple[str, ...]
    guests: tuple[str, ...]
    papers: tuple[Proof, ...]
    resolutions: tuple[Seen, ...]
    history: tuple[Step, ...]


def meetings(round: Round) -> list[Meeting]:  # noqa: A002 - the glossary's word
    """Return the round's meetings in the order of their days."""
    return sorted(Meeting.objects.filter(round=round).select_related("round"), key=_when)


def meeting(reference: str, *, on: date) -> Held:
    """Return one meeting's page; a task that names the meeting as its origin is a resolution of it."""
    row = get_object_or_404(Meeting.objects.select_related("round"), reference=reference)
    resolved = Task.objects.filter(origin=row.subject).select_related("section", "responsible", "checked_by", "round")
    return Held(
        meeting=row,
        in_plan=next((one for one in plan_of(row.round).meetings if one.id == row.plan_meeting), None),
        agenda=lines(row.agenda),
        guests=lines(row.guests),
        papers=tuple(row.papers.filter(is_withdrawn=False).order_by("pk")),
        resolutions=tuple(see(task, on=on) for task in resolved.order_by("pk")),
        history=history(row),
    )


def unheld(round: Round, *, on: date) -> list[Meeting]:  # noqa: A002 - the glossary's word
    """Return the meetings that want a date, their attendance or their minutes."""
    return [row for row in meetings(round) if _wants(row, on=on)]


def lines(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def day(row: Meeting) -> date | None:
    """Return the day of a meeting: the set one, else the last that the plan allows."""
    return day_of(row.held_at) if row.held_at else row.latest_on


def _when(row: Meeting) -> tuple[date, int]:
    return day(row) or date.max, row.pk


def _wants(row: Meeting, *, on: date) -> bool:
    if row.stage == MeetingStage.PLANNED:
        return row.earliest_on is None or row.earliest_on <= on
    if row.stage == MeetingStage.CONVENED:
        return row.held_at is not None and day_of(row.held_at) < on
    return row.stage == MeetingStage.HELD
