"""Messages to members: queued inside the act that gives cause for them, read in the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from pingyi.bureau.models import Member, Notice
from pingyi.record import bindings
from pingyi.record.models import Recorded

COVERED = ("to", "code", "facts", "about", "url", "once", "queued_at")  # not when it was read
NOTICES: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add a room's notices: code → sentence with {facts}; called from its AppConfig.ready."""
    NOTICES.update(sentences)


def queue(
    code: str,
    *,
    to: Member | Iterable[Member],
    about: Recorded | str,
    at: datetime,
    url: str = "",
    once: str = "",
    **facts: str | int,
) -> None:
    """Write a notice to each member; one with the same key `once` reaches a member a single time."""
    members = {member.pk: member for member in ([to] if isinstance(to, Member) else to)}
    rows = [
        Notice(to=member, code=code, facts=facts, about=str(about), url=url, once=once or None, queued_at=at)
        for member in members.values()
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, ignore_conflicts=bool(once))
        if once:  # which of them are new is not told
            rows = list(Notice.objects.filter(to__in=members, once=once))
        bindings.keep(rows, at=at, are_new=not once)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One of many notices of a kind: to whom, and about what."""

    to: Member
    about: Recorded
    url: str
    facts: Mapping[str, str | int]


def queue_each(code: str, told: Iterable[Told], *, at: datetime) -> None:
    """Write many notices of one kind, each about another thing, by one statement."""
    rows = [
        Notice(to=one.to, code=code, facts=dict(one.facts), about=str(one.about), url=one.url, queued_at=at)
        for one in told
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows)
        bindings.keep(rows, at=at, are_new=True)


def inbox(member: str) -> QuerySet[Notice]:
    """Return a member's notices by the member's reference, unread first, then the newest."""
    return Notice.objects.filter(to__reference=member).order_by(F("read_at").asc(nulls_first=True), "-queued_at", "-pk")


def unread(member: str) -> int:
    """Count a member's unread notices."""
    return Notice.objects.filter(to__reference=member, read_at=None).count()


def read(member: str, *, at: datetime, number: int | None = None) -> Notice | None:
    """Mark one notice read and return it, or all of them."""
    rows = Notice.objects.filter(to__reference=member)
    if number is None:
        rows.filter(read_at=None).update(read_at=at)
        return None
    rows.filter(pk=number, read_at=None).update(read_at=at)
    return rows.filter(pk=number).first()


def text(notice: Notice) -> str:
    """Return the notice as a sentence in the reader's language."""
    sentence = NOTICES.get(notice.code)
    if sentence is None:
        return gettext("Something changed: %(about)s") % {"about": notice.about}
    return str(sentence).format(**notice.facts)
