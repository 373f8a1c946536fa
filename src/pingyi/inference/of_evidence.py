"""From a verdict's sheets and evidence to each source's estimate, read as the plan says it is to be read (§5.2).

Values are those of the sheets, exactly; only how sure they are is computed here, from what is published alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from pingyi.inference.marked import Mark, marks, pulls
from pingyi.inference.marks import pooled_variance
from pingyi.inference.numbered import is_numbered, numbered
from pingyi.inference.sampled import Sampled, sampled
from pingyi.inference.sums import pooled_df
from pingyi.rules.estimate import Estimate, fixed, fixed_df
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import Reading, SourceKind
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.published import Published
from pingyi.rules.published.influence import Share, shares
from pingyi.rules.sheet import ScoreSheet

ZERO = fixed(0.0)  # most sections share no person with most others
METHODS = {Reading.VISITS: "visits", Reading.CASES: "cases", Reading.FACTS: "facts"}


def estimate(
    plan: Plan,
    *,
    source: Source,
    sheets: Sequence[ScoreSheet],
    published: Published,
    by_counts: bool = False,
) -> Estimate | None:
    """Return one source's marks with their covariance; None where it counts in no sheet.

    `by_counts`: as wide as it is when only the published counts are believed. Refused where nothing tells how far the
    marks differ, such as one visit to each section.
    """
    held = shares(sheets, source=source.id)
    if not held:
        return None
    rows = marks(plan, source=source, evidence=published.evidence, shares=held)
    reading = reading_of(source) if any(row.mark is not None for row in rows) else Reading.FACTS
    if reading is Reading.PEOPLE and is_numbered(published, source.id):
        found = numbered(plan, source=source, held=held, published=published, by_counts=by_counts)
    else:
        found = _read(plan, reading, rows=rows, held=held, frames=_frames(published, source.id))
    return Estimate(
        source=source.id,
        sections=tuple(held),
        values=tuple(fixed(one.value) for one in held.values()),
        covariance=tuple(tuple(fixed(cell) if cell else ZERO for cell in row) for row in found.covariance.tolist()),
        df=tuple(fixed_df(df) for df in found.df),
        counts=_counts(reading, held=held, found=found, evidence=published.evidence, source=source.id),
        dont_know=tuple(_dont_know(rows, name) if _asks(plan, source) else None for name in held),
        method=METHODS.get(reading, "ballots" if source.kind is SourceKind.ASSEMBLY else "survey"),
    )


def _read(
    plan: Plan, reading: Reading, *, rows: Sequence[Mark], held: Mapping[str, Share], frames: Mapping[str, int]
) -> Sampled:
    sections = tuple(held)
    if reading is Reading.FACTS:
        return _known(len(sections))
    weighed = pulls(plan, rows=rows, shares=held)
    if reading is Reading.VISITS:
        return _visits(rows, weighed=weighed, sections=sections)
    return sampled(rows, pulls=weighed, sections=sections, frames=frames, is_cases=reading is Reading.CASES)


def _frames(published: Published, source: str) -> dict[str, int]:
    """Return elector group → how many there are of it in all."""
    return {one.group: one.frame for one in published.sample if one.source == source and one.frame}


def _known(size: int) -> Sampled:
    return Sampled(covariance=np.zeros((size, size)), df=[math.inf] * size, counts=[0] * size)


def _visits(rows: Sequence[Mark], *, weighed: Mapping[tuple[str, str, str], float], sections: Sequence[str]) -> Sampled:
    """Pool the variance of visits over the sections, indicator by indicator: a few visits carry none of their own."""
    given: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.mark is not None:
            given[row.indicator][row.section] += [(row.mark, row.weight)] * row.times
    parts: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for indicator, visited in sorted(given.items()):
        variance, df = pooled_variance([np.array([mark for mark, _ in found]) for found in visited.values()])
        for name, found in visited.items():
            pull = math.fsum(weight for (one, what, _), weight in weighed.items() if (one, what) == (name, indicator))
            parts[name].append((pull**2 * variance * _own_share([weight for _, weight in found]), float(df)))
    own = [math.fsum(variance for variance, _ in parts[name]) for name in sections]
    dfs = [pooled_df([one for one, _ in parts[name]], [df for _, df in parts[name]]) for name in sections]
    counts = [
        max((len(visited[name]) for visited in given.values() if name in visited), default=0) for name in sections
    ]
    return Sampled(covariance=np.diag(own), df=dfs, counts=counts)


def _own_share(weights: Sequence[float]) -> float:
    """Return Σ w²/(Σ w)²: of equal weights, one part in n."""
    return math.fsum(weight * weight for weight in weights) / math.fsum(weights) ** 2


def _counts(
    reading: Reading, *, held: Mapping[str, Share], found: Sampled, evidence: Sequence[Evidence], source: str
) -> tuple[int, ...]:
    if reading is not Reading.FACTS:
        return tuple(found.counts)
    rows: dict[str, int] = defaultdict(int)
    for row in evidence:
        rows[row.section] += row.times * (row.source == source)
    return tuple(rows[name] for name in held)


def _asks(plan: Plan, source: Source) -> bool:
    """Whether somebody may answer that they do not know."""
    scales = {one.scale for one in plan.indicators if one.source == source.id}
    options = [option for scale in plan.scales if scale.id in scales for option in scale.options]
    return any(option.value is None for option in options)


def _dont_know(rows: Sequence[Mark], section: str) -> Decimal | None:
    """Return the share of 不了解 among a section's answers: of people, not of weights."""
    mine = [row for row in rows if row.section == section]
    whole = sum(row.times for row in mine)
    silent = sum(row.times for row in mine if row.mark is None)
    return fixed(silent / whole) if whole else None
