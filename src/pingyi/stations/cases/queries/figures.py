"""Figures of cases, counted by the database: the same numbers as `rules.case.figures` counts one by one (§3.2.2).

A page costs four queries, whatever the number of cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from pingyi.rules.case import figures as rules
from pingyi.rules.case.custody import Outcome
from pingyi.rules.case.figures import Rate, Tally
from pingyi.rules.case.rating import Level
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import CallBack, Case, Handover, Rating
from pingyi.stations.cases.queries.listing import OPEN, past

SATISFIED = min(level.value for level in Level if level.is_satisfied)
Place = tuple[int | None, str, str]  # section (None: the supervision office), kind, channel
NOWHERE = timedelta()


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Which cases are counted: those received on these days, both included, narrowed where the reader wants."""

    since: date
    until: date
    kind: str = ""
    channel: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What was counted of some cases; those of several add up."""

    tally: Tally = field(default_factory=Tally)
    bounces: int = 0
    moved: int = 0  # offers of any outcome
    idle: timedelta = NOWHERE  # in which offers stood open

    def __add__(self, other: Counted) -> Counted:
        """Add two counts up."""
        return Counted(
            tally=self.tally + other.tally,
            bounces=self.bounces + other.bounces,
            moved=self.moved + other.moved,
            idle=self.idle + other.idle,
        )

    @property
    def rates(self) -> dict[str, Rate]:
        """Every rate by its definition's key."""
        return rules.rates(self.tally)

    @property
    def idle_hours(self) -> str:
        """Hours that an offer stood open on average, with one digit."""
        return f"{self.idle.total_seconds() / 3600 / self.moved:.1f}" if self.moved else "—"


def counted(cohort: QuerySet[Case], *, at: datetime) -> dict[Place, Counted]:
    """Return the counts of these cases for every section, kind and channel that has any."""
    found: dict[Place, Counted] = defaultdict(Counted)
    for place, one in (*_cases(cohort, on=day_of(at)), *_offers(cohort, at=at), *_words(cohort)):
        found[place] += one
    return dict(found)


def summed(found: Mapping[Place, Counted], *, by: Callable[[Place], Any]) -> dict[Any, Counted]:
    """Add the counts up along one side, such as the section."""
    sums: dict[Any, Counted] = defaultdict(Counted)
    for place, one in found.items():
        sums[by(place)] += one
    return dict(sums)


def section_of(place: Place) -> int | None:
    """Return the section, None for the supervision office."""
    return place[0]


def kind_of(place: Place) -> str:
    """Return the kind."""
    return place[1]


def channel_of(place: Place) -> str:
    """Return the channel."""
    return place[2]


def everything(place: Place) -> None:
    """Put all in one sum."""


def received(period: Period) -> QuerySet[Case]:
    """Return the cases of a period; one that was merged is counted where it went on, a report of misconduct nowhere."""
    rows = Case.objects.filter(received_on__range=(period.since, period.until), is_restricted=False)
    rows = rows.exclude(stage=Stage.MERGED.value)
    wanted = {"kind_id": period.kind, "channel_id": period.channel}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def overdue(*, on: date) -> Q:
    """Return the condition of `rules.case.figures`: open and late, or opened again after it once was."""
    late = past(on=on) & Q(stopped_on=None, stage__in=OPEN)
    return late | (Q(stage__in=OPEN) & Q(has_been_late=True))


def _cases(cohort: QuerySet[Case], *, on: date) -> Iterable[tuple[Place, Counted]]:
    closed = Q(stage=Stage.CLOSED.value)
    rows = cohort.values_list("section_id", "kind_id", "channel_id").annotate(
        taken=Count("pk"),
        answered=Count("pk", filter=~Q(answered_on=None)),
        settled=Count("pk", filter=~Q(settled_on=None)),
        closed=Count("pk", filter=closed),
        in_time=Count("pk", filter=closed & Q(has_been_late=False)),
        overdue=Count("pk", filter=overdue(on=on)),
        refused=Sum("bounces"),
    )
    for section, kind, channel, taken, answered, settled, done, in_time, late, refused in rows.order_by():
        tally = Tally(
            received=taken, answered=answered, settled=settled, closed=done, closed_in_time=in_time, overdue=late
        )
        yield (section, kind, channel), Counted(tally=tally, bounces=refused or 0)


def _offers(cohort: QuerySet[Case], *, at: datetime) -> Iterable[tuple[Place, Counted]]:
    """Offers count for the section that they were made to, whoever holds the case now."""
    answered = Q(outcome__in=[Outcome.ACCEPTED.value, Outcome.DECLINED.value])
    ran_out = Q(outcome=Outcome.OFFERED.value, expires_at__lt=at) | Q(
        outcome=Outcome.RECALLED.value, ended_at__gt=F("expires_at")
    )
    ended = Coalesce(F("ended_at"), Value(at), output_field=DateTimeField())
    lasted = ExpressionWrapper(ended - F("offered_at"), output_field=DurationField())
    places = ("to_section_id", "case__kind_id", "case__channel_id")
    rows = (
        Handover.objects.filter(case__in=cohort)
        .values_list(*places)
        .annotate(
            offers=Count("pk", filter=answered | ran_out),
            in_time=Count("pk", filter=answered & Q(ended_at__lte=F("expires_at"))),
            moved=Count("pk"),
            idle=Sum(lasted),
        )
    )
    for section, kind, channel, offers, in_time, moved, idle in rows.order_by():
        tally = Tally(offers=offers, offers_in_time=in_time)
        yield (section, kind, channel), Counted(tally=tally, moved=moved, idle=idle or NOWHERE)


def _words(cohort: QuerySet[Case]) -> Iterable[tuple[Place, Counted]]:
    """What citizens said of the closing that stands: their own rating, or else what the call-back heard."""
    places = ("case__section_id", "case__kind_id", "case__channel_id")
    now = {"turn": F("case__reopenings"), "case__stage": Stage.CLOSED.value, "case__in": cohort}
    own = (
        Rating.objects.filter(**now)
        .values_list(*places)
        .annotate(rated=Count("pk"), satisfied=Count("pk", filter=Q(level__gte=SATISFIED)))
    )
    for *place, rated, satisfied in own.order_by():
        yield (place[0], place[1], place[2]), Counted(tally=Tally(rated=rated, satisfied=satisfied))
    rated_too = Rating.objects.filter(case=OuterRef("case"), turn=OuterRef("turn"))
    alone = Q(~Exists(rated_too), level__isnull=False)
    heard = (
        CallBack.objects.filter(stage="reached", **now)
        .values_list(*places)
        .annotate(
            asked=Count("pk", filter=~Q(is_solved=None)),
            solved=Count("pk", filter=Q(is_solved=True)),
            rated=Count("pk", filter=alone),
            satisfied=Count("pk", filter=alone & Q(level__gte=SATISFIED)),
        )
    )
    for *place, asked, solved, rated, satisfied in heard.order_by():
        tally = Tally(asked=asked, solved=solved, rated=rated, satisfied=satisfied)
        yield (place[0], place[1], place[2]), Counted(tally=tally)
