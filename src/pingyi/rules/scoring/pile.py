"""Evidence sorted into piles: equal rows are counted once, so that a hundred thousand answers weigh little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.persons import ballots_returned

Value = Decimal | str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many gave an answer, and what they weigh together; only the first is ever an n."""

    times: int = 0
    weight: Fraction = Fraction(0)

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(times=self.times + other.times, weight=self.weight + other.weight)


NOBODY = Tally()
Tallies = Mapping[Value, Tally]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pile:
    """All evidence of one section for one indicator: (group, value) → how many, and their weight."""

    tallies: Mapping[tuple[str, Value], Tally] = field(default_factory=dict)
    references: tuple[str, ...] = ()

    def groups(self) -> dict[str, dict[Value, Tally]]:
        """Return value → tally for each elector group."""
        found: dict[str, dict[Value, Tally]] = {}
        for (group, value), tally in self.tallies.items():
            found.setdefault(group, {})[value] = tally
        return found

    def values(self) -> dict[Value, Tally]:
        """Return value → tally, all groups together."""
        found: dict[Value, Tally] = defaultdict(Tally)
        for (_, value), tally in self.tallies.items():
            found[value] += tally
        return dict(found)


EMPTY_PILE = Pile()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionEvidence:
    """What scoring knows of one section: a pile for each (source, indicator), and who voted in the whole assembly."""

    section: SectionFacts
    piles: Mapping[tuple[str, str], Pile] = field(default_factory=dict)
    returned: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (source, elector group) → ballots

    def pile(self, source: str, indicator: str) -> Pile:
        """Return the pile, an empty one where there is no evidence."""
        return self.piles.get((source, indicator), EMPTY_PILE)


def sort_evidence(sections: Sequence[SectionFacts], *, evidence: Sequence[Evidence]) -> tuple[SectionEvidence, ...]:
    """Sort all evidence by section and indicator; the order in which it comes makes no difference."""
    counted: dict[tuple[str, str, str], dict[tuple[str, Value, Decimal], int]] = {}
    references: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in evidence:
        key = (row.section, row.source, row.indicator)
        counts = counted.setdefault(key, {})
        kind = (row.group, row.value, row.weight)
        counts[kind] = counts.get(kind, 0) + row.times
        if row.reference:
            references.setdefault(key, {})[row.reference] = None
    piles: dict[str, dict[tuple[str, str], Pile]] = {}
    for key, counts in counted.items():
        names = tuple(sorted(references.get(key, {})))
        piles.setdefault(key[0], {})[key[1:]] = Pile(tallies=_tallies(counts), references=names)
    returned = ballots_returned(evidence)
    return tuple(
        SectionEvidence(section=section, piles=piles.get(section.id, {}), returned=returned) for section in sections
    )


def _tallies(counts: Mapping[tuple[str, Value, Decimal], int]) -> dict[tuple[str, Value], Tally]:
    found: dict[tuple[str, Value], Tally] = defaultdict(Tally)
    for (group, value, weight), times in counts.items():
        found[group, value] += Tally(times=times, weight=Fraction(weight) * times)
    return dict(found)
