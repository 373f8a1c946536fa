"""What stands in a member's calendar: the open tasks and the convened meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pingyi.bureau.models import Member
from pingyi.record.models import Entry, Recorded
from pingyi.rules.actor import Role
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.meeting import MeetingStage
from pingyi.stations.plans.models import CalendarFeed, Meeting, Task

MEETS = frozenset({Role.SUPERVISION_OFFICE, Role.SECTION_HEAD, Role.BUREAU_LEADER})


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The rows behind one feed."""

    member: Member
    tasks: tuple[Task, ...]
    meetings: tuple[Meeting, ...]
    changed: Mapping[str, datetime]  # a row's last entry → when it was written, as exact as the record says


def open_feed(member: str) -> CalendarFeed | None:
    """Return the member's open feed."""
    return CalendarFeed.objects.filter(member__reference=member, revoked_on=None).first()


def dates(token_sha256: str, *, on: date) -> Dates | None:
    """Return what the feed with this token's digest shows; None for an unknown or revoked one, or one who left."""
    feed = CalendarFeed.objects.select_related("member__section").filter(token_sha256=token_sha256).first()
    if feed is None or feed.revoked_on is not None or not _in_office(feed.member, on=on):
        return None
    member = feed.member
    rows = Task.objects.select_related("section", "responsible", "round")
    carried = rows.filter(responsible=member)
    if member.section is not None:
        carried = carried | rows.filter(section=member.section)
    meets = Role(member.role) in MEETS
    called = Meeting.objects.exclude(held_at=None) if meets else Meeting.objects.none()
    tasks = tuple(carried.distinct().order_by("due_on", "pk"))
    meetings = tuple(called.exclude(stage=MeetingStage.PLANNED).order_by("held_at"))
    return Dates(member=member, tasks=tasks, meetings=meetings, changed=_changed([*tasks, *meetings]))


def _changed(rows: Iterable[Recorded]) -> dict[str, datetime]:
    entries = Entry.objects.filter(leaf__in=[row.entry_hash for row in rows]).values_list("leaf", "at")
    return {leaf: datetime.fromisoformat(at).replace(tzinfo=BUREAU_TIME) for leaf, at in entries}


def _in_office(member: Member, *, on: date) -> bool:
    return member.dismissed_on is None and (member.active_until is None or member.active_until >= on)
