"""Published counts, sheets, sample and steps → how sure a source of numbered persons is (§5.2, BUNDLE 2.1–2.4).

Nothing else is read: whoever has the four tables computes the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pingyi.inference.marks import share_variance
from pingyi.inference.sampled import Sampled
from pingyi.inference.sums import Floats
from pingyi.inference.told import Told, told_of
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Source
from pingyi.rules.published import PairSteps, Published, SampleLine, SheetLine
from pingyi.rules.published.influence import Share
from pingyi.rules.published.pairs import At, pile_of, share_of_step, steps_of
from pingyi.rules.published.tables import NOT_ASKED

Moved = list[tuple[Fraction, int]]  # what an answer or a sheet moves the mark by, and how many there are


@dataclass(frozen=True, kw_only=True, slots=True)
class _Own:
    """One section's own variance, its degrees of freedom, and how many gave it a mark."""

    variance: float
    df: float
    count: int


def is_numbered(published: Published, source: str) -> bool:
    """Whether the source's answers carried the number of their person."""
    return any(one.source == source and one.units is not None for one in published.sample)


def numbered(
    plan: Plan, *, source: Source, held: Mapping[str, Share], published: Published, by_counts: bool = False
) -> Sampled:
    """Return the covariance of the sections' marks, degrees of freedom and counts (§5.2).

    `by_counts`: with nothing believed but evidence and sample: any pairing of the answers and of the sections.
    """
    told = told_of(plan, source=source, shares=held, published=published)
    own = {name: _own(name, told, by_counts=by_counts) for name in held}
    widest = {name: math.sqrt(one.variance) for name, one in own.items()}
    matrix = np.array([[own[a].variance if a == b else -widest[a] * widest[b] for b in held] for a in held])
    if not by_counts:
        _step(matrix, list(held), told, [one for one in published.pairs if one.source == source.id])
    return Sampled(covariance=matrix, df=[own[name].df for name in held], counts=[own[name].count for name in held])


def _step(matrix: Floats, names: Sequence[str], told: Told, pairs: Sequence[PairSteps]) -> None:
    """Put in what is published of pairs, never below what any pairing could give."""
    at = {name: place for place, name in enumerate(names)}
    steps = steps_of(list(told.lines.values()), moving=told.moving, heaviest=_heaviest(told))
    kappa = share_of_step(sum(one.persons or 0 for one in told.lines.values()))
    for one in pairs:
        if one.a in at and one.b in at:
            j, k = at[one.a], at[one.b]
            cell = float(one.steps * kappa * steps(one.a, one.b))
            matrix[j, k] = matrix[k, j] = max(cell, float(matrix[j, k]))


def _heaviest(told: Told) -> dict[At, Fraction]:
    found: dict[At, Fraction] = defaultdict(Fraction)
    for (_, at), rows in told.answers.items():
        found[at] = max(found[at], *(Fraction(row.weight) for row in rows))
    return found


def _own(name: str, told: Told, *, by_counts: bool) -> _Own:
    variance, df, count = 0.0, 0, 0
    for at, line in sorted(told.lines.items()):
        sheets = [] if by_counts else told.sheets.get((name, at), [])
        answers = told.answers.get((name, at), [])
        raters, persons = _raters_of_sheets(sheets, told) if sheets else _raters_of_answers(answers, told)
        variance += _of_sheets(sheets, line, told) if sheets else _of_answers(answers, line, told)
        df, count = df + (raters - line.joined if raters else 0), count + persons
    if by_counts and told.has_sheets:
        variance = math.fsum(_any_pairing(name, group, told) for group in {one.group for one in told.lines.values()})
    if variance <= 0:
        return _Own(variance=_floor(name, told), df=math.inf, count=count)
    return _Own(variance=variance, df=float(max(1, df)), count=count)


