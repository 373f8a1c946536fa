"""Tasks and meetings as an iCalendar (RFC 5545) that real calendars read."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.record.models import Recorded
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.task import Stage
from pingyi.stations.plans.models import Meeting, Task
from pingyi.stations.plans.queries.feed import Dates

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Pingyi//Calendar//ZH"
REFRESH = timedelta(hours=4)
BEFORE = (timedelta(days=-3), timedelta(hours=9))  # three days before, and at nine on the day itself
DONE = frozenset({Stage.ACCEPTED, Stage.REPORTED})


def calendar(dates: Dates, *, site: str) -> bytes:
    """Return the calendar's bytes; `site` is what links begin with. The same rows give the same bytes."""
    import icalendar

    made = icalendar.Calendar()
    for name, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", _("Evaluation of conduct")),
        ("x-wr-timezone", BUREAU_TIME.key),
    ):
        made.add(name, value)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add_component(icalendar.Timezone.from_tzinfo(BUREAU_TIME, BUREAU_TIME.key, date(2000, 1, 1), date(2038, 1, 1)))
    for task in dates.tasks:
        made.add_component(_task(task, dates=dates, site=site))
    for meeting in dates.meetings:
        made.add_component(_meeting(meeting, dates=dates, site=site))
    return bytes(made.to_ical())


def _task(task: Task, *, dates: Dates, site: str) -> icalendar.Event:
    event = _event(task, dates=dates, site=site, path=task.get_absolute_url())
    is_done = task.stage in DONE
    event.add("summary", (_("Done: %s") if is_done else _("Due: %s")) % task.title)
    event.add("dtstart", task.due_on)
    event.add("dtend", task.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if task.stage == Stage.WAIVED else "CONFIRMED")
    parts = [task.section.name if task.section else "", task.responsible.name, task.product]
    event.add("description", " · ".join(part for part in parts if part))
    if not is_done and task.stage != Stage.WAIVED:
        for moment in BEFORE:
            event.add_component(_alarm(task.title, moment))
    return event


def _meeting(meeting: Meeting, *, dates: Dates, site: str) -> icalendar.Event:
    event = _event(meeting, dates=dates, site=site, path=meeting.get_absolute_url())
    if meeting.held_at is None:
        raise ValueError(f"{meeting.subject} has no day yet")
    begins = meeting.held_at.astimezone(BUREAU_TIME)
    event.add("summary", meeting.title)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.planned_minutes))
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.stage == MeetingStage.CANCELLED else "CONFIRMED")
    event.add("description", meeting.agenda)
    if meeting.stage == MeetingStage.CONVENED:
        event.add_component(_alarm(meeting.title, timedelta(hours=-1)))
    return event


def _event(row: Recorded, *, dates: Dates, site: str, path: str) -> icalendar.Event:
    """What every event has; SEQUENCE is the row's version, so a calendar follows each change."""
    import icalendar

    changed = dates.changed[row.entry_hash].astimezone(UTC)
    event = icalendar.Event()
    event.add("uid", f"{row.subject.replace('/', '-')}@{site.partition('://')[2]}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", row.version - 1)
    event.add("url", f"{site}{path}")
    return event


def _alarm(title: str, moment: timedelta) -> icalendar.Alarm:
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", moment)
    return alarm
