"""How few records would have to go for a finding to turn: the flip margins of a whole verdict (§5.2).

A record is a person's whole row where rows name their persons, else a single answer. Where somebody left questions or
sections out the number is an upper bound: so few are enough.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from pingyi.inference.flip import flip_margins
from pingyi.inference.marked import Mark, marks, pulls
from pingyi.rules.assessment import ClassAssessment
from pingyi.rules.estimate import FlipMargin
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.measure import Reading
from pingyi.rules.plan.statistics import reading_of
from pingyi.rules.published.influence import Pile, shares
from pingyi.rules.sheet import ScoreSheet

MOST = 20_000  # single answers that are laid out one by one


def flips(
    plan: Plan,
    *,
    held: ClassAssessment,
    sheets: Sequence[ScoreSheet],
    evidence: Sequence[Evidence],
    limits: Sequence[Fraction],
) -> tuple[FlipMargin, ...]:
    """Return for each source of people and each finding the fewest records whose removal turns it (§5.2)."""
    scores = {sheet.section.id: float(sheet.score or 0) for sheet in sheets}
    weights = {one.source: row for one, row in zip(held.estimates, held.weights, strict=True)}
    best: dict[tuple[str, str, str], FlipMargin] = {}
    for source in plan.sources:
        if source.id not in weights or reading_of(source) is not Reading.PEOPLE:
            continue
        for share, rows in _records(plan, source, sheets, evidence, held.sections):
            found = flip_margins(
                source.id,
                sections=held.sections,
                marks=rows[0],
                weights=rows[1],
                share=np.array([float(one) for one in weights[source.id]]) * share,
                scores=[scores[name] for name in held.sections],
                limits=[float(limit) for limit in limits],
            )
            for one in found:
                key = (one.source, one.claim, one.section)
                best[key] = min(best.get(key, one), one, key=_size)
    return tuple(best.values())


def _size(one: FlipMargin) -> float:
    return math.inf if one.records is None else one.records


Laid = tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]


def _records(
    plan: Plan, source: Source, sheets: Sequence[ScoreSheet], evidence: Sequence[Evidence], sections: Sequence[str]
) -> Iterator[tuple[float | np.ndarray[tuple[int], np.dtype[np.float64]], Laid]]:
    """Yield the source's records, each set with its share of the source: persons whole, single answers by question."""
    held = shares(sheets, source=source.id)
    rows = [row for row in marks(plan, source=source, evidence=evidence, shares=held) if row.mark is not None]
    weighed = pulls(plan, rows=rows, shares=held)
    named, loose = [row for row in rows if row.unit], [row for row in rows if not row.unit]
    if named:
        yield 1.0, _persons(named, weighed, sections)
    by_question: dict[str, list[Mark]] = defaultdict(list)
    for row in loose:
        by_question[row.indicator].append(row)
    for indicator, answers in sorted(by_question.items()):
        if sum(row.times for row in answers) <= MOST:
            within = np.array(
                [float(held[name].within.get(indicator, 0)) if name in held else 0.0 for name in sections]
            )
            yield within, _single(answers, weighed, sections)


def _persons(rows: Sequence[Mark], weighed: dict[Pile, float], sections: Sequence[str]) -> Laid:
    at = {key: place for place, key in enumerate(sorted({(row.group, row.stratum, row.unit) for row in rows}))}
    place = {name: column for column, name in enumerate(sections)}
    sums, whole = np.zeros((len(at), len(place))), np.zeros((len(at), len(place)))
    for row in rows:
        cell = (at[row.group, row.stratum, row.unit], place[row.section])
        pull = weighed[row.section, row.indicator, row.group]
        sums[cell] += pull * (row.mark or 0.0)
        whole[cell] += pull
    means = np.divide(sums, whole, out=np.full(sums.shape, math.nan), where=whole > 0)
    sizes: dict[str, int] = defaultdict(int)
    for group, _, _ in at:
        sizes[group] += 1
    electors = _group_pulls(weighed)
    return means, np.array([electors[group] / sizes[group] for group, _, _ in at])


def _single(rows: Sequence[Mark], weighed: dict[Pile, float], sections: Sequence[str]) -> Laid:
    place = {name: column for column, name in enumerate(sections)}
    sizes: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        sizes[row.section, row.group] += row.times * row.weight
    electors = _group_pulls(weighed)
    laid, weights = [], []
    for row in rows:
        line = np.full(len(sections), math.nan)
        line[place[row.section]] = row.mark
        for _ in range(row.times):
            laid.append(line)
            weights.append(row.weight * electors[row.group] / sizes[row.section, row.group])
    return np.array(laid), np.array(weights)


def _group_pulls(weighed: dict[Pile, float]) -> dict[str, float]:
    """Return how much more one elector group weighs than another."""
    found: dict[str, float] = {}
    for (_, _, group), pull in weighed.items():
        found[group] = max(found.get(group, 0.0), pull)
    return found
