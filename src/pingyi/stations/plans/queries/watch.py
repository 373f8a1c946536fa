"""What lies on desks beyond one's own tasks: meetings to come, the phase that ends, and what is late in the bureau."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.meeting import MeetingStage
from pingyi.rules.permissions import may
from pingyi.rules.task import Standing
from pingyi.stations.plans.models import Round
from pingyi.stations.plans.queries import meeting as meetings
from pingyi.stations.plans.queries import task as tasks
from pingyi.stations.plans.queries.round import current_round, plan

ROOM = "plans"
AHEAD = 14  # days before a meeting or the end of a phase for which it lies on the desk
# Who looks over all sections; the others see their own late tasks.
OVERSEERS = frozenset({
    Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.SUPERVISOR, Role.DISTRICT_OFFICE, Role.CITY_BUREAU, Role.AUDITOR,
})  # fmt: skip


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return what this person should know of the year."""
    opened = current_round()
    if opened is None or actor.role in {Role.PUBLIC, Role.MACHINE}:
        return []
    on = day_of(at)
    late = _late(opened, on=on) if actor.role in OVERSEERS else []
    # Who writes the minutes already has every meeting that wants something.
    called = [] if may(actor, "meeting.minute") else list(_meetings(opened, on=on))
    return [*late, *called, *_phase(opened, on=on)]


def _late(opened: Round, *, on: date) -> list[DeskItem]:
    count = sum(tasks.see(one, on=on).standing is Standing.LATE for one in tasks.tasks(opened))
    if not count:
        return []
    said = ngettext("%(count)s task of the bureau is late", "%(count)s tasks of the bureau are late", count)
    return [_item(DeskKind.LATE, said % {"count": count}, f"{reverse('plans:board')}?standing={Standing.LATE.value}")]


def _meetings(opened: Round, *, on: date) -> Iterator[DeskItem]:
    for row in meetings.meetings(opened):
        held_on = meetings.day(row)
        if row.stage == MeetingStage.CONVENED and held_on is not None and 0 <= (held_on - on).days <= AHEAD:
            yield _item(DeskKind.DUE, _("Meeting: %s") % row.title, row.get_absolute_url(), due_on=held_on)


def _phase(opened: Round, *, on: date) -> Iterator[DeskItem]:
    for phase in plan(opened).phases:
        if phase.begins_on <= on and 0 <= (phase.ends_on - on).days <= AHEAD:
            yield _item(DeskKind.DUE, _("The phase ends: %s") % phase.name, reverse("plans:year"), due_on=phase.ends_on)


def _item(kind: DeskKind, title: str, url: str, *, due_on: date | None = None) -> DeskItem:
    return DeskItem(kind=kind, title=title, url=url, due_on=due_on, room=ROOM)
