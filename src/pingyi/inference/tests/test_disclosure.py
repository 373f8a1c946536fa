"""The attack on what is published of pairs: whoever was alone with a mark is not seen with another (§5.4, BUNDLE 3).

The attacker has the counts of two sections and what is told of the pair. For the only voter who gave section a some
mark, every mark on section b is tried, and kept if the others can be laid out so that counts and pair fit (exactly, by
sums as bits). The voter is revealed where one mark is left and the counts alone leave more.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from pingyi.rules.evidence import Evidence
from pingyi.rules.persons import persons
from pingyi.rules.plan import Assembly, Indicator, Plan, Source
from pingyi.rules.plan.measure import Measure, Option, Scale, SourceKind
from pingyi.rules.published import published
from pingyi.rules.published.influence import influence, shares
from pingyi.rules.published.pairs import share_of_step, steps_of
from pingyi.rules.published.strata import drawn, joined
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

LEVELS = {"a": 20, "b": 17, "c": 13, "d": 6}  # in fifths of 100, 85, 65, 30
UNIT = 5
Counts = Mapping[int, int]  # mark → how many gave it


def hall() -> Plan:
    """One question to one hall."""
    options = tuple(Option(id=one, label=one, value=Decimal(UNIT * mark)) for one, mark in LEVELS.items())
    scale = Scale(id="five", name="评价", options=options)
    indicator = Indicator(
        id="votes", name="评议", criterion="service", source="hall", weight=Decimal(1),
        measure=Measure.SATISFACTION_SCORE, scale="five",
    )  # fmt: skip
    source = Source(id="hall", name="大会", kind=SourceKind.ASSEMBLY, weight=Decimal(1))
    return cast.plan(
        sources=(source,), indicators=(indicator,), scales=(scale,), assembly=Assembly(scale="five", groups=()),
        bonus=None, deductions=None, vetoes=(),
    )  # fmt: skip


def ballots(voters: int, chance: random.Random) -> list[Evidence]:
    """Voters of different leniency mark sections of different merit."""
    merits = {name: chance.gauss(0.5, 0.5) for name in cast.NAMES}
    rows = []
    for voter in range(voters):
        leniency = chance.gauss(0, 0.6)
        for section, merit in merits.items():
            felt = merit + leniency + chance.gauss(0, 0.7)
            box = "a" if felt > 0.8 else "b" if felt > 0 else "c" if felt > -0.8 else "d"
            rows.append(
                Evidence(
                    section=section, indicator="votes", source="hall", happened_on=cast.DAY, value=box, unit=f"v{voter}"
                )
            )
    return rows


@dataclass(frozen=True, kw_only=True)
class Known:
    """What stands in the files of one assembly."""

    voters: int
    counts: Mapping[str, Counts]
    span: Mapping[tuple[str, str], tuple[Fraction, Fraction]]  # Σ x y lies from here to under there
    true: Mapping[tuple[str, str], int]


def opened(plan: Plan, rows: Sequence[Evidence], voters: int) -> Known:
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    told = published(plan, sheets=verdict.sheets, evidence=rows)
    held = shares(verdict.sheets, source="hall")
    moving = influence(plan, source=plan.sources[0], evidence=told.evidence, shares=held)
    steps = steps_of(told.sample, moving=moving, heaviest={("", ""): Fraction(1)})
    means = {pile[0]: heap.mean / UNIT for pile, heap in moving.heaps.items()}
    marks: dict[str, list[int]] = {name: [] for name in cast.NAMES}
    for row in rows:
        marks[row.section].append(LEVELS[str(row.value)])
    span, true = {}, {}
    for pair in told.pairs:
        step = share_of_step(voters) * steps(pair.a, pair.b) / UNIT**2
        if not step:
            continue  # all marks of one of them are alike: nothing can be tied to them
        edges = tuple(
            voters * (voters - 1) * (pair.steps + end) * step + voters * means[pair.a] * means[pair.b] for end in (0, 1)
        )
        span[pair.a, pair.b] = (edges[0], edges[1])
        true[pair.a, pair.b] = sum(x * y for x, y in zip(marks[pair.a], marks[pair.b], strict=True))
    return Known(voters=voters, counts={name: Counter(said) for name, said in marks.items()}, span=span, true=true)


def sums(one: Counts, other: Counts) -> int:
    """Return which Σ x y can be reached with these counts on both sides, each sum as a bit."""
    levels = sorted(other)
    reached = {tuple(other[level] for level in levels): 1}
    for mark, many in sorted(one.items()):
        for _ in range(many):
            further: dict[tuple[int, ...], int] = {}
            for left, bits in reached.items():
                for at, level in enumerate(levels):
                    if left[at]:
                        rest = (*left[:at], left[at] - 1, *left[at + 1 :])
                        further[rest] = further.get(rest, 0) | bits << mark * level
            reached = further
    return next(iter(reached.values()))


def fits(bits: int, low: Fraction, high: Fraction) -> bool:
    """Whether some sum from low to under high is reached."""
    first, last = max(0, math.ceil(low)), math.ceil(high)
    return last > first and bool(bits >> first & (1 << last - first) - 1)


def attacked(known: Known, *, is_exact: bool) -> Iterator[bool]:
    """Yield for each lone voter and other section whether the mark there is revealed."""
    for pair, (low, high) in known.span.items():
        edges = (Fraction(known.true[pair]), Fraction(known.true[pair] + 1)) if is_exact else (low, high)
        assert edges[0] <= known.true[pair] < edges[1], "what is told must hold"
        for a, b in (pair, pair[::-1]):
            for mark in (mark for mark, many in known.counts[a].items() if many == 1):
                if len(known.counts[b]) > 1:
                    yield len(list(_left(known, a, b, mark, edges))) == 1


def _left(known: Known, a: str, b: str, mark: int, edges: tuple[Fraction, Fraction]) -> Iterator[int]:
    others = {level: many for level, many in known.counts[a].items() if level != mark}
    for tried in known.counts[b]:
        rest = {level: many - (level == tried) for level, many in known.counts[b].items()}
        if fits(sums(others, rest), edges[0] - mark * tried, edges[1] - mark * tried):
            yield tried


def revealed(voters: int, *, assemblies: int, is_exact: bool = False) -> tuple[float, int]:
    chance, plan = random.Random(2026), hall()
    found: list[bool] = []
    for _ in range(assemblies):
        found += attacked(opened(plan, ballots(voters, chance), voters), is_exact=is_exact)
    return sum(found) / len(found), len(found)


def test_an_exact_covariance_gives_lone_voters_away() -> None:
    share, tries = revealed(15, assemblies=20, is_exact=True)
    assert tries > 100
    assert share > 0.5, "this is why it is published nowhere"


@pytest.mark.parametrize(("voters", "assemblies", "most"), [(15, 60, 0.10), (30, 25, 0.03)])
def test_what_is_told_of_pairs_reveals_hardly_anybody(voters: int, assemblies: int, most: float) -> None:
    share, tries = revealed(voters, assemblies=assemblies)
    assert tries > 40
    assert share < most


def test_strata_and_persons_of_the_hall_are_what_the_attack_supposes() -> None:
    lines = joined("hall", drawn(persons(ballots(15, random.Random(1)))))
    assert [(one.units, one.factor) for one in lines.values()] == [(15, Fraction(15, 14))]
