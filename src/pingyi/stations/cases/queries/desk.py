"""What the room lays on a person's desk: late, due, waiting for their word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.permissions import may
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import moves, readable
from pingyi.stations.cases.queries.listing import Sieve, narrowed

ROOM = "cases"
MOST = 20  # of each sort; the list shows the rest
WORKERS = frozenset({Role.SUPERVISION_OFFICE, Role.SECTION_HEAD, Role.SECTION_STAFF})


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return this person's cases, and what waits for their acceptance, check or decision."""
    if actor.role not in {*WORKERS, Role.BUREAU_LEADER}:
        return []
    own = "section" if actor.role is Role.SECTION_HEAD else "mine"
    late = _found(actor, Sieve(whose=own, standing="late"), at=at)
    due = _found(actor, Sieve(whose=own, standing="due"), at=at)
    in_hand = _found(actor, Sieve(whose=own, standing="unanswered"), at=at, besides=[*late, *due])
    return [
        *(_item(DeskKind.LATE, case, _("Case %s")) for case in late),
        *(_item(DeskKind.DUE, case, _("Case %s")) for case in due),
        *_waiting(actor, at=at),
        *(_item(DeskKind.WAITING, case, _("In hand: case %s")) for case in in_hand),
    ]


def _waiting(actor: Actor, *, at: datetime) -> list[DeskItem]:
    offered = _found(actor, Sieve(whose="offered"), at=at) if actor.role in WORKERS else []
    ready = _found(actor, Sieve(whose="ready"), at=at)
    asked = _found(actor, Sieve(standing="asked"), at=at) if may(actor, "case.extend_grant") else []
    others = [
        case for case in asked if not actor.did_any((case.asked_by,)) and may(actor, "case.extend_grant", case.about())
    ]
    return [
        *(_item(DeskKind.WAITING, case, _("Accept: case %s")) for case in _for(actor, offered, "accept", at=at)),
        *(_item(DeskKind.WAITING, case, _("Close: case %s")) for case in _for(actor, ready, "close", at=at)),
        *(_item(DeskKind.WAITING, case, _("Extension asked: case %s")) for case in others),
    ]


def _found(actor: Actor, sieve: Sieve, *, at: datetime, besides: Sequence[Case] = ()) -> list[Case]:
    rows: QuerySet[Case] = narrowed(cases.rows().filter(readable.by(actor)), sieve, seen_by=actor, at=at)
    rows = rows.exclude(pk__in=[case.pk for case in besides])
    return list(rows.defer("text", "answer", "result", "due_moves").order_by("due_on", "id")[:MOST])


def _for(actor: Actor, rows: list[Case], move: str, *, at: datetime) -> list[Case]:
    if move == "close":
        fitting = (row for row in rows if not actor.did_any(row.doers))
        return [row for row in fitting if may(actor, "case.close", row.about())]
    return [row for row in rows if row.offered_member is None or move in moves.next_moves(row, by=actor, at=at)]


def _item(kind: DeskKind, case: Case, title: str) -> DeskItem:
    return DeskItem(
        kind=kind,
        title=f"{title % case.reference} · {case.title}",
        url=case.get_absolute_url(),
        room=ROOM,
        due_on=case.due_on,
        section=case.section.name if case.section else "",
    )
