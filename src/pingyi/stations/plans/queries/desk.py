"""What the room lays on a person's desk: due, late, waiting for their word, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.rules.task import Stage, Standing
from pingyi.stations.plans.models import Meeting
from pingyi.stations.plans.queries import meeting as meetings
from pingyi.stations.plans.queries import task as tasks
from pingyi.stations.plans.queries.round import current_round
from pingyi.stations.plans.queries.task import Seen

ROOM = "plans"
SOON = frozenset({Standing.DUE_SOON, Standing.RETURNED})
NEWS = 7  # days for which an accepted report counts as news


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return this person's tasks and meetings, one item each."""
    if actor.role in {Role.PUBLIC, Role.MACHINE}:
        return []
    on = day_of(at)
    return [*_own(actor, on=on), *_waiting(actor, on=on), *_news(actor, on=on), *_meetings(actor, on=on)]


def _own(actor: Actor, *, on: date) -> list[DeskItem]:
    found = []
    for seen in tasks.own(actor, on=on):
        if seen.standing is Standing.LATE:
            found.append(_item(DeskKind.LATE, seen))
        elif seen.standing in SOON:
            found.append(_item(DeskKind.DUE, seen))
    return found


def _waiting(actor: Actor, *, on: date) -> list[DeskItem]:
    checks = [_item(DeskKind.WAITING, seen, title=_("Check: %s")) for seen in tasks.to_check(actor, on=on)]
    if not may(actor, "task.extend_grant"):
        return checks
    return checks + [
        _item(DeskKind.WAITING, seen, title=_("More time asked: %s"))
        for seen in tasks.asking(actor, on=on)
        if may(actor, "task.extend_grant", seen.task.about())
    ]


def _news(actor: Actor, *, on: date) -> list[DeskItem]:
    returned = [seen for seen in tasks.own(actor, on=on) if seen.task.stage == Stage.RETURNED]
    accepted = [
        seen
        for seen in tasks.finished(actor, on=on, most=20)
        if seen.task.checked_on and (on - seen.task.checked_on).days <= NEWS
    ]
    return [_item(DeskKind.CHANGED, seen, title=_("Returned: %s")) for seen in returned] + [
        _item(DeskKind.CHANGED, seen, title=_("Accepted: %s")) for seen in accepted
    ]


def _meetings(actor: Actor, *, on: date) -> list[DeskItem]:
    """The supervision office is told which meetings want a date, an attendance or minutes."""
    opened = current_round()
    if opened is None or not may(actor, "meeting.minute"):
        return []
    return [_meeting(row, on=on) for row in meetings.unheld(opened, on=on)]


def _meeting(row: Meeting, *, on: date) -> DeskItem:
    day = meetings.day(row)
    kind = DeskKind.LATE if day is not None and day < on else DeskKind.DUE
    return DeskItem(
        kind=kind, title=_("Meeting: %s") % row.title, url=row.get_absolute_url(), due_on=day, section="", room=ROOM
    )


def _item(kind: DeskKind, seen: Seen, *, title: str = "%s") -> DeskItem:
    task = seen.task
    return DeskItem(
        kind=kind,
        title=title % task.title,
        url=task.get_absolute_url(),
        due_on=task.due_on,
        section=task.section.name if task.section else "",
        room=ROOM,
    )
