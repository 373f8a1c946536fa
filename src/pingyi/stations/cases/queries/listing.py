"""Lists of cases, page by page along an index: a page costs the same with a thousand cases and with a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from pingyi.bureau.models import Member, Section
from pingyi.rules.actor import Actor
from pingyi.rules.case.stages import UNFINISHED
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import readable, year
from pingyi.stations.cases.queries.case import Seen

A_PAGE = 30
OFFICE_CHOICE = "@office"  # the supervision office among sections to choose from: no section's reference is like it
OPEN = tuple(sorted(stage.value for stage in UNFINISHED))


def past(*, on: date) -> Q:
    """Return the condition of a day that is over for the section too; that is never before the citizen's day."""
    return Q(due_on__lt=on) & (Q(lawful_on=None) | Q(lawful_on__lt=on))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sieve:
    """What the reader wants to see; empty means everything that the reader may see."""

    whose: str = ""  # mine, section, offered, ready
    standing: str = ""  # open, late, due, unanswered, unaccepted, stopped, asked, closed
    kind: str = ""
    channel: str = ""
    section: str = ""
    after: str = ""  # the last row of the page before, as "2026-03-16_123"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One page of a list; `next` continues it, empty on the last page."""

    rows: tuple[Seen, ...]
    next: str


def listed(sieve: Sieve, *, seen_by: Actor, at: datetime) -> Listed:
    """Return a page of cases: unfinished ones by due date, closed ones and all by receipt, the latest first."""
    rows = narrowed(cases.rows().filter(readable.by(seen_by)), sieve, seen_by=seen_by, at=at)
    is_forward = sieve.standing not in {"", "closed"} or sieve.whose in {"offered", "ready"}
    field, sign = ("due_on", "") if is_forward else ("received_on", "-")
    rows = _after(rows, sieve.after, field=field, is_forward=is_forward)
    rows = rows.defer("text", "answer", "result", "due_moves").order_by(f"{sign}{field}", f"{sign}id")
    found = list(rows[: A_PAGE + 1])
    page, more = found[:A_PAGE], len(found) > A_PAGE
    soon = year.handling(year.round_on(day_of(at))).remind_days_before
    return Listed(
        rows=tuple(cases.see(row, at=at, soon=soon) for row in page),
        next=f"{getattr(page[-1], field).isoformat()}_{page[-1].pk}" if more else "",
    )


def unfinished(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Leave unfinished cases; the two empty columns say the same in the words of the index, which IN cannot use."""
    return rows.filter(stage__in=OPEN, closed_on=None, merged_into=None)


def narrowed(rows: QuerySet[Case], sieve: Sieve, *, seen_by: Actor, at: datetime) -> QuerySet[Case]:
    """Leave what the sieve lets through."""
    rows = _whose(rows, sieve.whose, seen_by=seen_by)
    rows = _standing(rows, sieve.standing, on=day_of(at), at=at)
    wanted = {"kind_id": sieve.kind, "channel_id": sieve.channel}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    if sieve.section == OFFICE_CHOICE:
        return rows.filter(section=None)
    return rows.filter(section_id=_section(sieve.section)) if sieve.section else rows


def _whose(rows: QuerySet[Case], whose: str, *, seen_by: Actor) -> QuerySet[Case]:
    if whose == "mine":
        return rows.filter(holder_id=_member(seen_by))
    if whose == "section":
        return rows.filter(section_id=_section(seen_by.section or ""))
    if whose == "offered":
        rows = unfinished(rows).filter(is_offered=True)
        return rows.filter(offered_to_id=_section(seen_by.section)) if seen_by.section else rows.filter(offered_to=None)
    if whose == "ready":
        done = unfinished(rows).filter(is_offered=False, stopped_on=None)
        return done.exclude(answered_on=None).exclude(settled_on=None)
    return rows


def _standing(rows: QuerySet[Case], standing: str, *, on: date, at: datetime) -> QuerySet[Case]:
    if standing == "closed":
        # By the day, not by the stage: most cases are closed, and an index on the stage would have them all sorted.
        return rows.exclude(closed_on=None)
    if not standing:
        return rows
    rows = unfinished(rows)
    soon = timedelta(days=year.handling(year.round_on(on)).remind_days_before)
    return {
        "late": lambda: rows.filter(past(on=on), stopped_on=None),
        "due": lambda: rows.filter(due_on__range=(on, on + soon), stopped_on=None),
        "unanswered": lambda: rows.filter(answered_on=None, is_offered=False, stopped_on=None),
        "unaccepted": lambda: rows.filter(is_offered=True, offer_expires_at__lt=at),
        "offered": lambda: rows.filter(is_offered=True),
        "stopped": lambda: rows.exclude(stopped_on=None),
        "asked": lambda: rows.exclude(asked_until=None),
    }.get(standing, lambda: rows)()


def _after(rows: QuerySet[Case], cursor: str, *, field: str, is_forward: bool) -> QuerySet[Case]:
    """Go on behind a row; a cursor that nobody gave is the beginning."""
    day, _, number = cursor.partition("_")
    try:
        last, key = date.fromisoformat(day), int(number)
    except ValueError:
        return rows
    way = "gt" if is_forward else "lt"
    return rows.filter(Q(**{f"{field}__{way}": last}) | Q(**{field: last, f"id__{way}": key}))


def _section(reference: str) -> int:
    return Section.objects.filter(reference=reference).values_list("pk", flat=True).first() or 0


def _member(actor: Actor) -> int:
    return Member.objects.filter(reference=actor.reference).values_list("pk", flat=True).first() or 0
