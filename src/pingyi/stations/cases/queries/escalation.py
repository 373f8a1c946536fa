"""The supervision office's board: what is late, left lying, in a loop, stopped, to decide (督办, §3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.stations.cases import words_oversight as words
from pingyi.stations.cases.models import Case, SupervisionLetter
from pingyi.stations.cases.queries import breaches, hot, readable, stops
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries.breaches import Line
from pingyi.stations.cases.queries.case import Seen
from pingyi.stations.cases.queries.listing import OPEN, past
from pingyi.stations.cases.queries.stops import Stopped

SHOWN = 30  # cases of each sort; the list shows the rest
GLANCE = 100  # up to this the desk counts
IDLE_DAYS = 5  # in one hand without an answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """One sort of case in danger: how many there are, and the worst of them."""

    name: str
    count: int
    rows: tuple[Seen, ...]

    @property
    def title(self) -> str:
        """What the sort is called, in the reader's language."""
        return str(words.SORTS[self.name])

    @property
    def hint(self) -> str:
        """What belongs to it."""
        return str(words.SORT_HINTS[self.name])

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Everything that asks for the office's hand."""

    sorts: tuple[Sort, ...]
    stops: tuple[Stopped, ...]
    breaches: tuple[Line, ...]
    breach_count: int
    unwritten: int  # late ones that nobody was urged for yet

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each sort."""
        return {one.name: one.count for one in self.sorts}

    @property
    def unlooked(self) -> int:
        """How many stopped clocks nobody has looked at for the plan's term."""
        return sum(one.is_unlooked for one in self.stops)


def board(*, seen_by: Actor, at: datetime) -> Board:
    """Return the board to those who oversee."""
    hot.check(seen_by)
    rows = cases.rows().filter(readable.by(seen_by))
    on = day_of(at)
    counts = _counted(rows, at=at)
    standing = stops.standing(on=on)
    is_office = seen_by.role is Role.SUPERVISION_OFFICE
    found = [one for one in standing if is_office or not one.row.case.is_restricted]
    urged = SupervisionLetter.objects.filter(case=OuterRef("pk"), turn=OuterRef("reopenings"))
    waiting = breaches.undecided() if is_office else breaches.undecided().filter(case__is_restricted=False)
    return Board(
        sorts=tuple(_sort(name, rows, fits, counts[name], at=at) for name, fits in sorts(at=at).items()),
        stops=tuple(found),
        breaches=tuple(Line(row) for row in waiting[:SHOWN]),
        breach_count=waiting.count(),
        unwritten=rows.filter(sorts(at=at)["late"]).exclude(Exists(urged)).count(),
    )


def sorts(*, at: datetime) -> dict[str, Q]:
    """Return the condition of each sort; all are of unfinished cases."""
    on: date = day_of(at)
    running = Q(stage__in=OPEN, stopped_on=None)
    untouched = Q(held_since__lt=at - timedelta(days=IDLE_DAYS), answered_on=None, due_on__gte=on)
    return {
        "late": running & past(on=on),
        "unaccepted": Q(stage__in=OPEN, is_offered=True, offer_expires_at__lt=at),
        "looping": Q(stage__in=OPEN) & (Q(is_offered=True, is_offer_loop=True) | Q(bounces__gte=2)),
        "idle": running & untouched,
        "asked": Q(stage__in=OPEN) & ~Q(asked_until=None),
    }


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay the board with its counts on the supervision office's desk, and each breach where it is waited for."""
    return [*breaches.desk(actor, at), *(_office_desk(actor, at=at) if actor.role is Role.SUPERVISION_OFFICE else ())]


def _office_desk(actor: Actor, *, at: datetime) -> list[DeskItem]:
    counts = _glance(Case.objects.filter(readable.by(actor)), at=at)
    unlooked = [one for one in stops.standing(on=day_of(at)) if one.is_unlooked]
    looks = [
        DeskItem(
            kind=DeskKind.WAITING,
            title=_("Look: the clock of case %(case)s stands still, unseen for %(days)s working days")
            % {"case": one.row.case.reference, "days": one.days_unlooked},
            url=one.row.case.get_absolute_url(),
            room="cases",
            section=one.row.case.section.name if one.row.case.section else "",
        )
        for one in unlooked
    ]
    said = _said(counts)
    return [*looks, *([_item(said)] if said else [])]


def _glance(rows: QuerySet[Case], *, at: datetime) -> dict[str, str]:
    """Count what an index finds, and no further than to a hundred: a desk costs the same with a million cases."""
    conditions = {**sorts(at=at), "looping": Q(stage__in=OPEN, is_offered=True, is_offer_loop=True)}
    found = {}
    for name in ("late", "unaccepted", "looping", "asked"):
        count = rows.filter(conditions[name]).order_by()[: GLANCE + 1].count()
        found[name] = f"{GLANCE}+" if count > GLANCE else str(count or "")
    return found


def _said(counts: dict[str, str]) -> str:
    parts = {
        "late": _("late: %s"), "unaccepted": _("not accepted: %s"), "looping": _("in a loop: %s"),
        "asked": _("extensions asked: %s"),
    }  # fmt: skip
    return " · ".join(said % counts[name] for name, said in parts.items() if counts[name])


def _item(said: str) -> DeskItem:
    title = _("Supervision of cases (%s)") % said
    return DeskItem(kind=DeskKind.WAITING, title=title, url=reverse("cases:escalation"), room="cases")


def _counted(rows: QuerySet[Case], *, at: datetime) -> dict[str, int]:
    conditions = sorts(at=at)
    found = (
        rows.select_related(None)
        .filter(stage__in=OPEN)
        .aggregate(**{name: Count("pk", filter=fits) for name, fits in conditions.items()})
    )
    return {name: found[name] for name in conditions}


def _sort(name: str, rows: QuerySet[Case], fits: Q, count: int, *, at: datetime) -> Sort:
    if not count:
        return Sort(name=name, count=0, rows=())
    order = "held_since" if name == "idle" else "due_on"
    worst = rows.filter(fits).defer("text", "answer", "result", "due_moves").order_by(order, "pk")[:SHOWN]
    return Sort(name=name, count=count, rows=tuple(cases.see(row, at=at) for row in worst))
