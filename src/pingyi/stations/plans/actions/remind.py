"""Reminders: before the due date, on the day, and on the day after; each reaches a person once (§5.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Notice
from pingyi.rules.actor import Role
from pingyi.rules.day import day_of
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.task import Stage
from pingyi.stations.plans.models import Meeting, Task
from pingyi.stations.plans.queries import people

AHEAD = (7, 3, 1)  # days before the due date
UNCHECKED = 5  # days that a report may wait before its checkers are reminded


@dataclass(frozen=True, kw_only=True)
class _Reminder:
    code: str
    days: int  # from the due date to the reminder
    to: Callable[[Task, date], list[Member]]


def remind(*, at: datetime) -> int:
    """Queue every reminder that is due by now; running it again, or after days of silence, doubles none."""
    before = Notice.objects.count()
    today = day_of(at)
    for reminder in _REMINDERS:
        _remind(reminder, today=today, at=at)
    _remind_checkers(today=today, at=at)
    _remind_of_meetings(today=today, at=at)
    return Notice.objects.count() - before


def _remind(reminder: _Reminder, *, today: date, at: datetime) -> None:
    """Late ones are caught up for a month; of the early ones only the nearest is said."""
    last = today - timedelta(days=reminder.days)
    first = last - timedelta(days=30 if reminder.days > 0 else 0)
    rows = Task.objects.filter(stage__in=[Stage.OPEN, Stage.RETURNED], due_on__range=(first, last))
    for task in rows.select_related("responsible", "section__head", "section__stand_in"):
        notices.queue(
            reminder.code,
            to=reminder.to(task, today),
            about=task,
            at=at,
            url=task.get_absolute_url(),
            once=f"{reminder.code}:{reminder.days}:{task.reference}:{task.due_on}",
            title=task.title,
            due_on=task.due_on.isoformat(),
            days=abs(reminder.days),
        )


def _remind_checkers(*, today: date, at: datetime) -> None:
    waiting = Task.objects.filter(stage=Stage.REPORTED, reported_on__lte=today - timedelta(days=UNCHECKED))
    for task in waiting:
        notices.queue(
            "task.unchecked",
            to=[one for one in people.officers(on=today) if one.reference not in task.doers],
            about=task,
            at=at,
            url=task.get_absolute_url(),
            once=f"task.unchecked:{task.reference}:{task.reported_on}",
            title=task.title,
        )


def _remind_of_meetings(*, today: date, at: datetime) -> None:
    for meeting in Meeting.objects.filter(stage=MeetingStage.CONVENED):
        if meeting.held_at is None or (day_of(meeting.held_at) - today).days not in {0, 1}:
            continue
        called = [one for role in (Role.SUPERVISION_OFFICE, Role.SECTION_HEAD) for one in bureau.members(role=role)]
        notices.queue(
            "meeting.tomorrow",
            to=called,
            about=meeting,
            at=at,
            url=meeting.get_absolute_url(),
            once=f"meeting.tomorrow:{meeting.reference}:{meeting.held_at:%Y-%m-%d}",
            title=meeting.title,
            place=meeting.place,
            held_on=day_of(meeting.held_at).isoformat(),
        )


def _doer(task: Task, on: date) -> list[Member]:
    return [task.responsible]


def _doer_and_head(task: Task, on: date) -> list[Member]:
    """On the day after, the section's head hears of it too, and so does the supervision office (§1.1)."""
    head = people.answering(task.section, on=on) if task.section else None
    return [task.responsible, *([head] if head else []), *people.officers(on=on)]


_REMINDERS = (
    *(_Reminder(code="task.due_soon", days=-days, to=_doer) for days in AHEAD),
    _Reminder(code="task.due_today", days=0, to=_doer),
    _Reminder(code="task.overdue", days=1, to=_doer_and_head),
)
