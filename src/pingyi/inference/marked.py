"""Evidence as marks with their persons: what each row moves a section's mark by, as in the scoring itself (§5.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Plan, Source
from pingyi.rules.plan.measure import Measure, SourceKind
from pingyi.rules.published.influence import Pile, Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One row of evidence: its mark from 0 to 100, or None for 不了解; so many gave it, and each weighs so much."""

    section: str
    indicator: str
    group: str
    unit: str
    stratum: str
    frame: int
    times: int
    weight: float
    mark: float | None


def marks(plan: Plan, *, source: Source, evidence: Iterable[Evidence], shares: Mapping[str, Share]) -> list[Mark]:
    """Return the rows on which a source's marks rest; points taken off are counted facts and left out."""
    values = {one.id: _worth(plan, one) for one in plan.indicators if one.source == source.id}
    grouped = plan.assembly is not None and bool(plan.assembly.groups) and source.kind is SourceKind.ASSEMBLY
    return [
        _mark(row, worth=worth, group=row.group if grouped else "")
        for row in evidence
        if row.source == source.id
        and row.section in shares
        and row.indicator in shares[row.section].within
        and (worth := values.get(row.indicator)) is not None
        and row.group not in (shares[row.section].dropped.get(row.indicator, ()) if grouped else ())
        and row.amount
    ]


def pulls(plan: Plan, *, rows: Sequence[Mark], shares: Mapping[str, Share]) -> dict[Pile, float]:
    """Return what each pile's mean weighs in its section's mark: the indicator's share times the elector group's."""
    piles = {(row.section, row.indicator, row.group): 0.0 for row in rows if row.mark is not None}
    electors = {one.id: float(one.weight) for one in plan.assembly.groups} if plan.assembly else {}
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for section, indicator, group in piles:
        whole[section, indicator] += electors.get(group, 1.0) if group else 1.0
    return {
        (section, indicator, group): float(shares[section].within[indicator])
        * (electors.get(group, 1.0) if group else 1.0)
        / whole[section, indicator]
        for section, indicator, group in sorted(piles)
    }


def _worth(plan: Plan, indicator: Indicator) -> Mapping[str, float | None] | float | None:
    """Return option → mark, or the factor from a number to a mark; None for points taken off."""
    if indicator.measure is Measure.DEMERITS:
        return None
    if indicator.measure is Measure.MEAN:
        return float(Fraction(100) / Fraction(indicator.maximum))
    options = next(scale.options for scale in plan.scales if scale.id == indicator.scale)
    if indicator.measure is Measure.SATISFACTION_RATE:
        return {one.id: None if one.value is None else 100.0 * one.is_satisfied for one in options}
    return {
        one.id: None if one.value is None else float(100 * Fraction(one.value) / Fraction(indicator.maximum))
        for one in options
    }


def _mark(row: Evidence, *, worth: Mapping[str, float | None] | float, group: str) -> Mark:
    mark = float(Fraction(row.value)) * worth if isinstance(worth, float) else worth[str(row.value)]
    return Mark(
        section=row.section,
        indicator=row.indicator,
        group=group,
        unit=row.unit,
        stratum=row.stratum,
        frame=row.frame,
        times=row.times,
        weight=float(row.weight),
        mark=mark,
    )
