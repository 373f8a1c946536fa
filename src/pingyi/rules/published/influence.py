"""What each answer moves its section's mark by, exactly, from the counts that make the mark (§5.2, BUNDLE 2.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Plan, Source
from pingyi.rules.plan.measure import Measure, SourceKind
from pingyi.rules.sheet import Line, LineKind, ScoreSheet

Pile = tuple[str, str, str]  # section, indicator, group
Worth = Mapping[str, Fraction | None] | Fraction  # option → mark, or the factor from a number to a mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One source in one section's sheet: what it weighs, its exact mark, and what each indicator weighs in it."""

    weight: Fraction
    value: Fraction
    within: Mapping[str, Fraction]
    dropped: Mapping[str, tuple[str, ...]]  # indicator → elector groups that dropped out


@dataclass(frozen=True, kw_only=True, slots=True)
class Heap:
    """The answers of one group to one question about one section: weighted mean, its weight, n, extremes that occur."""

    mean: Fraction
    whole: Fraction
    count: int
    least: Fraction
    most: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """One source: what its piles weigh, their means, and what an answer is worth."""

    held: Mapping[str, Share]
    indicators: tuple[str, ...]  # in the plan's order, those that give marks
    worths: Mapping[str, Worth]
    pulls: Mapping[Pile, Fraction]
    heaps: Mapping[Pile, Heap]
    known: dict[tuple[Pile, Decimal | str, Decimal], Fraction] = field(default_factory=dict, compare=False)

    def mark(self, pile: Pile, value: Decimal | str) -> Fraction | None:
        """Return an answer's mark from 0 to 100; None for 不了解 and where the pile moves nothing."""
        return _worth(value, self.worths[pile[1]]) if pile in self.pulls else None

    def moved(self, pile: Pile, value: Decimal | str, weight: Decimal) -> Fraction:
        """Return what one answer of this weight moves the section's mark by."""
        at = (pile, value, weight)
        if at not in self.known:
            mark, heap = self.mark(pile, value), self.heaps.get(pile)
            self.known[at] = (
                Fraction(0)
                if mark is None or heap is None
                else self.pulls[pile] * Fraction(weight) * (mark - heap.mean) / heap.whole
            )
        return self.known[at]


def shares(sheets: Sequence[ScoreSheet], *, source: str) -> dict[str, Share]:
    """Return what a source is in each sheet; sections without it are left out."""
    found = {}
    for sheet in sheets:
        lines = [one for one in sheet.lines if one.kind is LineKind.MARK and one.source == source and one.weight]
        if lines:
            found[sheet.section.id] = _share(lines)
    return found


def influence(plan: Plan, *, source: Source, evidence: Iterable[Evidence], shares: Mapping[str, Share]) -> Influence:
    """Return what the answers of a source weigh: an indicator's share among those present, times its group's."""
    worths = {one.id: worth for one in plan.indicators if one.source == source.id and (worth := _scale(plan, one))}
    grouped = plan.assembly is not None and bool(plan.assembly.groups) and source.kind is SourceKind.ASSEMBLY
    given: dict[Pile, list[tuple[Fraction, Evidence]]] = defaultdict(list)
    for row in evidence:
        pile = (row.section, row.indicator, row.group if grouped else "")
        if row.source != source.id or row.indicator not in worths or not _counts(pile, shares):
            continue
        mark = _worth(row.value, worths[row.indicator])
        if mark is not None and row.amount:
            given[pile].append((mark, row))
    heaps = {pile: _heap(rows) for pile, rows in sorted(given.items())}
    pulls = _pulls(plan, piles=list(heaps), shares=shares)
    return Influence(held=shares, indicators=tuple(worths), worths=worths, pulls=pulls, heaps=heaps)


def _pulls(plan: Plan, *, piles: Sequence[Pile], shares: Mapping[str, Share]) -> dict[Pile, Fraction]:
    electors = {one.id: Fraction(one.weight) for one in plan.assembly.groups} if plan.assembly else {}
    whole: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for section, indicator, group in piles:
        whole[section, indicator] += electors.get(group, Fraction(1))
    return {
        (section, indicator, group): shares[section].within[indicator]
        * electors.get(group, Fraction(1))
        / whole[section, indicator]
        for section, indicator, group in piles
    }


def _counts(pile: Pile, shares: Mapping[str, Share]) -> bool:
    section, indicator, group = pile
    if section not in shares or indicator not in shares[section].within:
        return False
    return group not in shares[section].dropped.get(indicator, ())


def _share(lines: Sequence[Line]) -> Share:
    weight = sum((one.weight for one in lines), Fraction(0))
    return Share(
        weight=weight,
        value=sum((one.points for one in lines), Fraction(0)) / weight,
        within={one.indicator: one.weight / weight for one in lines},
        dropped={one.indicator: one.dropped_groups for one in lines},
    )


def _heap(rows: Sequence[tuple[Fraction, Evidence]]) -> Heap:
    sums: dict[Fraction, Fraction] = defaultdict(Fraction)
    for mark, row in rows:
        sums[mark] += row.amount
    whole = sum(sums.values(), Fraction(0))
    mean = sum((mark * weight for mark, weight in sums.items()), Fraction(0)) / whole
    return Heap(mean=mean, whole=whole, count=sum(row.times for _, row in rows), least=min(sums), most=max(sums))


def _worth(value: Decimal | str, worth: Worth) -> Fraction | None:
    return Fraction(value) * worth if isinstance(worth, Fraction) else worth[str(value)]


def _scale(plan: Plan, indicator: Indicator) -> Worth | None:
    """Return option → mark, or the factor from a number to a mark; None for points taken off."""
    if indicator.measure is Measure.DEMERITS:
        return None
    if indicator.measure is Measure.MEAN:
        return Fraction(100) / Fraction(indicator.maximum)
    options = next(scale.options for scale in plan.scales if scale.id == indicator.scale)
    if indicator.measure is Measure.SATISFACTION_RATE:
        return {one.id: None if one.value is None else Fraction(100 * one.is_satisfied) for one in options}
    return {
        one.id: None if one.value is None else 100 * Fraction(one.value) / Fraction(indicator.maximum)
        for one in options
    }
