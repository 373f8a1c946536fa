"""An act of today is never written behind the record's own days, nor before what it acts on was received (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.db import connection

from pingyi.record.faults import Fault, fault
from pingyi.record.models import Checkpoint, Entry, Leaf, Recorded
from pingyi.rules import days as rules
from pingyi.rules.day import day_of
from pingyi.rules.days import DAY, SET_RIGHT
from pingyi.rules.refused import Refused

NOON = time(4, tzinfo=UTC)  # where bureaus are
LOCK = 0x44617973  # "Days", with the number of a day: the acts of one day are written before the first of the next


def reached() -> str:
    """Return the day of the newest entry, empty while there is none."""
    newest: str | None = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    return (newest or "")[:DAY]


def require_forward(day: str) -> None:
    """Refuse to write an entry of a day before the newest entry's: the machine's clock is wrong, or was set back."""
    newest = _newest_beside(day[:DAY])
    if day[:DAY] < newest:
        raise Refused("time.backwards", day=day[:DAY], newest=newest)


def not_behind(at: datetime) -> datetime:
    """Return the moment for an entry that never refuses: noon of the newest entry's day where the clock lies behind."""
    day = day_of(at).isoformat()
    newest = _newest_beside(day)
    if newest <= day:
        return at
    _hold(newest, together=True)
    return datetime.combine(date.fromisoformat(newest), NOON)


def _newest_beside(day: str) -> str:
    """Return the newest entry's day, and keep others from going on to a later one until this is written."""
    _hold(day, together=True)
    newest = reached()
    if "" != newest < day:
        _hold(newest, together=False)
    return newest


def require_after_receipt(row: Recorded, at: datetime) -> None:
    """Refuse to do something to a row before the day on which it was received."""
    came = getattr(row, row.earliest) if row.earliest else None
    received: date | None = day_of(came) if isinstance(came, datetime) else came
    if received is not None and day_of(at) < received:
        raise Refused("time.before_receipt", day=day_of(at).isoformat(), received=received.isoformat())


def faults() -> Iterator[Fault]:
    """Yield where days run backwards in the order of the tree, and what does not lie between its two checkpoints."""
    try:
        yield from _faults()
    except (ValueError, TypeError) as unread:  # a cell that holds what its column never may
        yield fault("days.unreadable", why=str(unread))


def _faults() -> Iterator[Fault]:
    for one in rules.setbacks(_placed()):
        yield fault("days.backwards", first=one.first, last=one.last, day=one.day, reached=one.reached)
    size, earliest = 0, ""
    for row in Checkpoint.objects.order_by("size"):
        latest = rules.latest_before(row.made_at)
        between = Leaf.objects.filter(position__gte=size, position__lt=row.size)
        outside = between.filter(entry__at__lt=earliest) | between.filter(entry__at__gt=f"{latest}T99")
        told = [] if between.filter(entry__verb=SET_RIGHT).exists() else outside.order_by("position")[:1]
        for place, day in [(leaf.position, leaf.entry.at) for leaf in told]:
            facts = {"place": place, "day": day[:DAY], "size": row.size}
            yield fault("days.outside", since=earliest or latest, until=latest, **facts)
        size, earliest = row.size, rules.earliest_after(row.made_at)


def remarks() -> Iterator[Fault]:
    """Yield where a clock that had run ahead was set right: the days before that lie too late."""
    rows = Entry.objects.filter(verb=SET_RIGHT).order_by("pk")
    for at, place in rows.values_list("at", "place__position"):
        yield fault("days.set_right", day=at[:DAY], place=place)


def _placed() -> Iterator[tuple[int, str, str]]:
    rows = Leaf.objects.filter(entry__isnull=False).order_by("position")
    return rows.values_list("position", "entry__verb", "entry__at").iterator(chunk_size=5_000)


def _hold(day: str, *, together: bool) -> None:
    """On a server, let acts of one day go on together, and the first of the next day wait for them."""
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock_shared" if together else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [LOCK, date.fromisoformat(day).toordinal()])
