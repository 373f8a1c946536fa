"""The days of the record only go forward: where they do not, a clock was wrong or was set back (§5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pingyi.rules.day import day_of

DAY = 10  # letters of a day in an entry; the hour may follow
SET_RIGHT = "record.set_clock"  # the verb that says that days before it lay too far ahead
MIDNIGHT = timedelta(minutes=10)  # an act may begin on one day and be written on the next, beside a checkpoint


@dataclass(frozen=True, slots=True)
class Setback:
    """A run of entries, by their places in the tree, that lie before a day which the record had reached already."""

    first: int
    last: int
    day: str
    reached: str


def setbacks(dated: Iterable[tuple[int, str, str]], *, reached: str = "") -> Iterator[Setback]:
    """Yield where the days of entries (place, verb, day) run backwards; a clock that was set right begins anew."""
    run: Setback | None = None
    for place, verb, at in dated:
        day = at[:DAY]
        if verb == SET_RIGHT or day >= reached:
            reached, ended, run = day, run, None
        else:
            ended, run = None, _longer(run, place, day, reached)
        if ended is not None:
            yield ended
    if run is not None:
        yield run


def _longer(run: Setback | None, place: int, day: str, reached: str) -> Setback:
    return Setback(run.first, place, min(run.day, day), run.reached) if run else Setback(place, place, day, reached)


def earliest_after(signed: datetime) -> str:
    """Return the earliest day of an entry that stands behind a checkpoint signed at this instant."""
    return day_of(signed - MIDNIGHT).isoformat()


def latest_before(signed: datetime) -> str:
    """Return the latest day of an entry that a checkpoint signed at this instant covers."""
    return day_of(signed + MIDNIGHT).isoformat()
