"""Evidence sorted into piles: equal rows are counted once, so that a hundred thousand answers weigh little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence, SectionFacts

Value = Decimal | str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pile:
    """All evidence of one section for one indicator: (group, value) → total weight."""

    weights: Mapping[tuple[str, Value], Fraction] = field(default_factory=dict)
    references: tuple[str, ...] = ()

    def groups(self) -> dict[str, dict[Value, Fraction]]:
        """Return value → weight for each elector group."""
        found: dict[str, dict[Value, Fraction]] = {}
        for (group, value), weight in self.weights.items():
            found.setdefault(group, {})[value] = weight
        return found

    def values(self) -> dict[Value, Fraction]:
        """Return value → weight, all groups together."""
        found: dict[Value, Fraction] = defaultdict(Fraction)
        for (_, value), weight in self.weights.items():
            found[value] += weight
        return dict(found)


EMPTY_PILE = Pile()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionEvidence:
    """What scoring knows of one section: a pile for each (source, indicator)."""

    section: SectionFacts
    piles: Mapping[tuple[str, str], Pile] = field(default_factory=dict)

    def pile(self, source: str, indicator: str) -> Pile:
        """Return the pile, an empty one where there is no evidence."""
        return self.piles.get((source, indicator), EMPTY_PILE)


def sort_evidence(sections: Sequence[SectionFacts], *, evidence: Iterable[Evidence]) -> tuple[SectionEvidence, ...]:
    """Sort all evidence by section and indicator; the order in which it comes makes no difference."""
    counted: dict[tuple[str, str, str], dict[tuple[str, Value, Decimal], int]] = {}
    references: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in evidence:
        key = (row.section, row.source, row.indicator)
        counts = counted.setdefault(key, {})
        kind = (row.group, row.value, row.weight)
        counts[kind] = counts.get(kind, 0) + 1
        if row.reference:
            references.setdefault(key, {})[row.reference] = None
    piles: dict[str, dict[tuple[str, str], Pile]] = {}
    for key, counts in counted.items():
        names = tuple(sorted(references.get(key, {})))
        piles.setdefault(key[0], {})[key[1:]] = Pile(weights=_weights(counts), references=names)
    return tuple(SectionEvidence(section=section, piles=piles.get(section.id, {})) for section in sections)


def _weights(counts: Mapping[tuple[str, Value, Decimal], int]) -> dict[tuple[str, Value], Fraction]:
    weights: dict[tuple[str, Value], Fraction] = defaultdict(Fraction)
    for (group, value, weight), times in counts.items():
        weights[group, value] += Fraction(weight) * times
    return dict(weights)