def _any_pairing(name: str, group: str, told: Told) -> float:
    """Return (Σ_q √V_q)², the most that a section's variance can be, whatever was answered together."""
    found: dict[str, float] = defaultdict(float)
    for at, line in told.lines.items():
        if line.group == group:
            for question, moved in _by_question(told.answers.get((name, at), []), told).items():
                found[question] += _spread(moved, line, together=told.is_clustered)
    return math.fsum(math.sqrt(one) for one in found.values()) ** 2


def _of_answers(answers: Sequence[Evidence], line: SampleLine, told: Told) -> float:
    """Return a stratum's part where no sheets are published: of one question exactly, of several at the most."""
    found = [_spread(moved, line, together=told.is_clustered) for moved in _by_question(answers, told).values()]
    return math.fsum(math.sqrt(one) for one in found) ** 2 if len(found) > 1 else math.fsum(found)


def _by_question(answers: Sequence[Evidence], told: Told) -> dict[str, Moved]:
    found: dict[str, Moved] = defaultdict(list)
    for row in answers:
        pile = pile_of(row.section, row.indicator, row.group, told.moving)
        if pile in told.moving.pulls:
            found[row.indicator].append((told.moving.moved(pile, row.value, row.weight), row.times))
    return found


def _of_sheets(sheets: Sequence[SheetLine], line: SampleLine, told: Told) -> float:
    moved: dict[object, tuple[Fraction, int]] = {}
    for place, sheet in enumerate(sheets):
        one = sum((_answered(sheet, at, told) for at in range(len(sheet.answers))), Fraction(0))
        if sheet.cluster:
            before = moved.get(sheet.cluster, (Fraction(0), 1))[0]
            moved[sheet.cluster] = (before + one * sheet.times, 1)
        else:
            moved[place] = (one, sheet.times)
    return _spread(list(moved.values()), line, together=False)


def _answered(sheet: SheetLine, at: int, told: Told) -> Fraction:
    """Return what one answer of a sheet moves the mark by; nothing where it was not asked or not known."""
    pile = pile_of(sheet.section, told.moving.indicators[at], sheet.group, told.moving)
    said = sheet.answers[at]
    return Fraction(0) if said == NOT_ASKED else told.moving.moved(pile, said, sheet.weight)


def _raters_of_sheets(sheets: Sequence[SheetLine], told: Told) -> tuple[int, int]:
    """Return how many units, and how many persons, gave the section a mark."""
    rated = [sheet for sheet in sheets if told.marks_of(sheet)]
    persons = sum(sheet.times for sheet in rated)
    return (len({sheet.cluster for sheet in rated}) if told.is_clustered else persons), persons


def _raters_of_answers(answers: Sequence[Evidence], told: Told) -> tuple[int, int]:
    """Return no more raters than there were: of several questions the one that most answered."""
    found: dict[str, int] = defaultdict(int)
    for row in answers:
        if told.mark_of(row) is not None:
            found[row.indicator] += row.times
    persons = max(found.values(), default=0)
    return (min(1, persons) if told.is_clustered else persons), persons


def _floor(name: str, told: Told) -> float:
    """Return a variance for equal answers: a share of 0 or 1 is never known for certain (Agresti, Coull 1998)."""
    mine = [(told.moving.pulls[pile], heap.count) for pile, heap in told.moving.heaps.items() if pile[0] == name]
    return math.fsum(float(pull) ** 2 * 10_000 * share_variance(count, count) for pull, count in mine)


def _spread(moved: Moved, line: SampleLine, *, together: bool) -> float:
    """Return g [Σ t u² − (Σ t u)²/n]; `together`: as if all stood in one cluster."""
    if together:
        return float(line.factor * sum((abs(u) * times for u, times in moved), Fraction(0)) ** 2)
    scale = math.lcm(1, *(u.denominator for u, _ in moved))
    whole_numbers = [(u.numerator * (scale // u.denominator), times) for u, times in moved]
    squares = sum(u * u * times for u, times in whole_numbers)
    whole = sum(u * times for u, times in whole_numbers)
    return float(line.factor * (squares - Fraction(whole * whole, line.units or 1)) / scale**2)
