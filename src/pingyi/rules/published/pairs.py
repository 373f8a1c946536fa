"""Covariances of sections that the same persons marked: exact inside, told in coarse steps rounded down (BUNDLE 2.3).

Whoever adds them up learns no mark: a step is at least what one person can move the pair by, divided by the share
below. Rounded down, every error of a gap is at least the true one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from pingyi.rules.persons import Person
from pingyi.rules.published.influence import Influence
from pingyi.rules.published.tables import PairSteps, SampleLine

LEAST_PERSONS = 15  # fewer: nothing is published of pairs
At = tuple[str, str]  # group, published stratum
Columns = dict[str, dict[At, dict[object, int]]]  # section → stratum → unit → what it moves, in parts of `scale`


def share_of_step(persons: int) -> Fraction:
    """Return κ: one person's greatest influence makes a whole step, of many persons a half or a quarter."""
    return Fraction(1) if persons < 60 else Fraction(1, 2) if persons < 200 else Fraction(1, 4)


def pairs(
    source: str,
    *,
    people: Sequence[Person],
    lines: Mapping[At, SampleLine],
    moving: Influence,
    classes: Mapping[str, str],
) -> Iterator[PairSteps]:
    """Yield the steps of every pair of sections that are ranked together; nothing under fifteen persons."""
    if len(people) < LEAST_PERSONS:
        return
    columns, scales = _columns(people, lines, moving)
    steps = steps_of(list(set(lines.values())), moving=moving, heaviest=_heaviest(people, lines))
    kappa = share_of_step(len(people))
    known = {(line.group, line.stratum): line for line in lines.values()}
    for a, b in combinations(sorted(name for name in columns if name in classes), 2):
        if classes[a] == classes[b]:
            exact = Fraction(covariance(columns[a], columns[b], known), scales[a] * scales[b])
            step = kappa * steps(a, b)
            yield PairSteps(source=source, a=a, b=b, steps=math.floor(exact / step) if step else 0)


def covariance(
    a: Mapping[At, Mapping[object, int]], b: Mapping[At, Mapping[object, int]], lines: Mapping[At, SampleLine]
) -> Fraction:
    """Return Σ_h g_h (Σ a b − Σ a Σ b / n_h), who has no line having moved nothing."""
    found = Fraction(0)
    for at in a.keys() & b.keys():
        mine, other = a[at], b[at]
        both = sum(moved * other[unit] for unit, moved in mine.items() if unit in other)
        apart = Fraction(sum(mine.values()) * sum(other.values()), lines[at].units or 1)
        found += lines[at].factor * (both - apart)
    return found


class _Steps:
    def __init__(self, reach: Mapping[tuple[str, At], Fraction], factors: Mapping[At, Fraction]) -> None:
        self.reach, self.factors = reach, factors

    def __call__(self, a: str, b: str) -> Fraction:
        none = Fraction(0)
        return max(
            (g * self.reach.get((a, at), none) * self.reach.get((b, at), none) for at, g in self.factors.items()),
            default=none,
        )


def steps_of(lines: Sequence[SampleLine], *, moving: Influence, heaviest: Mapping[At, Fraction]) -> _Steps:
    """Return what gives s_jk = max_h g_h I_hj I_hk, one person's greatest influence on a pair."""
    reach: dict[tuple[str, At], Fraction] = defaultdict(Fraction)
    for (section, indicator, group), heap in moving.heaps.items():
        one = moving.pulls[section, indicator, group] / heap.whole * (heap.most - heap.least)
        for line in lines:
            if group in {"", line.group}:
                at = (line.group, line.stratum)
                reach[section, at] += one * heaviest.get(at, Fraction(0))
    return _Steps(reach, {(line.group, line.stratum): line.factor for line in lines})


def _heaviest(people: Sequence[Person], lines: Mapping[At, SampleLine]) -> dict[At, Fraction]:
    found: dict[At, Fraction] = defaultdict(Fraction)
    for one in people:
        at = (one.group, lines[one.group, one.stratum].stratum)
        found[at] = max(found[at], *(Fraction(row.weight) for row in one.rows))
    return found


def _columns(
    people: Sequence[Person], lines: Mapping[At, SampleLine], moving: Influence
) -> tuple[Columns, dict[str, int]]:
    """Return what each unit moves each section by, as whole numbers over one denominator for each section."""
    exact: dict[str, dict[At, dict[object, Fraction]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(Fraction)))
    for place, one in enumerate(people):
        at = (one.group, lines[one.group, one.stratum].stratum)
        unit = (one.stratum, one.cluster) if one.cluster else place
        for row in one.rows:
            pile = pile_of(row.section, row.indicator, row.group, moving)
            if pile in moving.pulls:
                exact[row.section][at][unit] += moving.moved(pile, row.value, row.weight)
    scales = {
        name: math.lcm(1, *(moved.denominator for units in parts.values() for moved in units.values()))
        for name, parts in exact.items()
    }
    return {
        name: {at: {unit: int(moved * scales[name]) for unit, moved in units.items()} for at, units in parts.items()}
        for name, parts in exact.items()
    }, scales


def pile_of(section: str, indicator: str, group: str, moving: Influence) -> tuple[str, str, str]:
    """Return the pile of an answer: groups make piles of their own only where the plan weighs them."""
    pile = (section, indicator, group)
    return pile if pile in moving.pulls else (section, indicator, "")
