"""What the handling of cases says of a section: counts and rates, each with its definition and its n (§3.2.2).

Answered and settled are kept apart, and whatever is overdue and open stays in the denominators: leaving a case open
can never raise a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from pingyi.rules.case.rating import Level
from pingyi.rules.case.stages import CaseState, Stage, is_overdue

FEWEST = 5  # of fewer cases the public is told nothing: who knows one of them would know the rest
SMALL = 30  # below this n a rate is flagged: one case more or less would move it by over three points


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFacts:
    """One case with what citizens said of it."""

    state: CaseState
    level: int | None = None  # the rating of the closing that stands
    is_solved: bool | None = None  # what the call-back heard
    offers: int = 0  # offers to the section that were accepted, refused, or ran out
    offers_in_time: int = 0  # of those, accepted or refused within the plan's hours


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Counts, from which every rate follows; those of several sections add up."""

    received: int = 0
    answered: int = 0
    settled: int = 0
    closed: int = 0
    closed_in_time: int = 0
    overdue: int = 0  # open after the due date, or opened again after it was once late
    offers: int = 0
    offers_in_time: int = 0
    asked: int = 0  # call-backs that reached somebody
    solved: int = 0
    rated: int = 0
    satisfied: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add two tallies up."""
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A share, with what it is a share of; `definition` is the key of the sentence that stands under it."""

    definition: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        """The exact share; None of nothing."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def is_small(self) -> bool:
        """Whether n is too small to compare by."""
        return self.denominator < SMALL


def tally(cases: Iterable[CaseFacts], *, on: date) -> Tally:
    """Count cases on a day; one that was merged is counted where it went on."""
    total = Tally()
    for facts in cases:
        if facts.state.stage is not Stage.MERGED:
            total += _count(facts, on=on)
    return total


def rates(counts: Tally) -> dict[str, Rate]:
    """Return every rate by its definition's key."""
    shares = {
        "answered": (counts.answered, counts.received),
        "settled": (counts.settled, counts.received),
        "on_time": (counts.closed_in_time, counts.closed + counts.overdue),
        "response": (counts.offers_in_time, counts.offers),
        "solution": (counts.solved, counts.asked + counts.overdue),
        "satisfaction": (counts.satisfied, counts.rated + counts.overdue),
    }
    return {key: Rate(definition=key, numerator=above, denominator=below) for key, (above, below) in shares.items()}


def withheld(counts: Mapping[str, int], *, fewest: int = FEWEST) -> frozenset[str]:
    """Return the lines that the public is not told: those of few cases, and one more where the total would tell it.

    A line without any case tells of nobody; a single withheld line could be found by taking the others off the total.
    """
    few = {key for key, count in counts.items() if 0 < count < fewest}
    others = sorted((count, key) for key, count in counts.items() if count and key not in few)
    while few and others and (len(few) == 1 or sum(counts[key] for key in few) < fewest):
        few.add(others.pop(0)[1])
    return frozenset(few)


def _count(facts: CaseFacts, *, on: date) -> Tally:
    state = facts.state
    is_closed = state.stage is Stage.CLOSED
    is_open_late = not is_closed and (is_overdue(state, on=on) or state.has_been_late)
    is_asked = is_closed and facts.is_solved is not None
    is_rated = is_closed and facts.level is not None
    return Tally(
        received=1,
        answered=state.answered_on is not None,
        settled=state.settled_on is not None,
        closed=is_closed,
        closed_in_time=is_closed and not state.has_been_late,
        overdue=is_open_late,
        offers=facts.offers,
        offers_in_time=facts.offers_in_time,
        asked=is_asked,
        solved=is_asked and bool(facts.is_solved),
        rated=is_rated,
        satisfied=is_rated and facts.level is not None and Level(facts.level).is_satisfied,
    )
